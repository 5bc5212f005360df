"""Live steps 21 to 23: what a cancel means for a position, against a server."""

from steps import expect, step
from toastwatch import plain

POSITION = "2435521222699900000"
POSITIONS = {"endpoint": "GET /v1/perpum/positions/all"}


def stops(live, *pieces):
    """Starts on three limit orders and a stop loss of so many contracts each, of one BTC long of 12; returns the stops' ids."""
    live.exchange.do("generate", instruments=["BTC"], counts={"plan": 3, "stopProfitLoss": len(pieces)})
    ids = [str(row["id"]).removeprefix("num:") for row in live.exchange.do("list")["orders"]["stopProfitLoss"]]
    for identity, size in zip(ids, pieces):
        live.exchange.do("update", id=identity, without=["stopProfitPrice"],
                         changes={"openId": f"num:{POSITION}", "direction": "long", "closePiece": f"num:{size}",
                                  "currentPiece": f"num:{size}"})
    live.exchange.do("positions", rows=[{
        "id": f"num:{POSITION}", "instrument": "BTC", "base": "btc", "direction": "long", "status": "open",
        "totalPiece": "num:12", "closedPiece": "num:0", "currentPiece": "num:12", "openPrice": "num:94800.0",
        "leverage": "num:10", "positionModel": "num:0", "profitUnreal": "num:1.5"}])
    program = live.start()
    program.until(lambda: len(program.rows()) == 3 + len(pieces), "all rows", 60)
    return ids


def notice(program, kind, words):
    program.until(lambda: program.notices().get(kind) == words, f"{kind}: {words}; {program.notices()}", 30)


@step(21, "the last stop, and a part of one; refused and unreadable positions are not known, never none")
def last_stop(live):
    one, two = stops(live, 12, 5)
    program, exchange = live.program, live.exchange
    program.ask(one[-4:])
    notice(program, "laststop", "BTC-USDT long 12 (entry 94,800.00) then has a stop for 5 of 12.")
    program.keep()
    exchange.do("remove", id=one)
    program.until(lambda: not program.listed(one[-4:]), "one stop less", 60)
    program.ask(two[-4:])
    notice(program, "laststop", "BTC-USDT long 12 (entry 94,800.00) then has no stop loss.")
    # Closed elsewhere while it is asked.
    exchange.do("positions", rows=[])
    notice(program, "orphan", "No position belongs to this order.")
    expect("protective" not in program.notices(), f"{program.notices()}")
    program.keep()
    for answer in ({"do": "code", "code": 6003}, {"do": "body", "text": '{"code":0,"data":{},"msg":""}'}):
        exchange.do("script", match=POSITIONS, times=0, **answer)
        program = live.start()
        program.until(lambda: len(program.rows()) == 4, "4 rows", 60)
        program.ask(two[-4:])
        program.until(lambda: plain(program.find("confirmValue_position").name).endswith("?"), "the position is not known")
        notice(program, "laststop", "Whether another stop remains is not known.")
        expect("orphan" not in program.notices() and "protective" in program.notices(), f"{program.notices()}")
        program.keep()
        exchange.do("unscript")


@step(22, "an edit elsewhere: the new order says so; after a 9012 the new one can be canceled")
def edited_elsewhere(live):
    program, exchange = live.program, live.exchange
    exchange.do("positions", rows=None)
    exchange.do("generate", instruments=["BTC"], counts={"plan": 2})
    old, other = exchange.do("list")["orders"]["plan"]
    identity = str(old["id"]).removeprefix("num:")
    program = live.start()
    program.until(lambda: len(program.rows()) == 2, "2 rows", 60)
    fresh = {**old, "id": "num:33308749002999111", "orderPrice": "num:95500.10"}
    exchange.do("add", kind="plan", rows=[fresh])
    exchange.script_cancel(do="normal", effect="vanish")
    program.until(lambda: program.listed("9111"), "the new order", 60)
    program.cancel(identity[-4:])
    number = program.toast("Not canceled — changed elsewhere",
                           rf"order …{identity[-4:]} is gone \(9012 Position not found\.\)\. Likely 95,400\.10 → 95,500\.10, "
                           r"now order …9111\.", 60)
    program.press(f"toastAction_{number}")
    dialog = program.find("confirmDialog")
    expect(program.facts()["id"].endswith("33308749002999111"), f"{dialog.name}: {program.facts()['id']}")
    program.keep()
    expect(len(exchange.cancels()) == 1, "one DELETE")
    expect(str(other["id"]).removeprefix("num:") != identity, "two orders")


@step(23, "signed calls with positions on, at rest and while 60 are canceled: never above 50 in 10 s")
def calls(live):
    program, exchange = live.program, live.exchange
    exchange.do("generate", counts={"plan": 60})
    program = live.start()
    program.until(lambda: len(program.rows()) == 60, "60 rows", 60)
    exchange.do("reset")
    exchange.do("wait", what="requests", match=POSITIONS, count=4, timeout_ms=60000)
    rest = exchange.do("windows")["signed"]["10s"]
    program.keys("ctrl+shift+Delete")
    program.find("bulkDialog")
    if program.find_now("bulkCancelProtective"):
        program.find("bulkCancelProtective").press()
    program.type_text("60")
    program.until(lambda: program.find("bulkCancelButton").has("enabled"), "armed", 30)
    program.keys("Return")
    program.gone("bulkDialog")
    program.until(lambda: "0 of 0 open" in program.label("orderCounter"), "all gone", 120)
    all_of_it = exchange.do("windows")["signed"]["10s"]
    print(f"      signed calls in 10 s: {rest} at rest, {all_of_it} at most", flush=True)
    expect(all_of_it <= 50, f"{all_of_it} signed calls in 10 s")
    # The last steps find orders to cancel.
    exchange.do("generate", counts={"plan": 6})
    program.until(lambda: "6 of 6 open" in program.label("orderCounter"), "6 orders", 60)
