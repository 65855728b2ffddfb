"""Ingest as a process: run until told to stop, 1 where it had to stop by itself."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from time import monotonic
from typing import Final

from aiokafka.errors import KafkaError

from listener.bus import clients
from listener.bus.names import Names
from listener.hearing import Hearing
from listener.ingest.identity_feed import IdentityFeed
from listener.ingest.loop import IngestLoop
from listener.ingest.sending import Sender
from listener.model.topics import INPUTS
from listener.processes.endpoint import Endpoint
from listener.processes.shutdown import end_within, when_told_to_stop
from listener.processes.stage_runner import run_stage
from listener.settings import Settings
from listener.telemetry import Check, Metrics, get_logger

FETCH_WAIT_MS: Final = 50
LONGEST_SILENCE_S: Final = 60.0
LONGEST_STOP_S: Final = 60.0
LONGEST_END_S: Final = 15.0
"""How long an end may take where the bus is silent: clients that do not work any more may not stop either."""
MEASURE_S: Final = 2.0
log = get_logger(__name__)


class BusSilent(Exception):
    """Nothing was heard of the bus for too long."""


def run(settings: Settings, hearing: Hearing, catalogue: str) -> int:
    """Work until a signal says stop; the exit code."""
    return run_stage("ingest", settings, catalogue, partial(_work, settings, hearing))


async def _work(settings: Settings, hearing: Hearing, metrics: Metrics, member: str) -> None:
    names, feed = Names(settings), IdentityFeed(settings, hearing.identities, hearing.foresight)
    limits = {"fetch_max_wait_ms": FETCH_WAIT_MS, "max_poll_interval_ms": 300_000}
    consumer = clients.member(settings, "ingest", member, **limits)
    producer = clients.producer(settings)
    loop = IngestLoop(consumer, Sender(producer, names), hearing, feed, names, metrics)
    when_told_to_stop(loop.stop, longest_s=LONGEST_STOP_S)
    consumer.subscribe(names.all_real(INPUTS.values()), listener=loop)
    async with clients.started(producer, settings):
        await feed.start()
        async with clients.started(consumer, settings):
            try:
                await _serve_while(loop, feed, metrics, settings)
            finally:
                await feed.stop()


async def _serve_while(loop: IngestLoop, feed: IdentityFeed, metrics: Metrics, settings: Settings) -> None:
    def healthy() -> Check:
        moving = monotonic() - loop.moved_at < LONGEST_SILENCE_S or not any(loop.lag.values())
        return Check.of(fetching=monotonic() - loop.fetched_at < LONGEST_SILENCE_S, moving=moving)

    def ready() -> Check:
        bus = loop.silence.is_short
        return Check.of(assigned=loop.is_ready, knows=feed.is_well, bus=bus, catalogue=True)

    metrics.bus_silence.set_function(lambda: loop.silence.seconds)
    async with Endpoint("ingest", metrics, settings, healthy=healthy, ready=ready):
        await _until_one_ends(loop.run(), feed.watch(), _measure(loop), _listen_for_silence(loop))


async def _until_one_ends(*works: Coroutine[None, None, None]) -> None:
    """Side by side; where one ends or fails, the others are given up."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    except BusSilent:
        end_within(LONGEST_END_S)
        raise
    finally:
        for task in tasks:
            task.cancel()


async def _listen_for_silence(loop: IngestLoop) -> None:
    """End after a long silence: a client whose tasks died with the broker waits for ever, though the bus is back."""
    while True:
        if loop.silence.seconds > LONGEST_SILENCE_S:
            raise BusSilent(f"the bus has said nothing for {LONGEST_SILENCE_S:g} s; begin again")
        await asyncio.sleep(MEASURE_S)


async def _measure(loop: IngestLoop) -> None:
    while True:
        try:
            await loop.measure_lag()
        except KafkaError as trouble:
            log.warning("lag_unknown", error=type(trouble).__name__)
        await asyncio.sleep(MEASURE_S)
