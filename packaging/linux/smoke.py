"""One small system without Qt: smoke.py ROOT PICTURES. Started by packaging/linux/smoke, which mounts what is needed.

The program runs inside ROOT (or ROOT-keyring); X server, window manager and buses are those of a private session outside.
"""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "desktop"))

import session  # noqa: E402
import steps  # noqa: E402
from countermand import Countermand  # noqa: E402
from homefolder import below, home_environment  # noqa: E402
from steps import expect, step  # noqa: E402

PLACE = "/media/t é 日本 x"
IMAGE = PLACE + "/Countermand.AppImage"
UNPACKED = PLACE + "/unpacked/countermand"
READ_ONLY = "/media/readonly"
NO_WAY_OUT = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


class Smoke:
    """What the steps share."""

    def __init__(self, desktop, root, pictures):
        self.desktop, self.root, self.pictures = desktop, root, pictures
        self.program = None
        self.failed_before = False
        self.home = os.path.join(desktop.folder, "person")

    def before_step(self, _name):
        """Each step begins without a program and with an empty home folder."""
        if self.program:
            self.program.close()
            self.program = None
        shutil.rmtree(self.home, ignore_errors=True)
        os.makedirs(self.home)

    @property
    def environment(self):
        """The program's own home folder, and no way to any network."""
        return home_environment(self.home) | NO_WAY_OUT

    def wrapper(self, file, *first, root=None, env=""):
        """A program that becomes `file` inside the system, with the arguments it gets."""
        path = os.path.join(self.desktop.folder, "inside")
        with open(path, "w", encoding="utf-8") as script:
            script.write(f"#!/bin/sh\nexec chroot {shlex.quote(root or self.root)} /usr/bin/env {env} "
                         + " ".join(map(shlex.quote, (file, *first))) + ' "$@"\n')
        os.chmod(path, 0o755)
        return path

    def start(self, file, *arguments):
        """The file inside the system, with its window open."""
        self.program = Countermand(self.desktop, self.wrapper(file), None, *arguments, env=self.environment)
        return self.program

    def self_check(self, file, *first, code=0, **more):
        """{name: text} of --self-check, which must end with this code."""
        run = subprocess.run([self.wrapper(file, *first, **more), "--self-check"], capture_output=True, text=True,
                             timeout=60, check=False, env=dict(os.environ, **self.environment))
        print("      " + run.stdout.strip().replace("\n", "\n      "), flush=True)
        expect(run.returncode == code, f"--self-check ends with {run.returncode}: {run.stdout}{run.stderr}")
        return dict(line.split(": ", 1) for line in run.stdout.splitlines())

    def picture(self, name):
        """Saves the screen."""
        self.program.leave_table()
        self.program.keys("sleep 0.25")
        self.program.screenshot(os.path.join(self.pictures, name + ".png"))

    def libraries(self):
        """The libraries that the program has open."""
        with open(f"/proc/{self.program.process.pid}/maps", encoding="utf-8") as maps:
            return {line.split(None, 5)[5].strip() for line in maps if ".so" in line}


def list_and_cancel(smoke, name):
    """Eight practice orders, one of them canceled through the real dialog."""
    program = smoke.program
    program.until(lambda: len(program.rows()) == 8, "8 practice orders")
    smoke.picture(name + "-orders")
    program.cancel("3155")
    program.toast("Canceled", "…3155")
    program.until(lambda: len(program.rows()) == 7, "7 practice orders")
    smoke.picture(name + "-canceled")


@step("file", "single file, mounted: lists, cancels one; OpenSSL and Qt are its own")
def single_file(smoke):
    smoke.start(IMAGE, "--practice")
    list_and_cancel(smoke, "file")
    own = [path for path in smoke.libraries() if "/.countermand-" in path]
    names = {os.path.basename(path) for path in own}
    expect({"libQt6Core.so.6", "libqxcb.so"} <= names, f"own libraries {sorted(names)}")
    strangers = {os.path.basename(path) for path in smoke.libraries() if "/.countermand-" not in path}
    expect(not [name for name in strangers if "Qt6" in name or "ssl" in name or "crypto" in name], f"{strangers}")
    expect(".local/share/countermand/journal.jsonl" in below(smoke.home), "keeps its data in the home folder")


@step("unpacked file", "single file without FUSE: unpacks itself, works, leaves nothing behind")
def unpacked_file(smoke):
    lines = smoke.self_check(IMAGE, "--appimage-extract-and-run")
    expect("xcb" in lines["platform"] and "openssl" in lines["tls"], f"{lines}")
    # A temporary folder that isn't there is passed by.
    lines = smoke.self_check(IMAGE, "--appimage-extract-and-run", env="TMPDIR=/nowhere XDG_RUNTIME_DIR=/nowhere")
    expect("xcb" in lines["platform"], f"{lines}")
    places = ("/tmp", smoke.root + "/tmp", smoke.root + "/var/tmp", smoke.home + "/.cache")
    left = [name for place in places if os.path.isdir(place)
            for name in os.listdir(place) if name.startswith(".countermand-")]
    expect(not left, f"left: {left}")


@step("no keyring", "--self-check without a keyring, and without any session bus")
def without_keyring(smoke):
    for env in ("", "-u DBUS_SESSION_BUS_ADDRESS"):
        for file in (IMAGE, UNPACKED):
            lines = smoke.self_check(file, env=env)
            expect(lines["keychain"].startswith("none, keys live in memory until you quit"), f"{lines}")
            expect(lines["tls"].startswith("openssl, OpenSSL 3.0.") and lines["platform"] == "xcb", f"{lines}")


@step("missing", "--self-check names what the system lacks: certificates, a library")
def names_what_is_missing(smoke):
    with hidden(smoke.root + "/etc/ssl/certs"):
        expect("install ca-certificates" in smoke.self_check(IMAGE)["tls"], "certificates")
    with hidden(os.path.realpath(smoke.root + "/usr/lib/x86_64-linux-gnu/libSM.so.6")):
        line = smoke.self_check(IMAGE, code=1)["platform"]
        expect("libSM.so.6" in line and line.endswith("Install that library."), line)


@contextlib.contextmanager
def hidden(path):
    """An empty file or folder in the place of this one."""
    empty = ["-t", "tmpfs", "tmpfs"] if os.path.isdir(path) else ["--bind", os.devnull]
    subprocess.run(["mount", *empty, path], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", path], check=True)


@step("keyring", "--self-check with the system's own keyring")
def with_keyring(smoke):
    root = smoke.root + "-keyring"
    daemon = smoke.desktop.spawn(["chroot", root, "gnome-keyring-daemon", "--foreground", "--unlock",
                                  "--components=secrets"], "keyring", stdin=subprocess.PIPE)
    try:
        daemon.stdin.write(b"test-password")
        daemon.stdin.close()
        session.wait_until(session.keyring_running, 30, "keyring")
        session.wait_until(lambda: smoke.desktop.keyring_locked() is False, 30, "unlocked keyring")
        for file in (IMAGE, UNPACKED):
            expect(smoke.self_check(file, root=root)["keychain"] == "ready", "keychain ready")
        save_account(smoke, root)
    finally:
        daemon.terminate()
        daemon.wait(10)


def save_account(smoke, root):
    """An account saved without a test: its key goes into the system's own keyring."""
    program = smoke.program = Countermand(smoke.desktop, smoke.wrapper(IMAGE, root=root),
                                          None, "--base-url", "https://127.0.0.1:9", env=smoke.environment)
    program.press("welcomeConnectButton")
    program.find("accountDialog")
    program.type_into("accountNameEdit", "Smoke")
    program.type_into("apiKeyEdit", "0123456789abcdef0123456789abcdef")
    program.type_into("secretEdit", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF")
    program.press("accountSaveButton")
    program.until(lambda: len(smoke.desktop.keyring_items()) == 1, "one keyring entry")
    expect("countermand/" in smoke.desktop.keyring_attributes(), "prefix of the keyring entry")


@step("portable", "unpacked tar.gz: data beside the program, nothing in the home folder")
def portable(smoke):
    smoke.start(UNPACKED, "--practice")
    list_and_cancel(smoke, "portable")
    smoke.program.keys("ctrl+q")
    smoke.program.process.wait(10)
    data = os.listdir(smoke.root + PLACE + "/unpacked/countermand-data")
    expect({"settings.ini", "journal.jsonl"} <= set(data), f"beside the program: {data}")
    expect(not below(smoke.home), f"in the home folder: {below(smoke.home)}")


@step("read-only", "from a read-only mount: works, keeps its data in the home folder, says so")
def read_only(smoke):
    program = smoke.start(READ_ONLY + "/unpacked/countermand", "--practice")
    program.toast("Not portable here", "unpacked can't be written")
    smoke.picture("read-only-notice")
    program.close_toasts()
    list_and_cancel(smoke, "read-only")
    expect(".local/share/countermand/journal.jsonl" in below(smoke.home), f"{below(smoke.home)}")
    program.close()
    smoke.start(READ_ONLY + "/Countermand.AppImage", "--practice")
    smoke.program.until(lambda: len(smoke.program.rows()) == 8, "8 practice orders")


def main():
    """Runs the steps in a private session; the exit code is 0 when every one passed."""
    folder = session.inside_private_session()
    root, pictures = sys.argv[1:3]
    os.makedirs(pictures, exist_ok=True)
    print(f"== {os.path.basename(root)}", flush=True)
    with session.Desktop(folder, keyring=False) as desktop:
        smoke = Smoke(desktop, root, pictures)
        try:
            failures = steps.run_steps(smoke, sys.argv[3:], pictures)
        finally:
            if smoke.program:
                smoke.program.close()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
