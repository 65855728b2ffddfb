"""Relate as a process: run until told to stop, 1 where it had to stop by itself."""

import asyncio
import logging
from time import monotonic
from typing import Any, Final

import faust
import uvloop
from mode import Service
from prometheus_client import CollectorRegistry

from listener.book import Core
from listener.bus.clients import JoinsNoMore
from listener.processes.endpoint import Endpoint
from listener.processes.shutdown import end_within
from listener.processes.worker_slot import take_slot
from listener.relate.app import Relate, create_app
from listener.relate.outbox import SIGNALS
from listener.settings import Settings
from listener.telemetry import Check, Metrics, get_logger

LONGEST_STOP_S: Final = 60.0
LONGEST_END_S: Final = 15.0
"""How long a process that ends of itself may take: what it held is safe already, and Faust's own ways out can hang."""
LONGEST_SILENCE_S: Final = 60.0
MEASURE_S: Final = 2.0
FAUSTS: Final = ("app", "recovery", "stores", "table", "transport")
"""Our modules whose classes are services of Faust's: they log under our name what is Faust's affair."""

log = get_logger(__name__)


class RecoveryStalled(Exception):
    """State could not be made whole; begin again."""


class Watched(Service):  # type: ignore[misc]  # Faust's mode is not typed
    """Serves metrics and health beside the app, and ends a stop that hangs."""

    def __init__(self, relate: Relate, metrics: Metrics, settings: Settings) -> None:
        super().__init__()
        self._relate, self._metrics = relate, metrics
        self._endpoint = Endpoint("relate", metrics, settings, healthy=self.healthy, ready=self.ready)
        self.was_asked_to_stop = False
        self._moved = monotonic()
        metrics.bus_silence.set_function(lambda: relate.app.silence.seconds)
        self._last: tuple[object, ...] = ()

    async def on_start(self) -> None:
        """Serve health and metrics."""
        self._relate.watchdog.start()
        await self._endpoint.open()

    async def on_stop(self) -> None:
        """Close it, and do not wait for ever."""
        if not self.was_asked_to_stop:
            end_within(LONGEST_END_S)
        await self._endpoint.close()

    def healthy(self) -> Check:
        """Alive: not frozen, and moving while there is something to read."""
        return Check.of(alive=monotonic() - self._moved < LONGEST_SILENCE_S or not any(self.lags().values()))

    def ready(self) -> Check:
        """Assigned and recovered; the catalogue was loaded before anything else."""
        app = self._relate.app
        return Check.of(
            assigned=bool(self._relate.clock.wake_ups),
            recovered=bool(app.tables.actives_ready) and not app.rebalancing,
            bus=app.silence.is_short,
            catalogue=True,
        )

    def lags(self) -> dict[tuple[str, int], int]:
        """What waits in the partitions held."""
        clock, monitor = self._relate.clock, self._relate.app.monitor
        ends = {tp.partition: end for tp, end in monitor.tp_end_offsets.items() if not tp.topic.endswith("-changelog")}
        return {(SIGNALS, n): max(0, ends.get(n, 0) - built - 1) for n, built in clock.built_to.items()}

    async def _look_for_a_stall(self) -> None:
        """A recovery that stands still never ends by itself."""
        recovery = self._relate.app.tables.recovery
        remaining = recovery.active_remaining_total() if recovery.in_recovery else 0
        seen = (remaining, *sorted(self._relate.clock.built_to.items()))
        if seen != self._last:
            self._moved, self._last = monotonic(), seen
        elif remaining and monotonic() - self._moved > LONGEST_SILENCE_S:
            await self._relate.app.crash(RecoveryStalled(f"{remaining} records of the changelog do not come"))

    async def _look_for_a_lost_group(self) -> None:
        """Who joins its group no more is given nothing, or holds what is another's by now; neither ends by itself."""
        app = self._relate.app
        try:
            if not app.should_stop:
                app.consumer.must_join()
        except JoinsNoMore as trouble:
            await app.crash(trouble)

    @Service.task  # type: ignore[untyped-decorator]  # mode is not typed
    async def measure(self) -> None:
        """Look now and then."""
        while not self.should_stop:
            await self._look_for_a_stall()
            await self._look_for_a_lost_group()
            self._metrics.lags(self.lags())
            self._relate.gauges.publish(self._metrics)
            self._metrics.wakes_overdue.set(self._relate.clock.overdue())
            self._relate.wall_clock.look()
            self._metrics.clock_step.set(self._relate.wall_clock.step_s)
            await self.sleep(MEASURE_S)


def run(settings: Settings, core: Core, catalogue: str) -> int:
    """Work until a signal says stop; the exit code."""
    metrics = Metrics(CollectorRegistry())
    metrics.built(catalogue, "relate")
    try:
        slot = take_slot(settings.data_dir, "relate")
    except (OSError, RuntimeError) as trouble:
        log.error("relate_ends", error=type(trouble).__name__, exc_info=trouble)
        return 1
    relate = create_app(settings, core, metrics, slot)
    return run_app(relate, metrics, settings)


def run_app(relate: Relate, metrics: Metrics, settings: Settings) -> int:
    """The same, with the app already made."""
    for name in FAUSTS:
        logging.getLogger(f"listener.relate.{name}").setLevel(logging.WARNING)
    loop = uvloop.new_event_loop()
    asyncio.set_event_loop(loop)
    watched = Watched(relate, metrics, settings)
    worker = _Worker(relate.app, watched, loop=loop, override_logging=False, redirect_stdouts=False, quiet=True)
    try:
        worker.execute_from_commandline()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


class _Worker(faust.Worker):  # type: ignore[misc]  # Faust is not typed
    """Faust's worker, which leaves our logs and the terminal alone and never hangs on its way out."""

    def __init__(self, app: Any, watched: Watched, **told: Any) -> None:
        super().__init__(app, watched, **told)
        self._watched = watched
        self.spinner = None  # nothing of Faust's belongs on stdout

    def _setup_logging(self) -> None:
        """Ours are set up already."""

    def _schedule_shutdown(self, signal: Any) -> None:
        self._watched.was_asked_to_stop = True
        end_within(LONGEST_STOP_S)
        super()._schedule_shutdown(signal)
