"""Lines 28 to 31, 36, 37 and 41 of the walk: several orders at once, and the record of what happened."""

import csv
import os
import re
import time

from desktop import NotSeen
from many import batch_toast, bulk_armed, open_bulk, select_first
from steps import expect, step
from toastwatch import plain

KEPT = "5512"


@step("28", "three selected orders: one question, three toasts")
def three_orders(walk):
    program = walk.program
    select_first(program, 3)
    dialog = open_bulk(program, "Delete")
    expect("Cancel 3 practice orders" in plain(dialog.name), f"title: {dialog.name}")
    rows = program.find("bulkList").rows()
    expect(rows == 3, f"{rows} rows in the list")
    expect("cont." in program.label("bulkSummary"), "totals per instrument")
    button = program.find("bulkCancelButton")
    expect(plain(button.name) == "Cancel 3 practice orders", f"button: {button.name}")
    expect(program.find_now("bulkCountEdit") is None, "no number to type for three")
    bulk_armed(program)
    program.keys("ctrl+Return")
    program.gone("bulkDialog")
    for _ in range(3):
        program.toast("Canceled")
    expect(program.find_now("batchToast") is None, "three orders have a toast each")
    program.until(lambda: len(program.rows()) == 5, "5 rows left")


@step("29", "cancel all: protective order kept, number to type, wrong number does nothing")
def all_open(walk):
    program = walk.program
    open_bulk(program, "ctrl+shift+Delete")
    expect(program.find("bulkKeepProtective").has("checked"), "the protective order is kept by default")
    expect("1 protective order" in plain(program.find("bulkKeepProtective").name), "the question counts it")
    field = program.find("bulkCountEdit")
    program.until(lambda: field.has("focused"), "the number has the focus")
    expect(plain(field.name) == "Type 7 to confirm", f"field: {field.name}")
    program.type_text("7")
    bulk_armed(program)
    # Armed: from here on the number alone decides.
    program.keys("BackSpace")
    program.type_text("8")
    program.until(lambda: not program.find("bulkCancelButton").has("enabled"), "a wrong number turns the button off")
    program.keys("Return", "sleep 0.3")
    expect(program.find_now("bulkDialog"), "Enter on a wrong number does nothing")
    program.keys("Escape")
    program.gone("bulkDialog")
    program.toast("Kept")
    expect(len(program.rows()) == 8, "nothing was sent")


@step("30", "cancel all, the number typed: B1, B2, the protective order remains")
def type_the_number(walk):
    program = walk.program
    program.leave_table()
    open_bulk(program, "ctrl+shift+Delete")
    program.type_text("7")
    bulk_armed(program)
    program.keys("Return")
    program.gone("bulkDialog")
    batch_toast(program, "Canceling 7 orders")
    text = batch_toast(program, "7 of 7 canceled.")
    expect("Finished" in text, f"B2: {text}")
    program.until(lambda: len(program.rows()) == 1, "one row left")
    expect(program.listed(KEPT), f"…{KEPT} remains")
    program.find("batchListButton").press()
    table = program.find("batchListTable")
    expect(table.rows() == 7, f"{table.rows()} lines in the result list")
    program.find("batchListCloseButton").press()
    program.gone("batchListDialog")


@step("31", "fifteen orders, stopped while the rate limit pauses: B4, all still open")
def stop_in_the_middle(walk):
    program = walk.program
    before = {plain(row["Order ID"])[-4:] for row in program.rows()}
    program.practice("Add 15 orders")
    program.until(lambda: len(program.rows()) == 23, "23 rows")
    new = [plain(row["Order ID"])[-4:] for row in program.rows()]
    new = [tail for tail in new if tail not in before]
    expect(len(new) == 15, f"{len(new)} new orders")
    # Fifteen leave as one request: only a pause holds it back. The second refusal doubles that to six seconds.
    for tail in ("3155", "7828"):
        program.next_answer("Rate limit")
        program.cancel(tail)
        program.toast("Not canceled — too many requests", tail)
    program.select(new[0])
    program.find("ordersTable").take_focus()
    program.keys(*["shift+Down"] * 14)
    open_bulk(program, "Delete")
    expect("Cancel 15 practice orders" in plain(program.find("bulkDialog").name), "15 orders in the question")
    program.find("bulkCountEdit").take_focus()
    program.type_text("15")
    bulk_armed(program)
    program.keys("Return", "sleep 0.3", "ctrl+period")
    text = batch_toast(program, "not sent")
    canceled, not_sent = (int(part.split()[0]) for part in text.split("Stopped", 1)[1].strip().split(".")[0].split(", "))
    expect((canceled, not_sent) == (0, 15), f"all were kept back: {text}")
    expect(len(program.rows()) == 23, "all are still open")


@step("36", "Activity: every cancel, and its export")
def activity(walk):
    program = walk.program
    program.cancel("3155")
    program.toast("Canceled")
    program.next_answer("Rejected 9111")
    program.cancel("7828")
    program.toast("Not canceled — rejected")
    program.keys("F9")
    table = program.find("activityTable")
    with open(os.path.join(program.data_dir, "journal.jsonl"), encoding="utf-8") as journal:
        cancels = {line.split('"cancel":"')[1].split('"')[0] for line in journal}
    program.until(lambda: table.rows() == len(cancels), f"{len(cancels)} lines, {table.rows()} seen")
    program.find("ordersTable").take_focus()
    for _ in range(3):
        program.keys("F6", "sleep 0.2")
        if program.focused() == "activityTable":
            break
    program.keys("ctrl+Home", "Return")
    program.find("detailsDialog")
    program.until(lambda: plain(program.find("detailsValue_code").name).endswith("9111"), "the newest cancel's code")
    program.find("detailsCopyOrderButton").press()
    program.until(lambda: "Price\t3390" in program.clipboard(), f"the order to enter again: {program.clipboard()!r}")
    expect("Side\tOpen short" in program.clipboard() and "Size, contracts\t4" in program.clipboard(),
           f"the order to enter again: {program.clipboard()!r}")
    program.find("detailsCloseButton").press()
    program.gone("detailsDialog")
    program.find("activityExportButton").press()
    program.find("exportDialog")
    path = os.path.join(walk.desktop.folder, "activity.csv")
    program.keys("ctrl+a")
    program.type_text(path)
    program.keys("Return")
    program.until(lambda: os.path.exists(path), "the file")
    program.toast("Exported")
    with open(path, encoding="utf-8-sig", newline="") as written:
        text = written.read()
    rows = list(csv.DictReader(text.splitlines()))
    expect(len(rows) == len(cancels), f"{len(rows)} rows, {len(cancels)} cancels")
    rejected = [row for row in rows if row["Code"] == "9111"]
    expect(rejected and "rejected" in rejected[0]["Outcome"], f"the rejected one: {rejected}")
    for row in rows:
        expect(row["Time sent (UTC)"].endswith("Z") and row["Outcome"] and row["Latency (ms)"].isdigit(), f"{row}")
        expect(row["Environment"] == "practice" and row["Order ID"].startswith("'P-"), f"{row}")
    expect("api_key" not in text, "no key in the file")
    expect(not re.search(r"[A-Za-z0-9+/]{43}=", text), "no signature in the file")
    program.keys("F9")
    try:
        program.gone("activityTable", 3)
    except NotSeen:
        expect(not program.find("activityTable").has("showing"), "F9 hides the dock again")


@step("37", "F6 to a sticky toast, Esc: the toast leaves, focus back, the record stays in Activity")
def sticky_toast(walk):
    program = walk.program
    program.next_answer("Rejected 9111")
    program.cancel("3155")
    number = program.toast("Not canceled — rejected", "3155")
    program.find("ordersTable").take_focus()
    program.keys("F6")
    program.until(lambda: program.find(f"toast_{number}").has("focused"), "focus on the toast")
    program.keys("Escape")
    program.gone(f"toast_{number}")
    program.until(lambda: program.find("ordersTable").has("focused"), "focus back in the table")
    expect("rejected" in program.journal_line(), "the record is kept")
    program.keys("F9")
    table = program.find("activityTable")
    program.until(lambda: any("9111" in plain(cell) for row in table.cell_names(range(1), range(table.columns()))
                              for cell in row), "the newest line of the Activity")
    program.keys("F9")


@step("41", "Instant cancel (beyond the design's walk): asks once to be on, a mark, plain orders only, off by its mark")
def instant_cancel(walk):
    program = walk.program
    began = time.monotonic()
    program.keys("ctrl+comma")
    program.find("preferencesDialog")
    program.activate_dialog()
    program.keys("alt+s")
    program.find("prefInstantCancel").press()
    program.find("instantKeepButton")
    expect(not program.find("prefInstantCancel").has("checked"), "not on before the question is answered")
    program.find("instantOnButton").press()
    program.gone("instantCancelDialog")
    program.until(lambda: program.find("prefInstantCancel").has("checked"), "on")
    program.find("preferencesCloseButton").press()
    program.gone("preferencesDialog")
    program.find("instantCancelChip")
    program.select("3155")
    # Right after an account was opened even a plain order is asked about.
    program.until(lambda: time.monotonic() - began > 5.2, "the account open for more than five seconds")
    described = {tail: (lambda tail=tail: program.cell(tail, "Action").description) for tail in ("3155", "1947")}
    program.until(lambda: described["3155"]().startswith("cancels at once (instant cancel)"), "the row says so")
    expect(described["1947"]().startswith("asks first"), described["1947"]())
    # Assistive tools press without aiming: they are asked.
    program.cell("3155", "Action").press()
    program.find("confirmDialog")
    program.keep()
    program.keys("Delete")
    program.toast("Canceled", "3155")
    expect(program.find_now("confirmDialog") is None, "no question for a plain order")
    for tail, why in (("1947", "partly filled"), ("5512", "protective")):
        program.ask(tail)
        expect(program.facts(), f"{why}: asked about")
        program.keep()
    select_first(program, 2)
    open_bulk(program, "Delete")
    program.keys("Escape")
    program.gone("bulkDialog")
    program.find("instantCancelChip").press()
    program.gone("instantCancelChip")
    program.ask("5620")
    program.keep()
