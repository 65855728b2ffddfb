"""What comes from several partitions, put back into the order in which it happened, as far as a short wait allows."""

import heapq
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from listener.bus.tailing import Seen

HOLD_S: Final = 0.8
"""How long a record waits for what happened before it and lies on another partition."""
_UNKNOWN: Final = datetime.max.replace(tzinfo=UTC)


class InOrder:
    """Holds each record for a moment, then gives the records by the time of what they tell of."""

    def __init__(self, hold_s: float = HOLD_S) -> None:
        self._hold_s = hold_s
        self._held: list[tuple[datetime, int, float, Seen]] = []
        self._count = 0

    def take(self, records: Iterable[Seen], now: float | None = None) -> None:
        """Some records, just read."""
        came = time.monotonic() if now is None else now
        for seen in records:
            heapq.heappush(self._held, (_moment(seen), self._count, came, seen))
            self._count += 1

    def ready(self, now: float | None = None) -> Iterator[Seen]:
        """What has waited long enough, and all that happened before it."""
        until = (time.monotonic() if now is None else now) - self._hold_s
        waited = max((entry[:2] for entry in self._held if entry[2] <= until), default=None)
        while waited is not None and self._held and self._held[0][:2] <= waited:
            yield heapq.heappop(self._held)[3]

    def rest(self) -> Iterator[Seen]:
        """All that is still held."""
        while self._held:
            yield heapq.heappop(self._held)[3]


def _moment(seen: Seen) -> datetime:
    """When it happened, by its CloudEvents time; what has none comes last."""
    told = seen.header.get("ce_time")
    return datetime.fromisoformat(told) if told else _UNKNOWN
