"""Makes order rows, always the same ones for the same wishes, with values that trip up sloppy readers."""

import random
from decimal import Decimal

from .book import number, plain
from .verbatim import Num

# name, first price as it must reach the screen, one lot in base coin
_KNOWN = (("BTC", "95400.10", "0.001"), ("ETH", "4210.55", "0.01"), ("SOL", "171.500", "1"), ("XRP", "2.4180", "10"),
          ("DOGE", "0.1912", "100"), ("1000PEPE", "0.0000123", "1000"))
FIRST_ID = 33308749002645666
LAST_ID = 9223372036854775807
_FIRST_TRAILING_ID = 650302000000000
_EPOCH = 1767225000000
_TEXT_IN_TEXT_STYLE = ("id", "orderPrice", "triggerPrice", "quantity", "totalPiece", "tradePiece", "currentPiece", "leverage",
                       "userId", "margin", "baseSize", "indexPrice", "openPrice", "callbackRate", "stopLossPrice",
                       "stopProfitPrice")


def instrument_names(count):
    """The first `count` instruments; the tiny-priced 1000PEPE is the last of the first six."""
    return [row[0] for row in _KNOWN][:count] + [f"C{n:03d}" for n in range(max(0, count - len(_KNOWN)))]


def _base(name):
    return next(((price, lot) for known, price, lot in _KNOWN if known == name), ("12.340", "1"))


def rows(kind, count, names, *, style="numbers", seed=1, first_id=FIRST_ID, specials=True, serial=0):
    """`count` rows of one kind, spread over `names` in turn.

    Style: "numbers" (JSON numbers even for ids), "text" (everything numeric as text) or "mixed" (rows take turns).
    With `specials` the first row has `first_id` and the first price of its instrument, every instrument's first row
    its exact price of the table, and the last row of a list that begins with FIRST_ID the id 2^63-1.
    """
    chance = random.Random(f"{seed}/{kind}")
    made = []
    for n in range(count):
        name = names[n % len(names)]
        text_price, lot = _base(name)
        price = Decimal(text_price)
        if n >= len(names):
            step = Decimal(1).scaleb(price.as_tuple().exponent)
            price += step * chance.randrange(1, 10 ** min(4, len(price.as_tuple().digits)))
        identity = first_id + serial + n * 7
        if specials and first_id == FIRST_ID and count > 1 and n == count - 1 and serial == 0:
            identity = LAST_ID
        row = _ROWS[kind](str(identity), name, plain(price), lot, n, chance)
        if style == "text" or (style == "mixed" and n % 2):
            row = {k: str(v) if k in _TEXT_IN_TEXT_STYLE else v for k, v in row.items()}
        made.append(row)
    return made


def _order(identity, name, price, lot, n, chance):
    pieces = chance.randrange(1, 400)
    leverage = chance.choice((1, 5, 10, 25, 100))
    value = Decimal(price) * Decimal(lot) * pieces
    part = n % 7 == 3 and pieces > 3
    row = {
        "id": Num(identity), "instrument": name, "direction": "long" if n % 2 == 0 else "short",
        "status": "close" if n % 5 == 4 else "open", "orderStatus": "part" if part else "unFinish",
        "originalType": "plan", "posType": "plan", "orderPrice": Num(price), "quantity": Num(str(pieces)),
        "quantityUnit": Num("1"), "totalPiece": Num(str(pieces)),
        "currentPiece": Num(str(pieces - pieces // 3 if part else pieces)),
        "baseSize": Num(plain(Decimal(lot) * pieces)), "leverage": Num(str(leverage)), "positionModel": Num(str(n % 2)),
        "margin": Num(plain((value / leverage).quantize(Decimal("0.0001")))), "frozenFee": Num("0.105"),
        "makerFee": Num("0.0001"), "takerFee": Num("0.0006"), "indexPrice": Num(price), "contractType": Num("1"),
        "processStatus": Num("1"), "liquidateBy": "manual", "source": "api" if n % 3 == 0 else "web",
        "primaryId": Num(str(2990000001 + n)), "userId": Num("7000001"),
        "createdDate": Num(str(_EPOCH + n * 1000)), "updatedDate": Num(str(_EPOCH + n * 1000))}
    if part:
        row["tradePiece"] = Num(str(pieces // 3))
    if n % 4 == 1:
        row["thirdOrderId"] = f"desk-{n:04d}"
    return row


def _execute(*arguments):
    return {**_order(*arguments), "originalType": "execute", "posType": "execute", "orderPrice": Num("0")}


def _conditional(*arguments):
    row = _order(*arguments)
    row.pop("tradePiece", None)
    return {**row, "orderStatus": "unFinish", "currentPiece": row["totalPiece"], "originalType": "planTrigger",
            "posType": "planTrigger", "triggerPrice": row["orderPrice"], "triggerType": Num("0")}


def _take_profit(identity, name, price, lot, n, chance):
    # The sample of CoinW's page: one row for both, no status, orderStatus, orderPrice or totalPiece, openId as a number.
    pieces = Num(str(chance.randrange(1, 400)))
    return {"id": Num(identity), "openId": Num(str(2435521222699900000 + n)), "instrument": name,
            "direction": "long" if n % 2 == 0 else "short", "closePiece": pieces, "currentPiece": pieces,
            "stopLossPrice": Num(plain(number(price) * Decimal("0.9"))), "stopLossRate": Num("0.1"), "stopLossType": "execute",
            "stopProfitPrice": Num(plain(number(price) * Decimal("1.1"))), "stopProfitRate": Num("0.1"),
            "stopProfitType": "execute", "stopType": Num("2"), "priceType": Num("2"), "triggerStatus": Num("0"),
            "indexPrice": Num(price), "leverage": Num("10"), "positionModel": Num("0"), "userId": Num("7000001"),
            "createdDate": Num(str(_EPOCH + n * 1000)), "updatedDate": Num(str(_EPOCH + n * 1000))}


def _trailing(identity, name, price, lot, n, chance):
    # The sample of CoinW's page: an id of 15 digits, no orderStatus, no totalPiece, ids and openId as text.
    pieces = chance.randrange(1, 40)
    return {"id": str(_FIRST_TRAILING_ID + int(identity) % 10**9), "openId": str(2435521222699910000 + n), "instrument": name,
            "direction": "long" if n % 2 == 0 else "short", "status": "close", "finishStatus": Num("1"),
            "originalType": "moveStopProfitLoss", "posType": "moveStopProfitLoss", "callbackRate": Num("0.05"),
            "triggerPrice": Num(price), "triggerType": Num("1"), "orderPrice": Num("0"), "openPrice": Num(price),
            "currentPiece": Num(str(pieces)), "quantity": Num(str(pieces)), "quantityUnit": Num("1"),
            "baseSize": Num(plain(Decimal(lot) * pieces)), "leverage": Num("10"), "positionModel": Num("0"),
            "processStatus": Num("0"), "contractType": Num("1"), "source": "api", "userId": Num("7000001"), "fee": "0",
            "createdDate": Num(str(_EPOCH + n * 1000)), "updatedDate": Num(str(_EPOCH + n * 1000))}


_ROWS = {"plan": _order, "execute": _execute, "planTrigger": _conditional, "stopProfitLoss": _take_profit, "moveTPSL": _trailing}


def position_row(identity, name, direction, model, pieces):
    """One row of positions/all. Source of the shape: docs/exchange.md, Positions."""
    price = _base(name)[0]
    return {"id": Num(identity), "instrument": name, "base": name.lower(), "direction": direction, "status": "open",
            "totalPiece": Num(pieces), "closedPiece": Num("0"), "currentPiece": Num(pieces), "openPrice": Num(price),
            "indexPrice": Num(price), "leverage": Num("10"), "margin": Num("10"), "positionMargin": Num("10"),
            "positionModel": Num(model), "profitUnreal": Num("0"), "contractType": Num("1"), "quantityUnit": Num("1"),
            "createdDate": Num(str(_EPOCH)), "updatedDate": Num(str(_EPOCH))}


def instrument_rows(names):
    """Public instrument rows. Source of the shape: docs/exchange.md, Instruments."""
    return [{"id": Num(str(n + 1)), "name": name, "base": name.lower(), "quote": "usdt",
             "pricePrecision": Num(str(-Decimal(_base(name)[0]).as_tuple().exponent)), "oneLotSize": Num(_base(name)[1]),
             "minSize": Num("1"), "maxLeverage": Num("200"), "makerFee": "0.0001", "takerFee": "0.0006", "status": "online",
             "settledPeriod": Num("8"), "settledAt": Num("1767254400000")} for n, name in enumerate(names)]


def ticker_rows(names):
    """Public ticker rows. Source of the shape: docs/exchange.md, Prices."""
    return [{"contract_id": Num(str(n + 1)), "name": name + "USDT", "base_coin": name.lower(), "quote_coin": "usdt",
             "contract_size": Num(_base(name)[1]), "last_price": Num(_base(name)[0]), "fair_price": Num(_base(name)[0]),
             "high": Num(_base(name)[0]), "low": Num(_base(name)[0]), "rise_fall_rate": Num("0.0071"),
             "total_volume": Num("0.004"), "max_leverage": Num("200"), "ts": Num(str(_EPOCH))}
            for n, name in enumerate(names)]
