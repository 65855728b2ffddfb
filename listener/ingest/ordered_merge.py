"""Many partitions merged into one order: by the time at which the bus received each record.

What a customer does on several channels must be heard in its order, above all behind a backlog, where one partition
could otherwise run hours ahead of another. A record goes on once every partition of which nothing waits has been asked
after it came, and had nothing: then no earlier one can be on its way.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T", bound=Any)  # a partition
ENOUGH: Final = 2000
"""Records of one partition that may wait; then it is not read until some went on."""
ENOUGH_BYTES: Final = 8 * 2**20
"""Bytes of one partition after which it is not read either, so that a backlog of large letters fits into memory."""
ENOUGH_IN_ALL: Final = 64 * 2**20
"""Bytes of all partitions after which only those are read of which nothing waits: the order needs their next."""
LONGEST_WAIT_S: Final = 5.0
"""How long a record waits at most for partitions that do not answer."""
NEVER: Final = float("-inf")


@dataclass(slots=True)
class _Queue:
    records: deque[Any] = field(default_factory=deque)
    arrived: deque[float] = field(default_factory=deque)
    size: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.records) >= ENOUGH or self.size >= ENOUGH_BYTES


class OrderedMerge(Generic[T]):
    """What was fetched and is still waiting its turn. Times are given, never asked for."""

    def __init__(self) -> None:
        self._queues: dict[T, _Queue] = {}

    def hold(self, partitions: Iterable[T]) -> None:
        """Begin anew with these partitions; whatever waited will be read again."""
        self._queues = {partition: _Queue() for partition in partitions}

    def hungry(self) -> list[T]:
        """Partitions to read from now."""
        is_full = sum(queue.size for queue in self._queues.values()) >= ENOUGH_IN_ALL
        return [
            partition for partition, queue in self._queues.items() if not (queue.is_full or (is_full and queue.records))
        ]

    @property
    def waits(self) -> bool:
        """Whether any record waits its turn."""
        return any(queue.records for queue in self._queues.values())

    def empty(self) -> list[T]:
        """Partitions of which no record waits its turn."""
        return [partition for partition, queue in self._queues.items() if not queue.records]

    @property
    def partitions(self) -> list[T]:
        """All that are held."""
        return list(self._queues)

    def add(self, fetched: Mapping[T, Iterable[Any]], now: float) -> None:
        """Take what was fetched."""
        for partition, records in fetched.items():
            queue = self._queues.get(partition)
            if queue is not None:
                for record in records:
                    queue.records.append(record)
                    queue.arrived.append(now)
                    queue.size += len(record.value or b"")

    def ready(self, now: float, asked: Mapping[T, float], *, limit: int, limit_bytes: int) -> list[tuple[T, Any]]:
        """The records whose turn it is, in order.

        `asked` says when each partition of which nothing waits last said that it has nothing; NEVER where it has.
        """
        batch: list[tuple[T, Any]] = []
        size = 0
        queues = {partition: queue for partition, queue in self._queues.items() if queue.records}
        sure = min(
            (asked.get(partition, NEVER) for partition in self._queues if partition not in queues), default=-NEVER
        )
        while queues and len(batch) < limit and size < limit_bytes:
            partition = min(queues, key=lambda p: _turn(queues[p].records[0]))
            queue = queues[partition]
            if queue.arrived[0] >= sure and now - queue.arrived[0] < LONGEST_WAIT_S:
                break
            record = queue.records.popleft()
            queue.arrived.popleft()
            batch.append((partition, record))
            queue.size -= len(record.value or b"")
            size += len(record.value or b"")
            if not queue.records:  # what it has more of is not known yet
                del queues[partition]
                sure = min(sure, asked.get(partition, NEVER))
        return batch


def _turn(record: Any) -> tuple[int, bytes, str, int]:
    """What decides whose turn it is; `ce_sequence` where two came in the same millisecond."""
    sequence = next((value for name, value in record.headers if name == "ce_sequence"), None) or b""
    return record.timestamp, sequence, record.topic, record.partition
