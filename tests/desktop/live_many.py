"""Live step 13: twenty orders at once, three refused, one filled meanwhile, over the wire."""

import re

from many import batch_toast, bulk_armed
from steps import expect, step
from toastwatch import plain


@step(13, "20 orders, 3 refused, 1 filled meanwhile: 16 / 3 / 1 by id; only the 3 are asked for again")
def many(live):
    program, exchange = live.program, live.exchange
    program.leave_table()
    exchange.do("clear")
    exchange.do("generate", kind="plan", count=24, instruments=4, style="text")
    program.keys("F5")
    program.until(lambda: len(program.rows()) == 24, "24 rows")
    program.focus("ordersTable")
    program.leave_table()
    program.keys("ctrl+Home", "Down", "Up", *["shift+Down"] * 19)
    listed = [order["id"] for kind in exchange.do("list")["orders"].values() for order in kind]
    program.keys("Delete")
    program.find("bulkDialog")
    # Orders that close a position are kept unless chosen.
    program.find("bulkCancelProtective").press()
    expect("Cancel 20 orders" in plain(program.find("bulkDialog").name), program.find("bulkDialog").name)
    tails = [plain(program.find("bulkList").cell(row, 6).name).rsplit("…", 1)[-1][-4:] for row in range(20)]
    asked = [next(identity for identity in listed if identity.endswith(tail)) for tail in tails]
    refused, filled = sorted(asked[2:5]), asked[7]
    for identity in refused:
        exchange.do("script", match={"endpoint": "DELETE /v1/perpum/order", "id": identity}, do="code", code=9111,
                    msg="not tradable")
    exchange.do("script", match={"endpoint": "DELETE /v1/perpum/order", "id": filled}, do="normal", effect="fill")
    program.find("bulkCountEdit").take_focus()
    program.type_text("20")
    bulk_armed(program)
    program.keys("Return")
    text = batch_toast(program, "Finished with differences", 40)
    expect("16 canceled · 1 already gone · 3 failed · 0 unknown" in text, text)
    sent = exchange.cancels()
    expect(sorted(re.search(r"\d+", request["body"]).group(0) for request in sent) == sorted(asked), "each asked once")

    program.find("batchListButton").press()
    table = program.find("batchListTable")
    lines = {}
    for cells in table.cell_names(range(table.rows()), range(table.columns())):
        line = dict(plain(cell).split(": ", 1) for cell in cells if ": " in plain(cell))
        lines[line["Order ID"]] = line
    expect(sorted(lines) == sorted(asked), "every order by its whole id")
    for identity in refused:
        expect(lines[identity]["Code"] == "9111" and "not tradable" in lines[identity]["Message"], f"{lines[identity]}")
    expect("already filled" in lines[filled]["Outcome"], f"{lines[filled]}")
    canceled = [identity for identity, line in lines.items() if line["Outcome"].startswith("Canceled")]
    expect(len(canceled) == 16, f"{len(canceled)} canceled")

    exchange.do("reset")
    program.find("batchListRefusedButton").press()
    dialog = program.find("bulkDialog")
    if program.find_now("bulkCancelProtective"):
        program.find("bulkCancelProtective").press()
    expect("Cancel 3 orders" in plain(dialog.name), dialog.name)
    program.activate_dialog()
    bulk_armed(program)
    program.find("bulkCancelButton").press()
    for _ in range(3):
        program.toast("Canceled")
    sent = exchange.cancels()
    expect(sorted(re.search(r"\d+", request["body"]).group(0) for request in sent) == refused, f"only the three: {sent}")
    program.find("batchListCloseButton").press()
    program.gone("batchListDialog")
