"""The market port: accepts connections, can go away and come back, and can fall silent."""

import asyncio
import random
import socket
import time

from .connection import Connection
from .log import Log
from .market import Market
from .script import Script

_BACKLOG = 128


class Server:
    def __init__(self, host, tls):
        self.tls = tls
        self.market = Market()
        self.settings = self.market.settings
        self.script = Script()
        self.log = Log()
        self.connections = set()
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.released = asyncio.Event()
        self.chance = random.Random(self.settings["seed"])
        self.port = 0
        self._queued = []
        self._host = host
        self._listener = None
        self._accepting = None
        self._numbers = 0
        self._requests = 0

    def exchange_ms(self):
        """The exchange's own clock, in ms since the epoch."""
        return int(time.time() * 1000) + self.settings["date_offset_ms"]

    # --- port ---

    def open(self):
        """Listens; the first time on a port of the system's choice, later on the same one."""
        if self._listener is not None:
            return
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setblocking(False)
        listener.bind((self._host, self.port))
        listener.listen(_BACKLOG)
        self.port = listener.getsockname()[1]
        self._listener = listener
        self._accepting = asyncio.create_task(self._accept())

    async def shut(self, how):
        """Closes the port and every connection."""
        if self._listener is not None:
            self._accepting.cancel()
            await asyncio.gather(self._accepting, return_exceptions=True)
            self._listener.close()
            self._listener = None
        await self.hang_up("all", how)

    async def hang_up(self, which, how):
        """Ends connections ("all" or those that are "idle"); gives how many."""
        ending = [c for c in self.connections if which == "all" or c.is_idle()]
        await asyncio.gather(*(c.destroy(how) for c in ending))
        return len(ending)

    def silence(self, on):
        """Black hole: connections are neither accepted nor read; what arrives meanwhile is served afterwards."""
        if on:
            self.flowing.clear()
        else:
            self.flowing.set()

    async def fill_queue(self, on):
        """While on, new connections get no answer at all: the queue of the port is full and the kernel drops their SYNs."""
        for sock in self._queued:
            sock.close()
        self._queued = []
        if self._listener is not None:
            self._listener.listen(0 if on else _BACKLOG)
        for _ in range(4 if on else 0):
            sock = socket.socket(self._listener.family)
            sock.setblocking(False)
            sock.connect_ex(self._listener.getsockname())
            self._queued.append(sock)
            # The one accept that was waiting already takes the first of them out again.
            await asyncio.sleep(0.02)

    def release(self):
        """Lets every hanging request have its orderly answer."""
        self.released.set()
        self.released = asyncio.Event()

    async def _accept(self):
        loop = asyncio.get_running_loop()
        while True:
            await self.flowing.wait()
            sock, peer = await loop.sock_accept(self._listener)
            await self.flowing.wait()
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._numbers += 1
            self.connections.add(Connection(self, sock, self.log.connect(self._numbers, peer[1])))
            await self.log.tell()

    async def fresh(self):
        """As if just started, on the same port: connections reset, everything set or scripted forgotten."""
        await self.shut("rst")
        self.market.fresh()
        self.script.clear()
        self.chance = random.Random(self.settings["seed"])
        self._requests = self._numbers = 0
        self.silence(False)
        self.log.reset()
        self.open()

    # --- log entries ---

    def begin(self, request, record, arrived):
        """A log entry for a request of which only the head has been read; `arrived`: time of its first byte."""
        self._requests += 1
        flags = request.flags()
        if self.market.is_public(request.path) and request.header_values("api_key"):
            flags.append("key-in-public-request")
        entry = {"n": self._requests, "conn": record["conn"], "arrived": arrived, "complete": None, "acted": None,
                 "replied": None, "client_left": None, "method": request.method, "path": request.path,
                 "endpoint": request.method + " " + request.path, "query": request.query, "target": request.target,
                 "version": request.version, "parameters": request.parameters, "headers": request.headers, "body": "",
                 "ids": [], "flags": [f for f in flags if f != "no-body"], "signed": bool(request.header_values("api_key")),
                 "signature": None, "timestamp": request.header("timestamp") or None, "skew_ms": None,
                 "nth_on_connection": record["requests"], "alpn": record["alpn"], "tls_records": 0,
                 "over_limit": False, "answer": None, "status": None, "code": None}
        self.log.requests.append(entry)
        return entry

    def complete(self, request, entry):
        """Adds what the body told."""
        entry["body"] = request.body.decode("utf-8", "replace")
        entry["ids"] = self.market.ids_of(request) if request.method == "DELETE" else \
            [i for i in request.parameters.get("sourceIds", "").split(",") if i]
        entry["flags"] = request.flags() + [f for f in entry["flags"] if f == "key-in-public-request"]
        if entry["timestamp"] and entry["timestamp"].isascii() and entry["timestamp"].isdigit():
            entry["skew_ms"] = int(entry["timestamp"]) - self.exchange_ms()
