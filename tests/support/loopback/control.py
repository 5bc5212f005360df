"""The control port: one JSON object per line in, one per line out. The commands are described in ../exchange.py."""

import asyncio
import json
import random

from . import generate
from .book import KINDS
from .market import DEFAULTS
from .verbatim import dumps, loads

_LINE_LIMIT = 1 << 28


class Control:
    def __init__(self, server, stop):
        self._server, self._stop = server, stop
        self._listener = None
        self._tasks = set()

    async def open(self, port):
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=_LINE_LIMIT)
        return self._listener.sockets[0].getsockname()[1]

    async def _serve(self, reader, writer):
        # Each line is its own task: a long wait must not hold up the commands that make it come true.
        try:
            while line := await reader.readline():
                task = asyncio.create_task(self._line(line, writer))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        except (OSError, ValueError):
            pass
        finally:
            writer.close()

    async def _line(self, line, writer):
        answer = {}
        try:
            command, exact = json.loads(line), loads(line)
            if "seq" in command:
                answer["seq"] = command["seq"]
            handler = getattr(self, "_do_" + str(command.get("cmd")), None)
            if handler is None:
                raise ValueError("no such command")
            answer.update({"ok": True, **(await handler(command, exact) or {})})
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
            answer.update({"ok": False, "error": f"{type(error).__name__}: {error}"})
        writer.write((dumps(answer) + "\n").encode())
        try:
            await writer.drain()
        except OSError:
            pass

    # --- settings, orders ---

    async def _do_ping(self, _command, _exact):
        return {"monotonic_ms": asyncio.get_running_loop().time() * 1000, "exchange_ms": self._server.exchange_ms()}

    async def _do_set(self, command, _exact):
        changes = {k: v for k, v in command.items() if k not in ("cmd", "seq")}
        unknown = set(changes) - set(DEFAULTS)
        if unknown:
            raise ValueError("unknown setting: " + ", ".join(sorted(unknown)))
        self._server.settings.update(changes)
        if "seed" in changes:
            self._server.chance = random.Random(changes["seed"])
        return {"settings": self._server.settings}

    async def _do_orders(self, command, exact):
        self._server.market.book.replace(command["kind"], exact["rows"])
        return self._open_count()

    async def _do_add(self, command, exact):
        self._server.market.book.add(command["kind"], exact["rows"])
        return self._open_count()

    async def _do_update(self, command, exact):
        book = self._server.market.book
        return self._found(book.update(str(command["id"]), exact.get("changes", {}), command.get("without", ())))

    async def _do_remove(self, command, _exact):
        return self._found(self._server.market.book.remove(str(command["id"])))

    async def _do_clear(self, _command, _exact):
        self._server.market.book.clear()
        return self._open_count()

    async def _do_generate(self, command, _exact):
        market = self._server.market
        if command.get("replace", True):
            market.book.clear()
        names = command.get("instruments", 6)
        names = generate.instrument_names(names) if isinstance(names, int) else names
        counts = command.get("counts") or {command.get("kind", "plan"): command.get("count", 50)}
        options = {k: command[k] for k in ("style", "seed", "first_id", "specials") if k in command}
        serial = 0
        for kind in KINDS:
            if counts.get(kind):
                # Ids step by 7: 10 per row keeps the kinds apart.
                market.book.add(kind, generate.rows(kind, counts[kind], names, serial=serial, **options))
                serial += counts[kind] * 10
        market.know(names)
        return {**self._open_count(), "instruments": names}

    async def _do_list(self, _command, _exact):
        return {"orders": {kind: self._server.market.book.rows(kind) for kind in KINDS},
                **{which: self._server.market.book.records(which, None, self._server.exchange_ms())
                   for which in ("deals", "history")}}

    async def _do_ended(self, _command, exact):
        self._server.market.book.add_records(exact.get("deals", []), exact.get("history", []))

    async def _do_busy(self, command, _exact):
        self._server.market.book.busy(command["instrument"], int(command["count"]), self._server.exchange_ms())

    async def _do_positions(self, _command, exact):
        self._server.market.positions = exact["rows"]

    async def _do_instruments(self, _command, exact):
        self._server.market.instruments = exact["rows"]

    async def _do_tickers(self, _command, exact):
        self._server.market.tickers = exact["rows"]

    async def _do_fill(self, command, _exact):
        return self._found(self._server.market.book.fill(str(command["id"]), self._server.exchange_ms(), command.get("price")))

    async def _do_partfill(self, command, _exact):
        book = self._server.market.book
        return self._found(book.part_fill(str(command["id"]), str(command["pieces"]), self._server.exchange_ms()))

    async def _do_cancel(self, command, _exact):
        return self._found(self._server.market.book.cancel(str(command["id"]), self._server.exchange_ms()))

    async def _do_trigger(self, command, _exact):
        return self._found(self._server.market.book.trigger(str(command["id"]), self._server.exchange_ms()))

    def _open_count(self):
        return {"open": self._server.market.book.count(KINDS)}

    @staticmethod
    def _found(found):
        if not found:
            raise ValueError("no such order")
        return {}

    # --- behaviours ---

    async def _do_script(self, command, exact):
        if "data" in command:
            command["data"] = exact["data"]
        self._server.script.add(command)
        return {"pending": self._server.script.pending()}

    async def _do_unscript(self, _command, _exact):
        self._server.script.clear()

    async def _do_pending(self, _command, _exact):
        return {"pending": self._server.script.pending()}

    async def _do_release(self, _command, _exact):
        self._server.release()

    async def _do_offline(self, command, _exact):
        if command.get("on", True):
            await self._server.shut(command.get("how", "fin"))
        else:
            self._server.open()

    async def _do_blackhole(self, command, _exact):
        on = command.get("on", True)
        if not on:
            await self._server.fill_queue(False)
            if command.get("drop"):
                # Closing the port as well drops what waits in its queue.
                await self._server.shut(command.get("how", "rst"))
                self._server.open()
        self._server.silence(on)
        if on and command.get("full"):
            await self._server.fill_queue(True)

    async def _do_close(self, command, _exact):
        return {"closed": await self._server.hang_up(command.get("which", "all"), command.get("how", "fin"))}

    async def _do_fresh(self, _command, _exact):
        await self._server.fresh()

    # --- what happened ---

    async def _do_log(self, command, _exact):
        return {"requests": self._server.log.select(command.get("match"), command.get("since", 0))}

    async def _do_connections(self, _command, _exact):
        return {"connections": self._server.log.connections}

    async def _do_counts(self, _command, _exact):
        return self._server.log.counts()

    async def _do_windows(self, _command, _exact):
        return self._server.log.windows()

    async def _do_reset(self, _command, _exact):
        self._server.log.reset()

    async def _do_wait(self, command, _exact):
        count, late = await self._server.log.wait(
            command.get("what", "requests"), command.get("match"), command.get("count", 1), command.get("since", 0),
            command.get("timeout_ms", 5000), command.get("at_most", False))
        return {"count": count, "timed_out": late}

    async def _do_stop(self, _command, _exact):
        self._stop.set()
