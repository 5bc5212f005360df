"""Raw HTTP clients and a control client, for checks of the exchange and for scripts that drive it from outside."""

import json
import os
import socket
import ssl
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from loopback import signing  # noqa: E402

KEY = "ck_example_0123456789abcdef"
SECRET = "cs_example_DO_NOT_USE_fedcba9876543210"
_EXCHANGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "exchange.py")


class ExchangeProcess:
    """Starts exchange.py and speaks to its control port. Use it in a `with` statement."""

    def __init__(self, *arguments):
        self._process = subprocess.Popen([sys.executable, _EXCHANGE, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("exchange.py did not start")
        self.ready = json.loads(line)
        self.port, self.url, self.ca = self.ready["port"], self.ready["url"], self.ready.get("ca")
        self._control = socket.create_connection(("127.0.0.1", self.ready["control"]), timeout=30)
        self._lines = self._control.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the exchange as a dying parent would: by closing its standard input. Gives the exit code."""
        self._lines.close()
        self._control.close()
        self._process.stdin.close()
        self._process.stdout.close()
        return self._process.wait(10)

    def send(self, cmd, **arguments):
        """Sends a command without waiting for its answer."""
        self._control.sendall(json.dumps({"cmd": cmd, **arguments}).encode() + b"\n")

    def receive(self):
        return json.loads(self._lines.readline())

    def __call__(self, cmd, **arguments):
        """Sends a command and gives its answer; an answer that is not "ok" is an error."""
        self.send(cmd, **arguments)
        answer = self.receive()
        if not answer["ok"]:
            raise ValueError(answer["error"])
        return answer


def signed(method, target, body=b"", *, key=KEY, secret=SECRET, timestamp=None, extra=(), length=True):
    """Bytes of a signed request; `timestamp` in ms, by default now."""
    timestamp = str(int(time.time() * 1000) if timestamp is None else timestamp)
    sign = signing.sign(secret, signing.signed_bytes(timestamp, method, target, body))
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", f"api_key: {key}", f"timestamp: {timestamp}", f"sign: {sign}"]
    if method != "GET":
        lines.append("Content-Type: application/json")
        if length:
            lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, *extra]).encode() + b"\r\n\r\n" + body


def unsigned(method, target):
    return f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


class Client:
    """One connection, with TLS when `ca` is given. Everything that comes is kept; nothing is sent twice."""

    def __init__(self, port, ca=None, alpn=("http/1.1",), host="localhost", address="127.0.0.1"):
        self.socket = socket.create_connection((address, port), timeout=30)
        self._rest = b""
        self._tls = None
        if ca:
            # Over memory, because Python's TLS sockets do not tell a reset from a missing goodbye.
            context = ssl.create_default_context(cafile=ca)
            context.set_alpn_protocols(list(alpn))
            self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
            self._handshake()

    def _handshake(self):
        while True:
            try:
                self._tls.do_handshake()
                return
            except ssl.SSLWantReadError:
                self._flush()
                part = self.socket.recv(65536)
                if not part:
                    raise EOFError("in the handshake") from None
                self._incoming.write(part)
            finally:
                self._flush()

    def _flush(self):
        if data := self._outgoing.read():
            self.socket.sendall(data)

    @property
    def alpn(self):
        return self._tls.selected_alpn_protocol()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """Sends bytes; over TLS as one record (up to 16 KiB)."""
        if self._tls:
            self._tls.write(data)
            self._flush()
        else:
            self.socket.sendall(data)

    def _receive(self):
        """The next bytes; empty at the end. Over TLS an end without goodbye is an SSLEOFError."""
        if not self._tls:
            return self.socket.recv(65536)
        while True:
            try:
                return self._tls.read(65536)
            except ssl.SSLWantReadError:
                part = self.socket.recv(65536)
                if not part:
                    raise ssl.SSLEOFError("no goodbye") from None
                self._incoming.write(part)
            except ssl.SSLZeroReturnError:
                return b""

    def raw(self):
        """Everything until the end of the connection, and how it ended: "fin", "rst" or "cut" (TLS without goodbye)."""
        try:
            while part := self._receive():
                self._rest += part
            end = "fin"
        except ConnectionResetError:
            end = "rst"
        except ssl.SSLEOFError:
            end = "cut"
        return self._rest, end

    def read(self):
        """(status, headers, body) of the next whole reply."""
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, self._rest = self._rest.split(b"\r\n\r\n", 1)
        lines = head.decode().split("\r\n")
        headers = {n.lower(): v.strip() for n, v in (line.split(":", 1) for line in lines[1:])}
        while len(self._rest) < int(headers.get("content-length", 0)):
            self._more()
        length = int(headers.get("content-length", 0))
        body, self._rest = self._rest[:length], self._rest[length:]
        return int(lines[0].split()[1]), headers, body

    def _more(self):
        part = self._receive()
        if not part:
            raise EOFError(repr(self._rest[:100]))
        self._rest += part

    def ask(self, data):
        """Sends a request; gives the reply's JSON."""
        self.send(data)
        return json.loads(self.read()[2])
