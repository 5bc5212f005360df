"""The real program against a CoinW-shaped server over TLS, with the real keyring: live.py <program> [step ...]

From the first start with an empty home folder to a power cut in the middle of a cancel. At the end nothing of
key, secret and signatures may be found in any file, log, title or argument list.
"""

import os
import sys

import live_cancels  # noqa: F401  registers its steps
import live_counts  # noqa: F401
import live_evidence  # noqa: F401
import live_list  # noqa: F401
import live_many  # noqa: F401
import live_places
import live_positions  # noqa: F401
import session
import steps
from countermand import Countermand
from loopback_exchange import LoopbackExchange


class Live:
    """What the steps share: desktop, exchange and the program as it runs now."""

    def __init__(self, desktop, binary, exchange):
        self.desktop, self.binary, self.exchange = desktop, binary, exchange
        self.data = os.path.join(desktop.folder, "data")
        self.program = None
        self.seen_titles = set()
        self.seen_arguments = set()
        self.signatures = set()
        self.faults = []
        self.failed_before = False

    def arguments(self):
        """The program's options for this exchange."""
        return ["--base-url", self.exchange.url, "--ca-file", self.exchange.ca]

    def start(self):
        """Starts the program on the same data folder, ending the one before."""
        if self.program:
            self.program.close()
        self.program = Countermand(self.desktop, self.binary, self.data, *self.arguments(),
                                   env={"QT_LOGGING_RULES": "*=true"}, log="live")
        return self.program

    def before_step(self, _):
        """A clean table for each step; and what could leak is noted."""
        self.exchange.do("unscript")
        if self.program and self.program.process.poll() is None:
            self.program.close_dialogs()
            self.program.close_toasts()
            self.note()
        self.exchange.do("reset")

    def note(self):
        """Remembers titles, arguments, signatures and bad manners of this moment for the last steps."""
        counts, windows = self.exchange.do("counts"), self.exchange.do("windows")
        self.faults += [f"{what}: {counts[what]}" for what in ("bad_signatures", "h2", "malformed", "flagged")
                        if counts[what]]
        self.faults += [f"limit overrun: {over}" for over in windows["over"]]
        self.seen_titles.add(self.program.titles())
        with open(f"/proc/{self.program.process.pid}/cmdline", "rb") as line:
            self.seen_arguments.add(line.read())
        for request in self.exchange.do("log")["requests"]:
            self.signatures.update(value for name, value in request["headers"] if name.lower() == "sign")

    def title(self, count):
        """The window's title with so many open orders."""
        orders = "open order" if count == 1 else "open orders"
        return f"{live_places.NAME} (TEST SERVER 127.0.0.1:{self.exchange.port}) — {count} {orders} — Countermand"


def main():
    """Runs all steps in a private session; the exit code is 0 when every one passed."""
    folder = session.inside_private_session()
    with session.Desktop(folder) as desktop, \
            LoopbackExchange("--tls", "--orders", "50", "--instruments", "6") as exchange:
        live = Live(desktop, os.path.abspath(sys.argv[1]), exchange)
        # What is measured and searched in all steps comes last.
        steps.STEPS.sort(key=lambda entry: (entry[0] in ("19", "20"), int(entry[0])))
        try:
            failures = steps.run_steps(live, sys.argv[2:])
        finally:
            if live.program:
                live.program.close()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
