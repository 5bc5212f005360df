"""What a raw client sees of each misbehaviour of the loopback exchange."""

import base64
import gzip
import json
import time
import unittest

from rawclient import Client, ExchangeProcess, signed, unsigned

FIRST = "33308749002645666"
BODY = json.dumps({"id": FIRST}, separators=(",", ":")).encode()
PLAN = "/v1/perpum/order?positionType=plan"


class Misbehaviour(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.exchange = ExchangeProcess()
        cls.addClassCleanup(cls.exchange.close)

    def setUp(self):
        self.exchange("fresh")
        self.exchange("generate", count=3)

    def script(self, **behaviour):
        self.exchange("script", match={"method": "DELETE"}, **behaviour)

    def client(self):
        client = Client(self.exchange.port)
        self.addCleanup(client.socket.close)
        return client

    def cancel(self):
        """Sends one cancel over a connection of its own; gives everything that came back and how it ended."""
        client = self.client()
        client.send(signed("DELETE", "/v1/perpum/order", BODY))
        return client.raw()

    def reply(self):
        client = self.client()
        client.send(signed("DELETE", "/v1/perpum/order", BODY))
        return client.read()

    def is_open(self):
        return any(str(row["id"]) == FIRST for row in self.client().ask(signed("GET", PLAN))["data"])

    def test_closes(self):
        cases = [(when, how, "none") for when in ("body", "head") for how in ("fin", "rst")]
        for when, how, effect in [*cases, ("body", "fin", "normal"), ("body", "rst", "normal")]:
            with self.subTest(when=when, how=how, effect=effect):
                self.exchange("generate", count=2)
                self.exchange("reset")
                self.script(do="close", when=when, how=how, effect=effect)
                self.assertEqual(self.cancel(), (b"", how))
                (entry,) = self.exchange("log")["requests"]
                self.assertEqual(entry["body"], BODY.decode() if when == "body" else "")
                self.assertIsNone(entry["status"])
                self.assertEqual(self.is_open(), effect == "none")

    def test_close_on_a_kept_connection_that_was_used(self):
        client = self.client()
        client.ask(signed("GET", PLAN))
        self.script(do="close")
        client.send(signed("DELETE", "/v1/perpum/order", BODY))
        self.assertEqual(client.raw(), (b"", "fin"))
        entry = self.exchange("log")["requests"][1]
        self.assertEqual((entry["nth_on_connection"], entry["signature"]), (2, "ok"))
        self.assertEqual(self.exchange("counts")["accepted"], 1)

    def test_truncated_and_broken_answers(self):
        self.script(do="truncate", at=5)
        data, end = self.cancel()
        self.assertEqual((data.split(b"\r\n\r\n")[1], end), (b'{"cod', "fin"))
        self.assertIn(b"Content-Length: 26\r\n", data)
        self.assertFalse(self.is_open())
        self.script(do="truncate", at=20, of="reply", how="rst", effect="none")
        self.assertTrue(b"HTTP/1.1 200 OK\r\nDat".startswith(self.cancel()[0]))
        self.script(do="statuspart", effect="none")
        self.assertEqual(self.cancel(), (b"HTTP/1.1 2", "fin"))
        self.script(do="garbage", bytes=64)
        data, end = self.cancel()
        self.assertEqual((len(data), end), (64, "fin"))
        self.script(do="bytes", base64=base64.b64encode(b"SSH-2.0-hello\r\n").decode())
        self.assertEqual(self.cancel(), (b"SSH-2.0-hello\r\n", "fin"))

    def test_whole_answers_that_are_no_good(self):
        cases = [
            ({"do": "html"}, 502, "text/html; charset=UTF-8", b"<!DOCTYPE html>"),
            ({"do": "html", "status": 200}, 200, "text/html; charset=UTF-8", b"<!DOCTYPE html>"),
            ({"do": "body", "text": "", "status": 503}, 503, "application/json", b""),
            ({"do": "body", "text": "not json"}, 200, "application/json", b"not json"),
            ({"do": "body", "text": '{"code":0.0,"msg":95400.10}'}, 200, "application/json", b'{"code":0.0,"msg":95400.10}'),
            ({"do": "code", "code": 500, "status": 500}, 500, "application/json", b'{"code":500,"msg":"Internal server error"}'),
            ({"do": "code", "code": 6003}, 200, "application/json",
             b'{"code":6003,"message":"require more permission","retry":false,"success":false}'),
            ({"do": "code", "code": 77, "msg": "why", "form": "message"}, 200, "application/json", b'{"code":77,"message":"why"'),
            ({"do": "code", "code": 29001, "status": 429, "headers": {"Retry-After": "1"}}, 429, "application/json",
             b'{"code":29001,"msg":"API access frequently"}'),
        ]
        for behaviour, status, content_type, start in cases:
            with self.subTest(**behaviour):
                self.script(**behaviour)
                got = self.reply()
                self.assertEqual((got[0], got[1]["content-type"]), (status, content_type))
                self.assertTrue(got[2].startswith(start) and (start or not got[2]), got[2])
        self.assertEqual(got[1]["retry-after"], "1")
        self.assertTrue(self.is_open())

    def test_redirects(self):
        for status in (302, 307):
            self.script(do="redirect", status=status, location="http://127.0.0.1:1/x")
            got = self.reply()
            self.assertEqual((got[0], got[1]["location"]), (status, "http://127.0.0.1:1/x"))
        self.assertTrue(self.is_open())

    def test_date_header(self):
        self.script(do="code", code=6001, date_offset_ms=90000)
        date = self.reply()[1]["date"]
        expected = [time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 90 - n)) for n in range(5)]
        self.assertIn(date, expected)
        self.exchange("set", send_date=False)
        self.assertNotIn("date", self.reply()[1])

    def test_hang_release_and_leave(self):
        for effect in ("none", "normal"):
            with self.subTest(effect=effect):
                self.exchange("generate", count=2)
                self.exchange("reset")
                self.script(do="hang", effect=effect)
                client = self.client()
                client.send(signed("DELETE", "/v1/perpum/order", BODY))
                self.assertFalse(self.exchange("wait", match={"method": "DELETE"})["timed_out"])
                self.assertEqual(self.is_open(), effect == "none")
                self.assertTrue(self.exchange("wait", what="replies", match={"method": "DELETE"}, timeout_ms=20)["timed_out"])
                self.exchange("release")
                self.assertEqual(json.loads(client.read()[2])["code"], 0)
                self.assertFalse(self.is_open())
        self.script(do="hang")
        client.send(signed("DELETE", "/v1/perpum/order", BODY))
        self.exchange("wait", match={"method": "DELETE"}, count=2)
        client.socket.close()
        self.assertFalse(self.exchange("wait", what="left", match={"method": "DELETE"})["timed_out"])

    def test_waiting_does_not_hold_up_other_commands(self):
        self.exchange.send("wait", match={"method": "DELETE"}, seq=1)
        self.exchange.send("ping", seq=2)
        self.assertEqual(self.exchange.receive()["seq"], 2)
        self.reply()
        answer = self.exchange.receive()
        self.assertEqual((answer["seq"], answer["timed_out"]), (1, False))

    def test_late_answers_and_round_trip(self):
        self.script(delay_ms=60)
        self.reply()
        (entry,) = self.exchange("log")["requests"]
        self.assertGreaterEqual(entry["replied"] - entry["acted"], 55)
        self.exchange("set", rtt_ms=40, jitter_ms=[10, 20])
        self.exchange("reset")
        self.client().ask(signed("GET", PLAN))
        (entry,) = self.exchange("log")["requests"]
        self.assertGreaterEqual(entry["acted"] - entry["complete"], 19)
        self.assertGreaterEqual(entry["replied"] - entry["acted"], 29)

    def test_drip_chunked_gzip(self):
        self.script(do="body", text="x" * 40, drip={"bytes": 50, "every_ms": 1})
        self.assertEqual(self.reply()[2], b"x" * 40)
        self.script(do="body", text="x" * 2500, chunked=True, close_after=True)
        data, _ = self.cancel()
        self.assertEqual(data.split(b"\r\n\r\n", 1)[1][:5], b"3e8\r\n")
        self.assertTrue(data.endswith(b"\r\n0\r\n\r\n"))
        self.exchange("set", gzip=True)
        status, headers, body = self.reply()
        self.assertEqual((headers["content-encoding"], json.loads(gzip.decompress(body))["code"]), ("gzip", 0))

    def test_which_requests_a_behaviour_meets(self):
        self.exchange("generate", counts={"plan": 3, "stopProfitLoss": 1})
        self.exchange("script", match={"endpoint": "GET /v1/perpum/order", "positionType": "stopProfitLoss"}, do="code",
                      code=9016, times=0)
        self.exchange("script", match={"id": FIRST}, do="code", code=9002, skip=1, times=2)
        client = self.client()
        codes = [client.ask(signed("DELETE", "/v1/perpum/order", b))["code"]
                 for b in (BODY, b'{"id":"33308749002645673"}', BODY, BODY, BODY)]
        self.assertEqual(codes, [0, 0, 9002, 9002, 9012])
        for _ in range(3):
            self.assertEqual(client.ask(signed("GET", "/v1/perpum/order?positionType=stopProfitLoss"))["code"], 9016)
        self.assertEqual(client.ask(signed("GET", PLAN))["code"], 0)
        self.exchange("unscript")
        self.assertEqual(client.ask(signed("GET", "/v1/perpum/order?positionType=stopProfitLoss"))["code"], 0)

    def test_bad_commands_say_so(self):
        for command in ({"cmd": "dance"}, {"cmd": "set", "nonsense": 1}, {"cmd": "script", "do": "x"},
                        {"cmd": "script", "x": 1}, {"cmd": "script", "do": "truncate"}, {"cmd": "script", "effect": "x"},
                        {"cmd": "orders", "kind": "x", "rows": []}, {"cmd": "add", "kind": "plan"},
                        {"cmd": "wait", "what": "x"}):
            with self.assertRaises(ValueError, msg=command):
                self.exchange(**command)

    def test_flags(self):
        client = self.client()
        client.send(signed("DELETE", "/v1/perpum/order", b"", length=False))
        client.read()
        chunked = signed("DELETE", "/v1/perpum/order", BODY, length=False, extra=("Transfer-Encoding: chunked",))
        client.send(chunked[:-len(BODY)] + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY))
        client.read()
        client.send(signed("DELETE", "/v1/perpum/order?x=1", BODY))
        client.read()
        client.send(unsigned("GET", "/v1/perpum/instruments?"))
        client.read()
        client.send(signed("GET", PLAN).replace(b"api_key", b"Api_Key"))
        client.read()
        self.assertEqual([e["flags"] for e in self.exchange("log")["requests"]],
                         [["no-content-length", "no-body"], ["transfer-encoding", "no-content-length"], ["query-outside-get"],
                          ["empty-query"], ["header-spelling"]])
        self.assertEqual(self.exchange("log")["requests"][1]["body"], BODY.decode())
        for nonsense in (b"hello\r\n\r\n", b"GET / HTTP/2\r\n\r\n", b"DELETE / HTTP/1.1\r\nContent-Length: -4\r\n\r\n"):
            other = self.client()
            other.send(nonsense)
            self.assertEqual(other.raw(), (b"", "fin"))
        self.assertEqual(self.exchange("counts")["malformed"], 3)


if __name__ == "__main__":
    unittest.main()
