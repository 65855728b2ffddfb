"""When the bus last answered about each partition, on a clock that nobody can set.

aiokafka stamps its answers with the time of day. A wall clock that steps back by an hour would make every stamp look
old for an hour, so the stamps are only compared with themselves: one that changed is an answer that came since.
"""

from collections.abc import Iterable
from typing import Any

from aiokafka import TopicPartition

from listener.ingest.ordered_merge import NEVER


class FetchProgress:
    """Watches the stamps of one consumer; `note` it before records are taken from it, and before asking."""

    def __init__(self, consumer: Any) -> None:
        self._consumer = consumer
        self._stamps: dict[TopicPartition, int | None] = {}
        self._at: dict[TopicPartition, float] = {}

    def note(self, partitions: Iterable[TopicPartition], now: float) -> bool:
        """Look at the stamps; whether any of them is new."""
        was_answered = False
        for tp in partitions:
            stamp = self._consumer.last_poll_timestamp(tp)
            if stamp is not None and stamp != self._stamps.get(tp):
                self._stamps[tp], self._at[tp] = stamp, now
                was_answered = True
        return was_answered

    def at(self, tp: TopicPartition) -> float:
        """When the last answer about this partition was noted."""
        return self._at.get(tp, NEVER)
