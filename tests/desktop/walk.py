"""The acceptance walk in practice mode, lines 1-40, 41 for instant cancel, 42 and 43 for system notifications,
45-50 for positions:
walk.py <program> [line ...]

The real program in a real X server with a real keyring, worked by mouse and keys, watched through the
accessibility bus. Every line is one step and prints PASS or FAIL.
"""

import os
import sys

import session
import steps
import walk_account  # noqa: F401  registers its lines
import walk_dialog  # noqa: F401
import walk_many  # noqa: F401
import walk_notices  # noqa: F401
import walk_outcomes  # noqa: F401
import walk_positions  # noqa: F401
import walk_quit  # noqa: F401
import walk_table  # noqa: F401
from countermand import Countermand

# Should anything try to leave this machine in spite of practice mode, it ends at a closed port.
NO_WAY_OUT = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
              "HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}


class Walk:
    """What the steps share: the desktop and the program as it runs now."""

    def __init__(self, desktop, binary):
        self.desktop = desktop
        self.binary = binary
        self.program = None
        self.starts = 0
        self.failed_before = False

    def start(self, *arguments, env=None):
        """Starts the program with a fresh data folder, ending the one before."""
        if self.program:
            self.program.close()
        self.starts += 1
        folder = os.path.join(self.desktop.folder, f"data-{self.starts}")
        self.program = Countermand(self.desktop, self.binary, folder, *arguments, env={**NO_WAY_OUT, **(env or {})})
        return self.program

    def start_again(self, *arguments):
        """Starts the program on the data folder of the one before, which has ended."""
        folder = self.program.data_dir
        self.program = Countermand(self.desktop, self.binary, folder, *arguments, env=NO_WAY_OUT)
        return self.program

    def before_step(self, name):
        """Lines 2 to 27 begin with the start list, whatever the line before left behind."""
        if name in ("1", "39", "39b"):
            return
        running = self.program and self.program.process.poll() is None
        welcome = running and self.program.find_now("welcomePage")
        if name == "2":
            if not welcome:
                self.start()
            return
        # A line that failed half-way must not fail the next ones.
        if not running or welcome or self.failed_before:
            self.start("--practice")
        self.program.start_over()


def main():
    """Runs the walk in a private session; the exit code is 0 when every line passed."""
    folder = session.inside_private_session()
    with session.Desktop(folder) as desktop:
        walk = Walk(desktop, os.path.abspath(sys.argv[1]))
        steps.STEPS.sort(key=lambda entry: (int(entry[0].rstrip("b")), entry[0]))
        try:
            failures = steps.run_steps(walk, sys.argv[2:])
        finally:
            if walk.program:
                walk.program.close()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
