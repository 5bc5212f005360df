"""Live steps 17 and 18: what records and pages carry is said, and no more."""

import re

from steps import expect, step

HISTORY = {"endpoint": "GET /v1/perpum/orders/history"}
WRONG_OF_A_PART_FILL = re.compile(r"^Canceled (?!after part fill|— fill not known)|already filled|5 of 5")
WRONG_OF_AN_OPEN_ORDER = re.compile(r"^Canceled")


def five_contracts(live, count):
    """Starts on `count` limit orders of 5 contracts each in BTC and nothing else; returns their ids."""
    live.exchange.generate(instruments=["BTC"], counts={"plan": count})
    ids = [str(row["id"]).removeprefix("num:") for row in live.exchange.do("list")["orders"]["plan"]]
    for identity in ids:
        live.exchange.do("update", id=identity, changes={"orderStatus": "unFinish", "totalPiece": "num:5",
                                                         "currentPiece": "num:5", "quantity": "num:5"},
                         without=["tradePiece"])
    program = live.start()
    program.until(lambda: len(program.rows()) == count, f"{count} rows", 60)
    return ids


def never_said(program, identity, wrong, duration):
    """Fails when a toast says so of the order within the duration, or has said so since the last one waited for."""
    program.never(lambda: [text for text in program.watch.seen() if f"…{identity[-4:]}" in text and wrong.search(text)],
                  wrong.pattern, duration)


def part_filled(live, identity, headline, pattern):
    """Cancels an order of which 2 of 5 fill before the exchange acts; only this may be said of its end."""
    program = live.program
    live.exchange.script_cancel(do="normal", effect="part:2")
    program.cancel(identity[-4:])
    program.toast(headline, pattern, 60)
    never_said(program, identity, WRONG_OF_A_PART_FILL, 3)
    expect(len(live.exchange.cancels()) == 1, "one DELETE")
    program.until(lambda: not program.listed(identity[-4:]), "row gone")


@step(17, "2 of 5 fill, 3 are canceled: S2 from the history; with the history refused: S6, never “Canceled”, never 5 of 5")
def part_fills(live):
    known, unknown = five_contracts(live, 4)[:2]
    part_filled(live, known, "Canceled after part fill", rf"2 of 5 had filled, 3 canceled · order …{known[-4:]}")
    live.note()
    live.program.close_toasts()
    live.exchange.do("reset")
    live.exchange.do("script", match=HISTORY, times=0, do="code", code=9016, msg="Incorrect parameter")
    part_filled(live, unknown, "Canceled — fill not known", rf"…{unknown[-4:]}: gone, but how much had filled is not known")


@step(18, "a page of 3 rows of 6 proves nothing; after a restart the fill is found behind 60 later trades, behind 1,200 not")
def pages_and_restarts(live):
    program, exchange = live.program, live.exchange
    ids = five_contracts(live, 6)
    exchange.do("set", page_of={"plan": {"rows": 3, "total": 6}})
    try:
        program = live.start()
        program.banner("partial", r"^CoinW's list is not whole: it names 6 orders, 3 are listed\.", 60)
        expect(len(program.rows()) == 3, f"{len(program.rows())} rows")
        program.until(lambda: "3 of 6 open ⚠" in program.label("orderCounter"), "the count says so", 60)
        # Accepted without effect, and the order moves behind the page: it is open, and no list shows it.
        row = next(row for row in exchange.do("list")["orders"]["plan"] if str(row["id"]).endswith(ids[0]))
        exchange.script_cancel(do="code")
        program.cancel(ids[0][-4:])
        exchange.wait_for_cancel()
        exchange.do("remove", id=ids[0])
        exchange.do("add", kind="plan", rows=[row])
        never_said(program, ids[0], WRONG_OF_AN_OPEN_ORDER, 12)
    finally:
        exchange.do("set", page_of={})
    program.toast("Accepted, but still listed", f"…{ids[0][-4:]}", 60)

    for later, headline, pattern in ((60, "Filled|filled", ids[1][-4:]), (1200, "", r"read back to .* only")):
        identity = ids[1] if later == 60 else ids[2]
        live.note()
        exchange.do("reset")
        exchange.script_cancel(do="hang", effect="fill")
        program.cancel(identity[-4:])
        exchange.wait_for_cancel()
        exchange.do("wait", what="requests", match={"method": "GET"}, count=1, timeout_ms=5000)
        program.kill()
        exchange.do("unscript")
        exchange.do("busy", instrument="BTC", count=later)
        program = live.start()
        program.until(lambda: any(re.search(headline, text) and re.search(pattern, text) for text in program.toasts().values()),
                      f"{headline} {pattern} behind {later} later trades; {list(program.toasts().values())}", 120)
        expect(len(exchange.cancels()) == 1, "a second DELETE was sent")
        print(f"      behind {later}: {list(program.toasts().values())}", flush=True)
