"""Countermand's own window in the terms of its user: rows, confirmations, toasts, banners, practice menu."""

import os
import re

from accessible import Gone
from desktop import NotSeen, Program, xdotool
from toastwatch import ToastWatch, plain, toasts_below

FACTS = ("instrument", "side", "type", "price", "remaining", "filled", "tpsl", "placed", "id")
CORNER = (1356, 896)


class Countermand(Program):
    """The program with its window open; without a `data_dir` it chooses one itself."""

    def __init__(self, desktop, binary, data_dir, *arguments, **more):
        if data_dir:
            arguments = ("--data-dir", data_dir, *arguments)
        super().__init__(desktop, binary, "--a11y-ids", *arguments, **more)
        self.data_dir = data_dir
        self.watch = None
        self.wait_for_window()
        self.watch = ToastWatch(self.process.pid)
        self.leave_table()

    def close(self):
        """Ends the program and the watching."""
        if self.watch:
            self.watch.stop()
        super().close()

    def journal_line(self):
        """The last line of the record of cancels."""
        with open(os.path.join(self.data_dir, "journal.jsonl"), encoding="utf-8") as journal:
            return journal.read().splitlines()[-1]

    # Table --------------------------------------------------------------------------------------------------

    def leave_table(self):
        """Takes the pointer off the window: rows may move, toast timers run."""
        self.move_pointer(*CORNER)

    def rows(self):
        """All rows in order, each as {column: value}."""
        table = self.find("ordersTable")
        names = table.cell_names(range(table.rows()), range(table.columns()))
        return [dict(split_cell(name) for name in row) for row in names]

    def row(self, tail):
        """The row of the order whose id ends so; NotSeen when it is not listed."""
        return self.rows()[self.row_index(tail)]

    def row_index(self, tail):
        """The place of the order in the table; NotSeen when it is not listed."""
        table = self.find("ordersTable")
        names = table.cell_names(range(table.rows()), [self.column("Order ID")])
        for row, (name,) in enumerate(names):
            if plain(name).endswith(tail):
                return row
        raise NotSeen(f"order …{tail} is not listed")

    def column(self, title):
        """The place of a column in the table."""
        table = self.find("ordersTable")
        for column, name in enumerate(table.cell_names([0], range(table.columns()))[0]):
            if split_cell(name)[0] == title:
                return column
        raise NotSeen(f"no column {title}")

    def listed(self, tail):
        """Whether the order is in the table now."""
        try:
            self.row_index(tail)
            return True
        except NotSeen:
            return False

    def cell(self, tail, title):
        """The cell of this order in this column."""
        return self.find("ordersTable").cell(self.row_index(tail), self.column(title))

    def select(self, tail):
        """Selects the order's row, with the mouse where it is in view, else with the keyboard."""
        self.leave_table()
        cell = self.until(lambda: self.cell(tail, "Instrument"), f"row …{tail}")
        if not self.in_view(cell):
            self.find("ordersTable").take_focus()
            self.keys("ctrl+Home", *["Down"] * self.row_index(tail))
            self.keys("sleep 0.1")
            cell = self.cell(tail, "Instrument")
        if not cell.has("selected"):
            self.click(*cell.center())
            self.leave_table()
        self.until(lambda: self.cell(tail, "Instrument").has("selected"), f"row …{tail} selected")

    def in_view(self, cell):
        """Whether the middle of the cell is inside the table."""
        x, y, width, height = self.find("ordersTable").extents()
        at_x, at_y = cell.center()
        # The last row of pixels may be half a row: a click there would scroll.
        return x < at_x < x + width and y + 28 < at_y < y + height - 14

    # Canceling ----------------------------------------------------------------------------------------------

    def ask(self, tail):
        """Selects the order and presses Del: the confirmation is open afterwards."""
        self.select(tail)
        self.keys("Delete")
        return self.find("confirmDialog")

    def armed(self):
        """Waits out the arm delay."""
        def ready():
            node = self.find_now("confirmCancelButton")
            return node and node.has("enabled")
        self.until(ready, "cancel button enabled")

    def confirm(self):
        """Confirms with Ctrl+Enter once that is armed."""
        self.armed()
        # A change of a shown fact starts the arm delay anew; then the keys are pressed again.
        for _ in range(5):
            self.keys("ctrl+Return")
            try:
                self.gone("confirmDialog", 1.5)
                return
            except NotSeen:
                self.armed()
        raise NotSeen("Ctrl+Enter did not confirm")

    def cancel(self, tail):
        """The whole way: select, Del, wait for the arm delay, Ctrl+Enter."""
        self.ask(tail)
        self.confirm()

    def keep(self):
        """Closes the confirmation with Esc."""
        self.activate_dialog()
        self.keys("Escape")
        self.gone("confirmDialog")

    def facts(self):
        """The nine values of the open confirmation, {short name: text without its label}."""
        found = {}
        for fact in FACTS:
            text = plain(self.find(f"confirmValue_{fact}").name)
            label, _, value = text.partition(": ")
            found[fact] = value or label
        return found

    def notices(self):
        """The notices of the open confirmation, {kind: text}."""
        return {name.removeprefix("confirmNotice_"): plain(node.name or node.text())
                for name, node in self.all_named(r"confirmNotice_\w+")}

    # Toasts and banners -------------------------------------------------------------------------------------

    def toasts(self):
        """The toasts on the screen, {number: headline + text}."""
        strip = self.find_now("toastStrip")
        return toasts_below(strip) if strip else {}

    def toast_now(self, headline, pattern=""):
        """The number of the toast with this headline and, after it, the regular expression; or None."""
        wanted = toast_pattern(headline, pattern)
        return next((number for number, text in self.toasts().items() if wanted.search(text)), None)

    def toast(self, headline, pattern="", timeout=30):
        """Waits for such a toast, later than those waited for before, and returns its number.

        One that was there only shortly counts, too.
        """
        wanted = toast_pattern(headline, pattern)
        try:
            return self.until(lambda: self.watch.next(wanted.search) or self.toast_now(headline, pattern),
                              f"toast “{headline}” … {pattern}", timeout)
        except NotSeen as error:
            raise NotSeen(f"{error}; seen: {self.watch.seen()}, now: {list(self.toasts().values())}") from None

    def no_toast(self, headlines, duration):
        """Fails when a toast with one of these headlines comes within the duration, or came since the last one
        waited for."""
        patterns = [toast_pattern(headline) for headline in headlines]
        self.never(lambda: [text for text in self.watch.seen() if any(p.search(text) for p in patterns)],
                   " / ".join(headlines), duration)

    def close_toasts(self):
        """Dismisses every toast."""
        for _ in range(12):
            buttons = self.all_named(r"toastClose_\d+")
            if not buttons:
                return
            try:
                buttons[0][1].press()
                self.until(lambda: not buttons[0][1].has("showing"), "toast dismissed")
            except (Gone, NotSeen):
                continue

    def banner(self, kind, pattern="", timeout=30):
        """Waits for the banner of this kind with the regular expression in its text, and returns the text."""
        def seen():
            node = self.find_now(f"banner_{kind}")
            text = plain(node.name or node.text()) if node else ""
            return text if text and re.search(pattern, text) else None
        return self.until(seen, f"banner {kind} {pattern}", timeout)

    def label(self, object_name):
        """The text of a label or status item."""
        node = self.find(object_name)
        return plain(node.name or node.text())

    # Practice -----------------------------------------------------------------------------------------------

    def practice(self, *texts):
        """Chooses an item of the Practice menu by its texts."""
        self.menu("Practice", *texts)

    def next_answer(self, text):
        """Practice ▸ Next answer ▸ text; the tick must show the choice."""
        item = self.menu_item("Practice", "Next answer", text)
        if not item.has("checked"):
            item.press()
        self.until(lambda: self.menu_item("Practice", "Next answer", text).has("checked"), f"tick at {text}")

    def start_over(self):
        """No dialog, no toast, the practice exchange as at its start."""
        self.close_dialogs()
        self.practice("Reset")
        self.until(lambda: len(self.rows()) == 8, "8 rows after Reset")
        self.until(lambda: all("Cancel" in row["Action"] for row in self.rows()), "all rows open after Reset")
        self.close_toasts()
        self.watch.forget()

    def close_dialogs(self):
        """Presses Esc until only the main window is left."""
        for _ in range(6):
            dialogs = self.all_named(r"\w+Dialog")
            if not dialogs:
                return
            self.activate_dialog()
            self.keys("Escape", "sleep 0.15")
        raise NotSeen(f"dialogs that Esc does not close: {dialogs}")

    def activate_dialog(self):
        """Gives the keyboard to the open dialog where the window manager left it with the window behind."""
        main = self.window_id()
        others = [window for window in self.window_ids() if window != main]
        if others and self.active_window() not in others:
            xdotool("windowactivate", "--sync", str(others[-1]))

    def told(self):
        """What a failed step leaves unsaid, in lines: windows, banners, toasts, dialogs, focus, counts."""
        seen = [one for one in self.root.survey() if one.showing()]
        shown = [one for one in seen if re.fullmatch(r"banner_\w+|\w+Dialog|orderCounter|status\w+|infoText",
                                                     one.object_name)]
        focused = [one for one in seen if "focused" in one.states]
        return [f"title: {self.title()}; active: {self.active_window() in self.window_ids()}",
                *(f"{one.object_name}: {plain(one.name)}" for one in shown),
                *(f"focus: {one.object_name} {plain(one.name)}" for one in focused),
                f"toasts: {list(self.toasts().values())}, since the last awaited: {self.watch.seen()}"]

    # The machine --------------------------------------------------------------------------------------------

    def inet_sockets(self):
        """The program's TCP and UDP sockets, as lines of /proc/net."""
        own = set()
        for descriptor in os.listdir(f"/proc/{self.process.pid}/fd"):
            try:
                link = os.readlink(f"/proc/{self.process.pid}/fd/{descriptor}")
            except FileNotFoundError:
                continue
            if link.startswith("socket:["):
                own.add(link[8:-1])
        found = []
        for table in ("tcp", "tcp6", "udp", "udp6"):
            try:
                with open(f"/proc/{self.process.pid}/net/{table}", encoding="ascii") as lines:
                    found += [line.strip() for line in lines if len(line.split()) > 9 and line.split()[9] in own]
            except FileNotFoundError:
                continue
        return found


def toast_pattern(headline, pattern=""):
    """A toast with exactly this headline, then the regular expression somewhere in its text."""
    return re.compile(r"^(?:Practice · )?" + re.escape(headline) + r"(?=\W).*?" + pattern, re.S)


def split_cell(text):
    """A cell's accessible text "{column}: {value}" in its two parts; the Action column's has no column."""
    text = plain(text)
    column, colon, value = text.partition(": ")
    return (column, value) if colon else ("Action", text)
