"""What the exchange answers when it behaves: endpoints, envelopes and codes of docs/exchange.md."""

import json

from . import generate, limits
from .book import Book, KINDS, number, plain
from .verbatim import Num, dumps

DEFAULTS = {
    "key": "ck_example_0123456789abcdef",
    "secret": "cs_example_DO_NOT_USE_fedcba9876543210",
    "more_keys": {},
    "permissions": {"read": True, "trade": True},
    "clock_tolerance_ms": 30000,
    "date_offset_ms": 0,
    "send_date": True,
    "rtt_ms": 0,
    "jitter_ms": [0, 0],
    "seed": 1,
    "idle_close_ms": 0,
    "max_requests": 0,
    "announce_close": True,
    "enforce_limits": False,
    "chunked": False,
    "gzip": False,
    "loose": False,
    "page_cap": 0,
    "total_is_zero": False,
    "quantity_shape": "object",
    "quantity_kinds": list(KINDS),
    "quantity_value": None,
    "cancel_msg": "Success",
    "page_of": {},
    "repeat_page": False,
    "whole_seconds": True,
    "rich_deals": False,
    # Of the others CoinW documents no record of a cancellation.
    "deal_kinds": ["plan", "execute", "moveTPSL"],
    "records_late_ms": 0,
    "positions_null": False,
}

_LISTS = {"plan": "plan", "execute": "execute", "stopProfitLoss": "stopProfitLoss", "moveStop": "moveTPSL",
          "moveStopProfitLoss": "moveTPSL"}
_PAGED = {"plan": "plan", "execute": "execute", "planTrigger": "planTrigger", "moveStopProfitLoss": "moveTPSL"}
_WORDS = {402: "param required", 404: "Requested address does not exist", 6000: "authentication failed",
          6001: "signature error", 6003: "require more permission", 9012: "Position not found.",
          9016: "Incorrect parameter format/type or missing information.", 29001: "API access frequently",
          500: "Internal server error"}


def refusal(code, words=None, form=None):
    """Body of a refusal; permission refusals have their text under `message`, as the gateway writes them."""
    words = _WORDS.get(code, "refused") if words is None else words
    if form == "message" or (form is None and code == 6003):
        return {"code": Num(str(code)), "message": words, "retry": False, "success": False}
    return {"code": Num(str(code)), "msg": words}


def good(data, msg=""):
    return {"code": Num("0"), "data": data, "msg": msg}


class Market:
    """Settings, book and public data. `now_ms` is the exchange's clock, handed in by the caller."""

    def __init__(self):
        self.settings = {}
        self.book = Book(self.settings)
        self.fresh()

    def fresh(self):
        """Back to the start: default settings and instruments, no orders."""
        self.settings.clear()
        self.settings.update(json.loads(json.dumps(DEFAULTS)))
        self.book.clear()
        names = generate.instrument_names(6)
        self.instruments = generate.instrument_rows(names)
        self.tickers = generate.ticker_rows(names)
        # Rows of positions/all; None: those that fit the orders.
        self.positions = None
        self.gate = limits.Gate()

    def know(self, names):
        """Makes sure that the public lists hold these instruments."""
        have = [row["name"] for row in self.instruments]
        names = have + [name for name in names if name not in have]
        self.instruments, self.tickers = generate.instrument_rows(names), generate.ticker_rows(names)

    @staticmethod
    def is_public(path):
        return path.startswith("/v1/perpumPublic/") or path in ("/v1/perpum/instruments",)

    def ids_of(self, request):
        """Order ids that a DELETE names, as text; empty when there are none."""
        try:
            body = json.loads(request.body, parse_float=Num, parse_int=Num)
        except ValueError:
            return []
        if not isinstance(body, dict):
            return []
        if request.path.endswith("/batchOrders"):
            given = body.get("sourceIds")
            return [str(i) for i in given] if isinstance(given, list) else []
        return [str(body["id"])] if "id" in body else []

    def answer(self, request, now_ms, refused, act=True, effects=None):
        """(HTTP status, body text) of an orderly answer.

        `refused` is the signature's verdict (0 or a code); `act` False answers as if but changes nothing; `effects` maps
        ids of a batch to what happens to them instead of being canceled ("none", "fill", "part:<contracts>").
        """
        endpoint = self._endpoints().get(request.method + " " + request.path)
        if endpoint is None:
            return 404, dumps(refusal(404))
        if not self.is_public(request.path) and refused:
            return 200, dumps(refusal(refused))
        result = endpoint(request, now_ms, act, effects or {})
        return 200, dumps(refusal(result) if isinstance(result, int) else result)

    def apply(self, effect, identity, now_ms):
        """What happens to an order before the answer: "fill", "part:<contracts>", "cancel", "vanish"; else nothing."""
        if effect == "fill":
            self.book.fill(identity, now_ms)
        elif effect.startswith("part:"):
            self.book.part_fill(identity, effect[5:], now_ms)
        elif effect == "cancel":
            self.book.cancel(identity, now_ms)
        elif effect == "vanish":
            self.book.remove(identity)

    def _endpoints(self):
        return {
            "DELETE /v1/perpum/order": self._cancel, "DELETE /v1/perpum/batchOrders": self._cancel_batch,
            "GET /v1/perpum/order": self._list, "GET /v1/perpum/orders/open": self._list_paged,
            "GET /v1/perpum/orders/openQuantity": self._quantity, "GET /v1/perpum/moveTPSL": self._trailing,
            "GET /v1/perpum/orders/deals": self._deals, "GET /v1/perpum/orders/deals/history": self._deals,
            "GET /v1/perpum/orders/history": self._history, "GET /v1/perpum/orders/archive": self._history,
            "GET /v1/perpum/positions/all": self._positions,
            "GET /v1/perpum/instruments": self._instruments, "GET /v1/perpumPublic/tickers": self._tickers,
            "GET /v1/perpumPublic/ticker": self._ticker}

    # --- cancel ---

    def _cancel(self, request, now_ms, act, _effects):
        try:
            body = json.loads(request.body, parse_float=Num, parse_int=Num)
        except ValueError:
            return 402 if not request.body else 9016
        if not isinstance(body, dict) or "id" not in body:
            return 402
        identity = body["id"]
        if isinstance(identity, Num) or not isinstance(identity, str) or "," in identity or len(body) != 1:
            return 9016
        if self.book.find(identity)[1] is None:
            return 9012
        if act:
            self.book.cancel(identity, now_ms)
        return {"code": Num("0"), "msg": self.settings["cancel_msg"]}

    def _cancel_batch(self, request, now_ms, act, effects):
        try:
            body = json.loads(request.body)
        except ValueError:
            return 402 if not request.body else 9016
        ids = self.ids_of(request)
        if not isinstance(body, dict) or not ids:
            return 402
        if len(ids) > 20 or body.get("posType", "plan") not in ("plan", "execute", "moveStop", "stopProfitLoss"):
            return 9016
        for identity in ids if act else []:
            effect = effects.get(identity, "cancel")
            self.apply(effect, identity, now_ms)
            if effect.startswith("part:"):
                self.book.cancel(identity, now_ms)
        return {"code": Num("0"), "msg": ""}

    # --- lists ---

    def _list(self, request, _now_ms, _act, _effects):
        asked = request.parameters.get("positionType")
        if not asked:
            return 402
        if asked not in _LISTS:
            return 9016
        ids = [i for i in request.parameters.get("sourceIds", "").split(",") if i]
        if len(ids) > 20:
            return 9016
        instrument = request.parameters.get("instrument")
        rows = self.book.rows(_LISTS[asked], instrument, ids)
        if asked == "execute" and self.settings["loose"]:
            rows = rows + self.book.rows("plan", instrument, ids)
        return good(self._shaped(asked, rows))

    def _shaped(self, asked, rows):
        """A bare array, as documented; or a page that names more rows than it has."""
        page = self.settings["page_of"].get(asked)
        if page is None:
            return rows
        return {"nextId": Num("0"), "prevId": Num("0"), "rows": rows[:page["rows"]], "total": Num(str(page["total"]))}

    def _list_paged(self, request, _now_ms, _act, _effects):
        asked, instrument = request.parameters.get("positionType"), request.parameters.get("instrument")
        if not asked or not instrument:
            return 402
        if asked not in _PAGED:
            return 9016
        rows = self.book.rows(_PAGED[asked], instrument)
        if asked == "execute" and self.settings["loose"]:
            rows = rows + self.book.rows("plan", instrument)
        return self._page(request, rows, 50)

    def _page(self, request, rows, size):
        try:
            page = int(request.parameters.get("page", "1"))
            size = int(request.parameters.get("pageSize", str(size)))
        except ValueError:
            return 9016
        if page < 1 or size < 1:
            return 9016
        if self.settings["repeat_page"]:
            page = 1
        if self.settings["page_cap"]:
            size = min(size, self.settings["page_cap"])
        total = 0 if self.settings["total_is_zero"] else len(rows)
        return good({"nextId": Num("0"), "prevId": Num("0"), "rows": rows[(page - 1) * size:page * size],
                     "total": Num(str(total))})

    def _quantity(self, _request, _now_ms, _act, _effects):
        value = self.settings["quantity_value"]
        value = Num(str(self.book.count(self.settings["quantity_kinds"]) if value is None else value))
        return good(value if self.settings["quantity_shape"] == "int" else {"value": value})

    def _trailing(self, _request, _now_ms, _act, _effects):
        return good(self._shaped("moveTPSL", self.book.rows("moveTPSL")) or None)

    # --- ends ---

    def _deals(self, request, now_ms, _act, _effects):
        instrument = request.parameters.get("instrument")
        return self._page(request, self.book.records("deals", instrument, now_ms), 10) if instrument else 402

    def _history(self, request, now_ms, _act, _effects):
        return self._page(request, self.book.records("history", request.parameters.get("instrument"), now_ms), 10)

    def _positions(self, _request, _now_ms, _act, _effects):
        rows = self._fitting_positions() if self.positions is None else self.positions
        return good(None if not rows and self.settings["positions_null"] else rows)

    def _fitting_positions(self):
        """One for each order that closes one, as an account that trades has them."""
        sizes = {}
        for _kind, row in self.book.closing():
            name, direction = str(row.get("instrument", "")), str(row.get("direction", ""))
            model = str(row.get("positionModel", "1"))
            identity = str(row.get("openId") or 2435521222690000000 + sum(map(ord, name + direction)) * 2 + int(model))
            pieces = number(row.get("closePiece", row.get("totalPiece", row.get("currentPiece", "1"))))
            key = (identity, name, direction, model)
            sizes[key] = max(pieces, sizes.get(key, pieces))
        return [generate.position_row(*key, plain(pieces)) for key, pieces in sizes.items()]

    # --- public ---

    def _instruments(self, request, _now_ms, _act, _effects):
        name = request.parameters.get("name", "").lower()
        return good([row for row in self.instruments if not name or str(row["name"]).lower() == name])

    def _tickers(self, _request, _now_ms, _act, _effects):
        return good(self.tickers)

    def _ticker(self, request, _now_ms, _act, _effects):
        base = request.parameters.get("instrument", "").lower()
        return good([row for row in self.tickers if str(row["base_coin"]).lower() == base])
