"""Live steps 3 to 9: single cancels over the wire, and what the server has seen of them."""

import os
import re
import time

from steps import expect, step

FIRST_ID = "33308749002645666"
LAST_ID = "9223372036854775807"


def one_cancel(live, order_id):
    """Exactly one DELETE since the last reset, as the exchange must get it; returns its log entry."""
    requests = live.exchange.cancels()
    expect(len(requests) == 1, f"{len(requests)} DELETEs: {requests}")
    request = requests[0]
    expect(request["body"] == '{"id":"' + order_id + '"}', f"body {request['body']!r}")
    expect(request["signature"] == "ok", f"signature {request['signature']}")
    expect(request["version"] == "HTTP/1.1", f"version {request['version']}")
    expect(not request["flags"], f"flags {request['flags']}")
    return request


def cancel_a_row(live, outcome):
    """Cancels the first plain row, runs `outcome(tail)`, and returns the one DELETE."""
    program, exchange = live.program, live.exchange
    row = next(row for row in program.rows() if row["Type"] == "Limit" and "Cancel" in row["Action"])
    tail = row["Order ID"][-4:]
    program.ask(tail)
    order_id = re.search(r"\d+", program.facts()["id"]).group(0)
    program.armed()
    accepted = exchange.do("counts")["accepted"]
    program.confirm()
    outcome(tail)
    request = one_cancel(live, order_id)
    if request["answer"] == "normal":
        expect(exchange.do("counts")["accepted"] == accepted, "connections were opened after the click")
    return request


@step(3, "cancel …5666: one signed DELETE on an open connection; Canceling…, S0a, S1; row leaves")
def cancel(live):
    program, exchange = live.program, live.exchange
    exchange.script_cancel(do="normal", delay_ms=900)
    # The proof takes its time, so that what is said before it can be seen on a busy machine.
    exchange.do("script", match={"positionType": "plan"}, times=0, do="normal", delay_ms=700)
    program.ask(FIRST_ID[-4:])
    facts = program.facts()
    expect(FIRST_ID in facts["id"] and "95,400.10" in facts["price"], f"{facts}")
    program.armed()
    clicked = time.monotonic() * 1000
    accepted = exchange.do("counts")["accepted"]
    program.confirm()
    program.until(lambda: "Canceling" in program.row(FIRST_ID[-4:])["Action"], "Canceling… in the row")
    program.toast("Cancel accepted", "…5666")
    program.toast("Canceled", r"…5666 · \d+ ms")
    program.until(lambda: not program.listed("5666"), "row gone")
    program.until(lambda: program.title() == live.title(49), "title")
    request = one_cancel(live, FIRST_ID)
    expect(request["conn"] in exchange.connections_before(clicked), "the DELETE needed a new connection")
    expect(exchange.do("counts")["accepted"] == accepted, "connections were opened after the click")
    expect(exchange.do("counts")["h2"] == 0, "HTTP/2 was negotiated")
    expect(request["tls_records"] == 1, f"{request['tls_records']} TLS records")
    exchange.do("unscript")


@step(4, "id 9223372036854775807 digit for digit in dialog, request and journal")
def largest_id(live):
    program = live.program
    program.ask(LAST_ID[-4:])
    expect(LAST_ID in program.facts()["id"], "id in the dialog")
    program.confirm()
    program.toast("Canceled", "…5807")
    one_cancel(live, LAST_ID)
    with open(os.path.join(live.data, "journal.jsonl"), encoding="utf-8") as journal:
        expect(f'"{LAST_ID}"' in journal.read(), "id in the journal")


@step(6, "server acts, reads the DELETE and hangs up: one DELETE, U1, then settled as canceled")
def hang_up_after_acting(live):
    live.exchange.script_cancel(do="close", effect="normal")

    def outcome(tail):
        live.program.toast("Unknown — checking…", f"…{tail}: connection lost after sending")
        live.program.toast("Canceled (confirmed late)", f"…{tail}", 45)
        live.program.until(lambda: not live.program.listed(tail), "row gone")
    cancel_a_row(live, outcome)


@step(7, "server reads the DELETE and hangs up without acting: one DELETE, U1, then still open")
def hang_up_without_acting(live):
    live.exchange.script_cancel(do="close", effect="none")

    def outcome(tail):
        live.program.toast("Unknown — checking…", f"…{tail}: connection lost after sending")
        live.program.toast("Still open — not canceled", f"…{tail}", 45)
    cancel_a_row(live, outcome)


@step(8, "9012 after a fill, 6001, 6003, filled but accepted: W1 and W1a, E2, E3, S5")
def refusals(live):
    program = live.program
    for behaviour, headlines in (
            ({"do": "normal", "effect": "fill"}, ["Not canceled — already gone", "Not canceled — already filled"]),
            ({"do": "code", "code": 6001, "msg": "signature error"}, ["Not canceled — sign-in refused"]),
            ({"do": "code", "code": 6003, "msg": "no permission", "form": "message"},
             ["Not canceled — permission missing"]),
            ({"do": "code", "effect": "fill"}, ["Accepted, but already filled"])):
        live.note()
        live.exchange.do("reset")
        live.exchange.script_cancel(**behaviour)
        cancel_a_row(live, lambda tail, wanted=tuple(headlines): [
            program.toast(headline, tail if headline.startswith(("Accepted", "Not canceled — already")) else "", 30)
            for headline in wanted])
        program.close_toasts()


@step(9, "stopProfitLoss refused with 9016: banner names the kind, the other orders stay")
def refused_kind(live):
    live.exchange.do("script", match={"positionType": "stopProfitLoss"}, times=0, do="code", code=9016,
                     msg="Incorrect parameter")
    program = live.program
    before = len(program.rows())
    program.until(lambda: program.shows_text(r"CoinW refuses to list .* orders \(9016 Incorrect parameter\)"),
                  "G10", 60)
    expect(len(program.rows()) == before, "other rows stay")
    live.exchange.do("unscript")
