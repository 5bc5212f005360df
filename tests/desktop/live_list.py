"""Live steps 15 and 16: a list that is whole, or says what it lacks; a line that goes away and comes back."""

import re
import time

from steps import expect, step

READS = {"method": "GET"}


@step(15, "137 orders over kinds and pages; the server counts 140: “137 of 140 open ⚠”, scan, stop")
def whole_list(live):
    live.exchange.generate(instruments=["BTC"],
                           counts={"plan": 55, "execute": 2, "stopProfitLoss": 6, "moveTPSL": 4, "planTrigger": 70})
    live.exchange.do("set", quantity_value=140)
    try:
        program = live.start()
        program.until(lambda: len(program.rows()) == 137, "137 rows", 30)
        program.until(lambda: "137 of 140 open ⚠" in program.label("orderCounter"), "counter", 30)
        program.banner("count", r"^CoinW reports 140 open orders, 137 are listed\.$")
        expect("— at least 137 open orders —" in program.title(), program.title())
        for text in (program.label("orderCounter"), program.title()):
            expect(not re.search(r"\ball\b", text, re.I), f"“all” in {text!r}")
        program.press("bannerAction_count")
        program.banner("scan", r"^Scanning… \d of 6 instruments\.$")
        program.press("bannerAction_scan")
        program.gone("banner_scan")
        program.press("bannerAction_count")
        program.banner("scan", r"^Scanning… 3 of 6 instruments\.$")
        program.gone("banner_scan")
        scanned = [request["target"] for request in live.exchange.do("log")["requests"]
                   if "planTrigger" in request["target"]]
        for name in ("ETH", "SOL", "XRP", "DOGE", "1000PEPE"):
            expect(any(f"instrument={name}&" in target for target in scanned), f"{name} was not scanned")
        live.note()
    finally:
        live.exchange.do("set", quantity_value=None)
    program.until(lambda: "137 of 137 open" in program.label("orderCounter"), "counter when the counts agree", 30)


@step(16, "server gone: offline in 5 s, dead line: in 10 s, 5xx: reads slow down, a cancel goes; each time back without a click")
def away_and_back(live):
    program, exchange = live.program, live.exchange
    if not program or program.process.poll() is not None:
        program = live.start()
    program.until(lambda: len(program.rows()) > 30, "rows", 30)
    tail = next(row for row in program.rows() if row["Type"] == "Limit" and "Cancel" in row["Action"])["Order ID"][-4:]
    program.select(tail)
    button = program.find("cancelSelectedButton")
    program.until(lambda: button.has("enabled"), "Cancel selected enabled")

    # Half as long again as it may take on a quiet machine.
    for what, command, limit in (("refused", {"cmd": "offline"}, 7.5),
                                 ("dead line", {"cmd": "blackhole", "full": True}, 15)):
        # With every connection in use as in a long session.
        program.until(lambda: program.label("statusConnection").endswith("Connected"), "connected")
        exchange.do(**command, on=True)
        began = time.monotonic()
        program.banner("offline", "^Offline")
        took = time.monotonic() - began
        print(f"      {what}: offline after {took:.1f} s", flush=True)
        expect(took <= limit, f"{what}: offline after {took:.1f} s")
        program.until(lambda: not button.has("enabled") and "Offline" in button.description, "disabled, with the reason")
        expect(len(program.rows()) > 30, "the list stays")
        exchange.do(**command, on=False, drop=True)
        program.gone("banner_offline")
        program.until(lambda: button.has("enabled"), "Cancel selected enabled again")

    exchange.do("script", match=READS, times=0, do="html", status=503)
    program.banner("refused", r"^CoinW answers HTTP 503 since \d\d:\d\d:\d\d\. Reading every 16 s\.$", 60)
    expect(not program.find_now("banner_offline"), "5xx is not offline")
    exchange.do("reset")
    program.cancel(tail)
    program.toast("Cancel accepted", f"…{tail}")
    expect(len(exchange.cancels()) == 1, "one DELETE")
    exchange.do("unscript")
    program.gone("banner_refused", 30)
    # Its end is told here, and not by the program that the next step starts.
    program.toast("Canceled", f"…{tail}", 60)
    program.until(lambda: not program.listed(tail), "the canceled row leaves", 30)
    live.note()
