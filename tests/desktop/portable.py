"""Portable mode: portable.py <program>

The program with the marker file beside it, in a folder whose name no script would choose: everything it keeps lands beside
it and nothing in the home folder. A place that can't be written is a matter of mounts: packaging/linux/smoke tries that.
"""

import os
import shutil
import sys

import session
import steps
from countermand import Countermand
from homefolder import below, home_environment
from steps import expect, step


class Portable:
    """What the steps share."""

    def __init__(self, desktop, binary):
        self.desktop = desktop
        self.program = None
        self.failed_before = False
        self.folder = os.path.join(desktop.folder, "t é 日本 x")
        os.makedirs(self.folder)
        # The servers of the desktop write into the session's home folder: the program gets one of its own.
        self.home = os.path.join(desktop.folder, "person")
        os.makedirs(self.home)
        self.binary = shutil.copy(binary, self.folder)
        with open(os.path.join(self.folder, "portable"), "w", encoding="ascii"):
            pass

    def before_step(self, _name):
        """Each step starts the program itself."""

    def start(self, *arguments):
        """The program with its window open."""
        self.program = Countermand(self.desktop, self.binary, None, *arguments, env=home_environment(self.home))
        return self.program

    def quit(self):
        """Ends the program as its user would."""
        self.program.keys("ctrl+q")
        self.program.process.wait(30)


@step(1, "cancels one practice order; settings and record lie beside the program, nothing in the home folder")
def beside(portable):
    program = portable.start("--practice")
    program.until(lambda: len(program.rows()) == 8, "8 rows")
    program.cancel("3155")
    program.toast("Canceled", "…3155")
    portable.quit()
    kept = below(os.path.join(portable.folder, "countermand-data"))
    expect({"settings.ini", "journal.jsonl"} <= set(kept), f"beside the program: {kept}")
    expect(not below(portable.home), f"in the home folder: {below(portable.home)}")


@step(2, "the next start finds them; --data-dir wins over the marker")
def again(portable):
    portable.start("--practice", "--data-dir", os.path.join(portable.desktop.folder, "named"))
    portable.quit()
    expect("settings.ini" in below(os.path.join(portable.desktop.folder, "named")), "named folder")
    before = os.path.getsize(os.path.join(portable.folder, "countermand-data", "journal.jsonl"))
    program = portable.start("--practice")
    program.until(lambda: len(program.rows()) == 8, "8 rows")
    portable.quit()
    after = os.path.getsize(os.path.join(portable.folder, "countermand-data", "journal.jsonl"))
    expect(after >= before > 0, "the record was kept")
    expect(not below(portable.home), f"in the home folder: {below(portable.home)}")


def main():
    """Runs the steps in a private session; the exit code is 0 when every one passed."""
    folder = session.inside_private_session()
    with session.Desktop(folder) as desktop:
        portable = Portable(desktop, os.path.abspath(sys.argv[1]))
        try:
            failures = steps.run_steps(portable, sys.argv[2:])
        finally:
            if portable.program:
                portable.program.close()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
