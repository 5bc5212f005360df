"""Remembers every toast that was on the screen, however short, while a script is busy with something else."""

import re
import threading

from gi.repository import GLib

from accessible import Bus, Gone

PAUSE = 0.03
# Direction marks around ids and prices inside sentences; the eye does not see them.
INVISIBLE = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))


def plain(text):
    """A text as the eye reads it."""
    return text.translate(INVISIBLE)


def toasts_below(strip):
    """The toasts on the screen now, {number: headline + text}."""
    found = {}
    for seen in strip.survey():
        number = re.fullmatch(r"toast_(\d+)", seen.object_name)
        if number and seen.showing():
            found[int(number.group(1))] = plain(seen.name)
    return found


class ToastWatch:
    """Looks at the toast strip all the time, on a thread and a bus connection of its own."""

    def __init__(self, pid):
        self.pid = pid
        self.lock = threading.Lock()
        self.entries = []
        self.cursor = 0
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def stop(self):
        """Ends the watching."""
        self.stopping.set()
        self.thread.join(15)

    def forget(self):
        """What was seen until now counts no more."""
        with self.lock:
            self.cursor = len(self.entries)

    def next(self, matches):
        """The number of the first toast since the last found one whose text matches, or None."""
        with self.lock:
            for place in range(self.cursor, len(self.entries)):
                if matches(self.entries[place][1]):
                    self.cursor = place + 1
                    return self.entries[place][0]
        return None

    def seen(self):
        """All texts since the last found one."""
        with self.lock:
            return [text for _, text in self.entries[self.cursor:]]

    def _run(self):
        context = GLib.MainContext.new()
        context.push_thread_default()
        bus, strip, before = Bus(), None, {}
        while not self.stopping.wait(PAUSE):
            try:
                strip = strip or self._find_strip(bus)
                now = toasts_below(strip) if strip else {}
            except Gone:
                strip, now = None, {}
            changed = [(number, text) for number, text in sorted(now.items()) if before.get(number) != text]
            before = now
            if changed:
                with self.lock:
                    self.entries += changed
        context.pop_thread_default()

    def _find_strip(self, bus):
        root = bus.application(self.pid)
        return next((seen.node for seen in root.survey(names=False) if seen.object_name == "toastStrip"),
                    None) if root else None
