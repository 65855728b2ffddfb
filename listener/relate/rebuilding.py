"""Customers made anew from the signals that are still kept, where what is stored of them cannot be used.

The signals are the log of all that was heard; a state is a fold of them. What retention has let go of is lost to it:
belief begins then with the oldest signal that is left. Nothing is said again: what was decided then was told then.
"""

from collections.abc import AsyncIterator, Set
from typing import Any, Final

from aiokafka import TopicPartition

from listener.book import Core
from listener.bus import clients
from listener.bus.names import Names
from listener.model.topics import OUTPUTS
from listener.relate.bookmark import KEY
from listener.relate.fold import Entry, fold
from listener.settings import Settings
from listener.telemetry import get_logger

POLL_MS: Final = 200
log = get_logger(__name__)


class Rebuilding:
    """Reads the signals again, with a consumer of its own, for the partitions and customers it is asked about."""

    def __init__(self, core: Core, settings: Settings) -> None:
        self._core, self._settings = core, settings
        self._topic = Names(settings).real(OUTPUTS["signals"])
        self.is_on = True

    async def states(self, partition: int, keys: Set[bytes], until: int) -> dict[bytes, bytes | None]:
        """What would be stored under these keys of a partition had its signals below `until` been read now."""
        stored: dict[bytes, bytes | None] = dict.fromkeys(keys)
        if not self.is_on:
            return stored
        core = self._core if keys != {KEY} else _idle(self._core)
        async for entries in self._signals(partition, until):
            mine = [one for one in entries if one.key is None or one.key in keys or KEY in keys]
            plan = fold(partition, mine, stored.get, core)
            stored |= {key: value for key, value in plan.writes() if key in keys or key == KEY}
        log.warning("rebuilt", partition=partition, customers=len(keys - {KEY}), until=until)
        return {key: stored[key] for key in keys}

    async def _signals(self, partition: int, until: int) -> AsyncIterator[list[Entry]]:
        tp = TopicPartition(self._topic, partition)
        consumer: Any = clients.consumer(self._settings, None)
        async with clients.started(consumer, self._settings):
            consumer.assign([tp])
            await consumer.seek_to_beginning(tp)
            while await consumer.position(tp) < until:
                records = (await consumer.getmany(tp, timeout_ms=POLL_MS)).get(tp, [])
                yield [Entry.of(record) for record in records if record.offset < until]


def _idle(core: Core) -> Core:
    """A core that learns nothing: for those who only ask how far the inputs were read."""
    return Core(core.brand, lambda state, signal: (state, ()), core.wake, core.next_due)
