"""Drives the real program in a real X server: widgets by object name, keys and mouse through the X server.

A script calls `session.inside_private_session()`, opens a `session.Desktop` and starts a `Program`. Every
question waits with a deadline until the answer is as expected (`Program.until`), so no step depends on luck.
"""

import os
import re
import signal
import subprocess
import time

from accessible import Bus, Gone, Node
from session import command_output, die_with_parent

PATIENCE = 30.0


class NotSeen(AssertionError):
    """Something that must be seen was not there in time."""


class Program:
    """One run of the program; ends with `close()` or as a context manager."""

    def __init__(self, desktop, binary, *arguments, env=None, log="program"):
        self.desktop = desktop
        self.output_path = os.path.join(desktop.folder, f"{log}-{time.monotonic_ns()}.log")
        self.places = {}
        environment = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_FORCE_STDERR_LOGGING="1",
                           **(env or {}))
        with open(self.output_path, "ab") as out:
            self.process = subprocess.Popen([binary, *arguments], env=environment, stdout=out, stderr=out,
                                            stdin=subprocess.DEVNULL, preexec_fn=die_with_parent)
        self.bus = Bus()
        self.root = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the program if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        """Ends the program as a power cut would: no handler runs."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def output(self):
        """Everything the program has written to stdout and stderr."""
        with open(self.output_path, encoding="utf-8", errors="replace") as text:
            return text.read()

    # Waiting ------------------------------------------------------------------------------------------------

    def until(self, seen, what, timeout=PATIENCE, pause=0.04):
        """The first true answer of `seen()`. An answer that fails because an object went away is asked again."""
        end = time.monotonic() + timeout
        problem = ""
        while True:
            try:
                answer = seen()
                if answer:
                    return answer
            except (Gone, NotSeen) as error:
                problem = f" ({error})"
            if self.process.poll() is not None:
                raise NotSeen(f"{what}: the program has ended with {self.process.returncode}: "
                              + self.output()[-600:])
            if time.monotonic() > end:
                raise NotSeen(f"{what}: not within {timeout} s{problem}")
            time.sleep(pause)

    def never(self, seen, what, duration, pause=0.05):
        """Fails as soon as `seen()` is true within the duration in seconds."""
        end = time.monotonic() + duration
        while time.monotonic() < end:
            try:
                answer = seen()
            except (Gone, NotSeen):
                answer = None
            if answer:
                raise NotSeen(f"{what}: must not be seen, but was: {answer}")
            time.sleep(pause)

    def wait_for_window(self, timeout=30):
        """Waits until the program is on the accessibility bus and its main window is on the screen."""
        count = 0

        def shown():
            nonlocal count
            count += 1
            self.desktop.poke(count)
            self.root = self.root or self.bus.application(self.process.pid)
            return self.root and self.find_now("mainWindow") and self.window_id()

        self.until(shown, "main window", timeout, pause=0.1)
        self.until(lambda: self.active_window() in self.window_ids(), "main window active")
        return self

    # Finding ------------------------------------------------------------------------------------------------

    def find_now(self, object_name, showing=True):
        """The widget with this objectName, or None."""
        known = self.places.get(object_name)
        wanted = {"showing"} if showing else set()
        if known:
            try:
                if known.object_name == object_name and known.has(*wanted):
                    return known
            except Gone:
                pass
            self.places.pop(object_name, None)
        found = [seen.node for seen in self.root.survey(names=False) if seen.object_name == object_name]
        for node in found:
            if not showing or node.has("showing"):
                self.places[object_name] = node
                return node
        return None

    def find(self, object_name, timeout=PATIENCE, showing=True):
        """The widget with this objectName, waiting until it is there."""
        return self.until(lambda: self.find_now(object_name, showing), object_name, timeout)

    def gone(self, object_name, timeout=PATIENCE):
        """Waits until no widget with this objectName is showing."""
        self.until(lambda: not self.find_now(object_name), f"{object_name} gone", timeout)

    def all_named(self, pattern):
        """Every showing widget whose objectName matches the regular expression, as (name, node)."""
        return [(seen.object_name, seen.node) for seen in self.root.survey()
                if re.fullmatch(pattern, seen.object_name) and seen.showing()]

    def shows_text(self, pattern):
        """The first showing accessible name that contains the regular expression, or None."""
        return next((seen.name for seen in self.root.survey()
                     if re.search(pattern, seen.name) and seen.showing()), None)

    # Doing --------------------------------------------------------------------------------------------------

    def press(self, object_name, timeout=PATIENCE):
        """Presses the button with this objectName once it is there and enabled."""
        def ready():
            node = self.find_now(object_name)
            return node if node and node.has("enabled") else None
        self.until(ready, f"{object_name} enabled", timeout).press()

    def menu(self, *texts):
        """Chooses a menu item by the exact texts on the way to it, such as ("Practice", "Reset")."""
        self.menu_item(*texts).press()

    def menu_item(self, *texts):
        """The menu item at the end of this way; mnemonics and key hints are no part of the texts."""
        def reach():
            window = self.find_now("mainWindow")
            place = next((node for node in window.children() if node.role == "menu bar"), None)
            for text in texts:
                place = place and self._menu_child(place, text)
            return place
        return self.until(reach, "menu " + " ▸ ".join(texts))

    @staticmethod
    def _menu_child(place, text):
        # A submenu is an object of its own below its item, with the same name or none.
        level = place.children()
        for _ in range(3):
            for node in level:
                if node.name.replace("&", "").split("\t")[0] == text:
                    return node
            level = [deeper for node in level if not node.name or node.role in ("popup menu", "menu", "menu bar")
                     for deeper in node.children()]
        return None

    def type_text(self, text):
        """Types into whatever has the focus."""
        xdotool("type", "--delay", "4", "--", text)

    def type_into(self, object_name, text):
        """Focuses the field and types the text with the keyboard, replacing what was there."""
        field = self.find(object_name)
        self.focus(object_name)
        self.keys("ctrl+a", "Delete")
        xdotool("type", "--delay", "4", "--", text)
        return field

    def focus(self, object_name):
        """Clicks into the widget and waits until it has the keyboard focus."""
        node = self.find(object_name)
        self.click(*node.center())
        self.until(lambda: node.has("focused"), f"{object_name} focused")
        return node

    def keys(self, *names):
        """Presses keys one after the other, by their X names; "sleep 0.2" pauses in between."""
        command = []
        for name in names:
            command += name.split() if name.startswith("sleep ") else ["key", name]
        xdotool(*command)

    def hold_key(self, name, seconds):
        """Holds a key down, with the X server's own auto-repeat."""
        xdotool("keydown", name, "sleep", str(seconds), "keyup", name)

    def click(self, x, y, count=1, pause=60):
        """Clicks with the left button, `count` times with `pause` milliseconds between."""
        xdotool("mousemove", str(x), str(y), "click", "--repeat", str(count), "--delay", str(pause), "1")

    def move_pointer(self, x=2, y=2):
        """Moves the pointer; without a place, to the corner of the screen where no window is."""
        xdotool("mousemove", str(x), str(y))

    # Looking ------------------------------------------------------------------------------------------------

    def window_ids(self):
        """The X ids of the program's visible windows."""
        listed = command_output(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)])
        return [int(line) for line in listed.split()]

    def window_id(self):
        """The X id of the main window, or None."""
        title = self.find_now("mainWindow").name
        for window in self.window_ids():
            if window_title(window) == title:
                return window
        return None

    @staticmethod
    def active_window():
        """The X id of the window that has the keyboard, or 0."""
        answer = command_output(["xprop", "-root", "_NET_ACTIVE_WINDOW"])
        found = re.search(r"0x[0-9a-f]+", answer)
        return int(found.group(0), 16) if found else 0

    def title(self):
        """The main window's title as the X server has it."""
        window = self.window_id()
        return window_title(window) if window else ""

    def titles(self):
        """The titles of all visible windows, newline between."""
        return "\n".join(window_title(window) for window in self.window_ids())

    def focused(self):
        """The objectName of the innermost widget with the keyboard focus, or empty."""
        # A page hands its focus on to a widget inside and reports both.
        return next((seen.object_name for seen in reversed(self.root.survey())
                     if {"focused", "showing"} <= seen.states and seen.object_name), "")

    def screenshot(self, path):
        """Saves the whole screen as PNG."""
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        subprocess.run(["import", "-silent", "-window", "root", path], check=True, timeout=30)
        return path

    def clipboard(self, selection="clipboard"):
        """The text on the clipboard (or "primary"), empty when there is none."""
        return command_output(["xclip", "-o", "-selection", selection], timeout=30)


def window_title(window):
    """The title of an X window."""
    found = re.match(r'_NET_WM_NAME\(UTF8_STRING\) = "(.*)"\s*$',
                     command_output(["xprop", "-id", str(window), "_NET_WM_NAME"]), re.S)
    return found.group(1).replace('\\"', '"') if found else ""


def set_clipboard(text, selection="clipboard"):
    """Puts a text on the clipboard, as copying in another program would."""
    # xclip stays behind as the owner of the selection and keeps inherited output open: give it none.
    subprocess.run(["xclip", "-i", "-selection", selection], input=text, text=True, check=True, timeout=30,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def xdotool(*arguments):
    """One xdotool command; fails when it fails or takes 20 seconds."""
    subprocess.run(["xdotool", *arguments], check=True, timeout=30, stdout=subprocess.DEVNULL)


__all__ = ["Program", "NotSeen", "Gone", "Node", "set_clipboard", "window_title", "xdotool"]
