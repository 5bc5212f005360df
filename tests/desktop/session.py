"""A private desktop for tests: home folder, session bus, X server, window manager, keyring, accessibility bus.

Nothing of the caller's own desktop is used or changed. `inside_private_session()` starts the calling script
again below `dbus-run-session` with an empty home; `Desktop` then starts the servers on that bus. All of them
end with the script, also when the script is killed.
"""

import ctypes
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

MARK = "COUNTERMAND_PRIVATE_SESSION"
KEYRING_PASSWORD = "test-password"
SCREEN = "1360x900x24"
NEEDED = {
    "Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "xprop": "x11-utils", "import": "imagemagick",
    "xclip": "xclip", "gdbus": "libglib2.0-bin", "dbus-run-session": "dbus-daemon",
    "gnome-keyring-daemon": "gnome-keyring", "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}


class DesktopError(Exception):
    """The desktop itself could not be started: a broken machine, not a broken program."""


def die_with_parent():
    """Asks Linux to end this process when the process that started it ends."""
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until(seen, timeout, what, pause=0.03):
    """Returns the first true answer of `seen()`; raises DesktopError naming `what` after `timeout` seconds."""
    end = time.monotonic() + timeout
    while True:
        answer = seen()
        if answer:
            return answer
        if time.monotonic() > end:
            raise DesktopError(f"not within {timeout} s: {what}")
        time.sleep(pause)


def missing_programs():
    """The Debian packages whose programs are not there."""
    return sorted({package for program, package in NEEDED.items() if not shutil.which(program)})


def private_environment(folder):
    """An environment with an own home and runtime folder, without the caller's display and buses."""
    env = dict(os.environ)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS",
                 "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "QT_QPA_PLATFORM", "QT_QPA_PLATFORMTHEME",
                 "QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "QT_LOGGING_RULES", "GNOME_KEYRING_CONTROL",
                 "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        env.pop(name, None)
    home, runtime = os.path.join(folder, "home"), os.path.join(folder, "run")
    for path in (home, runtime):
        os.makedirs(path, mode=0o700)
    env.update({
        "HOME": home, "XDG_RUNTIME_DIR": runtime, "XDG_CONFIG_HOME": home + "/.config",
        "XDG_DATA_HOME": home + "/.local/share", "XDG_CACHE_HOME": home + "/.cache",
        "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC", "NO_AT_BRIDGE": "0", MARK: folder,
    })
    env.pop("LANGUAGE", None)
    return env


def bus_configuration(folder):
    """A session bus that starts nothing by itself: only what a test starts is there."""
    path = os.path.join(folder, "bus.conf")
    with open(path, "w", encoding="utf-8") as out:
        out.write('<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" '
                  '"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig>'
                  "<type>session</type><keep_umask/><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
                  '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
                  '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>')
    return path


def inside_private_session():
    """Returns the private folder when already inside; otherwise runs this script inside and exits as it did."""
    folder = os.environ.get(MARK)
    if folder:
        die_with_parent()
        os.dup2(int(os.environ[MARK + "_STDERR"]), 2)
        return folder
    missing = missing_programs()
    if missing:
        print("missing packages: " + " ".join(missing), file=sys.stderr)
        sys.exit(1)
    folder = tempfile.mkdtemp(prefix="countermand-desktop-")
    try:
        # dbus-daemon complains about limits that do not matter here; this script keeps the caller's stderr.
        own_stderr = os.dup(2)
        with open(os.path.join(folder, "dbus.log"), "ab") as log:
            run = subprocess.Popen(["dbus-run-session", "--config-file", bus_configuration(folder), "--",
                                    sys.executable, *sys.argv], stderr=log, pass_fds=(own_stderr,),
                                   env=private_environment(folder) | {MARK + "_STDERR": str(own_stderr)},
                                   preexec_fn=die_with_parent)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: run.terminate())
        code = run.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code if code >= 0 else 1)


class Desktop:
    """X server, window manager, unlocked keyring and accessibility bus; use as a context manager."""

    def __init__(self, folder, keyring=True):
        self.folder = folder
        self.children = []
        self.keyring_process = None
        self.with_keyring = keyring

    def __enter__(self):
        try:
            self._start_x_server()
            self._start_window_manager()
            if self.with_keyring:
                self.start_keyring()
            self._start_accessibility()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
        for child in reversed(self.children):
            try:
                child.wait(30)
            except subprocess.TimeoutExpired:
                child.kill()

    def spawn(self, command, name, **more):
        """Starts a server whose output goes to `<folder>/<name>.log` and which ends with the desktop."""
        log = open(os.path.join(self.folder, name + ".log"), "ab")
        child = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=die_with_parent, **more)
        log.close()
        self.children.append(child)
        return child

    def _start_x_server(self):
        read, write = os.pipe()
        self.spawn(["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset",
                    "-fbdir", self.folder], "xvfb", pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise DesktopError("Xvfb did not start")
        os.environ["DISPLAY"] = ":" + number

    def _start_window_manager(self):
        # No menu, no margins, no animation: the program's window is the only thing on the screen.
        config = os.path.join(self.folder, "openbox.xml")
        with open(config, "w", encoding="utf-8") as out:
            out.write('<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc">'
                      "<focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>"
                      "<placement><policy>Smart</policy></placement><keyboard/>"
                      "<theme><name>Clearlooks</name></theme></openbox_config>")
        self.spawn(["openbox", "--config-file", config], "openbox")
        wait_until(lambda: "window id" in command_output(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]), 15,
                   "window manager")

    def pixels(self, x, y, width, height):
        """A part of the screen at this moment: its lines from top to bottom, 4 bytes (B, G, R, none) a pixel."""
        # Xvfb keeps its picture in a file of XWD format: much faster than asking the X server.
        with open(os.path.join(self.folder, "Xvfb_screen0"), "rb") as screen:
            fields = struct.unpack(">25I", screen.read(100))
            start, line_length, colormap = fields[0], fields[12], fields[19]
            lines = []
            for row in range(y, y + height):
                screen.seek(start + colormap * 12 + row * line_length + x * 4)
                lines.append(screen.read(width * 4))
        return lines

    def colors(self, x, y, width, height):
        """The colors of a part of the screen at this moment, as a set of 0xRRGGBB."""
        return {color & 0xFFFFFF for line in self.pixels(x, y, width, height)
                for color in struct.unpack(f"<{len(line) // 4}I", line)}

    def poke(self, number):
        """openbox can overlook a window shown while it is starting, until any other event comes: this is one."""
        command_output(["xprop", "-root", "-f", "POKE", "8s", "-set", "POKE", str(number)])

    def start_keyring(self, password=KEYRING_PASSWORD):
        """Starts the Secret Service with its default collection unlocked; the first start creates it."""
        self.keyring_process = self.spawn(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], "keyring",
            stdin=subprocess.PIPE)
        self.keyring_process.stdin.write(password.encode())
        self.keyring_process.stdin.close()
        wait_until(keyring_running, 30, "keyring")
        wait_until(lambda: self.keyring_locked() is False, 30, "unlocked keyring")

    def stop_keyring(self):
        """Ends the Secret Service; its encrypted file stays in the private home."""
        self.keyring_process.terminate()
        self.keyring_process.wait(30)
        wait_until(lambda: not keyring_running(), 30, "keyring gone")

    def start_unlock_prompt(self):
        """Starts the program in which gnome-keyring asks for its password, as an X11 window."""
        self.spawn(["/usr/libexec/gcr-prompter"], "prompter")
        wait_until(lambda: bus_name_owned("org.gnome.keyring.SystemPrompter"), 30, "unlock prompt")

    def keyring_locked(self):
        """True, False, or None when there is no default collection."""
        answer = secrets_call("/org/freedesktop/secrets/aliases/default", "org.freedesktop.secrets",
                              "org.freedesktop.DBus.Properties.Get", "org.freedesktop.Secret.Collection",
                              "Locked")
        return {"(<true>,)": True, "(<false>,)": False}.get(answer.strip())

    def lock_keyring(self):
        """Locks the default collection as a screen locker would."""
        secrets_call("/org/freedesktop/secrets", "org.freedesktop.secrets",
                     "org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']")
        wait_until(lambda: self.keyring_locked() is True, 30, "locked keyring")

    def keyring_items(self):
        """The object paths of everything stored in the default collection."""
        answer = secrets_call("/org/freedesktop/secrets/aliases/default", "org.freedesktop.secrets",
                              "org.freedesktop.DBus.Properties.Get", "org.freedesktop.Secret.Collection",
                              "Items")
        return [word.strip("'[]<>(), ") for word in answer.split() if "/collection/" in word]

    def keyring_attributes(self):
        """The public attributes of each stored item, as one text."""
        return "\n".join(secrets_call(path, "org.freedesktop.secrets", "org.freedesktop.DBus.Properties.Get",
                                      "org.freedesktop.Secret.Item", "Attributes")
                         for path in self.keyring_items())

    def _start_accessibility(self):
        self.spawn(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"], "at-spi")
        wait_until(lambda: "unix:" in command_output(
            ["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus",
             "--method", "org.a11y.Bus.GetAddress"]), 15, "accessibility bus")


def bus_name_owned(name):
    """Whether some program on the private session bus answers to this name."""
    return "true" in secrets_call("/org/freedesktop/DBus", "org.freedesktop.DBus",
                                  "org.freedesktop.DBus.NameHasOwner", name)


def keyring_running():
    """Whether a Secret Service is there at all."""
    return bus_name_owned("org.freedesktop.secrets")


def secrets_call(path, destination, method, *arguments):
    """One D-Bus call on the private session bus; empty text when it failed."""
    return command_output(["gdbus", "call", "--session", "--dest", destination, "--object-path", path,
                           "--method", method, *arguments])


def command_output(command, timeout=30, text=None):
    """What a small command printed; empty when it failed or took too long."""
    try:
        run = subprocess.run(command, capture_output=True, timeout=timeout, input=text, text=True, check=False)
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return ""
    return run.stdout if run.returncode == 0 else ""
