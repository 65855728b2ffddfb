"""How long it is from a record on the bus to its alert: for one who writes without end, and for the others."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from listener.envelopes.recording import Recorded

HUGE: Final = "C-huge"


def alert_of(who: str, event_id: str) -> str:
    """The alert that the counting core raises for an event."""
    return hashlib.sha256(f"{who}|event|{event_id}".encode()).hexdigest()[:32]


def waits(sent: Sequence[tuple[Recorded, int]], first: Mapping[str, int]) -> dict[str, float]:
    """Seconds, by the bus's own stamps: the median, and what one in a hundred waits longer than."""
    told: dict[str, list[float]] = {"of the huge": [], "of the others": []}
    for one, sent_ms in sent:
        who = (one.key or b"").decode()
        said_ms = first.get(alert_of(who, orjson.loads(one.value or b"")["event_id"]))
        if said_ms is not None:
            told["of the huge" if who == HUGE else "of the others"].append((said_ms - sent_ms) / 1000)
    figures = {}
    for whose, seconds in told.items():
        seconds.sort()
        for name, part in (("median", 0.5), ("99 %", 0.99)):
            if seconds:
                figures[f"wait {whose} s, {name}"] = seconds[int(part * (len(seconds) - 1))]
    return figures
