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
from listener.ingest.knowing import Knowing
from listener.ingest.reading import Reading
from listener.ingest.sending import Sender
from listener.model.topics import INPUTS
from listener.processes.door import Door
from listener.processes.ending import end_within, when_told_to_stop
from listener.processes.living import live
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
    return live("ingest", settings, catalogue, partial(_work, settings, hearing))


async def _work(settings: Settings, hearing: Hearing, metrics: Metrics, member: str) -> None:
    names, knowing = Names(settings), Knowing(settings, hearing.identities)
    limits = {"fetch_max_wait_ms": FETCH_WAIT_MS, "max_poll_interval_ms": 300_000}
    consumer = clients.member(settings, "ingest", member, **limits)
    producer = clients.producer(settings)
    reading = Reading(consumer, Sender(producer, names), hearing, knowing, names, metrics)
    when_told_to_stop(reading.stop, longest_s=LONGEST_STOP_S)
    consumer.subscribe(names.all_real(INPUTS.values()), listener=reading)
    async with clients.started(producer, settings):
        await knowing.start()
        async with clients.started(consumer, settings):
            try:
                await _serve_while(reading, knowing, metrics, settings)
            finally:
                await knowing.stop()


async def _serve_while(reading: Reading, knowing: Knowing, metrics: Metrics, settings: Settings) -> None:
    def healthy() -> Check:
        moving = monotonic() - reading.moved_at < LONGEST_SILENCE_S or not any(reading.lag.values())
        return Check.of(fetching=monotonic() - reading.fetched_at < LONGEST_SILENCE_S, moving=moving)

    def ready() -> Check:
        bus = reading.silence.is_short
        return Check.of(assigned=reading.is_ready, knows=knowing.is_well, bus=bus, catalogue=True)

    metrics.bus_silence.set_function(lambda: reading.silence.seconds)
    async with Door("ingest", metrics, settings, healthy=healthy, ready=ready):
        await _until_one_ends(reading.run(), _measure(reading), _listen_for_silence(reading))


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


async def _listen_for_silence(reading: Reading) -> None:
    """A client whose own tasks have died as the broker did waits for ever for a bus that has long been back."""
    while True:
        if reading.silence.seconds > LONGEST_SILENCE_S:
            raise BusSilent(f"the bus has said nothing for {LONGEST_SILENCE_S:g} s; begin again")
        await asyncio.sleep(MEASURE_S)


async def _measure(reading: Reading) -> None:
    while True:
        try:
            await reading.measure_lag()
        except KafkaError as trouble:
            log.warning("lag_unknown", error=type(trouble).__name__)
        await asyncio.sleep(MEASURE_S)
