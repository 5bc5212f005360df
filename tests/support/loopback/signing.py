"""CoinW's signature, computed here with Python's hmac and nothing of the project's own code.

Source: docs/exchange.md, Signature: base64(HMAC-SHA256(secret, timestamp + METHOD + path + rest)), where the rest is
"?" + query for GET, and the body for others.
"""

import base64
import hashlib
import hmac


def sign(secret, text):
    """The value of the `sign` header for one signed text (str or bytes)."""
    data = text if isinstance(text, bytes) else text.encode()
    return base64.b64encode(hmac.new(secret.encode(), data, hashlib.sha256).digest()).decode()


def signed_bytes(timestamp, method, target, body):
    """What must have been signed: `target` is the raw path and query as received, `body` the raw body as received."""
    if method == "GET":
        return (timestamp + method + target).encode("latin-1")
    return (timestamp + method + target.split("?", 1)[0]).encode("latin-1") + body


def verdict(request, settings, now_ms):
    """(code, words): code 0 and "ok", or the refusal's code and why. `now_ms` is the exchange's own clock."""
    for name in ("api_key", "timestamp", "sign"):
        values = request.header_values(name)
        if not values:
            return (6000 if name == "api_key" else 6001), name + " missing"
        if len(values) > 1:
            return 6001, name + " given twice"
    secret = {**settings["more_keys"], settings["key"]: settings["secret"]}.get(request.header("api_key"))
    if secret is None:
        return 6000, "unknown key"
    timestamp = request.header("timestamp")
    if not (timestamp.isascii() and timestamp.isdigit()):
        return 6001, "timestamp is not digits"
    expected = sign(secret, signed_bytes(timestamp, request.method, request.target, request.body))
    if not hmac.compare_digest(expected.encode(), request.header("sign").encode()):
        return 6001, "signature differs"
    if abs(int(timestamp) - now_ms) > settings["clock_tolerance_ms"]:
        return 6001, "timestamp is off"
    group = "read" if request.method == "GET" else "trade"
    if not settings["permissions"].get(group, True):
        return 6003, "no permission to " + group
    return 0, "ok"
