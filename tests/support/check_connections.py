"""Connections, TLS and the life of the process of the loopback exchange."""

import os
import socket
import ssl
import subprocess
import sys
import unittest

from rawclient import Client, ExchangeProcess, signed

PLAN = signed("GET", "/v1/perpum/order?positionType=plan")
BODY = b'{"id":"33308749002645666"}'


class Connections(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.exchange = ExchangeProcess()
        cls.addClassCleanup(cls.exchange.close)

    def setUp(self):
        self.exchange("fresh")
        self.exchange("generate", count=3)

    def client(self):
        client = Client(self.exchange.port)
        self.addCleanup(client.socket.close)
        return client

    def test_counts_and_reset(self):
        first, second = self.client(), self.client()
        for client in (first, first, second):
            client.ask(PLAN)
        counts = self.exchange("counts")
        self.assertEqual((counts["accepted"], counts["open"], counts["ready"], counts["requests"]), (2, 2, 2, 3))
        self.assertEqual(counts["endpoints"], {"GET /v1/perpum/order": 3})
        self.exchange("reset")
        first.ask(PLAN)
        counts = self.exchange("counts")
        self.assertEqual((counts["accepted"], counts["open"], counts["requests"]), (0, 2, 1))
        second.socket.close()
        self.assertFalse(self.exchange("wait", what="open", count=1, at_most=True)["timed_out"])
        self.assertEqual([c["closed_by"] for c in self.exchange("connections")["connections"]], [None, "client"])

    def test_one_request_in_many_pieces(self):
        client = self.client()
        request = signed("DELETE", "/v1/perpum/order", BODY)
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for n in range(0, len(request), 7):
            client.send(request[n:n + 7])
        self.assertIn(b'"code":0', client.read()[2])
        self.assertEqual(self.exchange("log")["requests"][0]["body"], BODY.decode())

    def test_two_requests_in_one_piece(self):
        client = self.client()
        client.send(PLAN + PLAN)
        self.assertEqual((client.read()[0], client.read()[0]), (200, 200))
        self.assertEqual([e["nth_on_connection"] for e in self.exchange("log")["requests"]], [1, 2])

    def test_closing_idle_connections(self):
        idle, busy = self.client(), self.client()
        idle.ask(PLAN)
        self.exchange("script", match={"method": "DELETE"}, do="hang")
        busy.send(signed("DELETE", "/v1/perpum/order", BODY))
        self.exchange("wait", match={"method": "DELETE"})
        self.assertEqual(self.exchange("close", which="idle")["closed"], 1)
        self.assertEqual(idle.raw(), (b"", "fin"))
        self.exchange("close", how="rst")
        self.assertEqual(busy.raw(), (b"", "rst"))
        self.exchange("set", idle_close_ms=20)
        self.assertEqual(self.client().raw(), (b"", "fin"))

    def test_requests_per_connection(self):
        self.exchange("set", max_requests=2)
        client = self.client()
        client.send(PLAN)
        self.assertEqual(client.read()[1]["connection"], "keep-alive")
        client.send(PLAN)
        self.assertEqual(client.read()[1]["connection"], "close")
        self.assertEqual(client.raw(), (b"", "fin"))
        self.exchange("set", announce_close=False, max_requests=1)
        client = self.client()
        client.send(PLAN)
        self.assertEqual(client.read()[1]["connection"], "keep-alive")
        self.assertEqual(client.raw(), (b"", "fin"))

    def test_offline_and_back_on_the_same_port(self):
        client = self.client()
        client.ask(PLAN)
        self.exchange("offline", on=True)
        self.assertEqual(client.raw(), (b"", "fin"))
        with self.assertRaises(ConnectionRefusedError):
            Client(self.exchange.port)
        self.exchange("offline", on=False)
        self.assertEqual(self.client().ask(PLAN)["code"], 0)

    def test_black_hole(self):
        client = self.client()
        client.ask(PLAN)
        self.exchange("blackhole", on=True)
        client.send(PLAN)
        late = self.client()
        late.send(PLAN)
        self.assertTrue(self.exchange("wait", count=2, timeout_ms=30)["timed_out"])
        self.exchange("blackhole", on=False)
        self.assertEqual((client.read()[0], late.read()[0]), (200, 200))
        self.exchange("blackhole", on=True)
        client.send(PLAN)
        self.exchange("blackhole", on=False, drop=True)
        self.assertEqual(client.raw(), (b"", "rst"))
        self.assertEqual(self.client().ask(PLAN)["code"], 0)
        self.assertEqual(self.exchange("counts")["requests"], 4)

    def test_fresh_forgets_everything(self):
        client = self.client()
        client.ask(PLAN)
        self.exchange("set", key="other", rtt_ms=5)
        self.exchange("script", do="hang", times=0)
        self.exchange("blackhole", on=True)
        self.exchange("fresh")
        self.assertEqual(client.raw(), (b"", "rst"))
        self.assertEqual(self.client().ask(PLAN), {"code": 0, "data": [], "msg": ""})
        (entry,) = self.exchange("log")["requests"]
        self.assertEqual((entry["n"], entry["conn"], entry["signature"]), (1, 1, "ok"))

    def test_starts_with_orders(self):
        with ExchangeProcess("--orders", "8", "--instruments", "2") as exchange, Client(exchange.port) as client:
            self.assertEqual({row["instrument"] for row in client.ask(PLAN)["data"]}, {"BTC", "ETH"})

    def test_ends_with_its_standard_input(self):
        exchange = ExchangeProcess()
        self.assertEqual(exchange.close(), 0)
        with self.assertRaises(ConnectionRefusedError):
            Client(exchange.port)

    def test_options(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "exchange.py")
        for arguments, code in (["--help"], 0), (["--nonsense"], 2), (["--certificate", "x"], 2):
            done = subprocess.run([sys.executable, script, *arguments], capture_output=True, stdin=subprocess.DEVNULL,
                                  check=False)
            self.assertEqual(done.returncode, code)


@unittest.skipUnless(socket.has_ipv6, "no IPv6 in this Python")
class Version6(unittest.TestCase):
    def test_loopback_address(self):
        try:
            with socket.socket(socket.AF_INET6) as probe:
                probe.bind(("::1", 0))
        except OSError:
            self.skipTest("no IPv6 loopback on this machine")
        with ExchangeProcess("--host", "::1") as exchange, Client(exchange.port, address="::1") as client:
            self.assertEqual(exchange.url, f"http://[::1]:{exchange.port}")
            self.assertEqual(client.ask(PLAN)["code"], 0)


class OverTls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.exchange = ExchangeProcess("--tls")
        cls.addClassCleanup(cls.exchange.close)

    def setUp(self):
        self.exchange("fresh")

    def client(self, **options):
        client = Client(self.exchange.port, self.exchange.ca, **options)
        self.addCleanup(client.socket.close)
        return client

    def test_records_of_a_request(self):
        client = self.client()
        request = signed("DELETE", "/v1/perpum/order", b'{"id":"77"}')
        client.ask(request)
        client.send(request[:-11])
        client.send(request[-11:])
        client.read()
        client.send(request + request)
        client.read()
        client.read()
        log = self.exchange("log")["requests"]
        self.assertEqual([e["tls_records"] for e in log], [1, 2, 1, 1])
        self.assertEqual({e["alpn"] for e in log}, {"http/1.1"})
        self.assertEqual(self.exchange("counts")["h2"], 0)

    def test_names_and_addresses(self):
        for host in ("localhost", "127.0.0.1"):
            self.assertEqual(self.client(host=host).ask(PLAN)["code"], 0)

    def test_http2_is_counted(self):
        client = self.client(alpn=("h2", "http/1.1"))
        self.assertEqual(client.alpn, "h2")
        client.raw()
        counts = self.exchange("counts")
        self.assertEqual((counts["h2"], counts["requests"], counts["accepted"]), (1, 0, 1))
        self.assertEqual(self.exchange("connections")["connections"][-1]["alpn"], "h2")

    def test_ready_only_after_the_handshake(self):
        with socket.create_connection(("127.0.0.1", self.exchange.port)):
            self.assertFalse(self.exchange("wait", what="accepted")["timed_out"])
            self.assertEqual(self.exchange("counts")["ready"], 0)
        self.client()
        self.assertFalse(self.exchange("wait", what="ready")["timed_out"])

    def test_ends_of_a_connection(self):
        for how in ("fin", "cut", "rst"):
            with self.subTest(how=how):
                self.exchange("script", match={"method": "DELETE"}, do="close", how=how)
                client = self.client()
                client.send(signed("DELETE", "/v1/perpum/order", BODY))
                self.assertEqual(client.raw(), (b"", how))

    def test_noise_instead_of_tls(self):
        with Client(self.exchange.port) as client:
            client.send(PLAN)
            client.raw()
        self.assertFalse(self.exchange("wait", what="tls_failed")["timed_out"])

    def test_certificates_to_refuse(self):
        for kind in ("untrusted", "wrong-host", "self-signed"):
            with self.subTest(kind=kind), ExchangeProcess("--tls", "--certificate", kind) as exchange:
                with self.assertRaises(ssl.SSLCertVerificationError):
                    Client(exchange.port, exchange.ca)
                self.assertFalse(exchange("wait", what="tls_failed")["timed_out"])
                self.assertEqual(exchange("counts")["requests"], 0)

    def test_the_folder_goes_with_the_process(self):
        with ExchangeProcess("--tls") as exchange:
            self.assertTrue(os.path.exists(exchange.ca))
        self.assertFalse(os.path.exists(os.path.dirname(exchange.ca)))


if __name__ == "__main__":
    unittest.main()
