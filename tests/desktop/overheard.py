"""What the accessibility bus carries while the secret is typed: overheard.py <program> [step ...]

A listener asks for every event, as a screen reader does, and a monitor keeps every message of the bus. What is typed into
the other fields must be among them, or the listening is broken; of the secret nothing may be, not even one character.
"""

import os
import sys
import time

from gi.repository import Gio, GLib

import desktop
import session
import steps
from accessible import Bus
from countermand import Countermand
from steps import expect, step

# Letters that stand nowhere else in what the dialog says: a single one of them is a find.
SECRET = "QJZXVKWYQZJXKVWQ"
NAME = "account 1"
# By which programs tell of keys; with the key's number, which is its letter's.
KEY_CALLS = ("NotifyListenersSync", "NotifyListenersAsync", "NotifyEvent")
# The toolkit's and the style's.
DOTS = "•●"


class Message:
    """One message of the bus: who sent it, what it is called, its texts and numbers."""

    def __init__(self, message):
        self.sender, self.path, self.member = message.get_sender(), message.get_path(), message.get_member()
        body = message.get_body()
        self.values = list(leaves(body.unpack())) if body else []

    def __repr__(self):
        return f"{self.member} {self.path} {self.values}"


def leaves(value):
    """All texts and numbers in a value, however deep."""
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from leaves(part)
    else:
        yield value


class Monitor:
    """Every message of the accessibility bus, of every program, from now on."""

    def __init__(self):
        self.listener = Bus().connection
        for event in ("object:", "window:", "focus:", "keyboard:"):
            self.listener.call_sync("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry",
                                    "RegisterEvent", GLib.Variant("(s)", (event,)), None, Gio.DBusCallFlags.NONE, 5000,
                                    None)
        self.messages = []
        self.begun = False
        self.monitor = Bus().connection
        self.monitor.add_filter(self._keep)
        self.monitor.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.Monitoring",
                               "BecomeMonitor", GLib.Variant("(asu)", ([], 0)), None, Gio.DBusCallFlags.NONE, 5000,
                               None)
        self.begun = True

    def _keep(self, _, message, incoming):
        if not incoming or not self.begun:
            return message
        self.messages.append(Message(message))
        return None

    def during(self, act):
        """The messages from the begin of an act until nothing has come for a while."""
        begin = len(self.messages)
        act()
        seen, deadline = -1, time.monotonic() + 30
        while seen != len(self.messages) and time.monotonic() < deadline:
            seen = len(self.messages)
            time.sleep(0.6)
        return self.messages[begin:]


class Overheard:
    """What the steps share."""

    def __init__(self, screen, binary):
        self.monitor = Monitor()
        self.program = Countermand(screen, binary, os.path.join(screen.folder, "data"), "--base-url", "http://127.0.0.1:9",
                                   log="overheard")
        # It would fill the bus with questions.
        self.program.watch.stop()
        self.failed_before = False

    def before_step(self, _):
        """Every step follows on the one before."""

    def typed(self, object_name, text):
        """The messages while a text is typed into a field that is empty."""
        self.program.focus(object_name)
        return self.monitor.during(lambda: desktop.xdotool("type", "--delay", "40", "--", text))


def texts(messages):
    """All texts in the messages."""
    return [value for message in messages for value in message.values if isinstance(value, str)]


def said(messages, letter):
    """The messages that carry a letter: as a text of its own, or as the number of its key."""
    codes = {ord(letter), ord(letter.lower())}
    return [message for message in messages
            if any(value in (letter, letter.lower()) for value in message.values if isinstance(value, str))
            or (message.member in KEY_CALLS and codes & {value for value in message.values if type(value) is int})]


@step(1, "what is typed as name and key is heard, so the listening is known to work")
def heard(overheard):
    program = overheard.program
    program.press("welcomeConnectButton")
    program.find("accountDialog")
    messages = overheard.typed("accountNameEdit", SECRET)
    for letter in set(SECRET):
        expect(any(message.member == "TextChanged" for message in said(messages, letter)), f"{letter} was not heard")
    program.type_into("accountNameEdit", NAME)


@step(2, "of the secret not one character")
def unheard(overheard):
    messages = overheard.typed("secretEdit", SECRET)
    changes = [message for message in messages if message.member == "TextChanged"]
    expect(len(changes) >= len(SECRET), f"only {len(changes)} changes were told")
    for message in changes:
        expect(set(message.values[3]) <= set(DOTS), f"{message}")
    for letter in sorted(set(SECRET)):
        expect(not said(messages, letter), f"{letter} in {said(messages, letter)[:3]}")
    expect(not [text for text in texts(messages) if any(part in text for part in parts())], "a part of the secret")


def parts():
    """Any three characters that follow each other in the secret."""
    return [SECRET[at:at + 3] for at in range(len(SECRET) - 2)]


@step(3, "shown while held, and read by a tool that asks: dots")
def revealed(overheard):
    program = overheard.program
    x, y = program.find("secretReveal").center()
    answers = []

    def show():
        desktop.xdotool("mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.4")
        answers.append(program.find("secretEdit").text())
        answers.extend(seen.name for seen in program.root.survey())
        desktop.xdotool("mouseup", "1")
    messages = overheard.monitor.during(show)
    expect(set(answers[0]) <= set(DOTS), f"{len(answers[0])} characters, not all of them dots")
    expect(not [text for text in answers + texts(messages) if any(part in text for part in parts())],
           "a part of the secret")


@step(4, "changed in the middle, by key and from the clipboard: not one character")
def changed(overheard):
    program = overheard.program
    desktop.set_clipboard(SECRET)

    def change():
        program.focus("secretEdit")
        program.keys("Home", "Right", "Right", "Delete", "Z", "BackSpace", "Q", "ctrl+a", "ctrl+v")
    messages = overheard.monitor.during(change)
    for letter in sorted(set(SECRET)):
        expect(not said(messages, letter), f"{letter} in {said(messages, letter)[:3]}")
    expect(not [text for text in texts(messages) if any(part in text for part in parts())], "a part of the secret")


def main():
    """Runs all steps in a private session; the exit code is 0 when every one passed."""
    folder = session.inside_private_session()
    with session.Desktop(folder) as screen:
        overheard = Overheard(screen, os.path.abspath(sys.argv[1]))
        try:
            failures = steps.run_steps(overheard, sys.argv[2:])
        finally:
            overheard.program.close()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
