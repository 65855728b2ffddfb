"""Publishing a recording, in the order of the file, until the bus has acknowledged all of it."""

import asyncio
import time
from collections.abc import Iterable
from typing import Any, Final

from listener.bus import clients
from listener.bus.names import Names
from listener.bus.ordered_sends import OrderedSends
from listener.envelopes.recording import Recorded
from listener.settings import Settings

IN_FLIGHT: Final = 1000
"""How many records may be waiting to be acknowledged at once."""


class Publisher:
    """Puts recorded inputs onto the bus, each customer's in the order given.

    Each carries its time and its place in the file in CloudEvents headers. The records' own timestamps are of now:
    the bus deletes by them, and would drop last year's events within minutes.
    """

    def __init__(self, producer: Any, names: Names) -> None:
        self._producer, self._names, self._ordered = producer, names, OrderedSends()

    async def put(self, record: Recorded) -> asyncio.Future[Any]:
        """Send one, as soon as nothing can make it overtake; what tells of its acknowledgement."""
        topic, headers = self._names.real(record.topic), list(record.as_cloud_event())
        return await self._ordered.take(
            record, lambda: self._producer.send(topic, key=record.key, value=record.value, headers=headers)
        )


async def send(settings: Settings, records: Iterable[Recorded], rate: float | None = None) -> int:
    """Publish all, at most `rate` a second; how many there were.

    Raises:
        NoBus: where nothing answers.
    """
    sent, began = 0, time.monotonic()
    async with clients.started(clients.producer(settings, linger_ms=0), settings) as producer:
        publisher, waiting = Publisher(producer, Names(settings)), set[asyncio.Future[Any]]()
        for record in records:
            if rate:
                await asyncio.sleep(max(0.0, began + sent / rate - time.monotonic()))
            waiting.add(await publisher.put(record))
            sent += 1
            if len(waiting) >= IN_FLIGHT:
                waiting = await _some_acknowledged(waiting)
        await asyncio.gather(*waiting)
    return sent


async def _some_acknowledged(waiting: set[asyncio.Future[Any]]) -> set[asyncio.Future[Any]]:
    done, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for future in done:
        future.result()
    return left
