"""Lines 45 to 50 of the walk: what a cancel means for a position."""

import re

from many import bulk_armed, open_bulk, select_first
from steps import expect, step
from toastwatch import plain

LAST_STOP = "SOL-USDT long 20 (entry 118.40) then has no stop loss."


def bulk_notice(program, kind):
    node = program.find_now(f"bulkNotice_{kind}")
    return plain(node.name or node.text()) if node else ""


@step("45", "…5512 Del: the last stop of its position, and the position itself")
def last_stop(walk):
    program = walk.program
    program.ask("5512")
    program.until(lambda: program.notices().get("laststop") == LAST_STOP, "that it is the last stop")
    expect("▲ long 20 at 118.40" in plain(program.find("confirmValue_position").name), "the position")
    expect("protective" in program.notices(), "that it protects one")
    program.keep()


@step("46", "the position closed elsewhere while the question is open")
def closed_while_asking(walk):
    program = walk.program
    program.ask("5512")
    program.until(lambda: program.notices().get("laststop") == LAST_STOP, "the last stop")
    program.practice("Close a position elsewhere")
    program.until(lambda: "No position belongs to this order." in program.notices().get("orphan", ""), "the orphan")
    notices = program.notices()
    expect("laststop" not in notices and "protective" not in notices, f"{notices}")
    program.keep()


@step("47", "an order without a position: counted, found by the filter, canceled with the others")
def orphans(walk):
    program = walk.program
    for tail in ("5512", "5620"):
        program.until(lambda: program.row(tail)["Position"] == "▲ long 20 at 118.40", f"the position of …{tail}")
    program.practice("Add an order without a position")
    # That of the selected order is closed.
    program.select("5512")
    program.practice("Close a position elsewhere")
    # The one that would have added to it, too.
    program.until(lambda: "3 without a position" in program.label("infoText"), "the count in the info line")
    expect(program.row("5512")["Position"] == "⊘ no position", f"{program.row('5512')}")
    program.find("filterEdit").take_focus()
    program.type_text("is:orphan")
    program.until(lambda: len(program.rows()) == 3, "three rows")
    program.keys("Escape", "Escape")
    program.until(lambda: len(program.rows()) == 9, "nine rows")
    program.menu("Orders", "Cancel the 3 without a position…")
    program.find("bulkDialog")
    expect(program.find("bulkList").rows() == 3, "three in the question")
    expect(not program.find_now("bulkKeepProtective"), "none of them protects anything")
    program.type_text("3")
    bulk_armed(program)
    program.keys("Return")
    program.gone("bulkDialog")
    program.until(lambda: len(program.rows()) == 6, "six rows left")


@step("48", "positions that can't be read are not known, never none")
def not_readable(walk):
    program = walk.program
    program.practice("Positions not readable")
    program.ask("5512")
    program.until(lambda: plain(program.find("confirmValue_position").name).endswith("?"), "the position is not known")
    program.until(lambda: program.notices().get("laststop") == "Whether another stop remains is not known.",
                  "that it isn't known")
    notices = program.notices()
    expect("protective" in notices and "orphan" not in notices, f"{notices}")
    program.keep()


@step("49", "cancel all: the last stop is told only where it goes, too")
def last_stop_of_many(walk):
    program = walk.program
    open_bulk(program, "ctrl+shift+Delete")
    expect(bulk_notice(program, "laststop") == "", "kept, it stays")
    program.find("bulkCancelProtective").press()
    program.until(lambda: bulk_notice(program, "laststop") == LAST_STOP, "the last stop")
    expect(re.search(r"Frees about [\d,]+\.\d\d USDT", program.label("bulkSummary")), "what it frees")
    program.find("bulkKeepProtective").press()
    program.until(lambda: bulk_notice(program, "laststop") == "", "kept again")
    program.keys("Escape")
    program.gone("bulkDialog")


@step("50", "three orders of which none is a stop: nothing is said of stops")
def no_stop(walk):
    program = walk.program
    select_first(program, 3)
    open_bulk(program, "Delete")
    expect(bulk_notice(program, "laststop") == "", "no word of stops")
    program.keys("Escape")
    program.gone("bulkDialog")
