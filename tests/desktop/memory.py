"""The secret key in the memory of the real program: memory.py <program> [step ...]

Reads all memory that the program can write to, as root may, and counts the secret as it is and in UTF-16: once while its
account is open, also after error texts, and not at all after a lock, a switch, forgetting, and in the last moment of the
process, when everything is closed. The script brings a real keyring.
"""

import os
import re
import signal
import sys
import time

import desktop
import lastmoment
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
# An option of each start: where it isn't found nothing would be.
CONTROL = (b"--a11y-ids",)
SIGNED = {"signed": True}


def copies(pid, needles=NEEDLES):
    """How often the secret, or what else is looked for, is in the memory of a process."""
    longest = max(len(needle) for needle in needles)
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
                for needle in needles:
                    # What is whole inside the overlap was counted before.
                    found += data.count(needle) - rest.count(needle)
                rest = data[1 - longest:]
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

    def holds_at_exit(self, count, end, code, when):
        """Ends the program, and looks when everything in it is closed."""
        pid = self.program.process.pid
        self.program.watch.stop()
        found, ended = lastmoment.at_exit(self.program.process, end, lambda: (copies(pid), copies(pid, CONTROL)))
        expect(found[1] > 0, f"{when}: not even the options are in its memory")
        expect(found[0] == count, f"{when}: {found[0]} copies, not {count}")
        expect(ended == code, f"{when}: exit code {ended}")


def fill_in(program):
    """Types name, key and secret."""
    program.find("accountDialog")
    program.type_into("accountNameEdit", NAME)
    program.type_into("apiKeyEdit", KEY)
    program.type_into("secretEdit", SECRET)


def give_up(memory):
    """Not now: none is left."""
    memory.program.press("accountDismissButton")
    memory.program.gone("accountDialog")
    memory.holds(0, "after Not now")


def opened(program):
    """The account's orders are listed."""
    program.until(lambda: program.title().startswith(f"{NAME} (TEST SERVER"), "account on screen")
    program.until(lambda: len(program.rows()) == 12, "12 rows")


@step(1, "typed and shown while held, or pasted, and given up: nothing is left")
def given_up(memory):
    program = memory.start()
    program.press("welcomeConnectButton")
    fill_in(program)
    memory.holds(1, "while the dialog is open")
    x, y = program.find("secretReveal").center()
    desktop.xdotool("mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.5", "mouseup", "1")
    give_up(memory)
    program.press("welcomeConnectButton")
    program.find("accountDialog")
    desktop.set_clipboard(f"  {SECRET}\n")
    program.focus("secretEdit")
    program.keys("ctrl+v")
    memory.holds(1, "while the dialog with the pasted one is open")
    give_up(memory)


@step(2, "refused by CoinW, then by the keychain: once under each error; given up: none")
def refused(memory):
    program, exchange, keyring = memory.program, memory.exchange, memory.desktop
    program.press("welcomeConnectButton")
    fill_in(program)
    exchange.do("script", match=SIGNED, times=20, do="code", code=6001, msg="Signature error")
    program.press("testConnectionButton")
    program.until(lambda: program.shows_text("Key refused"), "refused test")
    memory.holds(1, "under a refused test")
    keyring.lock_keyring()
    try:
        program.press("accountSaveButton")
        program.find("accountProblem")
        memory.holds(1, "under the keychain's refusal")
        give_up(memory)
    finally:
        keyring.stop_keyring()
        keyring.start_keyring()


@step(3, "typed, tested and saved: once while open")
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


@step(4, "read from the keychain: once while open")
def read(memory):
    opened(memory.start())
    memory.holds(1, "after the start")


@step(5, "error texts, of reads, of a refused key and of cancels: once")
def errors(memory):
    program, exchange = memory.program, memory.exchange
    for code, text in ((9111, "Not canceled — rejected"), (6001, "Not canceled — sign-in refused")):
        exchange.script_cancel(do="code", code=code, msg="Not possible for this order")
        row = next(row for row in program.rows() if row["Type"] == "Limit" and "Cancel" in row["Action"])
        program.cancel(row["Order ID"][-4:])
        program.toast(text)
    exchange.do("script", match={}, times=4, do="html", status=503)
    program.banner("refused", "", 60)
    memory.holds(1, "after error texts")
    exchange.do("unscript")
    program.gone("banner_refused", 90)
    exchange.do("script", match=SIGNED, times=200, do="code", code=6001, msg="Signature error")
    program.banner("key", "refuses this key", 60)
    memory.holds(1, "under a refused key")
    exchange.do("unscript")
    program.keys("F5")
    program.gone("banner_key", 90)


@step(6, "locked: none; unlocked: once")
def locked(memory):
    program = memory.program
    program.menu("Accounts", "Lock now")
    program.find("unlockPage")
    memory.holds(0, "while locked")
    program.press("unlockButton")
    opened(program)
    memory.holds(1, "after unlocking")


@step(7, "another account: none; back again: once")
def switched(memory):
    program = memory.program
    program.menu("Accounts", "Practice")
    program.until(lambda: program.title().startswith("PRACTICE"), "practice")
    memory.holds(0, "in practice")
    program.menu("Accounts", NAME)
    opened(program)
    memory.holds(1, "after the way back")


@step(8, "no core, and nobody of the same user may look")
def private(memory):
    pid = memory.program.process.pid
    with open(f"/proc/{pid}/limits", encoding="ascii") as limits:
        core = re.search(r"Max core file size\s+(\S+)\s+(\S+)", limits.read()).groups()
    expect(core == ("0", "0"), f"core limit {core}")


@step(9, "ended by the user: none in the last moment")
def quit_by_user(memory):
    memory.holds_at_exit(0, lambda: memory.program.keys("ctrl+q"), 0, "after Ctrl+Q")


@step(10, "ended by the system with the account open and a secret half entered: none in the last moment")
def quit_by_system(memory):
    program = memory.start()
    opened(program)
    program.menu("Accounts", "Add account…")
    fill_in(program)
    memory.holds(2, "one in the account, one in the dialog")
    memory.holds_at_exit(0, program.process.terminate, 0, "after SIGTERM")


@step(11, "killed: once in the last moment, so that the looks before would have seen one")
def killed(memory):
    program = memory.start()
    opened(program)
    memory.holds_at_exit(1, lambda: program.process.send_signal(signal.SIGUSR1), -signal.SIGUSR1, "when killed")


@step(12, "forgotten: none")
def forgotten(memory):
    program = memory.start()
    opened(program)
    program.menu("Accounts", "Forget account…")
    program.find("forgetDialog")
    program.press("forgetButton")
    program.find("welcomePage")
    memory.holds(0, "after forgetting")


@step(13, "in memory only: once; locked: none; ended: none in the last moment")
def memory_only(memory):
    program = memory.program
    memory.desktop.stop_keyring()
    program.press("welcomeConnectButton")
    fill_in(program)
    program.press("accountSaveButton")
    program.press("accountMemoryButton")
    program.gone("accountDialog")
    opened(program)
    memory.holds(1, "kept in memory")
    program.menu("Accounts", "Lock now")
    program.find("unlockPage")
    memory.holds(0, "wiped by the lock")
    program.press("unlockButton")
    program.find("accountDialog")
    program.type_into("apiKeyEdit", KEY)
    program.type_into("secretEdit", SECRET)
    program.press("accountMemoryButton")
    program.gone("accountDialog")
    opened(program)
    memory.holds_at_exit(0, lambda: memory.program.keys("ctrl+q"), 0, "after Ctrl+Q")


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
