"""What lies between a socket and HTTP: nothing, or TLS kept in memory so that its records can be counted."""

import ssl

APPLICATION_DATA = 23
_RECORD_TYPES = range(20, 25)


class Plain:
    """Bytes pass as they are; there are no records to count."""

    alpn = None
    version = None
    ready = True
    failed = None
    closed_by_peer = False

    def feed(self, data):
        """Takes bytes from the socket; gives (plaintext, number of application-data records) pairs and bytes to send."""
        return [(data, 0)], b""

    def wrap(self, data):
        return data

    def goodbye(self):
        return b""


class Tls:
    """The server side of TLS over memory. Records are handed over one by one, so each is known for what it carried."""

    def __init__(self, context):
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._ssl = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._raw = b""
        self.ready = False
        self.failed = None
        self.closed_by_peer = False
        self.alpn = None
        self.version = None

    def feed(self, data):
        self._raw += data
        plain = []
        while len(self._raw) >= 5 and self.failed is None:
            if self._raw[0] not in _RECORD_TYPES:
                # Noise would be taken for the length of an endless record.
                self.failed = "not a TLS record"
                break
            length = 5 + int.from_bytes(self._raw[3:5], "big")
            if len(self._raw) < length:
                break
            record, self._raw = self._raw[:length], self._raw[length:]
            self._incoming.write(record)
            text = self._step()
            # In TLS 1.3 handshake records wear type 23 too; only one that yields plaintext carried application data.
            if text:
                plain.append((text, 1 if record[0] == APPLICATION_DATA else 0))
        return plain, self._outgoing.read()

    def _step(self):
        text = b""
        try:
            if not self.ready:
                self._ssl.do_handshake()
                self.ready = True
                self.alpn = self._ssl.selected_alpn_protocol()
                self.version = self._ssl.version()
            while True:
                part = self._ssl.read(65536)
                if not part:
                    self.closed_by_peer = True
                    break
                text += part
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            self.closed_by_peer = True
        except ssl.SSLError as error:
            self.failed = error.reason or str(error)
        return text

    def wrap(self, data):
        self._ssl.write(data)
        return self._outgoing.read()

    def goodbye(self):
        """close_notify, as a well-behaved server sends before it closes."""
        try:
            self._ssl.unwrap()
        except ssl.SSLError:
            pass
        return self._outgoing.read()
