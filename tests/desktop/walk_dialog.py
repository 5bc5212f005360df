"""Walk lines 1 to 15: first start, the table, and the confirmation."""

import re
import time

from desktop import NotSeen
from steps import expect, step

ALL_TAILS = ["1947", "2046", "3155", "7715", "7828", "0093", "5512", "5620"]


@step(1, "Fresh profile, start: welcome page, focus on practice, no network traffic")
def fresh_start(walk):
    program = walk.start()
    program.find("welcomePage")
    program.until(lambda: program.focused() == "welcomePracticeButton", "focus on welcomePracticeButton")
    expect(program.find("welcomePracticeButton").name == "Try practice mode", "name of welcomePracticeButton")
    expect(program.find("welcomeConnectButton").name == "Connect a CoinW account", "name of welcomeConnectButton")
    expect(program.title() == "Countermand", f"title {program.title()!r}")
    program.never(program.inet_sockets, "network traffic on the welcome page", 1.5)


@step(2, "Enter: practice band, badge, title, 8 rows, counter")
def enter_practice(walk):
    program = walk.program
    program.keys("Return")
    band = program.find("practiceBand")
    expect(band.name == "Practice mode", f"band {band.name!r}")
    badge = program.label("accountBadge")
    expect("PRACTICE" in badge, f"badge {badge!r}")
    program.until(lambda: program.title() == "PRACTICE — 8 open orders — Countermand", "title")
    rows = program.until(lambda: len(program.rows()) == 8 and program.rows(), "8 rows")
    expect(sorted(row["Order ID"][-4:] for row in rows) == sorted(ALL_TAILS), f"ids {rows}")
    program.until(lambda: "8 of 8 open" in program.label("orderCounter"), "8 of 8 open")
    program.never(program.inet_sockets, "network traffic in practice mode", 3)


@step(3, "Row …0093: 0.0071230, 2,500 of 2,500, numbers right-aligned")
def read_row(walk):
    program = walk.program
    row = program.row("0093")
    expect(row["Price"] == "0.0071230", f"price {row['Price']!r}")
    expect(row["Remaining"].startswith("2,500 of 2,500"), f"remaining {row['Remaining']!r}")
    expect(row["Instrument"] == "1000PEPE-USDT", f"instrument {row['Instrument']!r}")
    expect("Open short" in row["Side"] and row["Type"] == "Limit", f"side, type {row}")
    shown = [value for cells in program.rows() for value in cells.values()]
    expect(not any(re.search(r"\d[eE][+-]?\d", value) for value in shown), "an exponent is shown")
    ends = {tail: ink_end(program, program.cell(tail, "Price")) for tail in ("0093", "7828", "5620")}
    expect(max(ends.values()) - min(ends.values()) <= 2, f"prices do not end at one line: {ends}")
    expect(min(ends.values()) > 0.8, f"prices are not at the right of their column: {ends}")


def ink_end(program, cell):
    """Where the text of the cell ends: 0 at the cell's left, 1 at its right."""
    x, y, width, height = cell.extents()
    inked = 0
    # Without the grid and the focus frame at the edges.
    for line in program.desktop.pixels(x + 3, y + 4, width - 6, height - 8):
        pixels = [line[at:at + 3] for at in range(0, len(line), 4)]
        inked = max([inked, *(at + 1 for at, pixel in enumerate(pixels) if sum(pixel) < 450)])
    return inked / (width - 6)


@step(4, "Select …3155, Del: nine facts, badge, Keep focused and default, arm delay")
def open_confirmation(walk):
    program = walk.program
    # A busy machine may look too late to see the delay; so there are three looks.
    for _ in range(3):
        program.ask("3155")
        began = time.monotonic()
        disabled = not program.find("confirmCancelButton").has("enabled")
        if disabled:
            break
        program.keep()
    expect(disabled, "Cancel was enabled at once")
    program.armed()
    expect(time.monotonic() - began < 3, "Cancel stayed disabled")
    keep = program.find("confirmKeepButton")
    program.until(lambda: keep.has("focused", "default"), "Keep order focused and default")
    expect(keep.name == "Keep order", f"keep is called {keep.name!r}")
    name = program.find("confirmCancelButton").name
    expect(name == "Cancel practice order", f"cancel is called {name!r}")
    expect("PRACTICE" in program.label("confirmBadge"), "badge")
    expect("Cancel this practice order?" in program.label("confirmHeading"), "heading")
    facts = program.facts()
    expected = {"instrument": "BTC-USDT", "side": "Open long", "type": "Limit", "price": "63,500.0",
                "remaining": "10 of 10 cont.", "filled": "0 cont.", "tpsl": "none",
                "placed": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "id": "P-33308741700003155"}
    for fact, pattern in expected.items():
        expect(re.search(pattern, facts[fact]), f"{fact}: {facts[fact]!r}")


@step(5, "Enter: dialog closes, Kept, order still listed")
def enter_keeps(walk):
    program = walk.program
    program.ask("3155")
    program.until(lambda: program.focused() == "confirmKeepButton", "focus on Keep order")
    program.keys("Return")
    kept(program, "3155")


@step(6, "Del, Esc: the same")
def escape_keeps(walk):
    program = walk.program
    program.ask("3155")
    program.keys("Escape")
    kept(program, "3155")


def kept(program, tail):
    """The confirmation closed, “Kept” is shown, the order is listed and untouched."""
    program.gone("confirmDialog")
    program.toast("Kept", f"Nothing was sent. .*-USDT .* cont. at .* · order …{tail} stays open")
    row = program.row(tail)
    expect("Cancel" in row["Action"], f"row {row}")
    program.no_toast(["Canceling…", "Cancel accepted", "Canceled"], 1)
    expect(len(program.rows()) == 8, "8 rows")


@step(7, "Del, wait, Tab to Cancel practice order, Enter: S0a, S1, row leaves, 7 of 7")
def tab_and_enter(walk):
    program = walk.program
    program.ask("3155")
    program.armed()
    for _ in range(20):
        if program.focused() == "confirmCancelButton":
            break
        program.keys("Tab", "sleep 0.05")
    expect(program.focused() == "confirmCancelButton", f"Tab does not reach it: {program.focused()}")
    program.keys("Return")
    program.toast("Cancel accepted", "Confirming that order …3155 is gone")
    program.toast("Canceled", r"BTC-USDT.*Open long.*63,500\.0.*…3155.*\d+ ms")
    program.until(lambda: not program.listed("3155"), "row …3155 gone")
    program.until(lambda: "7 of 7 open" in program.label("orderCounter"), "7 of 7 open")
    program.until(lambda: program.title() == "PRACTICE — 7 open orders — Countermand", "title")


@step(8, "Select …7828, Del, wait 1 s, Ctrl+Enter: S1")
def control_enter(walk):
    program = walk.program
    program.cancel("7828")
    program.toast("Canceled", r"ETH-USDT.*Open short.*…7828.*\d+ ms")
    program.until(lambda: not program.listed("7828"), "row …7828 gone")


@step(9, "Hold Del 2 s on …5620: one dialog, nothing sent")
def hold_delete(walk):
    program = walk.program
    program.select("5620")
    program.hold_key("Delete", 2)
    expect(len(program.all_named("confirmDialog")) == 1, f"dialogs: {program.all_named('confirmDialog')}")
    expect("P-33308741700005620" in program.facts()["id"], "it is about …5620")
    program.keep()
    program.never(lambda: program.find_now("confirmDialog"), "second dialog", 1)
    program.no_toast(["Canceling…", "Cancel accepted", "Canceled"], 1)
    expect(len(program.watch.seen()) == 1, f"not one toast: {program.watch.seen()}")
    expect(program.listed("5620"), "…5620 is still listed")


@step(10, "Del then at once Ctrl+Enter: ignored, dialog stays")
def too_early(walk):
    program = walk.program
    program.select("3155")
    program.keys("Delete", "sleep 0.12", "ctrl+Return")
    program.find("confirmDialog")
    program.never(lambda: not program.find_now("confirmDialog"), "dialog closed", 1.5)
    program.keep()
    expect(program.listed("3155"), "…3155 is still listed")


@step(11, "Fast double-click on an Action button: one dialog, nothing confirmed")
def double_click(walk):
    program = walk.program
    program.keys("sleep 0.8")  # clicks are ignored for 600 ms after rows have moved, as Reset lets them
    program.click(*program.cell("5620", "Action").center(), count=2, pause=70)
    program.find("confirmDialog")
    program.never(lambda: not program.find_now("confirmDialog"), "dialog closed", 1.5)
    expect(len(program.all_named("confirmDialog")) == 1, "one dialog")
    expect("P-33308741700005620" in program.facts()["id"], "it is about …5620")
    program.leave_table()
    program.keep()
    program.never(lambda: program.find_now("confirmDialog"), "second dialog", 1)
    expect(program.listed("5620"), "…5620 is still listed")


@step(12, "…1947 Del: notices part filled (2 of 5) and attached TP 66,000.0")
def partial_notice(walk):
    program = walk.program
    program.ask("1947")
    notices = program.until(lambda: len(program.notices()) >= 2 and program.notices(), "two notices")
    expect("2 of 5 contracts have already filled" in notices.get("partial", ""), f"{notices}")
    expect("remaining 3" in notices.get("partial", ""), f"{notices}")
    expect("TP 66,000.0" in notices.get("tpsl", ""), f"{notices}")
    expect("66,000.0 / none" in program.facts()["tpsl"], "TP / SL")
    program.keep()


@step(13, "…5512 Del: notice that it protects a position")
def protective_notice(walk):
    program = walk.program
    program.ask("5512")
    notices = program.until(program.notices, "a notice")
    expect("This order protects a position" in notices.get("protective", ""), f"{notices}")
    expect("Trailing stop" in program.facts()["type"] and "Close long" in program.facts()["side"], "type, side")
    program.keep()


@step(14, "…2046 partly filled while asking: D6, value flashes, arm delay again")
def change_while_asking(walk):
    program = walk.program
    program.select("2046")
    before = program.row("2046")["Remaining"]
    program.practice("Fill selected partly in 3 s")
    program.keys("Delete")
    program.find("confirmDialog")
    program.armed()
    wanted = {"notice", "disabled", "flash"}
    value, cancel = program.find("confirmValue_remaining"), program.find("confirmCancelButton")

    def all_seen():
        # These hold only for about half a second: the cheap looks come first, each notes what it finds.
        if not cancel.has("enabled"):
            wanted.discard("disabled")
        if {0xFFF3C4, 0x4A3F12} & program.desktop.colors(*value.extents()):
            wanted.discard("flash")
        if wanted == {"notice"} and program.find_now("confirmNotice_changed"):
            wanted.discard("notice")
        return not wanted
    try:
        program.until(all_seen, "D6, flash, Cancel disabled again", pause=0.01)
    except NotSeen as error:
        raise NotSeen(f"{error}: not seen: {wanted}") from None
    notice = program.find("confirmNotice_changed")
    text = notice.name or notice.text()
    expect("Changed while this window was open" in text and "→" in text, f"D6 {text!r}")
    expect(program.facts()["remaining"].split(" cont")[0] != before.split(" cont")[0], "remaining is updated")
    program.armed()
    program.keep()
    expect(program.listed("2046"), "…2046 is still listed")


@step(15, "…2046 fully filled while asking: D7, only Close, nothing sent")
def vanish_while_asking(walk):
    program = walk.program
    program.select("2046")
    program.practice("Fill selected fully in 3 s")
    program.keys("Delete")
    program.find("confirmDialog")
    close = program.find("confirmCloseButton", 15)
    program.until(lambda: program.shows_text("This order is no longer open"), "D7")
    for other in ("confirmKeepButton", "confirmCancelButton"):
        expect(not program.find_now(other), f"{other} is still there")
    program.until(lambda: close.has("default"), "Close is default")
    program.keys("ctrl+Return", "sleep 0.2")
    if program.find_now("confirmDialog"):
        program.press("confirmCloseButton")
    program.gone("confirmDialog")
    program.no_toast(["Canceling…", "Cancel accepted", "Canceled", "Not canceled — already gone"], 1.5)
    program.until(lambda: not program.listed("2046"), "…2046 gone")
