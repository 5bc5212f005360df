#!/usr/bin/python3
"""A CoinW-shaped futures exchange on loopback sockets, for tests and for playing.

It checks signatures on its own, serves HTTP/1.1 or HTTPS, and misbehaves on command. Python 3.11, standard library only;
TLS needs the `openssl` program.

Start
    exchange.py [--tls] [--certificate good|untrusted|wrong-host|self-signed] [--host 127.0.0.1|::1]
                [--control-port 0] [--orders N --instruments M]
    prints one JSON line when ready: {"port", "control", "url"} and with --tls "ca" (file of the authority to trust; with
    another certificate than "good" that authority did not sign the server's). It ends when its standard input closes, on
    SIGTERM, SIGINT or the command `stop`. Playing: start it in a terminal and give its url (and ca) to the program.

Control port: one JSON object per line in, one per line out, in the order in which they finish. Every answer has "ok" (and
"error" when false) and repeats "seq" if the command had one. Times are CLOCK_MONOTONIC in ms, comparable between processes.
Rows are stored and sent digit for digit: 95400.10 stays 95400.10. A caller whose JSON has no exact numbers writes the text
"num:95400.10" instead.

  Settings   {"cmd":"set", ...}    any of (defaults in loopback/market.py):
    key, secret, more_keys {key: secret} · permissions {"read":bool,"trade":bool} (false: 6003) · clock_tolerance_ms · date_offset_ms (the exchange's
    clock and Date header) · send_date · rtt_ms (half before acting, half after) · jitter_ms [low,high] with seed ·
    idle_close_ms, max_requests (per connection; announce_close: with "Connection: close") · enforce_limits (29001 when a
    window is overrun) · chunked, gzip · loose (execute lists plan orders too) · page_cap, total_is_zero ·
    quantity_shape "object"|"int", quantity_kinds, quantity_value · cancel_msg · repeat_page (every page is the first) ·
    page_of {positionType or "moveTPSL": {"rows":3,"total":6}} (a page with so many rows where a bare array is documented)
    Records are as CoinW's pages have them. Where those are silent: rich_deals (deals with tradePiece, cancelPiece, avgPrice) ·
    deal_kinds (kinds whose cancellation leaves a row in deals) · whole_seconds (dates) · records_late_ms (when they show)
  Orders     kinds: plan, execute, stopProfitLoss, moveTPSL, planTrigger
    {"cmd":"orders","kind":K,"rows":[…]}         replaces one kind        {"cmd":"add","kind":K,"rows":[…]}
    {"cmd":"update","id":I,"changes":{…},"without":[…]}                   {"cmd":"remove","id":I}   gone without a trace
    {"cmd":"generate","counts":{K:n} or "kind","count","instruments":M|[names],"style":"numbers"|"text"|"mixed","seed",
     "first_id","specials","replace":true}       first id 33308749002645666 (BTC, price 95400.10), last of the first kind
                                                 9223372036854775807; 1000PEPE, the sixth instrument, has price 0.0000123
    {"cmd":"fill","id":I,"price"} · {"cmd":"partfill","id":I,"pieces":n} · {"cmd":"cancel","id":I} (by somebody else) ·
    {"cmd":"trigger","id":I} (conditional becomes limit, same id) · {"cmd":"clear"}
    {"cmd":"busy","instrument":N,"count":n}      so many later trades of other orders
    {"cmd":"ended","deals":[…],"history":[…]}    adds rows as they are    {"cmd":"instruments"|"tickers","rows":[…]}
    {"cmd":"positions","rows":[…]|null}          of positions/all as they are; null, as at the start: one that fits for
                                                 each order that closes one. positions_null: none is null, not []
    {"cmd":"list"}                               → orders by kind, deals, history
  Behaviours {"cmd":"script","match":{…},"times":1,"skip":0,"do":…, …}
    match: endpoint ("DELETE /v1/perpum/order"), method, path, id, positionType, instrument, target, signed, conn.
    times: how many matching requests (0: all from now on); skip: let so many pass first. First come, first used.
    do: normal      orderly answer
        code        {"code","msg","form":"msg"|"message","data"}; default code 0
        body        "text" verbatim, "content_type" ("" with "status":503 is an empty 5xx)
        html        an HTML page, "status" 502 unless given
        redirect    "location", "status" 302 unless given
        hang        no answer until `release` or until the client leaves
        close       "when":"head" before the body is read, else after it; "how":"fin"|"cut" (no TLS goodbye)|"rst"
        truncate    orderly answer cut after "at" bytes of its "of":"body"|"reply", then closed ("how")
        statuspart  "text" (default "HTTP/1.1 2"), then closed      garbage  "bytes" random bytes, then closed
        bytes       "base64" on the wire, then closed
    effect on the orders named by a DELETE, before the answer: "normal" (the orderly one; default for normal, truncate,
        statuspart), "none" (default for the rest), "fill" (filled meanwhile: orderly answer then 9012), "part:<contracts>"
        (so many filled, the rest canceled by this request), "cancel" (canceled by somebody else meanwhile), "vanish";
        "orders":{id: effect} for single orders of a batch; "effect_after_ms" lets it happen later than the answer
    also: status, headers, delay_before_ms (before acting), delay_ms (after), date_offset_ms (this Date only), close_after,
        drip {"bytes","every_ms"}, chunked, gzip, how, trigger (the conditional order of that id triggers as soon as the
        answer has been put together)
    Recipes: accepted, still listed: do code (effect none). Accepted, yet filled: do code, effect fill. Filled, 9012: do
        normal, effect fill. Act, then hang up: do close, effect normal. Act, then hang: do hang, effect normal.
        Stale clock: set date_offset_ms 90000. Rate limit: do code, code 29001. Permission: do code, code 6003.
    {"cmd":"unscript"} · {"cmd":"pending"} → unused one-shots · {"cmd":"release"} lets hanging requests have their answer
    {"cmd":"offline","on":bool,"how"} closes port and connections, later opens the same port
    {"cmd":"blackhole","on":bool,"full":bool,"drop":bool} neither accepts nor reads; full: SYNs are dropped as well, drop
    (with on false): what waited is lost · {"cmd":"close","which":"all"|"idle","how"}
  What happened
    {"cmd":"log","match","since":n} → requests: n, conn, nth_on_connection, arrived (first byte), complete, acted, replied,
        client_left, method, path, endpoint, query, target, version, headers [[name,value]], body, ids, flags, signed,
        signature ("ok", why not, null when public), timestamp, skew_ms, alpn, tls_records (application-data records that
        carried it), over_limit, answer, status, code
        flags: no-content-length, transfer-encoding, content-type-not-json, query-outside-get, no-body, body-in-get,
        empty-query, header-spelling, expect, key-in-public-request
    {"cmd":"connections"} → conn, opened, ready (TLS done), closed, closed_by, alpn, tls, tls_error, requests, late_bytes
    {"cmd":"counts"} → accepted, open, ready, h2, tls_failed, malformed, requests, endpoints, bad_signatures, flagged
    {"cmd":"windows"} → most arrivals in any 1, 2 and 10 s: all, signed, endpoints; "over": limits that were overrun
    {"cmd":"wait","what":"requests"|"replies"|"left"|a name of counts,"match","count":1,"since","at_most":bool,
     "timeout_ms":5000} → count, timed_out
    {"cmd":"reset"} forgets requests and counts; {"cmd":"fresh"} everything: as just started, same port, no orders,
    connections reset · {"cmd":"ping"} → clocks · {"cmd":"stop"}

The cancel takes the id as text only (a number is refused with 9016): that is how the program must send it.
A client that negotiates HTTP/2 is counted ("h2") and the connection closed.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
from loopback import certs, generate  # noqa: E402  (after dont_write_bytecode, so that the source tree stays clean)
from loopback.control import Control  # noqa: E402
from loopback.server import Server  # noqa: E402


def options():
    parser = argparse.ArgumentParser(description="CoinW-shaped exchange on loopback sockets")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--certificate", choices=certs.KINDS, default="good")
    parser.add_argument("--host", choices=("127.0.0.1", "::1"), default="127.0.0.1")
    parser.add_argument("--control-port", type=int, default=0)
    parser.add_argument("--orders", type=int, default=0)
    parser.add_argument("--instruments", type=int, default=6)
    return parser.parse_args()


def watch_stdin(loop, stop):
    """Standard input may be a file or a pipe, and only a thread can wait for the end of either."""
    def run():
        try:
            while os.read(0, 4096):
                pass
        except OSError:
            pass
        try:
            loop.call_soon_threadsafe(stop.set)
        except RuntimeError:
            pass
    threading.Thread(target=run, daemon=True).start()


async def run(chosen, folder):
    ready, context = {}, None
    if chosen.tls:
        ready["ca"], context = certs.make(folder, chosen.certificate)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    server = Server(chosen.host, context)
    if chosen.orders:
        names = generate.instrument_names(chosen.instruments)
        server.market.book.add("plan", generate.rows("plan", chosen.orders, names))
        server.market.know(names)
    server.open()
    control = await Control(server, stop).open(chosen.control_port)
    host = "[::1]" if chosen.host == "::1" else chosen.host
    ready.update(port=server.port, control=control, url=f"{'https' if chosen.tls else 'http'}://{host}:{server.port}")
    print(json.dumps(ready), flush=True)
    watch_stdin(loop, stop)
    await stop.wait()
    await server.shut("rst")


def main():
    chosen = options()
    with tempfile.TemporaryDirectory(prefix="loopback-exchange-") as folder:
        try:
            asyncio.run(run(chosen, folder))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"exchange.py: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
