"""One accepted connection: reads requests one after the other and answers them, well or badly."""

import asyncio
import base64
import collections
import json
import random
import socket
import struct
import traceback

from . import http1, signing
from .log import now
from .market import refusal
from .transport import Plain, Tls
from .verbatim import dumps

_HTML = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>"


class Connection:
    def __init__(self, server, sock, record):
        self._server, self._sock, self.record = server, sock, record
        self._transport = Tls(server.tls) if server.tls else Plain()
        if not server.tls:
            record["ready"] = record["opened"]
        self._buffer = b""
        self._start = 0
        self._marks = collections.deque()
        self._fed = asyncio.Event()
        self._gone = asyncio.Event()
        self._sending = asyncio.Lock()
        self._closing = False
        self._current = None
        self._reader = asyncio.create_task(self._read())
        self._worker = asyncio.create_task(self._work())

    # --- bytes ---

    async def _read(self):
        loop = asyncio.get_running_loop()
        try:
            while not self._gone.is_set():
                data = await loop.sock_recv(self._sock, 65536)
                await self._server.flowing.wait()
                if not data:
                    break
                await self._take(data)
        except OSError:
            pass
        if self.record["closed_by"] is None:
            self.record["closed_by"] = "client"
        if self._current is not None and self._current["replied"] is None:
            self._current["client_left"] = now()
        self._gone.set()
        self._fed.set()
        await self._server.log.tell()

    async def _take(self, data):
        if self._closing:
            self.record["late_bytes"] += len(data)
            return
        plain, out = self._transport.feed(data)
        if out:
            await self._send_raw(out)
        if self._transport.failed is not None:
            self.record["tls_error"] = self._transport.failed
            self.record["closed_by"] = "server"
            self._server.log.tls_failed += 1
            self._gone.set()
            return
        if self._transport.ready and self.record["ready"] is None:
            self.record.update(ready=now(), alpn=self._transport.alpn, tls=self._transport.version)
            if self._transport.alpn == "h2":
                self._server.log.h2 += 1
                self.record["closed_by"] = "server"
                self._gone.set()
            await self._server.log.tell()
        for text, records in plain:
            self._buffer += text
            self._marks.append((self._start + len(self._buffer), now(), records))
        if self._transport.closed_by_peer:
            self._gone.set()
        self._fed.set()

    async def _send_raw(self, data):
        async with self._sending:
            await asyncio.get_running_loop().sock_sendall(self._sock, data)

    async def _send(self, data):
        if data:
            await self._send_raw(self._transport.wrap(data))

    async def _more(self):
        """Waits for more bytes; false when none can come."""
        if self._gone.is_set():
            return False
        self._fed.clear()
        await self._fed.wait()
        return True

    def _cut(self, length):
        """Takes `length` bytes off the buffer; gives (time of the first byte, TLS records that carried them)."""
        end, arrived, records = self._start + length, self._marks[0][1], 0
        while self._marks:
            mark = self._marks[0]
            records += mark[2]
            if mark[0] > end:
                break
            self._marks.popleft()
            if mark[0] == end:
                break
        self._buffer, self._start = self._buffer[length:], end
        return arrived, records

    # --- requests ---

    async def _work(self):
        try:
            while await self._one():
                limit = self._server.settings["max_requests"]
                if limit and self.record["requests"] >= limit:
                    break
            await self.close("fin")
        except http1.BadRequest:
            self._server.log.malformed += 1
            await self.close("fin")
        except OSError:
            await self.close("fin")
        except Exception:
            # A mistake in this program must show in the test's output and must not leave the client hanging.
            traceback.print_exc()
            await self.close("rst")

    async def _idle(self):
        """Waits for the first byte of a request; false when the connection is to end."""
        while not self._buffer:
            limit = self._server.settings["idle_close_ms"]
            try:
                async with asyncio.timeout(limit / 1000 if limit else None):
                    if not await self._more():
                        return False
            except TimeoutError:
                return False
        return True

    async def _one(self):
        if not await self._idle():
            return False
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > 65536:
                raise http1.BadRequest("endless header")
            if not await self._more():
                return False
        request = http1.Request(self._buffer[:end])
        self.record["requests"] += 1
        entry = self._current = self._server.begin(request, self.record, self._marks[0][1])
        try:
            step = self._server.script.take(entry, head_only=True)
            if step is not None:
                entry["arrived"], entry["tls_records"] = self._cut(end + 4)
                entry["complete"] = now()
                entry["answer"] = "close"
                await self._server.log.tell()
                await self.close(step.get("how", "fin"))
                return False
            if not await self._body(request, entry, end + 4):
                return False
            return await self._handle(request, entry)
        finally:
            self._current = None
            await self._server.log.tell()

    async def _body(self, request, entry, start):
        length = request.body_length()
        while True:
            if length is not None and len(self._buffer) >= start + length:
                request.body, whole = self._buffer[start:start + length], start + length
                break
            chunks = http1.chunked_length(self._buffer[start:]) if length is None else None
            if chunks is not None:
                whole, request.body = start + chunks[0], chunks[1]
                break
            if not await self._more():
                entry["client_left"] = now()
                return False
        entry["arrived"], entry["tls_records"] = self._cut(whole)
        entry["complete"] = now()
        self._server.complete(request, entry)
        await self._server.log.tell()
        return True

    async def _handle(self, request, entry):
        server, settings = self._server, self._server.settings
        refused, words = signing.verdict(request, settings, server.exchange_ms())
        public = server.market.is_public(request.path)
        entry["signature"] = None if public and not entry["signed"] else words
        refused = 0 if public else refused
        entry["over_limit"] = server.market.gate.overrun(entry["endpoint"], entry["signed"], entry["arrived"])
        step = server.script.take(entry, head_only=False)
        if step is None:
            over = settings["enforce_limits"] and entry["over_limit"]
            step = {"do": "code", "code": 29001, "effect": "none"} if over else {"do": "normal", "effect": "normal"}
        entry["answer"], do = step["do"], step["do"]
        await asyncio.sleep((settings["rtt_ms"] / 2 + step.get("delay_before_ms", 0)) / 1000)
        status, body = self._perform(request, step, refused)
        entry["acted"] = now()
        low, high = settings["jitter_ms"]
        await asyncio.sleep((settings["rtt_ms"] / 2 + server.chance.uniform(low, high) + step.get("delay_ms", 0)) / 1000)
        if do == "hang":
            if not await self._released():
                return False
            if step["effect"] == "none":
                status, body = self._perform(request, {"effect": "normal"}, refused)
            step = {"do": "normal"}
        if do == "close":
            await self.close(step.get("how", "fin"))
            return False
        return await self._respond(entry, step, status, body)

    def _perform(self, request, step, refused):
        """Does to the orders what the step says and gives the orderly answer."""
        market, effect = self._server.market, step["effect"]
        after = step.get("effect_after_ms", 0)
        if after:
            later = {k: v for k, v in step.items() if k != "effect_after_ms"}
            asyncio.get_running_loop().call_later(after / 1000, self._perform, request, later, refused)
            effect = "none"
        if not refused and request.method == "DELETE":
            for identity in market.ids_of(request):
                market.apply(effect, identity, self._server.exchange_ms())
        answer = market.answer(request, self._server.exchange_ms(), refused, effect != "none", step.get("orders"))
        if "trigger" in step:
            market.book.trigger(str(step["trigger"]), self._server.exchange_ms())
        return answer

    async def _released(self):
        """Hangs until the control connection says "release" (true) or the client leaves (false)."""
        release = asyncio.create_task(self._server.released.wait())
        gone = asyncio.create_task(self._gone.wait())
        done, pending = await asyncio.wait((release, gone), return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        return release in done

    # --- answers ---

    async def _respond(self, entry, step, status, body):
        settings, do = self._server.settings, step["do"]
        content_type, headers = step.get("content_type", "application/json"), dict(step.get("headers", {}))
        if do == "code":
            code = step.get("code", 0)
            answer = refusal(code, step.get("msg", settings["cancel_msg"] if code == 0 else None), step.get("form"))
            if "data" in step:
                answer["data"] = step["data"]
            status, body = 200, dumps(answer)
        elif do == "body":
            status, body = 200, step.get("text", "")
        elif do == "html":
            status, body, content_type = 502, step.get("text", _HTML), "text/html; charset=UTF-8"
        elif do == "redirect":
            status, body, headers = 302, "", {**headers, "Location": step["location"]}
        status = step.get("status", status)
        last = settings["max_requests"] and self.record["requests"] >= settings["max_requests"]
        close = bool(step.get("close_after")) or (bool(last) and settings["announce_close"])
        date = None
        if settings["send_date"]:
            date = (self._server.exchange_ms() + step.get("date_offset_ms", 0)) / 1000
        head, wire = http1.reply(status, body.encode(), date=date, content_type=content_type, headers=headers, close=close,
                                 chunked=step.get("chunked", settings["chunked"]), packed=step.get("gzip", settings["gzip"]))
        data = head + wire
        broken = True
        if do == "statuspart":
            data = step.get("text", "HTTP/1.1 2").encode()
        elif do == "garbage":
            data = random.Random(7).randbytes(step.get("bytes", 200))
        elif do == "bytes":
            data = base64.b64decode(step["base64"])
        elif do == "truncate":
            data = data[:step["at"] + (len(head) if step.get("of", "body") == "body" else 0)]
        else:
            broken = False
            entry["status"], entry["code"] = status, _code_of(body)
        drip = step.get("drip")
        for piece in [data[i:i + drip["bytes"]] for i in range(0, len(data), drip["bytes"])] if drip else [data]:
            if drip and self._gone.is_set():
                return False
            await self._send(piece)
            await asyncio.sleep(drip["every_ms"] / 1000 if drip else 0)
        entry["replied"] = now()
        if broken or close:
            await self.close(step.get("how", "fin"))
            return False
        return True

    # --- end ---

    def is_idle(self):
        return self._current is None and not self._buffer

    async def close(self, how="fin"):
        """Ends the connection. "fin": as a polite server does; "cut": FIN without TLS goodbye; "rst": reset."""
        if self._closing:
            return
        self._closing = True
        if self.record["closed_by"] is None:
            self.record["closed_by"] = "server"
        try:
            if how == "rst":
                self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                if how == "fin" and self._transport.ready and self._transport.failed is None:
                    await self._send_raw(self._transport.goodbye())
                self._sock.shutdown(socket.SHUT_WR)
                # Without reading on, the kernel would answer late bytes with a reset and spoil the polite end.
                async with asyncio.timeout(1):
                    await self._reader
        except (OSError, TimeoutError):
            pass
        finally:
            self._reader.cancel()
            # Before the number of this socket can be given to the next one.
            asyncio.get_running_loop().remove_reader(self._sock)
            asyncio.get_running_loop().remove_writer(self._sock)
            self._sock.close()
            self.record["closed"] = now()
            self._server.connections.discard(self)
        await self._server.log.tell()

    async def destroy(self, how):
        """Ends the connection from outside, whatever it is doing."""
        self._worker.cancel()
        await asyncio.gather(self._worker, return_exceptions=True)
        await self.close(how)


def _code_of(body):
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return answer.get("code") if isinstance(answer, dict) else None
