"""Signatures, codes and lists of the loopback exchange."""

import json
import time
import unittest

from loopback import limits, signing, verbatim
from loopback.http1 import Request
from loopback.market import DEFAULTS
from rawclient import KEY, Client, ExchangeProcess, signed, unsigned

_STAMP = 1767225600000
# Each computed with Python's hmac and with openssl (docs/exchange.md, Signature).
VECTORS = [
    ("DELETE", "/v1/perpum/order", '{"id":"33309055657300001"}', "gpTdpAo9W4jT7IiOz4Nm5EKv/VhdYOfKn2uueoZlsUA="),
    ("DELETE", "/v1/perpum/order", '{"id": "33309055657300001"}', "CAuq0vsXUpj5Eqn5IEHi/GR8yYCnDKTotfVplXX/MFg="),
    ("DELETE", "/v1/perpum/order", '{"id":33309055657300001}', "UEvt08oKpD5O+8eZNFwQDP/jroODctWDkWTW5hnto2w="),
    ("GET", "/v1/perpum/orders/open?instrument=BTC&positionType=plan&page=1&pageSize=50", "",
     "iW5BNvRYFwR4HQuvrrnfInpR8QI3BOVeOVlWRFhsb/I="),
    ("GET", "/v1/perpum/orders/open?positionType=plan&instrument=BTC&page=1&pageSize=50", "",
     "XnVXvZ/76Rfif1k6QlpKK+dk4Y7s31cH2Iqr0nyF9sM="),
    ("GET", "/v1/perpum/orders/openQuantity", "", "wXjm9xm4enxXwg3j6khq/rzW03o95wULBPmaM5gmlJM="),
    ("GET", "/v1/perpum/order?positionType=plan", "", "aEWzSIxlPxbl/U3/i0+1jM73Jr1LbFWTp0qXWKaP0O0="),
    ("GET", "/v1/perpum/order?positionType=plan&sourceIds=33309055657300001,33309055657300002", "",
     "4b76y3/xwFHT5dOi6bG43M8M332mDxouxOUKKqDr1dc="),
    ("DELETE", "/v1/perpum/batchOrders", '{"sourceIds":["33309055657300001","33309055657300002"]}',
     "SNv3LxEpcLiHOWn6DgIntnyPY2rnn4k4qC98ji9uDr4="),
    ("DELETE", "/v1/perpum/batchOrders", '{"posType":"plan","sourceIds":["33309055657300001","33309055657300002"]}',
     "nGWHdOiaey4SAn8KIGVAlK4p1Htec9gYc8iL/oDFpZE="),
]


class Vectors(unittest.TestCase):
    def request(self, method, target, body, sign):
        head = f"{method} {target} HTTP/1.1\r\napi_key: {KEY}\r\ntimestamp: {_STAMP}\r\nsign: {sign}"
        request = Request(head.encode())
        request.body = body.encode()
        return request

    def test_the_checking_code_knows_every_vector(self):
        for number, vector in enumerate(VECTORS, 1):
            with self.subTest(vector=f"V{number}"):
                self.assertEqual(signing.verdict(self.request(*vector), DEFAULTS, _STAMP), (0, "ok"))

    def test_no_vector_passes_for_another(self):
        for number, (method, target, body, _) in enumerate(VECTORS):
            foreign = VECTORS[(number + 1) % len(VECTORS)][3]
            with self.subTest(vector=f"V{number + 1}"):
                self.assertEqual(signing.verdict(self.request(method, target, body, foreign), DEFAULTS, _STAMP)[0], 6001)

    def test_independent_public_vector(self):
        self.assertEqual(signing.sign("secret", '1701945494169POST/v1/fapi/open{"instrument":"ADA"}'),
                         "lHHB2LP6weApCS4ezLsIndvCuZNIEsMnvoB01/O7lXc=")


class Verbatim(unittest.TestCase):
    def test_numbers_keep_their_digits(self):
        for text in ("95400.10", "0.0000123", "9223372036854775807", "1e3", "-0.0", "2147483647"):
            self.assertEqual(verbatim.dumps(verbatim.loads(text)), text)
        self.assertEqual(verbatim.dumps(verbatim.loads('["num:95400.10","95400.10"]')), '[95400.10,"95400.10"]')
        for text in ("num:", "num:1x", "num:01", "num:NaN"):
            self.assertRaises(ValueError, verbatim.loads, json.dumps(text))


class Windows(unittest.TestCase):
    def test_most_in_a_sliding_window(self):
        for times, seconds, expected in (([], 1, 0), ([5], 1, 1), ([0, 999.9], 1, 2), ([0, 1000], 1, 1),
                                         ([0, 600, 900, 1599, 1700], 1, 3), ([0, 1500, 1600, 1999, 2001], 2, 4)):
            self.assertEqual(limits.most(times, seconds), expected, times)

    def test_gate(self):
        gate = limits.Gate()
        self.assertEqual([gate.overrun("GET /v1/perpum/orders/history", True, t) for t in (0, 1, 2, 3, 4, 5, 2006)],
                         [False] * 5 + [True, False])


class Market(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.exchange = ExchangeProcess()
        cls.addClassCleanup(cls.exchange.close)

    def setUp(self):
        self.exchange("fresh")
        self.client = Client(self.exchange.port)
        self.addCleanup(self.client.socket.close)

    def get(self, target, **options):
        return self.client.ask(signed("GET", target, **options))

    def delete(self, body, target="/v1/perpum/order", **options):
        return self.client.ask(signed("DELETE", target, body.encode(), **options))

    def test_vectors_over_the_wire(self):
        # The server's clock is set to the vectors' time, so the fixed signatures are judged by the whole exchange.
        self.exchange("set", date_offset_ms=_STAMP - int(time.time() * 1000), clock_tolerance_ms=60000)
        for number, (method, target, body, sign) in enumerate(VECTORS, 1):
            request = signed(method, target, body.encode(), timestamp=_STAMP)
            self.assertIn(b"sign: " + sign.encode() + b"\r\n", request, f"V{number}")
            self.client.ask(request)
        self.assertEqual([e["signature"] for e in self.exchange("log")["requests"]], ["ok"] * 10)
        self.assertEqual(self.exchange("counts")["bad_signatures"], 0)

    def test_refused_signatures(self):
        target = "/v1/perpum/orders/openQuantity"
        now = int(time.time() * 1000)
        good = signed("GET", target)
        cases = [
            (signed("GET", target, key="ck_other"), 6000, "unknown key"),
            (signed("GET", target, secret="wrong"), 6001, "signature differs"),
            (signed("GET", target, timestamp=now - 40000), 6001, "timestamp is off"),
            (signed("GET", target, timestamp=now + 40000), 6001, "timestamp is off"),
            (signed("GET", target, timestamp="12x"), 6001, "timestamp is not digits"),
            (good.replace(b"GET /v1/perpum/orders/openQuantity ", b"GET /v1/perpum/orders/openQuantity? "), 6001,
             "signature differs"),
            (good.replace(b"timestamp: ", b"timestamp: 0"), 6001, "signature differs"),
            (unsigned("GET", target), 6000, "api_key missing"),
            (good.replace(b"sign: ", b"sing: "), 6001, "sign missing"),
            (good.replace(b"\r\n\r\n", b"\r\nsign: x\r\n\r\n"), 6001, "sign given twice"),
        ]
        for request, code, words in cases:
            with self.subTest(words=words):
                self.exchange("reset")
                answer = self.client.ask(request)
                self.assertEqual(answer["code"], code)
                self.assertIn("msg", answer)
                self.assertEqual(self.exchange("log")["requests"][0]["signature"], words)

    def test_permission(self):
        self.exchange("set", permissions={"read": True, "trade": False})
        self.assertEqual(self.get("/v1/perpum/orders/openQuantity")["code"], 0)
        self.assertEqual(self.delete('{"id":"1"}'),
                         {"code": 6003, "message": "require more permission", "retry": False, "success": False})

    def test_clock_of_the_exchange(self):
        self.exchange("set", date_offset_ms=90000)
        self.assertEqual(self.get("/v1/perpum/orders/openQuantity")["code"], 6001)
        self.client.send(signed("GET", "/v1/perpum/orders/openQuantity", timestamp=int(time.time() * 1000) + 90000))
        self.assertEqual(json.loads(self.client.read()[2])["code"], 0)
        self.assertAlmostEqual(self.exchange("log")["requests"][0]["skew_ms"], -90000, delta=5000)

    def test_digits_on_the_wire(self):
        self.exchange("orders", kind="plan", rows=[{"id": "num:9223372036854775807", "orderPrice": "num:95400.10"},
                                                   {"id": "33308749002645666", "orderPrice": "0.0000123"}])
        self.client.send(signed("GET", "/v1/perpum/order?positionType=plan"))
        self.assertEqual(self.client.read()[2].decode(),
                         '{"code":0,"data":[{"id":9223372036854775807,"orderPrice":95400.10},'
                         '{"id":"33308749002645666","orderPrice":"0.0000123"}],"msg":""}')

    def test_generated_orders(self):
        made = self.exchange("generate", counts={"plan": 50, "planTrigger": 3, "moveTPSL": 2}, instruments=6)
        self.assertEqual(made["open"], 55)
        self.client.send(signed("GET", "/v1/perpum/order?positionType=plan"))
        text = self.client.read()[2].decode()
        rows = json.loads(text)["data"]
        self.assertEqual((rows[0]["id"], rows[-1]["id"]), (33308749002645666, 9223372036854775807))
        self.assertEqual(len({row["instrument"] for row in rows}), 6)
        self.assertEqual(len({row["id"] for row in rows}), 50)
        self.assertIn('"orderPrice":95400.10,', text)
        self.assertIn('"orderPrice":0.0000123,', text)
        self.exchange("generate", counts={"plan": 50, "planTrigger": 3, "moveTPSL": 2}, instruments=6)
        self.client.send(signed("GET", "/v1/perpum/order?positionType=plan"))
        self.assertEqual(self.client.read()[2].decode(), text)
        self.exchange("generate", count=2, style="text")
        self.assertEqual(self.get("/v1/perpum/order?positionType=plan")["data"][0]["orderPrice"], "95400.10")

    def test_lists(self):
        self.exchange("generate", counts={"plan": 7, "execute": 1, "stopProfitLoss": 2, "moveTPSL": 1, "planTrigger": 3},
                      instruments=["BTC", "ETH"])
        rows = lambda target: self.get(target)["data"]
        self.assertEqual(len(rows("/v1/perpum/order?positionType=plan")), 7)
        self.assertEqual(len(rows("/v1/perpum/order?positionType=plan&instrument=eth")), 3)
        self.assertEqual(len(rows("/v1/perpum/order?positionType=plan&sourceIds=33308749002645666,33308749002645673")), 2)
        self.assertEqual(len(rows("/v1/perpum/order?positionType=execute")), 1)
        self.assertEqual(len(rows("/v1/perpum/order?positionType=stopProfitLoss")), 2)
        self.assertEqual(len(rows("/v1/perpum/order?positionType=moveStop")), 1)
        self.assertEqual(len(rows("/v1/perpum/moveTPSL")), 1)
        page = rows("/v1/perpum/orders/open?instrument=btc&positionType=planTrigger")
        self.assertEqual((len(page["rows"]), page["total"], page["nextId"]), (2, 2, 0))
        page = rows("/v1/perpum/orders/open?instrument=BTC&positionType=plan&page=2&pageSize=3")
        self.assertEqual((len(page["rows"]), page["total"]), (1, 4))
        self.assertEqual(rows("/v1/perpum/orders/openQuantity"), {"value": 14})
        self.exchange("set", quantity_shape="int", loose=True)
        self.assertEqual(rows("/v1/perpum/orders/openQuantity"), 14)
        self.assertEqual(len(rows("/v1/perpum/order?positionType=execute")), 8)
        self.exchange("clear")
        self.assertIsNone(rows("/v1/perpum/moveTPSL"))
        self.assertEqual(rows("/v1/perpum/order?positionType=plan"), [])

    def test_refused_reads(self):
        for target, code in (("/v1/perpum/order", 402), ("/v1/perpum/order?positionType=planTrigger", 9016),
                             ("/v1/perpum/orders/open?positionType=plan", 402), ("/v1/perpum/orders/deals", 402),
                             ("/v1/perpum/orders/open?instrument=BTC&positionType=stopProfitLoss", 9016),
                             ("/v1/perpum/orders/history?page=x", 9016)):
            self.assertEqual(self.get(target)["code"], code, target)
        self.client.send(signed("GET", "/v1/perpum/time"))
        status, _, body = self.client.read()
        self.assertEqual((status, json.loads(body)["code"]), (404, 404))

    def test_public_lists_need_no_key(self):
        self.assertEqual(self.client.ask(unsigned("GET", "/v1/perpum/instruments?name=btc"))["data"][0]["pricePrecision"], 2)
        self.assertEqual(self.client.ask(unsigned("GET", "/v1/perpumPublic/tickers"))["data"][5]["name"], "1000PEPEUSDT")
        self.assertEqual([e["signature"] for e in self.exchange("log")["requests"]], [None, None])
        self.client.ask(signed("GET", "/v1/perpumPublic/tickers"))
        self.assertEqual(self.exchange("log", since=2)["requests"][0]["flags"], ["key-in-public-request"])

    def test_enforced_limits(self):
        self.exchange("set", enforce_limits=True)
        codes = [self.get("/v1/perpum/orders/history")["code"] for _ in range(6)]
        self.assertEqual(codes, [0] * 5 + [29001])
        figures = self.exchange("windows")
        self.assertEqual(figures["endpoints"]["GET /v1/perpum/orders/history"]["2s"], 6)
        self.assertEqual(figures["over"], [{"endpoint": "GET /v1/perpum/orders/history", "limit": 5, "seconds": 2, "most": 6}])
        self.assertEqual(figures["signed"]["10s"], 6)

    def test_account_limit(self):
        self.exchange("set", enforce_limits=True)
        targets = ["/v1/perpum/order?positionType=plan", "/v1/perpum/orders/open?instrument=BTC&positionType=plan"]
        codes = []
        # Sixty that never overrun an endpoint would need seconds: unknown paths count for the account alone.
        for _ in range(60):
            self.client.send(signed("GET", "/v1/perpum/elsewhere"))
            codes.append(json.loads(self.client.read()[2])["code"])
        self.assertEqual(set(codes), {404})
        self.assertEqual(self.get(targets[0])["code"], 29001)
        self.assertEqual(self.exchange("windows")["over"][0]["endpoint"], "account")


if __name__ == "__main__":
    unittest.main()
