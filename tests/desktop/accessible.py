"""Reads and works a program through the accessibility bus, as a screen reader would.

Speaks AT-SPI over D-Bus itself instead of through a caching library: every answer is the program's own and of
this moment. An object that has gone away raises `Gone`; callers look it up again.
"""

import re

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
NOWHERE = "/org/a11y/atspi/null"
STATES = {"active": 1, "checked": 4, "editable": 7, "enabled": 8, "focusable": 11, "focused": 12, "modal": 16,
          "selected": 23, "sensitive": 24, "showing": 25, "visible": 30, "default": 39}
# Cells are read by row and column; walking into a table would ask for every one of them.
CLOSED = {"ordersTable"}
PROPERTIES = "org.freedesktop.DBus.Properties"


class Gone(Exception):
    """The object, or the program, no longer answers."""


class Bus:
    """The accessibility bus of this session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                    Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]
        flags = (Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
                 | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def call(self, owner, path, interface, method, signature="()", arguments=()):
        """One method call; the answer as Python values."""
        answer = self.call_many([(owner, path, interface, method, signature, arguments)])[0]
        if isinstance(answer, Gone):
            raise answer
        return answer

    def call_many(self, calls, timeout=30000):
        """Many calls at once, so that they cost one round trip: for each the answer, or a Gone."""
        answers = [None] * len(calls)
        left = len(calls)

        def finished(connection, result, number):
            nonlocal left
            left -= 1
            try:
                answers[number] = connection.call_finish(result).unpack()
            except GLib.Error as error:
                answers[number] = Gone(f"{calls[number][3]}: {error.message}")
        for number, (owner, path, interface, method, signature, arguments) in enumerate(calls):
            self.connection.call(owner, path, interface, method, GLib.Variant(signature, tuple(arguments)), None,
                                 Gio.DBusCallFlags.NONE, timeout, None, finished, number)
        context = GLib.MainContext.get_thread_default() or GLib.MainContext.default()
        while left:
            context.iteration(True)
        return answers

    def application(self, pid):
        """The root object of the process's program, or None while it is not on the bus."""
        try:
            roots = self.call(*REGISTRY, "org.a11y.atspi.Accessible", "GetChildren")[0]
        except Gone:
            return None
        for owner, path in roots:
            try:
                owner_pid = self.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                      "GetConnectionUnixProcessID", "(s)", (owner,))[0]
            except Gone:
                continue
            if owner_pid == pid:
                return Node(self, owner, path)
        return None


class Seen:
    """One object of a survey, with its description (and on demand name and states) as they were then."""

    __slots__ = ("node", "object_name", "description", "name", "states")

    def __init__(self, node, description):
        self.node, self.description = node, description
        self.object_name = object_name_in(description)
        self.name, self.states = "", frozenset()

    def showing(self):
        """Whether the object was on the screen."""
        return "showing" in self.states


def object_name_in(description):
    """The objectName at the end of a description, or empty."""
    found = re.search(r"(?:^|\s)#([\w{}-]+)$", description)
    return found.group(1) if found else ""


def states_in(pair):
    """The names, of those in STATES, that are set in the two words of an answer."""
    bits = pair[0] | pair[1] << 32
    return frozenset(name for name, bit in STATES.items() if bits >> bit & 1)


class Node:
    """One accessible object. Holds an address only; every property is asked for anew."""

    __slots__ = ("bus", "owner", "path")

    def __init__(self, bus, owner, path):
        self.bus, self.owner, self.path = bus, owner, path

    def __eq__(self, other):
        return isinstance(other, Node) and (self.owner, self.path) == (other.owner, other.path)

    def __hash__(self):
        return hash((self.owner, self.path))

    def __repr__(self):
        try:
            return f"<{self.role} '{self.name}' '{self.description}'>"
        except Gone:
            return f"<gone {self.path}>"

    def _call(self, interface, method, signature="()", arguments=()):
        return self.bus.call(self.owner, self.path, "org.a11y.atspi." + interface, method, signature, arguments)

    def _get(self, interface, name):
        return self.bus.call(self.owner, self.path, "org.freedesktop.DBus.Properties", "Get", "(ss)",
                             ("org.a11y.atspi." + interface, name))[0]

    @property
    def name(self):
        """The accessible name."""
        return self._get("Accessible", "Name")

    @property
    def description(self):
        """The accessible description, with ` #objectName` at its end under --a11y-ids."""
        return self._get("Accessible", "Description")

    @property
    def object_name(self):
        """The widget's objectName, or empty."""
        return object_name_in(self.description)

    @property
    def role(self):
        """The role in words, such as "push button"."""
        return self._call("Accessible", "GetRoleName")[0]

    @property
    def states(self):
        """The names, of those in STATES, that hold now."""
        return states_in(self._call("Accessible", "GetState")[0])

    def has(self, *states):
        """Whether all these states hold; False, too, when the object is gone."""
        try:
            return set(states) <= self.states
        except Gone:
            return False

    def children(self):
        """The direct children."""
        return [Node(self.bus, owner, path) for owner, path in self._call("Accessible", "GetChildren")[0]
                if path != NOWHERE]

    def survey(self, names=True):
        """This object and all below, outermost first, without what is inside a table, as a list of Seen.

        `names`: with accessible names and states, not only descriptions.
        """
        level, everything = [self], []
        while level:
            wanted = [(node.owner, node.path, PROPERTIES, "Get", "(ss)",
                       ("org.a11y.atspi.Accessible", "Description")) for node in level]
            known = [Seen(node, answer[0]) for node, answer in zip(level, self.bus.call_many(wanted))
                     if not isinstance(answer, Gone)]
            everything += known
            below = [(seen.node.owner, seen.node.path, "org.a11y.atspi.Accessible", "GetChildren", "()", ())
                     for seen in known if seen.object_name not in CLOSED]
            level = [Node(self.bus, owner, path) for answer in self.bus.call_many(below)
                     if not isinstance(answer, Gone) for owner, path in answer[0] if path != NOWHERE]
        return with_names(self.bus, everything) if names else everything

    def text(self):
        """The content of a text field or label; the accessible name where there is no text interface."""
        try:
            return self._call("Text", "GetText", "(ii)", (0, -1))[0]
        except Gone:
            return self.name

    def set_text(self, text):
        """Replaces the content of a text field at once, as an assistive tool would."""
        if not self._call("EditableText", "SetTextContents", "(s)", (text,))[0]:
            raise Gone("text not accepted")

    def actions(self):
        """The names of what can be done with the object."""
        return [self._call("Action", "GetName", "(i)", (i,))[0] for i in range(self._get("Action", "NActions"))]

    def press(self):
        """Does the object's first action: presses a button, chooses a menu item."""
        self._call("Action", "DoAction", "(i)", (0,))

    def take_focus(self):
        """Gives the keyboard focus to the object."""
        self._call("Component", "GrabFocus")

    def extents(self):
        """x, y, width and height on the screen."""
        return self._call("Component", "GetExtents", "(u)", (0,))[0]

    def center(self):
        """The middle of the object on the screen."""
        x, y, width, height = self.extents()
        return x + width // 2, y + height // 2

    def rows(self):
        """Number of rows of a table."""
        return self._get("Table", "NRows")

    def columns(self):
        """Number of columns of a table."""
        return self._get("Table", "NColumns")

    def cell(self, row, column):
        """One cell of a table, counted from 0, headers not included."""
        owner, path = self._call("Table", "GetAccessibleAt", "(ii)", (row, column))[0]
        if path == NOWHERE:
            raise Gone(f"no cell {row},{column}")
        return Node(self.bus, owner, path)

    def cell_names(self, rows, columns):
        """The accessible names of many cells, row after row; Gone when the table changed meanwhile."""
        places = self.bus.call_many([(self.owner, self.path, "org.a11y.atspi.Table", "GetAccessibleAt", "(ii)",
                                      (row, column)) for row in rows for column in columns])
        check(places)
        names = self.bus.call_many([(*place[0], PROPERTIES, "Get", "(ss)", ("org.a11y.atspi.Accessible", "Name"))
                                    for place in places])
        check(names)
        flat = iter(answer[0] for answer in names)
        return [[next(flat) for _ in columns] for _ in rows]


def with_names(bus, seen):
    """Fills in the accessible names and states of a survey; without those that went away."""
    names = bus.call_many([(entry.node.owner, entry.node.path, PROPERTIES, "Get", "(ss)",
                            ("org.a11y.atspi.Accessible", "Name")) for entry in seen])
    states = bus.call_many([(entry.node.owner, entry.node.path, "org.a11y.atspi.Accessible", "GetState", "()", ())
                            for entry in seen])
    kept = []
    for entry, name, state in zip(seen, names, states):
        if not isinstance(name, Gone) and not isinstance(state, Gone):
            entry.name, entry.states = name[0], states_in(state[0])
            kept.append(entry)
    return kept


def check(answers):
    """Raises the first Gone among the answers."""
    for answer in answers:
        if isinstance(answer, Gone):
            raise answer
