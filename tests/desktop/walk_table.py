"""Walk lines 32 to 35 and 40: the table holds still, is filtered, remembers its columns, copies, and its looks."""

import os
import re

from accessible import Gone
from desktop import xdotool
from session import SCREEN, command_output
from steps import expect, step


def places(program):
    """Where every row stands on the screen, by the tail of its id."""
    table = program.find("ordersTable")
    column = program.column("Order ID")
    return {row["Order ID"][-4:]: table.cell(number, column).extents()[1]
            for number, row in enumerate(program.rows())}


# From the end of the order's context menu; a popup without a parent on the bus is worked by keys alone.
ITEMS_FROM_BELOW = ["Filter by this instrument", "Copy row", "Copy order id"]


def choose(program, tail, text):
    """Chooses an item of the order's context menu, opened and worked with the keyboard."""
    program.select(tail)
    program.keys("Menu", "sleep 0.3", *["Up"] * (ITEMS_FROM_BELOW.index(text) + 1), "Return")


def header_at(program, title):
    """The middle of the column's header on the screen."""
    x, _, width, _ = program.cell("1947", title).extents()
    _, top, _, _ = program.find("ordersTable").extents()
    return x + width // 2, top + 14


@step(32, "Pointer over the table, one older order comes: no row moves, the chip counts, leaving applies it")
def holds_still(walk):
    program = walk.program
    program.leave_table()
    program.find("ordersTable").take_focus()
    before = places(program)
    program.move_pointer(*program.cell("3155", "Price").center())
    program.keys("alt+p")
    chip = program.find("pendingChangesChip")
    expect("1 change waiting" in program.label("pendingChangesChip") + chip.description, f"chip {chip.description!r}")
    expect(places(program) == before, f"rows moved: {before} {places(program)}")
    program.leave_table()
    program.until(lambda: len(program.rows()) == 9, "9 rows after leaving")
    program.gone("pendingChangesChip")
    expect(not program.rows()[0]["Order ID"].endswith("1947"), "the older order is not on top")


@step(33, "Filter btc side:long, Ctrl+A, Del: only shown rows in the dialog; px>> shows X1")
def filters(walk):
    program = walk.program
    program.leave_table()
    program.keys("ctrl+f")
    program.until(lambda: program.focused() == "filterEdit", "Ctrl+F focuses the filter")
    xdotool("type", "--delay", "4", "--", "btc side:long")
    program.until(lambda: len(program.rows()) == 2, "2 rows match")
    program.until(lambda: "2 of 8 shown" in program.label("orderCounter"), "2 of 8 shown")
    expect(sorted(row["Order ID"][-4:] for row in program.rows()) == ["1947", "3155"], f"rows {program.rows()}")
    program.keys("Return", "ctrl+a", "Delete")
    program.find("bulkDialog")
    listed = program.find("bulkList")
    expect(listed.rows() == 2, f"{listed.rows()} orders in the dialog")
    program.keys("Escape")
    program.gone("bulkDialog")

    program.focus("filterEdit")
    program.keys("End")
    xdotool("type", "--delay", "4", "--", " px>>")
    error = program.find("filterError")
    expect("Don't understand “px>>”. Try inst:btc, side:long, px>64000, age>1h." in error.name, f"X1 {error.name!r}")
    expect(len(program.rows()) == 2, "the last result did not stay")
    program.type_into("filterEdit", "nothing-has-this-name")
    program.find("emptyPage")
    program.press("clearFilterButton")
    program.until(lambda: "8 of 8 open" in program.label("orderCounter"), "8 of 8 open")
    program.focus("filterEdit")
    program.keys("e", "t", "h", "Escape")
    program.until(lambda: len(program.rows()) == 8, "Esc clears the filter")
    program.keys("Escape")
    program.until(lambda: program.focused() == "ordersTable", "a second Esc goes to the table")


@step(34, "Hide, move, sort columns, restart: same columns, order, sort")
def remembers_columns(walk):
    program = walk.program
    program.menu("View", "Columns", "Filled")
    program.until(lambda: program.cell("1947", "Filled").extents()[2] == 0, "Filled is hidden")
    program.menu("View", "Columns", "Leverage")
    program.until(lambda: program.cell("1947", "Leverage").extents()[2] > 0, "Leverage is shown")
    start, end = header_at(program, "Type"), header_at(program, "Instrument")
    xdotool("mousemove", str(start[0]), str(start[1]), "mousedown", "1", "sleep", "0.1",
            "mousemove", str(start[0] - 30), str(start[1]), "sleep", "0.1",
            "mousemove", str(end[0] - 30), str(end[1]), "sleep", "0.2", "mouseup", "1")

    def left(title):
        return program.cell("1947", title).extents()[0]
    program.until(lambda: left("Type") < left("Instrument"), "Type moved before Instrument")
    program.click(*header_at(program, "Price"))
    program.leave_table()
    program.until(lambda: program.rows()[0]["Order ID"].endswith("0093"), "sorted by price")

    program.keys("ctrl+q")
    program.process.wait(timeout=30)
    program = walk.start_again("--practice")
    program.until(lambda: len(program.rows()) == 8, "8 rows after the restart")
    expect(program.cell("1947", "Filled").extents()[2] == 0, "Filled is shown again")
    expect(program.cell("1947", "Leverage").extents()[2] > 0, "Leverage is hidden again")
    expect(left("Type") < left("Instrument"), "Type is back at its place")
    program.until(lambda: program.rows()[0]["Order ID"].endswith("0093"), "still sorted by price")
    program.menu("View", "Columns", "Reset columns")
    program.until(lambda: program.cell("1947", "Filled").extents()[2] > 0, "Reset columns shows Filled")
    program.until(lambda: program.rows()[0]["Order ID"].endswith("1947"), "oldest on top again")


@step(35, "Context menu: Copy order id, Copy row, Filter by this instrument")
def copies(walk):
    program = walk.program
    choose(program, "1947", "Copy order id")
    program.until(lambda: program.clipboard() == "P-33308741700001947", f"id copied, not {program.clipboard()!r}")
    choose(program, "0093", "Copy row")
    program.until(lambda: program.clipboard().startswith("1000PEPE-USDT"), "row copied")
    cells = program.clipboard().rstrip("\n").split("\t")
    expect(cells[3] == "0.0071230" and cells[4].startswith("2500 of 2500"), f"no plain numbers: {cells}")
    expect(cells[-1] == "P-33308741700000093", f"no full id at the end: {cells}")
    expect(bool(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", cells[7])), f"time {cells}")
    choose(program, "7715", "Filter by this instrument")
    program.until(lambda: "2 of 8 shown" in program.label("orderCounter"), "filtered by ETH-USDT")
    program.focus("filterEdit")
    program.keys("Escape")


def cut_texts(program):
    """Labels and buttons that are drawn smaller than their text wants, as far as the bus tells: outside the window."""
    left, top, width, height = program.find("mainWindow").extents()
    outside = []
    for seen in program.root.survey():
        if not seen.name or not seen.showing() or not ({"showing", "visible"} <= seen.states):
            continue
        try:
            if seen.node.role not in ("push button", "label", "text"):
                continue
            x, y, wide, high = seen.node.extents()
        except Gone:
            continue
        if wide > 0 and (x < left or y < top or x + wide > left + width + 1 or y + high > top + height + 1):
            outside.append((seen.name, (x, y, wide, high)))
    return outside


def turn_on_contrast(program):
    """Preferences ▸ Accessibility ▸ High contrast, and Reduce motion beside it."""
    program.keys("ctrl+comma")
    program.find("preferencesDialog")
    program.until(lambda: next((seen.node for seen in program.root.survey() if seen.name == "Accessibility"
                                and seen.node.role == "page tab"), None), "tab Accessibility").press()
    for name in ("prefContrast", "prefMotion"):
        program.press(name)
        program.until(lambda box=name: program.find(box).has("checked"), f"{name} checked")
    program.activate_dialog()
    program.keys("Escape")
    program.gone("preferencesDialog")


def below_the_screen(program):
    """Pixels of the window that lie below the screen's lower edge."""
    shown = program.until(lambda: command_output(["xwininfo", "-id", str(program.window_id())]), "the window's place")
    top, height = (int(re.search(rf"{what}: +(-?[0-9]+)", shown).group(1))
                   for what in ("Absolute upper-left Y", "Height"))
    return max(0, top + height - int(SCREEN.split("x")[1]))


@step(40, "Dark, high contrast, 200 %, reduced motion, screen-reader bus: nothing cut, words and arrows stay")
def looks(walk):
    pictures = os.path.join(walk.desktop.folder, "looks")
    for theme, scale in (("Light", "1"), ("Dark", "1"), ("Light", "2"), ("Dark", "2"), ("High contrast", "1"),
                         ("High contrast", "2")):
        program = walk.start("--practice", env={"QT_SCALE_FACTOR": scale})
        program.until(lambda: len(program.rows()) == 8, "8 rows")
        below = below_the_screen(program)
        expect(below == 0, f"{theme} {scale}: the window's lower {below} px are off the screen")
        if theme == "High contrast":
            turn_on_contrast(program)
        else:
            program.menu("View", "Theme", theme)
        program.find("ordersTable").take_focus()
        program.keys("ctrl+a", "sleep 0.3")
        sides = [row["Side"] for row in program.rows() if row.get("Side")]
        expect(len(sides) == 8 and all(side[0] in "▲▼" for side in sides), f"a side without arrow and word: {sides}")
        cut = cut_texts(program)
        expect(not cut, f"{theme} {scale}: outside of the window: {cut}")
        expect(program.cell("1947", "Action").extents()[2] > 0, "no Action column")
        if scale == "2":
            program.menu("View", "Group by", "Instrument")
            program.until(lambda: program.find("ordersTable").rows() == 12, "4 headings above 8 orders")
        program.screenshot(os.path.join(pictures, f"{theme.lower().replace(' ', '-')}-{scale}00.png"))
    # Grouped and at 200 %: nothing for other lines.
    walk.program.close()
    print("      pictures in", pictures, flush=True)
