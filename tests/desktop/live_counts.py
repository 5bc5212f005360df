"""Live step 25: what is said of how many orders are open, while that is not known, known, and changed by oneself."""

import re
import time

from many import batch_text, bulk_armed, open_bulk
from steps import expect, step
from toastwatch import plain

READING = (r"Reading…", r"reading orders")
AT_LEAST = (r"at least \d+ open", r"at least \d+ open orders?")


def counter(program):
    """The words of the counter."""
    return program.label("orderCounter").removeprefix("Order count: ")


class Counts:
    """Every pair of counter and title that was seen, in order, each once in a row."""

    def __init__(self, program):
        self.program, self.seen = program, []

    def look(self):
        """Looks once; returns the counter."""
        pair = (counter(self.program), self.program.title())
        # For a moment between two titles a window has none.
        if pair[1] and (not self.seen or self.seen[-1] != pair):
            self.seen.append(pair)
        return pair[0]

    def follow(self, until, what, timeout=60):
        """Looks until this counter is seen."""
        self.program.until(lambda: re.fullmatch(until, self.look()), what, timeout, pause=0.02)

    def expect_only(self, *allowed):
        """Fails if anything else was said in the counter, or the title said something else than the counter."""
        for count, title in self.seen:
            # Read one after the other: a title may be that of the next counter.
            expect(any(re.fullmatch(words, count) for words, _ in allowed), f"counter {count!r} in {self.seen}")
            expect(any(f"— {said}" in title or re.search(f"— {said} —", title) for _, said in allowed),
                   f"title {title!r} in {self.seen}")


def exact(low, high):
    """Words of a whole count between the two."""
    numbers = "|".join(str(number) for number in range(low, high + 1))
    return rf"(?P<n>{numbers}) of (?P=n) open", rf"(?:{numbers}) open orders?"


@step(25, "counts: slow first read, offline start, one's own bulk cancel, a filter with kept protective orders")
def counts(live):
    exchange = live.exchange
    exchange.do("positions", rows=None)
    exchange.generate(counts={"plan": 30, "stopProfitLoss": 4})

    exchange.do("script", match={"positionType": "plan"}, times=0, do="normal", delay_ms=2500)
    slow = Counts(live.start())
    slow.follow(exact(34, 34)[0], "34 of 34 open")
    expect(slow.seen[0][0] == "Reading…", f"{slow.seen}")
    slow.expect_only(READING, AT_LEAST, exact(34, 34))
    exchange.do("unscript")
    print(f"      slow first read: {[count for count, _ in slow.seen]}", flush=True)

    live.note()
    exchange.do("offline", on=True)
    away = Counts(live.start())
    try:
        live.program.banner("offline", "^Offline")
        ends = time.monotonic() + 3
        live.program.until(lambda: away.look() and time.monotonic() > ends, "three seconds", pause=0.05)
        away.expect_only(READING)
    finally:
        exchange.do("offline", on=False)
    away.follow(exact(34, 34)[0], "34 of 34 open")
    away.expect_only(READING, AT_LEAST, exact(34, 34))
    print(f"      offline start: {[count for count, _ in away.seen]}", flush=True)

    program = live.program
    open_bulk(program, "ctrl+shift+Delete")
    program.type_text(re.search(r"Cancel (\d+) orders", plain(program.find("bulkDialog").name)).group(1))
    bulk_armed(program)
    own = Counts(program)
    program.keys("Return")
    program.until(lambda: own.look() and "canceled" in batch_text(program) and "Finished" in batch_text(program),
                  "the batch's end", 120, pause=0.02)
    own.follow(r"(\d+) of \1 open", "the count is whole again")
    own.expect_only(AT_LEAST, exact(0, 34))
    expect(not program.find_now("banner_count"), "a banner about one's own cancels")
    print(f"      own bulk: {len(own.seen)} counts from {own.seen[0][0]!r} to {own.seen[-1][0]!r}", flush=True)
    program.close_toasts()

    exchange.generate(counts={"plan": 12, "stopProfitLoss": 3})
    program.until(lambda: counter(program) == "15 of 15 open", "15 orders", 60)
    program.find("filterEdit").take_focus()
    program.type_text("eth")
    program.until(lambda: len(program.rows()) < 15, "the filter")
    shown = len(program.rows())
    expect(counter(program) == f"{shown} of 15 shown", counter(program))
    expect("15 open orders" in program.title(), program.title())
    open_bulk(program, "ctrl+shift+Delete")
    for choice in ("bulkKeepProtective", "bulkCancelProtective"):
        program.find(choice).press()
        table = program.find("bulkList")
        lines = [[plain(cell) for cell in line] for line in table.cell_names(range(15), (0, 7))]
        hidden = sum("ETH" not in instrument and "Kept" not in note for instrument, note in lines)
        program.until(lambda: plain(program.find("bulkNotice_hidden").name or program.find("bulkNotice_hidden").text())
                      == f"{hidden} of them are hidden by the filter.", f"{hidden} hidden with {choice}")
    program.activate_dialog()
    program.keys("Escape")
    program.gone("bulkDialog")
    program.keys("Escape", "Escape")
    program.find("filterEdit").take_focus()
    program.keys("ctrl+a", "Delete")
    program.until(lambda: len(program.rows()) == 15, "all rows")
