"""Walk lines 16 to 27: every way in which a cancel can end."""

import re

from desktop import NotSeen
from steps import expect, step


def press_action(program, number, label):
    """Presses the action of toast `number`, which must have this label."""
    button = program.find(f"toastAction_{number}")
    expect(button.name.replace("&", "") == label, f"action {button.name!r}, not {label!r}")
    button.press()


def open_again(program, tail):
    """The order is listed and can be canceled."""
    program.until(lambda: program.listed(tail) and "Cancel" in program.row(tail)["Action"],
                  f"…{tail} can be canceled")


@step(16, "Gone, filled; …7715: W1, W1a with 9012 and text, row gone")
def gone_filled(walk):
    program = walk.program
    program.next_answer("Gone, filled")
    program.cancel("7715")
    program.toast("Not canceled — already gone", r"…7715.*\(9012 Position not found\.\)")
    program.toast("Not canceled — already filled", r"…7715: 8 of 8 at .*9012 Position not found\.")
    program.until(lambda: not program.listed("7715"), "row gone")


@step(17, "Gone, canceled; …3155: W1b with time")
def gone_canceled(walk):
    program = walk.program
    program.next_answer("Gone, canceled")
    program.cancel("3155")
    program.toast("Already canceled earlier", r"…3155 was canceled at .*\d\d:\d\d.*9012")
    program.until(lambda: not program.listed("3155"), "row gone")


@step(18, "Rejected 9111; …3155: E1, sticky, row back to Open with !")
def rejected(walk):
    program = walk.program
    program.next_answer("Rejected 9111")
    program.cancel("3155")
    number = program.toast("Not canceled — rejected", "CoinW refused BTC-USDT Open long 10 cont. at 63,500.0 · order …3155: 9111")
    open_again(program, "3155")
    state = program.row("3155")["State"]
    expect(re.search("Open|Failed", state), f"state {state!r}")
    program.never(lambda: number not in program.toasts(), "error toast fades", 8)


@step(19, "Sign-in refused, Permission missing: E2, E3 with code, action opens the account")
def sign_in(walk):
    program = walk.program
    for answer, headline, code, tail in (
            ("Sign-in refused", "Not canceled — sign-in refused", r"\(60\d\d ", "3155"),
            ("Permission missing", "Not canceled — permission missing", r"\(6003 ", "5620")):
        program.next_answer(answer)
        program.cancel(tail)
        number = program.toast(headline, code)
        open_again(program, tail)
        press_action(program, number, "Open account")
        program.find("accountDialog")
        program.close_dialogs()
        program.close_toasts()


@step(20, "Clock 90 s off; …3155: E4, statusClock shows the difference")
def clock_off(walk):
    program = walk.program
    program.next_answer("Clock 90 s off")
    program.cancel("3155")
    program.toast("Not canceled — clock is off", r"differs from CoinW's by (8[89]|9[012])(\.\d)? s")
    program.until(lambda: re.search(r"[+−-](8[89]|9[012])", program.label("statusClock")), "clock difference")
    open_again(program, "3155")


@step(21, "Rate limit; two cancels: R2 with 29001, budget pause, the second waits and goes")
def rate_limit(walk):
    program = walk.program
    # The pause is 3 s; a busy machine may need longer to ask about the second. The next pause is twice as long.
    for last_try in (False, True):
        program.next_answer("Rate limit")
        program.cancel("3155")
        program.ask("5620")
        paused = bool(re.search("(?i)pause", program.label("statusBudget")))
        program.confirm()
        first = program.toast("Not canceled — too many requests", r"…3155 \(29001 ")
        try:
            program.toast("Waiting — rate limit", "…5620 goes out in about")
            break
        except NotSeen:
            if last_try:
                raise
            program.start_over()
    expect(paused, "no pause in statusBudget")
    program.toast("Canceled", r"SOL-USDT.*…5620")
    program.until(lambda: not program.listed("5620"), "row gone")
    press_action(program, first, "Cancel again…")
    program.find("confirmDialog")
    expect(program.facts()["id"].endswith("3155"), "it asks about …3155")
    program.keep()


@step(22, "No answer, canceled; …3155: U1 after 8 s, Checking… in the row, then U2")
def no_answer_canceled(walk):
    program = walk.program
    program.next_answer("No answer, canceled")
    program.cancel("3155")
    program.until(lambda: "Canceling" in program.row("3155")["Action"], "Canceling… in the row")
    program.toast("Unknown — checking…", "…3155: no answer in 8 s")
    program.until(lambda: "Checking" in program.row("3155")["Action"], "Checking… in the row")
    program.toast("Canceled (confirmed late)", "…3155", 45)
    program.until(lambda: not program.listed("3155"), "row gone")


@step(23, "No answer, filled, then still open: U3, U4 with Cancel again…")
def no_answer_filled_and_open(walk):
    program = walk.program
    program.next_answer("No answer, filled")
    program.cancel("3155")
    program.toast("Unknown — checking…", "…3155")
    program.toast("Not canceled — filled", r"…3155: 10 of 10 filled", 45)
    program.next_answer("No answer, still open")
    program.cancel("5620")
    program.toast("Unknown — checking…", "…5620")
    number = program.toast("Still open — not canceled", "…5620 is still in the open list", 45)
    open_again(program, "5620")
    press_action(program, number, "Cancel again…")
    program.find("confirmDialog")
    expect(program.facts()["id"].endswith("5620"), "it asks about …5620")
    program.keep()


@step(24, "No answer, unknown; …3155: U5 stays, no second cancel meanwhile, Check now works")
def no_answer_unknown(walk):
    program = walk.program
    program.next_answer("No answer, unknown")
    program.cancel("3155")
    number = program.toast("Unknown — checking…", "…3155")
    if program.listed("3155"):
        program.select("3155")
        program.keys("Delete")
        program.never(lambda: program.find_now("confirmDialog"), "a second confirmation", 1)
    program.toast("Still unknown", "…3155 is neither open nor in CoinW's records", 60)
    if program.listed("3155"):
        program.select("3155")
        program.keys("Delete")
    program.never(lambda: program.find_now("confirmDialog") or not program.toast_now("Still unknown"),
                  "a second confirmation, or U5 leaves", 8)
    number = program.toast("Still unknown", "…3155")
    press_action(program, number, "Check now")
    program.until(lambda: program.toast_now("Unknown — checking…") or program.toast_now("Still unknown"),
                  "answer to Check now")
    # Once the order is back in the list, checking finds it.
    program.practice("Reset")
    number = program.toast_now("Still unknown", "…3155")
    if number:
        press_action(program, number, "Check now")
    program.toast("Still open — not canceled", "…3155", 45)


@step(25, "Accepted, still listed; …3155: S0a, S3 after 5 s, never S1")
def accepted_still_listed(walk):
    program = walk.program
    program.next_answer("Accepted, still listed")
    program.cancel("3155")
    program.toast("Cancel accepted", "…3155")
    program.no_toast(["Canceled", "Accepted, but still listed"], 3)
    number = program.toast("Accepted, but still listed", "…3155")
    expect(program.find(f"toastAction_{number}").name.replace("&", "") == "Check now", "Check now")
    program.no_toast(["Canceled"], 6)
    open_again(program, "3155")


@step(26, "No connection, Not secure: N1, N2, order unchanged")
def not_sent(walk):
    program = walk.program
    for answer, headline, pattern, tail in (
            ("No connection", "Not sent — no connection", "…3155 is unchanged as far as known", "3155"),
            ("Not secure", "Not sent — connection not secure", "failed: .*Nothing was sent", "5620")):
        program.next_answer(answer)
        before = program.row(tail)
        program.cancel(tail)
        program.toast(headline, pattern)
        open_again(program, tail)
        after = program.row(tail)
        for column in ("Instrument", "Side", "Type", "Price", "Remaining", "Filled"):
            expect(before[column] == after[column], f"{column} of …{tail} changed")
        program.until(lambda: not program.find_now("banner_offline"), "connection back")


@step(27, "Go offline: G2, cancel controls disabled with the reason; back online restores")
def offline(walk):
    program = walk.program
    program.select("3155")
    button = program.find("cancelSelectedButton")
    program.until(lambda: button.has("enabled"), "Cancel selected enabled")
    program.practice("Go offline")
    program.banner("offline", "^Offline. Orders can't be canceled until the connection is back")
    program.until(lambda: not button.has("enabled"), "Cancel selected disabled")
    program.until(lambda: "Offline" in button.description, "reason in its description")
    expect(program.find("bannerAction_offline").name.replace("&", "") == "Retry", "Retry")
    program.select("3155")
    program.keys("Delete")
    program.click(*program.cell("3155", "Action").center())
    program.leave_table()
    program.never(lambda: program.find_now("confirmDialog"), "a confirmation while offline", 1.5)
    expect(len(program.rows()) == 8, "the list stays")
    program.practice("Go offline")
    program.gone("banner_offline")
    program.until(lambda: program.find("cancelSelectedButton").has("enabled"), "Cancel selected enabled again")
    program.cancel("3155")
    program.toast("Canceled", "…3155")
