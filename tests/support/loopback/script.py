"""Scripted behaviours: which request is to be answered how, and how often."""

ANSWERS = ("normal", "code", "body", "html", "redirect", "garbage", "bytes", "statuspart", "truncate", "close", "hang")
_KNOWN = {"match", "times", "skip", "do", "effect", "effect_after_ms", "orders", "delay_ms", "delay_before_ms", "status", "code",
          "msg", "form", "data", "text", "content_type", "location", "base64", "bytes", "at", "of", "when", "how", "headers",
          "date_offset_ms", "close_after", "drip", "chunked", "gzip", "trigger"}
_NEEDS = {"redirect": ("location",), "truncate": ("at",), "bytes": ("base64",)}
_ACTS_BY_ITSELF = ("normal", "truncate", "statuspart")


def matches(match, entry):
    """Whether a log entry fits a filter: method, path, endpoint ("METHOD path"), id, signed, signature, instrument,
    positionType, target, code, conn, body. An absent key fits everything."""
    for key, wanted in (match or {}).items():
        if key == "id":
            if str(wanted) not in entry["ids"]:
                return False
        elif key in ("instrument", "positionType"):
            if entry["parameters"].get(key, "").lower() != str(wanted).lower():
                return False
        elif key not in entry or entry[key] != wanted:
            return False
    return True


class Script:
    def __init__(self):
        self._steps = []

    def add(self, step):
        unknown = set(step) - _KNOWN - {"cmd", "seq"}
        if unknown:
            raise ValueError("unknown: " + ", ".join(sorted(unknown)))
        step = {k: v for k, v in step.items() if k not in ("cmd", "seq")}
        step.setdefault("do", "normal")
        if step["do"] not in ANSWERS:
            raise ValueError("do: " + step["do"])
        missing = [k for k in _NEEDS.get(step["do"], ()) if k not in step]
        if missing:
            raise ValueError("missing: " + ", ".join(missing))
        step.setdefault("effect", "normal" if step["do"] in _ACTS_BY_ITSELF else "none")
        if step["effect"] not in ("normal", "none", "fill", "cancel", "vanish") and not step["effect"].startswith("part:"):
            raise ValueError("effect: " + step["effect"])
        step["left"] = int(step.pop("times", 1))
        step["skip"] = int(step.get("skip", 0))
        self._steps.append(step)

    def clear(self):
        self._steps = []

    def pending(self):
        """How many one-shot behaviours have not been used up."""
        return sum(step["left"] for step in self._steps)

    def take(self, entry, head_only):
        """The behaviour for a request, used up by this; None for an orderly answer.

        `head_only`: the body has not been read yet; only closes before the body are looked at.
        """
        for step in self._steps:
            early = step["do"] == "close" and step.get("when") == "head"
            if early != head_only or not matches(step.get("match"), entry):
                continue
            if step["skip"] > 0:
                step["skip"] -= 1
                # A request that is passed over is still the next step's to take.
                continue
            if step["left"] == 1:
                self._steps.remove(step)
            elif step["left"] > 1:
                step["left"] -= 1
            return step
        return None
