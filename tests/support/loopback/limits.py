"""The exchange's published rate limits, and how full their sliding windows were."""

import collections

# Source: docs/exchange.md, each call's section and Rate limits. Endpoint -> (requests, seconds).
ENDPOINTS = {
    "DELETE /v1/perpum/order": (10, 1),
    "DELETE /v1/perpum/batchOrders": (10, 1),
    "GET /v1/perpum/order": (10, 1),
    "GET /v1/perpum/orders/open": (10, 1),
    "GET /v1/perpum/orders/openQuantity": (5, 1),
    "GET /v1/perpum/moveTPSL": (5, 1),
    "GET /v1/perpum/orders/deals": (10, 1),
    "GET /v1/perpum/orders/deals/history": (5, 1),
    "GET /v1/perpum/orders/history": (5, 2),
    "GET /v1/perpum/orders/archive": (5, 2),
    "GET /v1/perpum/positions/all": (30, 1),
    "GET /v1/perpum/instruments": (5, 1),
    "GET /v1/perpumPublic/tickers": (5, 1),
    "GET /v1/perpumPublic/ticker": (5, 1),
}
ACCOUNT = (60, 10)
SPANS = (1, 2, 10)


class Gate:
    """Counts arrivals as they come and says when one is too many."""

    def __init__(self):
        self._arrivals = collections.defaultdict(collections.deque)

    def overrun(self, endpoint, signed, arrived_ms):
        """Counts one arrival; true when it overruns its endpoint's window or the account's."""
        over = False
        counted = [(endpoint, ENDPOINTS.get(endpoint))] + ([("account", ACCOUNT)] if signed else [])
        for name, limit in counted:
            if limit is None:
                continue
            log = self._arrivals[name]
            while log and log[0] <= arrived_ms - limit[1] * 1000:
                log.popleft()
            log.append(arrived_ms)
            over = over or len(log) > limit[0]
        return over


def most(times, seconds):
    """The greatest number of arrivals within any window [t, t + seconds); `times` in ms, ascending."""
    best = first = 0
    for last, time in enumerate(times):
        while times[first] <= time - seconds * 1000:
            first += 1
        best = max(best, last - first + 1)
    return best


def windows(entries):
    """Figures of every window, from log entries: whole program, signed only, each endpoint, and which limits were overrun."""
    groups = {"all": [], "signed": []}
    endpoints = collections.defaultdict(list)
    for entry in sorted(entries, key=lambda e: e["arrived"]):
        groups["all"].append(entry["arrived"])
        if entry["signed"]:
            groups["signed"].append(entry["arrived"])
        endpoints[entry["endpoint"]].append(entry["arrived"])
    spans = lambda times: {f"{s}s": most(times, s) for s in SPANS}
    over = [{"endpoint": name, "limit": ENDPOINTS[name][0], "seconds": ENDPOINTS[name][1], "most": top}
            for name, times in sorted(endpoints.items()) if name in ENDPOINTS
            for top in [most(times, ENDPOINTS[name][1])] if top > ENDPOINTS[name][0]]
    account = most(groups["signed"], ACCOUNT[1])
    if account > ACCOUNT[0]:
        over.append({"endpoint": "account", "limit": ACCOUNT[0], "seconds": ACCOUNT[1], "most": account})
    return {"all": spans(groups["all"]), "signed": spans(groups["signed"]),
            "endpoints": {name: spans(times) for name, times in sorted(endpoints.items())}, "over": over}
