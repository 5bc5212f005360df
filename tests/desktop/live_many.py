"""Live steps 13 and 14: several orders at once over the wire, counted at the server."""

import re

from many import batch_toast, bulk_armed
from steps import expect, step
from toastwatch import plain


def list_24_orders(live, instruments):
    """The exchange has 24 new orders of so many instruments, and the table shows them."""
    program = live.program
    program.leave_table()
    live.exchange.do("clear")
    live.exchange.generate(kind="plan", count=24, instruments=instruments, style="text")
    program.keys("F5")
    program.until(lambda: len(program.rows()) == 24, "24 rows")


def ask_for(live, count):
    """Asks about the first orders of the table, canceling the protective ones, too; returns their ids in the table's order."""
    program, exchange = live.program, live.exchange
    program.focus("ordersTable")
    program.leave_table()
    program.keys("ctrl+Home", "Down", "Up", *["shift+Down"] * (count - 1))
    listed = [order["id"] for kind in exchange.do("list")["orders"].values() for order in kind]
    program.keys("Delete")
    program.find("bulkDialog")
    # Orders that close a position are kept unless chosen.
    program.find("bulkCancelProtective").press()
    expect(f"Cancel {count} orders" in plain(program.find("bulkDialog").name), program.find("bulkDialog").name)
    tails = [plain(program.find("bulkList").cell(row, 6).name).rsplit("…", 1)[-1][-4:] for row in range(count)]
    return [next(identity for identity in listed if identity.endswith(tail)) for tail in tails]


def result_lines(program):
    """The lines of the result list by whole order id, each a dictionary by column."""
    program.find("batchListButton").press()
    table = program.find("batchListTable")
    lines = {}
    for cells in table.cell_names(range(table.rows()), range(table.columns())):
        line = dict(plain(cell).split(": ", 1) for cell in cells if ": " in plain(cell))
        lines[line["Order ID"]] = line
    return lines


def ask_again(live, label, failed):
    """Asks again for those that failed, by the button of the result list: exactly they are sent, one by one."""
    program, exchange = live.program, live.exchange
    exchange.do("reset")
    button = program.find("batchListRefusedButton")
    expect(plain(button.name) == label, button.name)
    button.press()
    dialog = program.find("bulkDialog")
    if program.find_now("bulkCancelProtective"):
        program.find("bulkCancelProtective").press()
    expect(f"Cancel {len(failed)} orders" in plain(dialog.name), dialog.name)
    program.activate_dialog()
    bulk_armed(program)
    program.find("bulkCancelButton").press()
    for _ in failed:
        program.toast("Canceled")
    sent = exchange.cancels()
    expect(sorted(re.search(r"\d+", request["body"]).group(0) for request in sent) == failed, f"only those: {sent}")
    program.find("batchListCloseButton").press()
    program.gone("batchListDialog")


@step(13, "8 orders, 3 refused, 1 filled: 4 / 1 / 3 by id with reasons; 20 by batch, 3 left open, 1 filled: 16 / 1 / 3")
def many(live):
    eight(live)
    twenty(live)


def eight(live):
    """Each has its own answer."""
    program, exchange = live.program, live.exchange
    list_24_orders(live, 4)
    asked = ask_for(live, 8)
    refused, filled = sorted(asked[2:5]), asked[7]
    for identity in refused:
        exchange.do("script", match={"endpoint": "DELETE /v1/perpum/order", "id": identity}, do="code", code=9111,
                    msg="not tradable")
    exchange.do("script", match={"endpoint": "DELETE /v1/perpum/order", "id": filled}, do="normal", effect="fill")
    bulk_armed(program)
    program.find("bulkCancelButton").press()
    text = batch_toast(program, "Finished with differences", 40)
    expect("4 canceled · 1 already gone · 3 failed · 0 unknown" in text, text)
    sent = exchange.cancels()
    expect(sorted(re.search(r"\d+", request["body"]).group(0) for request in sent) == sorted(asked), "each asked once")
    lines = result_lines(program)
    expect(sorted(lines) == sorted(asked), "every order by its whole id")
    for identity in refused:
        expect(lines[identity]["Code"] == "9111" and "not tradable" in lines[identity]["Message"], f"{lines[identity]}")
    expect("already filled" in lines[filled]["Outcome"], f"{lines[filled]}")
    canceled = [identity for identity, line in lines.items() if line["Outcome"].startswith("Canceled")]
    expect(len(canceled) == 4, f"{len(canceled)} canceled")
    ask_again(live, "Cancel the 3 refused…", refused)
    program.close_toasts()


def twenty(live):
    """One answer for all, code 0, which says nothing of any."""
    program, exchange = live.program, live.exchange
    list_24_orders(live, 4)
    asked = ask_for(live, 20)
    still, filled = sorted(asked[2:5]), asked[7]
    effects = {identity: "none" for identity in still} | {filled: "fill"}
    exchange.do("script", match={"endpoint": "DELETE /v1/perpum/batchOrders"}, do="normal", orders=effects)
    exchange.do("reset")
    program.find("bulkCountEdit").take_focus()
    program.type_text("20")
    bulk_armed(program)
    program.keys("Return")
    text = batch_toast(program, "Finished with differences", 40)
    expect("16 canceled · 1 already gone · 3 failed · 0 unknown" in text, text)
    sent = exchange.do("log", match={"method": "DELETE"})["requests"]
    expect([sorted(request["ids"]) for request in sent] == [sorted(asked)], f"one request for all: {sent}")
    lines = result_lines(program)
    expect(sorted(lines) == sorted(asked), "every order by its whole id")
    for identity in still:
        expect("still listed" in lines[identity]["Outcome"] and lines[identity]["Code"] == "0", f"{lines[identity]}")
    expect("already filled" in lines[filled]["Outcome"] and lines[filled]["Code"] == "0", f"{lines[filled]}")
    canceled = [identity for identity, line in lines.items() if line["Outcome"].startswith("Canceled")]
    expect(len(canceled) == 16, f"{len(canceled)} canceled")
    ask_again(live, "Cancel the 3 still open…", still)


@step(14, "a filter on: Cancel all shown (4)… sends exactly those 4 ids")
def all_shown(live):
    program, exchange = live.program, live.exchange
    list_24_orders(live, 6)
    btc = [order["id"] for kind in exchange.do("list")["orders"].values() for order in kind
           if order["instrument"].upper() == "BTC"]
    expect(len(btc) == 4, f"{len(btc)} orders of BTC")
    program.type_into("filterEdit", "inst:btc")
    program.until(lambda: len(program.rows()) == 4, "4 rows shown")
    exchange.do("reset")
    program.until(lambda: program.find("cancelAllButton").name == "Cancel all shown orders", "the button follows")
    program.press("cancelAllButton")
    dialog = program.find("bulkDialog")
    if program.find_now("bulkCancelProtective"):
        program.find("bulkCancelProtective").press()
    expect("Cancel 4 orders" in plain(dialog.name), dialog.name)
    program.activate_dialog()
    program.find("bulkCountEdit").take_focus()
    program.type_text("4")
    bulk_armed(program)
    program.keys("Return")
    batch_toast(program, "4 of 4 canceled.", 30)
    sent = exchange.do("log", match={"method": "DELETE"})["requests"]
    expect(sorted(identity for request in sent for identity in request["ids"]) == sorted(btc), f"those four: {sent}")
    expect(len(exchange.do("list")["orders"]["plan"]) == 20, "20 orders are left at the exchange")
    program.type_into("filterEdit", " ")
    program.until(lambda: len(program.rows()) == 20, "the others are still listed")
