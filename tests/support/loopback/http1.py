"""Reads HTTP/1.1 requests from bytes and puts replies together, with no help that could hide a detail."""

import email.utils
import gzip
import http
import urllib.parse


class BadRequest(Exception):
    """What arrived is not an HTTP/1.1 request."""


class Request:
    """One request as it came: raw target, headers in their order and spelling, body bytes."""

    def __init__(self, head):
        try:
            lines = head.decode("latin-1").split("\r\n")
            self.method, self.target, self.version = lines[0].split(" ")
            self.headers = [(n, v.strip()) for n, v in (line.split(":", 1) for line in lines[1:])]
        except ValueError as error:
            raise BadRequest(lines[0][:80]) from error
        if not self.version.startswith("HTTP/1."):
            raise BadRequest(lines[0][:80])
        self.body = b""
        self.path, _, self.query = self.target.partition("?")
        self.parameters = dict(urllib.parse.parse_qsl(self.query, keep_blank_values=True))

    def header_values(self, name):
        return [v for n, v in self.headers if n.lower() == name]

    def header(self, name):
        """First value of a header, or empty."""
        return next(iter(self.header_values(name)), "")

    def body_length(self):
        """Bytes of body announced, or None when the body is chunked."""
        if "chunked" in self.header("transfer-encoding").lower():
            return None
        length = self.header("content-length")
        if length and not length.isdigit():
            raise BadRequest("Content-Length " + length[:20])
        return int(length or 0)

    def flags(self):
        """What is odd about this request, in short words."""
        found = []
        if self.header_values("transfer-encoding"):
            found.append("transfer-encoding")
        if self.method != "GET":
            if not self.header_values("content-length"):
                found.append("no-content-length")
            if not self.header("content-type").lower().startswith("application/json"):
                found.append("content-type-not-json")
            if "?" in self.target:
                found.append("query-outside-get")
            if not self.body:
                found.append("no-body")
        elif self.body:
            found.append("body-in-get")
        if self.target.endswith("?"):
            found.append("empty-query")
        for name, _ in self.headers:
            if name.lower() in ("api_key", "timestamp", "sign") and name != name.lower():
                found.append("header-spelling")
        if self.header("expect"):
            found.append("expect")
        return found


def chunked_length(data):
    """Length of a complete chunked body at the start of `data`, with the body; None while incomplete."""
    body, at = b"", 0
    while True:
        end = data.find(b"\r\n", at)
        if end < 0:
            return None
        try:
            size = int(data[at:end].split(b";")[0], 16)
        except ValueError as error:
            raise BadRequest("chunk size") from error
        if len(data) < end + 2 + size + 2:
            return None
        if size == 0:
            return end + 4, body
        body += data[end + 2:end + 2 + size]
        at = end + 2 + size + 2


def reply(status, body, *, date, content_type="application/json", headers=None, close=False, chunked=False, packed=False):
    """(head, body) as bytes. `date` is seconds since the epoch, or None for a reply without Date."""
    try:
        reason = http.HTTPStatus(status).phrase
    except ValueError:
        reason = "Unknown"
    lines = [f"HTTP/1.1 {status} {reason}"]
    if date is not None:
        lines.append("Date: " + email.utils.formatdate(date, usegmt=True))
    if content_type:
        lines.append("Content-Type: " + content_type)
    if packed:
        body = gzip.compress(body, mtime=0)
        lines.append("Content-Encoding: gzip")
    if chunked:
        pieces = [body[i:i + 1000] for i in range(0, len(body), 1000)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"
        lines.append("Transfer-Encoding: chunked")
    else:
        lines.append(f"Content-Length: {len(body)}")
    lines.append("Connection: " + ("close" if close else "keep-alive"))
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n", body
