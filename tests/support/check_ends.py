"""How orders end at the loopback exchange: canceled, filled, gone, and where that can be read."""

import json
import unittest

from rawclient import Client, ExchangeProcess, signed

FIRST, SECOND, THIRD = "33308749002645666", "33308749002645673", "33308749002645680"


class Ends(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.exchange = ExchangeProcess()
        cls.addClassCleanup(cls.exchange.close)

    def setUp(self):
        self.exchange("fresh")
        self.client = Client(self.exchange.port)
        self.addCleanup(self.client.socket.close)
        self.exchange("generate", count=6, instruments=["BTC"], specials=False)

    def get(self, target):
        return self.client.ask(signed("GET", target))["data"]

    def cancel(self, identity):
        return self.client.ask(signed("DELETE", "/v1/perpum/order", json.dumps({"id": identity}).encode()))

    def batch(self, ids, **more):
        return self.client.ask(signed("DELETE", "/v1/perpum/batchOrders", json.dumps({"sourceIds": ids, **more}).encode()))

    def open_ids(self):
        return [str(row["id"]) for row in self.get("/v1/perpum/order?positionType=plan")]

    def deals(self, identity):
        return [r for r in self.get("/v1/perpum/orders/deals?instrument=BTC")["rows"] if str(r["orderId"]) == identity]

    def history(self, identity):
        return [r for r in self.get("/v1/perpum/orders/history?instrument=BTC")["rows"] if r["id"] == identity]

    def assert_no_quantity(self, deal):
        self.assertEqual(deal.keys() & {"tradePiece", "cancelPiece", "avgPrice"}, set())

    def test_cancel(self):
        self.assertEqual(self.cancel(FIRST), {"code": 0, "msg": "Success"})
        self.assertNotIn(FIRST, self.open_ids())
        (deal,) = self.deals(FIRST)
        self.assertEqual(deal["orderStatus"], "cancel")
        self.assert_no_quantity(deal)
        self.assertEqual(self.history(FIRST), [])
        self.assertEqual(self.cancel(FIRST), {"code": 9012, "msg": "Position not found."})
        self.assertEqual(self.get("/v1/perpum/orders/deals?instrument=ETH")["rows"], [])

    def test_refused_cancels(self):
        for body, code in ((b"", 402), (b"{}", 402), (b"[]", 402), (b"{", 9016), (b'{"id":"1,2"}', 9016), (b'{"id":"77"}', 9012),
                           (b'{"id":33308749002645666}', 9016), (b'{"id":"33308749002645666","x":1}', 9016)):
            self.assertEqual(self.client.ask(signed("DELETE", "/v1/perpum/order", body))["code"], code, body)
        self.assertEqual(len(self.open_ids()), 6)
        flags = [e["flags"] for e in self.exchange("log")["requests"]]
        self.assertEqual(flags[0], ["no-body"])
        self.assertEqual(flags[1], [])

    def test_a_refused_signature_cancels_nothing(self):
        body = json.dumps({"id": FIRST}).encode()
        self.assertEqual(self.client.ask(signed("DELETE", "/v1/perpum/order", body, secret="x"))["code"], 6001)
        self.exchange("script", match={"method": "DELETE"}, do="close", effect="fill")
        with Client(self.exchange.port) as other:
            other.send(signed("DELETE", "/v1/perpum/order", body, secret="x"))
            self.assertEqual(other.raw(), (b"", "fin"))
        self.assertIn(FIRST, self.open_ids())

    def test_fill(self):
        self.exchange("fill", id=FIRST, price="95399.90")
        self.assertEqual(self.cancel(FIRST)["code"], 9012)
        (row,) = self.history(FIRST)
        self.assertEqual((row["orderStatus"], row["avgPrice"], row["cancelPiece"]), ("finish", "95399.90", 0))
        self.assertEqual(str(row["tradePiece"]), row["totalPiece"])
        self.assertNotEqual(str(row["orderId"]), FIRST)
        (deal,) = self.deals(FIRST)
        self.assertEqual((deal["orderStatus"], deal["openPrice"]), ("finish", 95399.9))
        self.assert_no_quantity(deal)

    def test_part_fill_then_cancel(self):
        self.exchange("update", id=SECOND, changes={"totalPiece": "num:10", "currentPiece": "num:10"})
        self.exchange("partfill", id=SECOND, pieces=4)
        row = self.get("/v1/perpum/order?positionType=plan&sourceIds=" + SECOND)[0]
        self.assertEqual((row["orderStatus"], row["tradePiece"], row["currentPiece"]), ("part", 4, 6))
        self.assertEqual(self.cancel(SECOND)["code"], 0)
        canceled, trade = self.deals(SECOND)
        self.assertEqual((canceled["orderStatus"], trade["orderStatus"], trade["totalPiece"]), ("cancel", "finish", 10))
        self.assert_no_quantity(canceled)
        self.assert_no_quantity(trade)
        (past,) = self.history(SECOND)
        self.assertEqual((past["tradePiece"], past["cancelPiece"]), (4, 6))

    def test_outside_events(self):
        self.exchange("cancel", id=FIRST)
        self.exchange("remove", id=SECOND)
        self.assertEqual(len(self.open_ids()), 4)
        self.assertEqual(len(self.deals(FIRST)), 1)
        self.assertEqual(self.deals(SECOND), [])
        for command in ("fill", "cancel", "remove", "trigger"):
            self.assertRaises(ValueError, self.exchange, command, id=FIRST)

    def test_trigger_keeps_the_id(self):
        self.exchange("generate", kind="planTrigger", count=1, instruments=["BTC"])
        self.assertEqual(self.open_ids(), [])
        self.exchange("trigger", id=FIRST)
        self.assertEqual(self.open_ids(), [FIRST])

    def test_batch(self):
        self.exchange("script", match={"endpoint": "DELETE /v1/perpum/batchOrders"}, orders={SECOND: "none", THIRD: "fill"})
        self.assertEqual(self.batch([FIRST, SECOND, THIRD, "77"]), {"code": 0, "msg": ""})
        self.assertNotIn(FIRST, self.open_ids())
        self.assertIn(SECOND, self.open_ids())
        self.assertEqual(self.deals(FIRST)[0]["orderStatus"], "cancel")
        self.assertEqual(self.deals(THIRD)[0]["orderStatus"], "finish")
        self.assertEqual(self.exchange("log")["requests"][0]["ids"], [FIRST, SECOND, THIRD, "77"])
        self.assertEqual(self.batch([str(n) for n in range(21)])["code"], 9016)
        self.assertEqual(self.batch([FIRST], posType="planTrigger")["code"], 9016)
        self.assertEqual(self.batch([])["code"], 402)

    def test_kinds_without_a_record_of_their_cancellation(self):
        for kind in ("planTrigger", "stopProfitLoss"):
            with self.subTest(kind=kind):
                self.exchange("generate", kind=kind, count=1, instruments=["BTC"], specials=False)
                self.assertEqual(self.cancel(FIRST)["code"], 0)
                self.assertEqual(self.get("/v1/perpum/orders/deals?instrument=BTC")["rows"], [])
                self.assertEqual(self.get("/v1/perpum/orders/history")["rows"], [])
        self.exchange("set", deal_kinds=["planTrigger"])
        self.exchange("generate", kind="planTrigger", count=1, instruments=["BTC"], specials=False)
        self.cancel(FIRST)
        self.assertEqual(self.deals(FIRST)[0]["orderStatus"], "cancel")

    def test_a_canceled_trailing_order_stands_under_another_number(self):
        self.exchange("generate", kind="moveTPSL", count=1, instruments=["BTC"], specials=False)
        (order,) = self.get("/v1/perpum/moveTPSL")
        self.assertEqual(len(order["id"]), 15)
        self.assertEqual(self.cancel(order["id"])["code"], 0)
        (deal,) = self.get("/v1/perpum/orders/deals?instrument=BTC")["rows"]
        self.assertNotIn(str(deal["orderId"]), (order["id"], order["openId"]))
        self.assertEqual((str(deal["openId"]), deal["originalType"]), (order["openId"], "moveStopProfitLoss"))

    def test_dates_are_whole_seconds(self):
        self.exchange("cancel", id=FIRST)
        self.assertEqual(self.deals(FIRST)[0]["updatedDate"] % 1000, 0)
        self.exchange("set", whole_seconds=False, date_offset_ms=0)
        ends = {self.exchange("cancel", id=row) and self.deals(row)[0]["updatedDate"] % 1000 for row in (SECOND, THIRD)}
        self.assertNotEqual(ends, {0})

    def test_richer_deals_are_a_switch(self):
        self.exchange("set", rich_deals=True)
        self.exchange("update", id=SECOND, changes={"totalPiece": "num:5", "currentPiece": "num:5"})
        self.exchange("partfill", id=SECOND, pieces=2)
        self.cancel(SECOND)
        canceled, trade = self.deals(SECOND)
        self.assertEqual((trade["tradePiece"], trade["totalPiece"]), (2, 5))
        self.assertEqual((canceled["tradePiece"], canceled["cancelPiece"]), (2, 3))

    def test_late_records(self):
        self.exchange("set", records_late_ms=3600 * 1000)
        self.exchange("fill", id=FIRST)
        self.assertEqual((self.deals(FIRST), self.history(FIRST)), ([], []))
        self.exchange("set", date_offset_ms=3601 * 1000, clock_tolerance_ms=10**10)
        self.assertEqual((len(self.deals(FIRST)), len(self.history(FIRST))), (1, 1))

    def test_a_busy_account(self):
        self.exchange("fill", id=FIRST)
        self.exchange("busy", instrument="BTC", count=60)
        page = "/v1/perpum/orders/deals?instrument=BTC&page={}&pageSize=50"
        first, second = self.get(page.format(1)), self.get(page.format(2))
        self.assertEqual((first["total"], len(first["rows"]), len(second["rows"])), (61, 50, 11))
        self.assertEqual(str(second["rows"][-1]["orderId"]), FIRST)

    def test_a_list_that_is_not_whole(self):
        self.exchange("set", page_of={"plan": {"rows": 3, "total": 6}})
        page = self.get("/v1/perpum/order?positionType=plan")
        self.assertEqual((len(page["rows"]), page["total"]), (3, 6))
        self.exchange("set", page_of={}, repeat_page=True)
        self.exchange("generate", kind="planTrigger", count=5, instruments=["BTC"])
        page = "/v1/perpum/orders/open?instrument=BTC&positionType=planTrigger&pageSize=2&page={}"
        self.assertEqual(self.get(page.format(1)), self.get(page.format(2)))

    def test_a_conditional_order_triggers_between_two_reads(self):
        self.exchange("generate", kind="planTrigger", count=1, instruments=["BTC"], specials=False)
        self.exchange("script", match={"endpoint": "GET /v1/perpum/order", "positionType": "plan"}, trigger=FIRST)
        self.assertEqual(self.open_ids(), [])
        trigger = self.get("/v1/perpum/orders/open?instrument=BTC&positionType=planTrigger")
        self.assertEqual(trigger["rows"], [])
        self.assertEqual(self.open_ids(), [FIRST])

    def test_scripted_ends(self):
        cases = [
            # behaviour, code, still open, last deal
            ({"do": "code"}, 0, True, None),
            ({"do": "code", "effect": "fill"}, 0, False, "finish"),
            ({"do": "normal", "effect": "fill"}, 9012, False, "finish"),
            ({"do": "normal", "effect": "cancel"}, 9012, False, "cancel"),
            ({"do": "normal", "effect": "vanish"}, 9012, False, None),
            ({"do": "normal", "effect": "part:1"}, 0, False, "cancel"),
            ({"do": "normal", "effect": "none"}, 0, True, None),
            ({"do": "code", "code": 9012}, 9012, True, None),
            ({"do": "code", "code": 29001}, 29001, True, None),
        ]
        for behaviour, code, still_open, deal in cases:
            with self.subTest(**behaviour):
                self.exchange("generate", count=2, instruments=["BTC"])
                self.exchange("script", match={"endpoint": "DELETE /v1/perpum/order", "id": FIRST}, **behaviour)
                self.assertEqual(self.cancel(FIRST)["code"], code)
                self.assertEqual(FIRST in self.open_ids(), still_open)
                found = self.deals(FIRST)
                self.assertEqual(found[0]["orderStatus"] if found else None, deal)
                if behaviour.get("effect") == "part:1":
                    self.assertEqual([row["orderStatus"] for row in found], ["cancel", "finish"])
        self.assertEqual(self.exchange("pending")["pending"], 0)

    def test_effect_after_the_answer(self):
        self.exchange("script", match={"method": "DELETE"}, effect_after_ms=30)
        self.assertEqual(self.cancel(FIRST)["code"], 0)
        self.assertIn(FIRST, self.open_ids())
        for _ in range(1000):
            if FIRST not in self.open_ids():
                break
        self.assertNotIn(FIRST, self.open_ids())
        self.assertEqual(self.deals(FIRST)[0]["orderStatus"], "cancel")


if __name__ == "__main__":
    unittest.main()
