"""A notification service on the private session bus, as a desktop has one: remembers what it was asked to show."""

import os
import threading

from gi.repository import Gio, GLib

NAME, PLACE = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
INTERFACE = """<node><interface name="org.freedesktop.Notifications">
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>"""


class NotificationService:
    """The service, on a thread and a bus connection of its own; use as a context manager."""

    def __init__(self):
        self.lock = threading.Lock()
        self.shown = []
        self.closed = []
        self.last = 0
        self.ready = threading.Event()
        self.loop = None
        self.connection = None
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        if not self.ready.wait(30):
            raise RuntimeError("the notification service did not start")
        return self

    def __exit__(self, *_):
        self.loop.quit()
        self.thread.join(10)
        self.connection.close_sync(None)

    def notices(self):
        """What was asked for until now, as (id, replaced id, title, text)."""
        with self.lock:
            return list(self.shown)

    def up(self):
        """The ids that are on the screen."""
        with self.lock:
            return {notice[0] for notice in self.shown} - set(self.closed)

    def click(self, notice_id):
        """The user clicks on a notification; it stays up until the program takes it away."""
        self.connection.emit_signal(None, PLACE, NAME, "ActionInvoked",
                                    GLib.Variant("(us)", (notice_id, "default")))

    def _run(self):
        context = GLib.MainContext.new()
        context.push_thread_default()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(os.environ["DBUS_SESSION_BUS_ADDRESS"], flags,
                                                                  None, None)
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.connection.register_object(PLACE, interface, self._called, None, None)
        self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                  "RequestName", GLib.Variant("(su)", (NAME, 0)), None, Gio.DBusCallFlags.NONE,
                                  5000, None)
        self.loop = GLib.MainLoop.new(context, False)
        self.ready.set()
        self.loop.run()
        context.pop_thread_default()

    def _called(self, _connection, _sender, _path, _interface, method, arguments, invocation):
        values = arguments.unpack()
        answer = None
        with self.lock:
            if method == "GetCapabilities":
                answer = GLib.Variant("(as)", (["actions", "body", "body-markup"],))
            elif method == "Notify":
                replaced, title, text = values[1], values[3], values[4]
                if not replaced:
                    self.last += 1
                number = replaced or self.last
                self.shown.append((number, replaced, title, text))
                answer = GLib.Variant("(u)", (number,))
            elif method == "CloseNotification":
                self.closed.append(values[0])
        invocation.return_value(answer)
        if method == "CloseNotification":
            self.connection.emit_signal(None, PLACE, NAME, "NotificationClosed",
                                        GLib.Variant("(uu)", (values[0], 3)))
