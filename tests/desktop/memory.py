"""The secret key in the memory of the real program: memory.py <program> [step ...]

Reads all memory that the program can write to, as root may, and counts the secret as it is and in UTF-16: once while its
account is open, and not at all after a lock, a switch and forgetting. The program brings a real keyring.
"""

import os
import re
import sys
import time

import desktop
import session
import steps
from countermand import Countermand
from loopback_exchange import KEY, SECRET, LoopbackExchange
from steps import expect, step

NAME = "Main account"
CHUNK = 1 << 22
# The heap writes over the begin of what is freed.
HALF = SECRET[len(SECRET) // 2:]
NEEDLES = (HALF.encode(), HALF.encode("utf-16-le"))


def copies(pid):
    """How often the secret is in the memory of a process."""
    found = 0
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as maps, \
            open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if not place:
                continue
            begin, end = (int(number, 16) for number in place.groups())
            at, rest = begin, b""
            while at < end:
                try:
                    memory.seek(at)
                    data = rest + memory.read(min(CHUNK, end - at))
                except (OSError, OverflowError):
                    break
                for needle in NEEDLES:
                    # What is whole inside the overlap was counted before.
                    found += data.count(needle) - rest.count(needle)
                rest = data[-2 * len(HALF) + 1:]
                at += CHUNK
    return found


class Memory:
    """What the steps share."""

    def __init__(self, screen, binary, exchange):
        self.desktop, self.binary, self.exchange = screen, binary, exchange
        self.data = os.path.join(screen.folder, "data")
        self.program = None
        self.failed_before = False

    def start(self, *more):
        """Starts the program on the same data folder, ending the one before."""
        if self.program:
            self.program.close()
        self.program = Countermand(self.desktop, self.binary, self.data, "--base-url", self.exchange.url,
                                   "--ca-file", self.exchange.ca, *more, log="memory")
        return self.program

    def before_step(self, _):
        """Nothing is scripted any more."""
        self.exchange.do("unscript")
        if self.program:
            self.program.close_toasts()

    def holds(self, count, when):
        """Looks several times: freed memory is used again by chance, and what lay there must not have been seen."""
        time.sleep(0.3)
        seen = []
        for _ in range(5):
            seen.append(copies(self.program.process.pid))
            time.sleep(0.25)
        expect(set(seen) == {count}, f"{when}: {seen} copies, not {count}")


def fill_in(program):
    """Types name, key and secret."""
    program.find("accountDialog")
    program.type_into("accountNameEdit", NAME)
    program.type_into("apiKeyEdit", KEY)
    program.type_into("secretEdit", SECRET)


def opened(program):
    """The account's orders are listed."""
    program.until(lambda: program.title().startswith(f"{NAME} (TEST SERVER"), "account on screen")
    program.until(lambda: len(program.rows()) == 12, "12 rows")


@step(1, "typed, shown while held, and given up: nothing is left")
def given_up(memory):
    program = memory.start()
    program.press("welcomeConnectButton")
    fill_in(program)
    memory.holds(1, "while the dialog is open")
    x, y = program.find("secretReveal").center()
    desktop.xdotool("mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.5", "mouseup", "1")
    program.press("accountDismissButton")
    program.gone("accountDialog")
    memory.holds(0, "after Not now")


@step(2, "typed, tested and saved: once while open")
def saved(memory):
    program = memory.program
    program.press("welcomeConnectButton")
    fill_in(program)
    program.press("testConnectionButton")
    program.until(lambda: program.shows_text("Key accepted"), "test")
    program.press("accountSaveButton")
    program.gone("accountDialog")
    opened(program)
    memory.holds(1, "after saving")


@step(3, "read from the keychain: once while open")
def read(memory):
    opened(memory.start())
    memory.holds(1, "after the start")


@step(4, "error texts, of reads and of a cancel: once")
def errors(memory):
    program, exchange = memory.program, memory.exchange
    exchange.script_cancel(do="code", code=9111, msg="Not possible for this order")
    row = next(row for row in program.rows() if row["Type"] == "Limit")
    program.cancel(row["Order ID"][-4:])
    program.toast("Not canceled — rejected", "Not possible")
    exchange.do("script", match={}, times=4, do="html", status=503)
    program.banner("refused", "", 60)
    memory.holds(1, "after error texts")
    exchange.do("unscript")
    program.gone("banner_refused", 90)


@step(5, "locked: none; unlocked: once")
def locked(memory):
    program = memory.program
    program.menu("Accounts", "Lock now")
    program.find("unlockPage")
    memory.holds(0, "while locked")
    program.press("unlockButton")
    opened(program)
    memory.holds(1, "after unlocking")


@step(6, "another account: none; back again: once")
def switched(memory):
    program = memory.program
    program.menu("Accounts", "Practice")
    program.until(lambda: program.title().startswith("PRACTICE"), "practice")
    memory.holds(0, "in practice")
    program.menu("Accounts", NAME)
    opened(program)
    memory.holds(1, "after the way back")


@step(7, "no core, and nobody of the same user may look")
def private(memory):
    pid = memory.program.process.pid
    with open(f"/proc/{pid}/limits", encoding="ascii") as limits:
        core = re.search(r"Max core file size\s+(\S+)\s+(\S+)", limits.read()).groups()
    expect(core == ("0", "0"), f"core limit {core}")


@step(8, "forgotten: none")
def forgotten(memory):
    program = memory.program
    program.menu("Accounts", "Forget account…")
    program.find("forgetDialog")
    program.press("forgetButton")
    program.find("welcomePage")
    memory.holds(0, "after forgetting")


def main():
    """Runs all steps in a private session; the exit code is 0 when every one passed."""
    folder = session.inside_private_session()
    with session.Desktop(folder) as screen, \
            LoopbackExchange("--tls", "--orders", "12", "--instruments", "3") as exchange:
        memory = Memory(screen, os.path.abspath(sys.argv[1]), exchange)
        try:
            failures = steps.run_steps(memory, sys.argv[2:])
        finally:
            if memory.program:
                memory.program.close()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
