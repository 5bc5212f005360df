"""The Windows zip under Wine: wine.py ZIP PICTURES [STEP...]. Started by packaging/windows/test.

Wine has no accessibility bus to look into windows. The keyboard acts; window titles, the exchange's log, the record of
cancels and Wine's registry tell what came of it; the pictures are for people.
"""

import hashlib
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import time
import zipfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "desktop"))

import session  # noqa: E402
import steps  # noqa: E402
from desktop import window_title, xdotool  # noqa: E402
from homefolder import below  # noqa: E402
from loopback_exchange import KEY, SECRET, LoopbackExchange  # noqa: E402
from steps import expect, step  # noqa: E402

CREDENTIALS = r"HKCU\Software\Wine\Credential Manager"
ROOT_STORE = r"HKCU\Software\Microsoft\SystemCertificates\Root\Certificates"
FONT_PLACES = (r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\FontSubstitutes",
               r"HKCU\Software\Wine\Fonts\Replacements")


class Wine:
    """A fresh prefix, the unpacked zip in it, and the program as it runs now."""

    def __init__(self, desktop, exchange, archive, pictures):
        self.desktop, self.exchange, self.pictures = desktop, exchange, pictures
        self.prefix = os.path.join(desktop.folder, "prefix")
        self.process = None
        self.failed_before = False
        self.environment = dict(os.environ, WINEPREFIX=self.prefix, WINEARCH="win64", WINEDEBUG="-all",
                                WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d")
        self.run("wineboot", "-i", timeout=180)
        self.run("winecfg", "-v", "win10")
        for place in FONT_PLACES:
            for name in ("MS Shell Dlg", "MS Shell Dlg 2"):
                self.run("reg", "add", place, "/v", name, "/d", "DejaVu Sans", "/f")
        place = os.path.join(self.prefix, "drive_c", "t é 日本 x")
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(place)
        self.folder = os.path.join(place, os.listdir(place)[0])
        self.data = os.path.join(self.folder, "countermand-data")

    def before_step(self, _name):
        """Each step starts the program itself."""
        self.close()

    @property
    def program(self):
        """What takes a picture when a step fails."""
        return self

    def run(self, *command, timeout=60):
        """A Windows program that ends by itself; its result, with the output as text."""
        return subprocess.run(["wine", *command], capture_output=True, timeout=timeout, check=False,
                              encoding="utf-8", errors="replace", env=self.environment, stdin=subprocess.DEVNULL)

    def start(self, *arguments):
        """The program, with its window open."""
        log = open(os.path.join(self.desktop.folder, "program.log"), "ab")
        self.process = subprocess.Popen(["wine", os.path.join(self.folder, "countermand.exe"), *arguments],
                                        env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()
        return self.title("Countermand$", 60)

    def close(self):
        """Ends the program as its user would, or with everything else in the prefix."""
        if not self.process:
            return
        if self.process.poll() is None:
            xdotool("key", "Escape", "sleep", "0.3", "key", "ctrl+q")
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.end()
        self.process = None

    def end(self):
        """Ends everything in the prefix."""
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)
        subprocess.run(["wineserver", "-w"], env=self.environment, check=False, timeout=30)

    # Looking ------------------------------------------------------------------------------------------------

    @staticmethod
    def windows():
        """{title: X id} of all windows, as the window manager has them."""
        listed = session.command_output(["xprop", "-root", "_NET_CLIENT_LIST"])
        return {window_title(int(word, 16)): word for word in re.findall(r"0x[0-9a-f]+", listed)}

    def titles(self):
        """The titles of all windows."""
        return list(self.windows())

    def title(self, pattern, timeout=20, shown=True):
        """Waits until a window has such a title, or none has."""
        count = 0

        def seen():
            nonlocal count
            count += 1
            self.desktop.poke(count)
            return any(re.search(pattern, title) for title in self.titles()) == shown
        try:
            session.wait_until(seen, timeout, f"window “{pattern}”", 0.1)
        except session.DesktopError as error:
            raise AssertionError(f"{error}; there are {self.titles()}") from error

    def screenshot(self, path):
        """Saves the screen."""
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run(["import", "-silent", "-window", "root", path], check=True, timeout=30)
        return path

    def picture(self, name):
        """Saves the screen once it has come to rest."""
        xdotool("mousemove", "1356", "896", "sleep", "0.6")
        self.screenshot(os.path.join(self.pictures, name + ".png"))

    def credentials(self):
        """The names of what Countermand keeps in the Credential Store. Wine's registry says each of them twice."""
        return set(re.findall(r"countermand/[-0-9a-f]+", self.run("reg", "query", CREDENTIALS, "/s").stdout))

    def record(self):
        """The record of cancels."""
        with open(os.path.join(self.data, "journal.jsonl"), encoding="utf-8") as journal:
            return [json.loads(line) for line in journal]

    # Doing --------------------------------------------------------------------------------------------------

    def cancel_one(self, name, count):
        """Cancels one of so many listed orders through the question: one of the upper rows."""
        self.title(rf"— {count} open orders — Countermand$", 30)
        self.picture(name + "-orders")
        window = next(number for title, number in self.windows().items() if title.endswith("Countermand"))
        xdotool("mousemove", "--window", window, "150", "180", "click", "1", "sleep", "0.3", "key", "Delete")
        self.title("^Cancel (practice )?order — ")
        self.picture(name + "-question")
        # Nothing is confirmed before the arm delay has passed; then the keys are pressed again.
        for _ in range(10):
            xdotool("key", "ctrl+Return", "sleep", "0.7")
            if not any(title.startswith("Cancel ") for title in self.titles()):
                break
        self.title(rf"— {count - 1} open orders — Countermand$", 30)
        self.picture(name + "-canceled")

    def trust(self, ca):
        """Puts an authority among those that Windows trusts for this user."""
        der = subprocess.run(["openssl", "x509", "-in", ca, "-outform", "der"], check=True, capture_output=True).stdout
        certificate_itself = 32
        blob = struct.pack("<3I", certificate_itself, 1, len(der)) + der
        added = self.run("reg", "add", rf"{ROOT_STORE}\{hashlib.sha1(der).hexdigest().upper()}", "/v", "Blob", "/t",
                         "REG_BINARY", "/d", blob.hex(), "/f")
        expect(added.returncode == 0, added.stdout + added.stderr)


@step("self-check", "from a folder “t é 日本 x”: Windows' own TLS, window and keychain")
def self_check(wine):
    run = wine.run(os.path.join(wine.folder, "countermand.exe"), "--self-check")
    print("      " + run.stdout.strip().replace("\n", "\n      "), flush=True)
    lines = dict(line.split(": ", 1) for line in run.stdout.splitlines())
    expect(run.returncode == 0, f"ends with {run.returncode}")
    expect(lines["tls"].startswith("schannel"), lines["tls"])
    expect(lines["platform"] == "windows" and lines["keychain"] == "ready", f"{lines}")


@step("practice", "lists eight practice orders, cancels one; all data beside the program")
def practice(wine):
    wine.start("--practice")
    wine.cancel_one("practice", 8)
    wine.close()
    expect({"settings.ini", "journal.jsonl"} <= set(below(wine.data)), f"beside the program: {below(wine.data)}")
    expect(wine.record(), "an empty record")
    profile = [name for name in below(os.path.join(wine.prefix, "drive_c", "users")) if "countermand" in name.lower()]
    expect(not profile, f"in the user's profile: {profile}")


@step("data-dir", "a data folder named on the command line, with letters of no Western code page")
def data_folder(wine):
    named = os.path.join(wine.prefix, "drive_c", "named 日本")
    wine.start("--practice", "--data-dir", "C:\\named 日本")
    wine.title(r"— 8 open orders — Countermand$", 30)
    wine.close()
    expect("settings.ini" in below(named), f"{os.listdir(os.path.dirname(named))}: {below(named)}")


@step("untrusted", "an account saved: its key is in the Credential Store; a stranger's certificate is refused")
def untrusted(wine):
    wine.start("--base-url", wine.exchange.url)
    xdotool("key", "alt+c")
    wine.title("^Add account$")
    for chord, text in (("alt+p", "Main account"), ("alt+k", KEY), ("alt+e", SECRET)):
        xdotool("key", chord, "sleep", "0.2", "type", "--delay", "12", "--", text)
    wine.picture("account")
    expect(not wine.credentials(), "a credential before the account was saved")
    xdotool("key", "alt+s")
    wine.title("^Add account$", shown=False)
    session.wait_until(lambda: wine.exchange.do("counts")["accepted"], 20, "connection")
    time.sleep(2)
    wine.picture("untrusted")
    expect(len(wine.credentials()) == 1, f"Credential Store: {wine.credentials()}")
    expect(wine.exchange.do("counts")["requests"] == 0, "a request was sent over a connection nobody vouches for")


@step("signed", "with the authority in Windows' root store: key read back, 50 orders, a signed cancel over TLS")
def signed(wine):
    wine.trust(wine.exchange.ca)
    wine.exchange.do("reset")
    wine.start("--base-url", wine.exchange.url)
    wine.cancel_one("signed", 50)
    requests = wine.exchange.cancels()
    expect(len(requests) == 1 and requests[0]["signature"] == "ok", f"cancels: {requests}")
    counts = wine.exchange.do("counts")
    faults = {what: counts[what] for what in ("bad_signatures", "h2", "malformed", "flagged") if counts[what]}
    expect(not faults, f"{faults}")
    print(f"      {requests[0]['method']} {requests[0]['path']}: signature {requests[0]['signature']}, code "
          f"{requests[0]['code']}; TLS {sorted({c['tls'] for c in wine.exchange.do('connections')['connections']})}",
          flush=True)
    expect(requests[0]["ids"][0] in json.dumps(wine.record()), "the record does not name the order")


@step("forget", "the account is forgotten: nothing is left in the Credential Store")
def forget(wine):
    wine.start("--base-url", wine.exchange.url)
    wine.title(r"^Main account .* open orders — Countermand$", 30)
    expect(len(wine.credentials()) == 1, f"Credential Store: {wine.credentials()}")
    # Orders, View, Accounts; from the end: Lock now, Forget account.
    xdotool("key", "alt", "sleep", "0.3", "key", "Right", "key", "Right", "key", "Down", "sleep", "0.5", "key", "Up",
            "key", "Up", "sleep", "0.3", "key", "Return")
    wine.title("^Forget account$")
    wine.picture("forget")
    time.sleep(1)
    xdotool("key", "alt+f")
    wine.title("^Forget account$", shown=False)
    wine.title("^Countermand$")
    session.wait_until(lambda: not wine.credentials(), 10, "no credential")
    for place in below(wine.data):
        path = os.path.join(wine.data, place)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                text = file.read()
            expect(KEY.encode() not in text and SECRET.encode() not in text, f"{place} holds the key")


def main():
    """Runs the steps in a private session; the exit code is 0 when every one passed."""
    folder = session.inside_private_session()
    archive, pictures = sys.argv[1:3]
    os.makedirs(pictures, exist_ok=True)
    with session.Desktop(folder, keyring=False) as desktop, \
            LoopbackExchange("--tls", "--orders", "50", "--instruments", "6") as exchange:
        wine = Wine(desktop, exchange, archive, pictures)
        try:
            failures = steps.run_steps(wine, sys.argv[3:], pictures)
        finally:
            wine.end()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
