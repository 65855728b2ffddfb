"""Protections of ingest that can be left out, to see what each protects from, and faults from within."""

import asyncio
import os
import time
from collections.abc import Set
from pathlib import Path
from typing import Any

THROTTLE = Path(os.environ.get("HARNESS_THROTTLE", os.devnull))


def held_up_s(records: int) -> float:
    """How long a batch of so many records is held up; what the file says, of a batch and of a record, may change."""
    a_batch, a_record = map(float, (THROTTLE.read_text() or "0 0").split())
    return a_batch + records * a_record


async def hold_up(records: int) -> None:
    """Wait for so long, and no longer once the file says less."""
    begun = time.monotonic()
    while (left := begun + held_up_s(records) - time.monotonic()) > 0:
        await asyncio.sleep(min(left, 0.5))


def is_throttled(stage: str) -> bool:
    return stage in os.environ.get("HARNESS_THROTTLED", "").split() and held_up_s(1) > 0


TIMEOUT_S = float(os.environ.get("HARNESS_TIMEOUT", "0"))


def apply(off: Set[str]) -> None:
    """What concerns both stages."""
    if TIMEOUT_S:
        wait_less(TIMEOUT_S)
    if "metadata" in off:
        from listener.bus import clients

        clients.METADATA_MAX_AGE_MS = 300_000


def apply_to_ingest(off: Set[str]) -> None:
    from listener.ingest import fetch_progress, loop, ordered_merge, pausable_clock, sending

    if "steady" in off:
        loop.monotonic = pausable_clock.monotonic = time.time
        fetch_progress.FetchProgress.at = lambda self, tp: float(self._consumer.last_poll_timestamp(tp) or 0) / 1000
    if "merge" in off:
        ordered_merge.OrderedMerge.ready = as_they_come
    if "bury" in off:

        async def refuse(*_: Any) -> None:
            raise RuntimeError("a record that cannot be used")

        sending.Sender._bury = refuse
    if "caps" in off:
        ordered_merge.ENOUGH = ordered_merge.ENOUGH_BYTES = ordered_merge.ENOUGH_IN_ALL = 10**12
    if is_throttled("ingest"):
        take = loop.IngestLoop._take

        async def slowly(self, batch):
            if batch:
                await hold_up(len(batch))
            return await take(self, batch)

        loop.IngestLoop._take = slowly


def apply_to_gather(off: Set[str]) -> None:
    from listener.gather.loop import GatherLoop

    if "start" in off:

        async def go_on(self) -> None:
            await begin(self)
            if mine := self._consumer.assignment():
                await self._consumer.seek_to_end(*mine)

        begin, GatherLoop._begin_anew = GatherLoop._begin_anew, go_on


def as_they_come(self, now, asked, *, limit, limit_bytes):
    """Partition by partition, waiting for nobody."""
    batch = []
    for partition, lane in self._queues.items():
        while lane.records and len(batch) < limit:
            batch.append((partition, lane.records.popleft()))
            lane.arrived.popleft()
    return batch


def wait_less(seconds: float) -> None:
    """Give a record up after so long, instead of a minute: so that a short outage is long."""
    from listener.bus import clients

    make = clients.producer
    clients.producer = lambda settings, **over: make(settings, **{"request_timeout_ms": int(seconds * 1000)} | over)
