"""JSON whose numbers keep their text: 95400.10 stays 95400.10, and an id above 2^53 stays whole."""

import json
import re

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")


class Num(str):
    """A JSON number, kept as the text it is written in."""


class Row(dict):
    """A row that is not changed once made, so that its text can be kept: a list of thousands is asked for every second."""

    text = None


def loads(text):
    """Reads JSON; every number becomes a Num, and so does a string "num:<digits>" (for callers without exact numbers)."""
    return _lift(json.loads(text, parse_float=Num, parse_int=Num))


def dumps(value):
    """Writes compact JSON; a Num is written as the bare text that it is."""
    if isinstance(value, Num):
        return str(value)
    if isinstance(value, Row) and value.text is not None:
        return value.text
    if isinstance(value, dict):
        text = "{" + ",".join(json.dumps(str(k), ensure_ascii=False) + ":" + dumps(v) for k, v in value.items()) + "}"
        if isinstance(value, Row):
            value.text = text
        return text
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(dumps, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _lift(value):
    if isinstance(value, dict):
        return {k: _lift(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_lift(v) for v in value]
    if isinstance(value, str) and not isinstance(value, Num) and value.startswith("num:"):
        if not _NUMBER.match(value[4:]):
            raise ValueError("not a JSON number: " + value)
        return Num(value[4:])
    return value
