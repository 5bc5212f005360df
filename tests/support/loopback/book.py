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
    def __init__(self):
        self._open = {kind: {} for kind in KINDS}
        self.deals = []
        self.history = []
        self._serial = 0

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
        self.__init__()

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
        self._open["plan"][identity] = Row({**row, "posType": "plan",
                                            "updatedDate": like(row.get("updatedDate"), Decimal(now_ms))})
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
        self._deal(identity, row, "finish", total, str(row.get("orderPrice", "0")), now_ms)
        return self.update(identity, {"orderStatus": "part", "tradePiece": like(model, filled),
                                      "currentPiece": like(model, total - filled),
                                      "updatedDate": like(row.get("updatedDate"), Decimal(now_ms))})

    def fill(self, identity, now_ms, price=None):
        """Fills the order whole: it appears in history and in deals as finished."""
        _, row = self.find(identity)
        if row is None:
            return False
        total = number(row.get("totalPiece", row.get("currentPiece")))
        price = str(price) if price else str(row.get("orderPrice", row.get("triggerPrice", "0")))
        self._history(identity, row, "finish", total, Decimal(0), price, now_ms)
        self._deal(identity, row, "finish", total, price, now_ms)
        return self.remove(identity)

    def cancel(self, identity, now_ms):
        """Cancels what is not filled: deals say so; history too if a part had been filled."""
        _, row = self.find(identity)
        if row is None:
            return False
        total = number(row.get("totalPiece", row.get("currentPiece")))
        filled = number(row.get("tradePiece"))
        price = str(row.get("orderPrice", "0"))
        if filled > 0:
            self._history(identity, row, "cancel", filled, total - filled, price, now_ms)
        self._deal(identity, row, "cancel", total, "0", now_ms)
        return self.remove(identity)

    def _common(self, row, names):
        return {name: row[name] for name in names if name in row}

    def _deal(self, identity, row, state, total, price, now_ms):
        """A trade or a cancellation. CoinW's transaction-details page gives such rows no quantity of the order."""
        self._serial += 1
        closing = row.get("status") == "close"
        self.deals.insert(0, Row({
            "id": Num(str(23469279599900000 + self._serial)), "orderId": bare_id(identity),
            "openId": Num(str(2435521222699900000 + self._serial)), "orderStatus": state,
            **self._common(row, ("instrument", "direction", "status", "originalType", "posType", "orderPrice", "quantity",
                                 "quantityUnit", "leverage", "positionModel", "thirdOrderId", "source", "createdDate")),
            "openPrice": Num("0" if closing else price), "closePrice": Num(price if closing else "0"),
            "totalPiece": Num(plain(total)), "closedPiece": Num("0"), "currentPiece": Num("0"), "fee": "0",
            "netProfit": Num("0"), "liquidateBy": "manual", "updatedDate": Num(str(now_ms))}))

    def _history(self, identity, row, state, traded, canceled, price, now_ms):
        self._serial += 1
        total = plain(traded + canceled)
        self.history.insert(0, {
            "id": identity, "orderId": Num(str(2990000000 + self._serial)),
            "openId": Num(str(2435521222699900000 + self._serial)), "orderStatus": state,
            **self._common(row, ("instrument", "direction", "status", "originalType", "posType", "quantity", "quantityUnit",
                                 "leverage", "positionModel", "thirdOrderId", "source", "createdDate")),
            "orderPrice": str(row.get("orderPrice", "0")), "avgPrice": price, "totalPiece": total, "currentPiece": total,
            "tradePiece": Num(plain(traded)), "cancelPiece": Num(plain(canceled)), "havShortfall": False,
            "updatedDate": Num(str(now_ms))})

    def ended(self, which, instrument):
        rows = self.deals if which == "deals" else self.history
        return [row for row in rows if not instrument or str(row.get("instrument", "")).lower() == instrument.lower()]
