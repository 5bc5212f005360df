"""Live steps around the cancels: first start, table, restart, power cut, second program, locked keyring, leaks."""

import os
import re
import subprocess

import session
from live_cancels import FIRST_ID, LAST_ID, cancel_a_row
from loopback_exchange import KEY, SECRET
from steps import expect, step

NAME = "Main account"


@step(1, "first start: welcome, connect, type name, key and secret, test, save: orders listed")
def connect(live):
    program = live.start()
    program.find("welcomePage")
    program.press("welcomeConnectButton")
    program.find("accountDialog")
    program.type_into("accountNameEdit", NAME)
    program.type_into("apiKeyEdit", KEY)
    program.type_into("secretEdit", SECRET)
    program.press("testConnectionButton")
    for line in (r"Reached (CoinW|127\.0\.0\.1:\d+)$", "Secure connection", "Key accepted", "50 open orders"):
        program.until(lambda wanted=line: program.shows_text(wanted), f"test result “{line}”")
    expect(not live.desktop.keyring_items(), "the test already stored the key")
    program.press("accountSaveButton")
    program.gone("accountDialog")
    program.until(lambda: len(program.rows()) == 50, "50 rows")
    program.until(lambda: program.title() == live.title(50), "title")
    program.until(lambda: "50 of 50 open" in program.label("orderCounter"), "counter")
    expect("TEST SERVER" in program.label("accountBadge"), "badge")
    expect(len(live.desktop.keyring_items()) == 1, "one keyring entry")
    expect("countermand/" in live.desktop.keyring_attributes(), "prefix of the keyring entry")


@step(2, "50 orders of 6 instruments; prices and ids digit for digit; Ctrl+C plain")
def table(live):
    program = live.program
    rows = program.rows()
    expect(len(rows) == 50 and len({row["Instrument"] for row in rows}) == 6, "50 orders, 6 instruments")
    first = program.row(FIRST_ID[-4:])
    expect(first["Price"] == "95,400.10", f"price {first['Price']!r}")
    expect(any(row["Price"] == "0.0000123" for row in rows), "0.0000123 in the table")
    for order_id, price in ((FIRST_ID, "95400.10"), (LAST_ID, None)):
        program.select(order_id[-4:])
        program.keys("ctrl+c")
        copied = program.until(lambda wanted=order_id: wanted in program.clipboard() and program.clipboard(),
                               f"{order_id} on the clipboard")
        expect(copied.count("\t") == 9 and "\n" not in copied.strip("\n"), f"copied row {copied!r}")
        expect(price is None or price in copied.split("\t"), f"copied row {copied!r}")
        expect(not re.search(r"\d,\d", copied), f"grouped numbers in {copied!r}")


@step(5, "restart reads the key from the keyring; the first DELETE finds an open connection")
def restart(live):
    program = live.start()
    program.until(lambda: program.title() == live.title(48), "title without asking for the key")
    expect(len(program.rows()) == 48, "48 rows")
    cancel_a_row(live, lambda tail: program.toast("Canceled", f"…{tail}"))


@step(10, "kill -9 between journal and answer: next start shows G7 and settles")
def power_cut(live):
    program, exchange = live.program, live.exchange
    exchange.script_cancel(do="hang", effect="normal")
    row = next(row for row in program.rows() if row["Type"] == "Limit" and "Cancel" in row["Action"])
    tail = row["Order ID"][-4:]
    program.cancel(tail)
    exchange.wait_for_cancel()
    live.note()
    program.kill()
    exchange.do("set", jitter_ms=[500, 700])
    try:
        program = live.start()
        program.banner("recovered", r"1 cancels? from last time had no answer")
        program.toast("Canceled (confirmed late)", f"…{tail}", 60)
        program.gone("banner_recovered", 30)
        expect(not program.listed(tail), "row gone")
        expect(len(exchange.cancels()) == 1, "a second DELETE was sent")
    finally:
        exchange.do("set", jitter_ms=[0, 0])
    program = live.start()
    program.until(lambda: len(program.rows()) > 30, "rows")
    program.never(lambda: program.find_now("banner_recovered"), "G7 again", 2)


@step(11, "a second program on the same data folder raises the first and ends")
def second_program(live):
    program = live.program
    window = program.window_id()
    subprocess.run(["xdotool", "windowminimize", str(window)], check=True, timeout=30)
    program.until(lambda: program.active_window() != window, "window minimized")
    second = subprocess.run([live.binary, "--data-dir", live.data, *live.arguments()], capture_output=True,
                            text=True, timeout=30, check=False)
    expect(second.returncode == 0, f"second program: {second}")
    program.until(lambda: program.active_window() == window, "first window raised")
    expect(program.process.poll() is None, "the first still runs")


@step(12, "keyring locked: unlock page, never “no keys”; unlocking brings the orders")
def locked(live):
    live.program.close()
    live.desktop.lock_keyring()
    program = live.start()
    program.find("unlockPage")
    program.until(lambda: program.shows_text("Your keys are in the system keychain, which is locked"), "H1")
    expect(not program.find_now("welcomePage"), "welcome page")
    expect(live.exchange.do("counts")["requests"] == 0, "requests while locked")
    expect(live.desktop.keyring_locked(), "the keychain's own prompt came unasked")
    live.desktop.start_unlock_prompt()
    windows = set(all_windows())
    program.press("unlockButton")
    prompt = program.until(lambda: next(iter(set(all_windows()) - windows), None), "the keyring's prompt")
    subprocess.run(["timeout", "30", "xdotool", "windowactivate", "--sync", prompt], check=True)
    subprocess.run(["xdotool", "type", "--delay", "10", session.KEYRING_PASSWORD], check=True, timeout=30)
    subprocess.run(["xdotool", "key", "Return"], check=True, timeout=30)
    program.until(lambda: program.title().startswith(f"{NAME} (TEST SERVER"), "orders after unlocking")
    program.until(lambda: len(program.rows()) > 30, "rows")


def all_windows():
    """The X ids of all visible windows that have a name."""
    return session.command_output(["xdotool", "search", "--onlyvisible", "--name", "."]).split()


@step(19, "in all steps: no limit overrun, no bad signature, HTTP/1.1 only, measured at the server")
def manners(live):
    program, exchange = live.program, live.exchange
    exchange.do("set", jitter_ms=[0, 150], seed=7)
    for _ in range(4):
        program.keys("F5")
    cancel_a_row(live, lambda tail: program.toast("Canceled", f"…{tail}"))
    exchange.do("set", jitter_ms=[0, 0])
    live.note()
    expect(not live.faults, f"{live.faults}")


@step(20, "no key, secret or signature in files, logs, titles and arguments")
def nothing_leaks(live):
    live.note()
    live.program.close()
    expect(len(live.signatures) > 20, f"only {len(live.signatures)} signatures were collected")
    needles = [KEY.encode(), SECRET.encode(), *(text.encode() for text in live.signatures)]
    searched, control = 0, 0
    for place, _, names in os.walk(live.desktop.folder):
        for name in names:
            path = os.path.join(place, name)
            if not os.path.isfile(path) or name.endswith(".png"):
                continue
            with open(path, "rb") as content:
                data = content.read()
            searched += 1
            control += NAME.encode() in data
            for needle in needles:
                expect(needle not in data, f"{leak_name(needle)} found in {path}")
    names = set(os.listdir(live.data))
    expect({"settings.ini", "journal.jsonl"} <= names, f"data folder holds {names}")
    expect("qt." in live.program.output(), "logging was not on")
    for needle in needles:
        expect(all(needle not in title.encode() for title in live.seen_titles), "leak in a title")
        expect(all(needle not in line for line in live.seen_arguments), "leak in the arguments")
    expect(control >= 1, "the profile's name was not found either: the search is broken")
    expect(searched >= 6, f"only {searched} files searched")


def leak_name(needle):
    """What was found, without repeating it."""
    return {KEY.encode(): "the key", SECRET.encode(): "the secret"}.get(needle, "a signature")
