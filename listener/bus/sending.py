"""Publishing a recording, in the order of the file, until the bus has acknowledged all of it."""

import asyncio
import time
from collections.abc import Iterable
from typing import Final

from listener.bus import clients
from listener.bus.names import Names
from listener.envelopes.recording import Recorded
from listener.settings import Settings

IN_FLIGHT: Final = 1000
"""How many records may be waiting to be acknowledged at once."""


async def send(settings: Settings, records: Iterable[Recorded], rate: float | None = None) -> int:
    """Publish all, at most `rate` a second; how many there were.

    Each carries its time and its place in the file in CloudEvents headers. The records' own timestamps are of now:
    the bus deletes by them, and would drop last year's events within minutes.

    Raises:
        NoBus: where nothing answers.
    """
    names, sent, began = Names(settings), 0, time.monotonic()
    async with clients.started(clients.producer(settings), settings) as producer:
        waiting: set[asyncio.Future[object]] = set()
        for record in records:
            if rate:
                await asyncio.sleep(max(0.0, began + sent / rate - time.monotonic()))
            waiting.add(
                await producer.send(
                    names.real(record.topic),
                    key=record.key,
                    value=record.value,
                    headers=list(record.as_cloud_event()),
                )
            )
            sent += 1
            if len(waiting) >= IN_FLIGHT:
                waiting = await _some_acknowledged(waiting)
        await asyncio.gather(*waiting)
    return sent


async def _some_acknowledged(waiting: set[asyncio.Future[object]]) -> set[asyncio.Future[object]]:
    done, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for future in done:
        future.result()
    return left
