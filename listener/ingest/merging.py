"""Many partitions into one order: by the time the bus received each record, as one who listened to all would have.

What a customer does on several channels must be heard in its order, above all behind a backlog, where one partition
could otherwise run hours ahead of another. A record goes on when no other partition can still have an earlier one.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T", bound=Any)  # a partition
ENOUGH: Final = 1000
"""Records of one partition that may wait; then it is not read until some went on."""
PATIENCE_S: Final = 0.05
"""How long a record waits for earlier ones that may be on their way in partitions with nothing to read."""
LONGEST_WAIT_S: Final = 5.0
"""How long it waits for partitions that have something to read and do not give it."""


@dataclass(slots=True)
class _Lane:
    records: deque[Any] = field(default_factory=deque)
    arrived: deque[float] = field(default_factory=deque)


class Merge(Generic[T]):
    """What was fetched and is still waiting its turn. Times are given, never asked for."""

    def __init__(self) -> None:
        self._lanes: dict[T, _Lane] = {}

    def hold(self, partitions: Iterable[T]) -> None:
        """Begin anew with these partitions; whatever waited will be read again."""
        self._lanes = {partition: _Lane() for partition in partitions}

    def hungry(self) -> list[T]:
        """Partitions to read from now."""
        return [partition for partition, lane in self._lanes.items() if len(lane.records) < ENOUGH]

    @property
    def waits(self) -> bool:
        """Whether any record waits its turn."""
        return any(lane.records for lane in self._lanes.values())

    def empty(self) -> list[T]:
        """Partitions of which nothing waits."""
        return [partition for partition, lane in self._lanes.items() if not lane.records]

    def add(self, fetched: Mapping[T, Iterable[Any]], now: float) -> None:
        """Take what was fetched."""
        for partition, records in fetched.items():
            lane = self._lanes.get(partition)
            if lane is not None:
                for record in records:
                    lane.records.append(record)
                    lane.arrived.append(now)

    def ready(self, now: float, behind: frozenset[T], *, limit: int, limit_bytes: int) -> list[tuple[T, Any]]:
        """The records whose turn it is, in order; `behind` are partitions whose next record exists and is not here."""
        batch: list[tuple[T, Any]] = []
        size = 0
        lanes = {partition: lane for partition, lane in self._lanes.items() if lane.records}
        idle = [partition for partition in self._lanes if partition not in lanes]
        while lanes and len(batch) < limit and size < limit_bytes:
            partition = min(lanes, key=lambda p: _turn(lanes[p].records[0]))
            lane = lanes[partition]
            waited = now - lane.arrived[0]
            if (idle and waited < PATIENCE_S) or (behind.intersection(idle) and waited < LONGEST_WAIT_S):
                break
            record = lane.records.popleft()
            lane.arrived.popleft()
            batch.append((partition, record))
            size += len(record.value or b"")
            if not lane.records:
                del lanes[partition]
                idle.append(partition)
        return batch


def _turn(record: Any) -> tuple[int, bytes, str, int]:
    """What decides whose turn it is; `ce_sequence` where two came in the same millisecond."""
    sequence = next((value for name, value in record.headers if name == "ce_sequence"), None) or b""
    return record.timestamp, sequence, record.topic, record.partition
