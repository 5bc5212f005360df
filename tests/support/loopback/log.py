"""What arrived, when, over which connection, and what was answered."""

import asyncio
import collections
import time

from . import limits
from .script import matches


def now():
    """CLOCK_MONOTONIC in ms: comparable with the clocks of other processes on this machine."""
    return time.monotonic() * 1000


class Log:
    def __init__(self):
        self._changed = asyncio.Condition()
        self.connections = []
        self.reset()

    def reset(self):
        """Forgets requests and counts; connections that are open stay known."""
        self.requests = []
        self.connections = [c for c in self.connections if c["closed"] is None]
        self.accepted = 0
        self.h2 = 0
        self.tls_failed = 0
        self.malformed = 0

    async def tell(self):
        """Wakes those who wait."""
        async with self._changed:
            self._changed.notify_all()

    def connect(self, number, peer):
        record = {"conn": number, "peer": peer, "opened": now(), "ready": None, "closed": None, "closed_by": None, "alpn": None,
                  "tls": None, "tls_error": None, "requests": 0, "late_bytes": 0}
        self.accepted += 1
        self.connections.append(record)
        return record

    def counts(self):
        endpoints = collections.Counter(entry["endpoint"] for entry in self.requests)
        return {"accepted": self.accepted, "open": sum(c["closed"] is None for c in self.connections),
                "ready": sum(c["closed"] is None and c["ready"] is not None for c in self.connections), "h2": self.h2,
                "tls_failed": self.tls_failed, "malformed": self.malformed, "requests": len(self.requests),
                "endpoints": dict(sorted(endpoints.items())),
                "bad_signatures": sum(e["signed"] and e["signature"] not in ("ok", None) for e in self.requests),
                "flagged": sum(bool(e["flags"]) for e in self.requests)}

    def select(self, match, since=0):
        return [entry for entry in self.requests if entry["n"] > since and matches(match, entry)]

    def windows(self):
        return limits.windows(self.requests)

    def _measure(self, what, match, since):
        if what == "requests":
            return len([e for e in self.select(match, since) if e["complete"] is not None])
        if what == "replies":
            return len([e for e in self.select(match, since) if e["replied"] is not None])
        if what == "left":
            return len([e for e in self.select(match, since) if e["client_left"] is not None])
        return self.counts()[what]

    async def wait(self, what, match, count, since, timeout_ms, at_most=False):
        """(figure, timed out): waits until `what` reaches `count` (or falls to it, with `at_most`)."""
        reached = lambda: (self._measure(what, match, since) <= count) if at_most else \
            (self._measure(what, match, since) >= count)
        try:
            async with asyncio.timeout(timeout_ms / 1000):
                async with self._changed:
                    await self._changed.wait_for(reached)
            return self._measure(what, match, since), False
        except TimeoutError:
            return self._measure(what, match, since), True
