"""Gather as a process: run until told to stop, 1 where it had to stop by itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Final

from listener.bus import clients
from listener.bus.lags import Lags
from listener.bus.names import Names
from listener.common_cause import Gathering
from listener.gather.loop import ALERTS, GatherLoop
from listener.gather.sole_assignor import SoleAssignor
from listener.processes.endpoint import Endpoint
from listener.processes.shutdown import when_told_to_stop
from listener.processes.stage_runner import run_stage
from listener.settings import Settings
from listener.telemetry import Check, Metrics

LONGEST_SILENCE_S: Final = 60.0
LONGEST_STOP_S: Final = 60.0


def run(settings: Settings, begin: Callable[[], Gathering], catalogue: str) -> int:
    """Work until a signal says stop; the exit code. `begin` gives a gathering that knows nothing yet."""
    return run_stage("gather", settings, catalogue, partial(_work, settings, begin))


async def _work(settings: Settings, begin: Callable[[], Gathering], metrics: Metrics, member: str) -> None:
    names, lags = Names(settings), Lags(settings)
    consumer = clients.member(settings, "gather", member, partition_assignment_strategy=(SoleAssignor,))
    producer = clients.producer(settings)
    now = (lambda: datetime.now(UTC)) if settings.clock == "wall" else None
    loop = GatherLoop(consumer, producer, lags, names, begin, now, metrics)
    when_told_to_stop(loop.stop, longest_s=LONGEST_STOP_S)
    consumer.subscribe([names.real(ALERTS)], listener=loop)
    async with clients.started(producer, settings):
        await lags.start()
        try:
            async with clients.started(consumer, settings):
                await _serve_while(loop, metrics, settings)
        finally:
            await lags.stop()


async def _serve_while(loop: GatherLoop, metrics: Metrics, settings: Settings) -> None:
    def healthy() -> Check:
        return Check.of(turning=monotonic() - loop.turned_at < LONGEST_SILENCE_S)

    def ready() -> Check:
        return Check.of(known=loop.is_ready, bus=loop.silence.is_short, catalogue=True)

    metrics.bus_silence.set_function(lambda: loop.silence.seconds)
    async with Endpoint("gather", metrics, settings, healthy=healthy, ready=ready):
        await loop.run()
