"""The loopback exchange of tests/support as a child process, and its control port."""

import json
import os
import socket
import subprocess

from session import die_with_parent

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support", "exchange.py")
KEY = "ck_example_0123456789abcdef"
SECRET = "cs_example_DO_NOT_USE_fedcba9876543210"
CANCEL = "DELETE /v1/perpum/order"


# Of the orders that the exchange has at its start.
FIRST_ID = 33308749002645666


class LoopbackExchange:
    """A CoinW-shaped exchange on a loopback port; ends with `close()` or as a context manager."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(["/usr/bin/python3", "-B", SCRIPT, *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, preexec_fn=die_with_parent)
        ready = json.loads(self.process.stdout.readline())
        self.url, self.port, self.ca = ready["url"], ready["port"], ready.get("ca")
        self.control = socket.create_connection(("127.0.0.1", ready["control"]), timeout=60)
        self.answers = self.control.makefile("r", encoding="utf-8")
        self.generated = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the exchange."""
        self.control.close()
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def generate(self, **more):
        """New orders instead of those that are there; no id is given twice, as no exchange does."""
        self.generated += 1
        return self.do("generate", first_id=FIRST_ID + self.generated * 103_001, **more)

    def do(self, cmd, **more):
        """One command; its answer. Fails when the exchange refuses it."""
        self.control.sendall((json.dumps({"cmd": cmd, **more}) + "\n").encode())
        answer = json.loads(self.answers.readline())
        if not answer.get("ok"):
            raise AssertionError(f"exchange: {cmd} {more}: {answer.get('error')}")
        return answer

    def script_cancel(self, **behaviour):
        """What the next cancel meets."""
        self.do("script", match={"endpoint": CANCEL}, **behaviour)

    def cancels(self):
        """The cancel requests since the last `reset`, as the log has them."""
        return self.do("log", match={"endpoint": CANCEL})["requests"]

    def wait_for_cancel(self):
        """Waits until one more cancel has arrived since the last `reset`."""
        answer = self.do("wait", what="requests", match={"endpoint": CANCEL}, count=1, timeout_ms=30000)
        if answer["timed_out"]:
            raise AssertionError("no cancel arrived at the exchange")

    def connections_before(self, moment):
        """The connections that were ready before a moment in CLOCK_MONOTONIC milliseconds."""
        return {entry["conn"] for entry in self.do("connections")["connections"]
                if entry["ready"] is not None and entry["ready"] < moment}
