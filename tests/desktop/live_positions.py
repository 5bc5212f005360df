"""Live steps 21 to 24: what a cancel means for a position, against a server."""

import re

from many import bulk_armed, open_bulk
from steps import expect, step
from toastwatch import plain

POSITION = "2435521222699900000"
POSITIONS = {"endpoint": "GET /v1/perpum/positions/all"}


def stops(live, *pieces):
    """Starts on three limit orders and a stop loss of so many contracts each, of one BTC long of 12; returns the stops' ids."""
    live.exchange.generate(instruments=["BTC"], counts={"plan": 3, "stopProfitLoss": len(pieces)})
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


def bulk_notices(program):
    """The notices of the open question about several orders, {kind: text}."""
    return {name.removeprefix("bulkNotice_"): plain(node.name or node.text())
            for name, node in program.all_named(r"bulkNotice_\w+")}


@step(24, "bulk: the last stop of a position; one that CoinW refused; orders without a position by filter and together")
def many_of_a_position(live):
    one, two = stops(live, 12, 5)
    program, exchange = live.program, live.exchange
    exchange.do("update", id=one, changes={"source": "copy"})
    exchange.script_cancel(do="code", code=9016, msg="Incorrect parameter")
    program.cancel(one[-4:])
    program.toast("Not canceled — not possible here", f"…{one[-4:]}", 30)
    program.close_toasts()
    open_bulk(program, "ctrl+shift+Delete")
    program.find("bulkCancelProtective").press()
    program.until(lambda: bulk_notices(program).get("laststop")
                  == "BTC-USDT long 12 (entry 94,800.00) then has no stop loss.", "the last stop", 30)
    refused = bulk_notices(program).get("refused", "")
    expect(one[-4:] in refused and refused.endswith("CoinW refused to cancel this (source copy)"), refused)
    program.find("bulkKeepProtective").press()
    program.until(lambda: not {"laststop", "refused"} & bulk_notices(program).keys(), "nothing of what is kept")
    program.activate_dialog()
    program.keys("Escape")
    program.gone("bulkDialog")

    exchange.do("positions", rows=[])
    for tail in (one[-4:], two[-4:]):
        program.until(lambda: program.row(tail)["Position"] == "⊘ no position", f"…{tail} has lost its position", 60)
    lost = program.until(lambda: (lambda found: found and int(found.group(1)))(
        re.search(r"(\d+) without a position", program.label("infoText"))), "the count of the info line", 60)
    expect(lost >= 2, f"{lost} without a position")
    program.find("filterEdit").take_focus()
    program.type_text("is:orphan")
    program.until(lambda: len(program.rows()) == lost, f"{lost} rows")
    tails = {row["Order ID"][-4:] for row in program.rows()}
    expect({one[-4:], two[-4:]} <= tails, f"{tails}")
    program.keys("Escape", "Escape")
    program.until(lambda: len(program.rows()) == 5, "all rows again")
    exchange.do("reset")
    program.menu("Orders", f"Cancel the {lost} without a position…")
    program.find("bulkDialog")
    expect(program.find("bulkList").rows() == lost, "the set of the question")
    expect(not program.find_now("bulkKeepProtective"), "none of them protects anything")
    program.type_text(str(lost))
    bulk_armed(program)
    program.keys("Return")
    program.gone("bulkDialog")
    program.until(lambda: len(program.rows()) == 5 - lost, f"{5 - lost} rows left", 60)
    sent = {identity[-4:] for request in exchange.cancels() for identity in re.findall(r"\d+", request["body"])}
    expect(sent == tails, f"{sent} instead of {tails}")


@step(22, "an edit elsewhere: the new order says so; after a 9012 the new one can be canceled")
def edited_elsewhere(live):
    program, exchange = live.program, live.exchange
    exchange.do("positions", rows=None)
    exchange.generate(instruments=["BTC"], counts={"plan": 2})
    old, other = exchange.do("list")["orders"]["plan"]
    identity = str(old["id"]).removeprefix("num:")
    program = live.start()
    # An order of a list that is read for the first time may be an old one.
    program.until(lambda: "2 of 2 open" in program.label("orderCounter"), "every list was read", 60)
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
    exchange.generate(counts={"plan": 60})
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
    exchange.generate(counts={"plan": 6})
    program.until(lambda: "6 of 6 open" in program.label("orderCounter"), "6 orders", 60)
