"""The orders of the make-believe account: open ones by kind, and how the others ended. Numbers are never floats."""

from decimal import Decimal, InvalidOperation

from .verbatim import Num, Row

KINDS = ("plan", "execute", "stopProfitLoss", "moveTPSL", "planTrigger")


def number(value, fallback="0"):
    """A field of a row (number, text, null or absent) as Decimal."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(fallback)


def plain(value):
    """Decimal as text without exponent."""
    return format(value, "f")


def like(model, value):
    """`value` in the dress of `model`: a JSON number where that is one, else text."""
    return Num(plain(value)) if isinstance(model, Num) else plain(value)


def bare_id(identity):
    """An id as JSON number where it is digits only; a text id stays text."""
    return Num(identity) if identity.isascii() and identity.isdigit() else identity


class Book:
    """`settings` are the market's: `whole_seconds`, `rich_deals`, `deal_kinds` and `records_late_ms` shape the records."""

    def __init__(self, settings):
        self._settings = settings
        self.clear()

    # --- open orders ---

    def replace(self, kind, rows):
        if kind not in KINDS:
            raise KeyError(kind)
        self._open[kind] = {}
        self.add(kind, rows)

    def add(self, kind, rows):
        for row in rows:
            # A row without an id is stored too: the program must be able to meet one.
            self._serial += 1
            self._open[kind][str(row.get("id", f"no id {self._serial}"))] = Row(row)

    def clear(self):
        self._open = {kind: {} for kind in KINDS}
        # Records, newest first, each with the moment from which it is given out.
        self._deals = []
        self._history = []
        self._serial = 0

    def closing(self):
        """(kind, row) of every open order that closes a position."""
        return [(kind, row) for kind in KINDS for row in self._open[kind].values() if row.get("status", "close") == "close"]

    def find(self, identity):
        """(kind, row) of an open order, or (None, None)."""
        for kind in KINDS:
            if identity in self._open[kind]:
                return kind, self._open[kind][identity]
        return None, None

    def remove(self, identity):
        """Takes an order out without a trace; true when it was there."""
        return any([rows.pop(identity, None) is not None for rows in self._open.values()])

    def rows(self, kind, instrument=None, ids=None):
        return [row for key, row in self._open[kind].items()
                if (not instrument or str(row.get("instrument", "")).lower() == instrument.lower())
                and (not ids or key in ids)]

    def count(self, kinds):
        return sum(len(self._open[kind]) for kind in kinds)

    def update(self, identity, changes, without=()):
        """Changes fields of an open order; `without` names fields to drop."""
        kind, row = self.find(identity)
        if row is None:
            return False
        changed = {k: v for k, v in {**row, **changes}.items() if k not in without}
        self._open[kind][identity] = Row(changed)
        return True

    def trigger(self, identity, now_ms):
        """An untriggered conditional order becomes an ordinary limit order with the same id."""
        row = self._open["planTrigger"].pop(identity, None)
        if row is None:
            return False
        self._open["plan"][identity] = Row({**row, "posType": "plan", "updatedDate": self._moment(now_ms)})
        return True

    # --- ends ---

    def part_fill(self, identity, pieces, now_ms):
        """Fills some contracts; the order stays open (or ends as filled when nothing remains)."""
        kind, row = self.find(identity)
        if row is None:
            return False
        total = number(row.get("totalPiece", row.get("currentPiece")))
        filled = number(row.get("tradePiece")) + Decimal(pieces)
        if filled >= total:
            return self.fill(identity, now_ms)
        model = row.get("totalPiece", row.get("currentPiece"))
        self._deal(identity, kind, row, "finish", Decimal(pieces), Decimal(0), str(row.get("orderPrice", "0")), now_ms)
        return self.update(identity, {"orderStatus": "part", "tradePiece": like(model, filled),
                                      "currentPiece": like(model, total - filled), "updatedDate": self._moment(now_ms)})

    def fill(self, identity, now_ms, price=None):
        """Fills the order whole: it appears in history and in deals as finished."""
        kind, row = self.find(identity)
        if row is None:
            return False
        total = number(row.get("totalPiece", row.get("currentPiece")))
        price = str(price) if price else str(row.get("orderPrice", row.get("triggerPrice", "0")))
        self._history_row(identity, row, "finish", total, Decimal(0), price, now_ms)
        self._deal(identity, kind, row, "finish", total - number(row.get("tradePiece")), Decimal(0), price, now_ms)
        return self.remove(identity)

    def cancel(self, identity, now_ms):
        """Cancels what is not filled: history says so if a part had been filled, deals of the kinds that `deal_kinds` names."""
        kind, row = self.find(identity)
        if row is None:
            return False
        total = number(row.get("totalPiece", row.get("currentPiece")))
        filled = number(row.get("tradePiece"))
        if filled > 0:
            self._history_row(identity, row, "cancel", filled, total - filled, str(row.get("orderPrice", "0")), now_ms)
        if kind in self._settings["deal_kinds"]:
            self._deal(identity, kind, row, "cancel", filled, total - filled, "0", now_ms)
        return self.remove(identity)

    def busy(self, instrument, count, now_ms):
        """`count` later trades of other orders, each filled whole: what was recorded before moves to older pages."""
        for _ in range(count):
            self._serial += 1
            other = {"instrument": instrument, "direction": "long", "status": "open", "originalType": "plan", "posType": "plan",
                     "orderPrice": Num("1"), "totalPiece": Num("1"), "createdDate": self._moment(now_ms)}
            identity = str(33309900000000000 + self._serial)
            self._history_row(identity, other, "finish", Decimal(1), Decimal(0), "1", now_ms)
            self._deal(identity, "plan", other, "finish", Decimal(1), Decimal(0), "1", now_ms)

    def add_records(self, deals, history):
        """Rows as they are, as the newest."""
        self._deals[:0] = [(0, row) for row in deals]
        self._history[:0] = [(0, row) for row in history]

    def _moment(self, now_ms):
        """CoinW's REST samples have whole seconds everywhere."""
        return Num(str(now_ms // 1000 * 1000 if self._settings["whole_seconds"] else now_ms))

    def _common(self, row, names):
        return {name: row[name] for name in names if name in row}

    def _deal(self, identity, kind, row, state, traded, canceled, price, now_ms):
        """A trade or a cancellation. CoinW's transaction-details page gives such rows no quantity of the order, and its sample
        of a canceled trailing order stands under a third number. With `rich_deals` they say more than the page."""
        self._serial += 1
        closing = row.get("status") == "close"
        trailing = kind == "moveTPSL"
        deal = {
            "id": Num(str(23469279599900000 + self._serial)),
            "orderId": Num(str(20865172723900000 + self._serial)) if trailing else bare_id(identity),
            "openId": Num(str(row.get("openId", 2435521222699900000 + self._serial))), "orderStatus": state,
            **self._common(row, ("instrument", "direction", "status", "originalType", "posType", "orderPrice", "quantity",
                                 "quantityUnit", "leverage", "positionModel", "thirdOrderId", "source", "createdDate")),
            "openPrice": Num("0" if closing else price), "closePrice": Num(price if closing else "0"),
            "totalPiece": Num(plain(number(row.get("totalPiece", row.get("currentPiece"))))), "closedPiece": Num("0"),
            "currentPiece": Num("0"), "fee": "0", "netProfit": Num("0"), "updatedDate": self._moment(now_ms),
            "liquidateBy": "moveStopProfitAndLoss" if trailing else "manual"}
        if self._settings["rich_deals"]:
            deal.update({"tradePiece": Num(plain(traded)), "cancelPiece": Num(plain(canceled)), "avgPrice": price})
        self._deals.insert(0, (now_ms + self._settings["records_late_ms"], Row(deal)))

    def _history_row(self, identity, row, state, traded, canceled, price, now_ms):
        self._serial += 1
        total = plain(traded + canceled)
        self._history.insert(0, (now_ms + self._settings["records_late_ms"], {
            "id": identity, "orderId": Num(str(2990000000 + self._serial)),
            "openId": Num(str(row.get("openId", 2435521222699900000 + self._serial))), "orderStatus": state,
            **self._common(row, ("instrument", "direction", "status", "originalType", "posType", "quantity", "quantityUnit",
                                 "leverage", "positionModel", "thirdOrderId", "source", "createdDate")),
            "orderPrice": str(row.get("orderPrice", "0")), "avgPrice": price, "totalPiece": total, "currentPiece": total,
            "tradePiece": Num(plain(traded)), "cancelPiece": Num(plain(canceled)), "havShortfall": False,
            "updatedDate": self._moment(now_ms)}))

    def records(self, which, instrument, now_ms):
        """What "deals" or "history" give out at that moment, of one instrument or (None) of all."""
        return [row for shown_from, row in (self._deals if which == "deals" else self._history) if shown_from <= now_ms
                and (not instrument or str(row.get("instrument", "")).lower() == instrument.lower())]
