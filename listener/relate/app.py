"""The Faust app of relate, put together: its transport, its recovery, its table, its one agent."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import faust
from faust.auth import OAuthCredentials
from faust.types import TP

from listener.book import Core
from listener.bus import credentials
from listener.bus.clients import BATCH_BYTES, METADATA_MAX_AGE_MS, SESSION_S
from listener.bus.lags import Lags
from listener.bus.names import TABLE, Names, group
from listener.model.topics import OUTPUTS
from listener.processes.worker_slot import WorkerSlot
from listener.relate.bookmark import KEY, heard_to
from listener.relate.clock import Clock
from listener.relate.gauges import CustomerGauges
from listener.relate.kernel import Kernel
from listener.relate.offset_guard import OffsetGuard
from listener.relate.outbox import Outbox
from listener.relate.rebuilding import Rebuilding
from listener.relate.recovery import SafeTableManager
from listener.relate.table import DurableTable
from listener.relate.transport import Transport
from listener.relate.wall_clock import WallClock
from listener.relate.watchdog import Watchdog
from listener.settings import Settings
from listener.telemetry import BusSilence, Metrics

BATCH: Final = 1000
WITHIN_S: Final = 0.05
PRODUCE_WITHIN_S: Final = 60.0
"""What the bus does not take for so long ends the process, which begins again: Faust waits twenty minutes."""


class App(faust.App):  # type: ignore[misc]  # Faust is not typed
    """Faust, with our transport."""

    silence: BusSilence
    metrics: Metrics

    def _new_transport(self) -> Transport:
        return Transport(self.conf.broker_consumer, self)

    def _new_producer_transport(self) -> Transport:
        return Transport(self.conf.broker_producer, self)

    async def _on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Let nothing flow before the state of what is held now is whole (see `recovery.py`)."""
        self.consumer.stop_flow()
        self.flow_control.suspend()
        self.consumer.pause_partitions(assigned)
        await super()._on_partitions_assigned(assigned, generation_id)


@dataclass(slots=True)
class Relate:
    """The app and those parts of it that others watch."""

    app: App
    clock: Clock
    guard: OffsetGuard
    table: DurableTable
    lags: Lags
    watchdog: Watchdog
    gauges: CustomerGauges
    wall_clock: WallClock
    rebuilding: Rebuilding


def create_app(settings: Settings, core: Core, metrics: Metrics, slot: WorkerSlot) -> Relate:
    """Everything relate is made of; nothing is started, nothing is asked."""
    names = Names(settings)
    app = App(group(settings, "relate"), **_faust_settings(settings, slot))
    app.metrics, app.silence = metrics, BusSilence(long_one_ended=metrics.bus_outages.inc)
    table = app.Table(TABLE, key_type=bytes, value_type=bytes, partitions=settings.partitions)
    outbox, lags, watchdog = Outbox(_Later(app), names), Lags(settings), Watchdog(SESSION_S * 0.8)
    lateness: timedelta | None = settings.lateness if settings.clock == "wall" else None
    gauges, rebuilding = CustomerGauges(), Rebuilding(core, settings)
    wall_clock = WallClock(stepped=metrics.clock_steps.inc)
    held_back = metrics.wakes_held_back.inc
    clock = Clock(core, table, outbox, lags, gauges, lateness=lateness, now=wall_clock.now, held_back=held_back)
    guard = _guard(app, table, metrics)
    kernel = Kernel(core, table, outbox, guard, clock, watchdog, gauges, rebuilding, metrics)
    _hear_of_recovery(app, table, clock, metrics)
    _declare_agent(app, names.real(OUTPUTS["signals"]), kernel)
    _declare_clock(app, clock, lags if lateness is not None else None)
    return Relate(app, clock, guard, table, lags, watchdog, gauges, wall_clock, rebuilding)


class _Later:
    """The app's producer, which exists once the app has started."""

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def client(self) -> Any:
        """The aiokafka producer that Faust sends with."""
        return self._app.producer._ensure_producer()

    async def send(self, *record: Any) -> Any:
        return await self._app.producer.send(*record)


def _faust_settings(settings: Settings, slot: WorkerSlot) -> dict[str, Any]:
    return {
        "broker": [f"aiokafka://{server.strip()}" for server in settings.bootstrap_servers.split(",")],
        "broker_credentials": _credentials(settings),
        "store": f"{settings.store}://",
        "datadir": str(slot.folder),
        "Table": DurableTable,
        "TableManager": SafeTableManager,
        "consumer_group_instance_id": slot.name,
        "consumer_auto_offset_reset": "earliest",
        "broker_session_timeout": SESSION_S,
        "broker_heartbeat_interval": SESSION_S / 5,
        "broker_commit_interval": 1.0,
        "broker_commit_every": 5000,
        "broker_max_poll_records": BATCH,
        "producer_request_timeout": PRODUCE_WITHIN_S,
        "producer_max_batch_size": BATCH_BYTES,
        "consumer_metadata_max_age_ms": METADATA_MAX_AGE_MS,
        "stream_buffer_maxsize": 16 * BATCH,
        "stream_wait_empty": True,
        "table_standby_replicas": 0,
        "topic_partitions": settings.partitions,
        "topic_replication_factor": settings.replication,
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "web_enabled": False,
        "web_in_thread": False,
        "autodiscover": False,
        "worker_redirect_stdouts": False,
        "logging_config": {"version": 1, "disable_existing_loggers": False},
    }


def _credentials(settings: Settings) -> Any:
    kafka = settings.kafka
    context = credentials.ssl_context(kafka)
    if not kafka.security_protocol.startswith("SASL"):
        return None if context is None else faust.SSLCredentials(context)
    if kafka.sasl_mechanism == credentials.OAUTH:
        return OAuthCredentials(oauth_cb=credentials.token_provider(kafka), ssl_context=context)
    words = {"username": kafka.sasl_username, "password": credentials.password(kafka)}
    return faust.SASLCredentials(mechanism=kafka.sasl_mechanism, ssl_context=context, **words)


def _guard(app: App, table: DurableTable, metrics: Metrics) -> OffsetGuard:
    def drop(event: Any) -> None:
        event.message.acked = True
        app.consumer._unacked_messages.discard(event.message)

    return OffsetGuard(
        next_offset=lambda tp, most: app.consumer._thread.next_offset(tp, most),
        state_is_at=lambda tp: heard_to(table.read(tp.partition, KEY)),
        is_whole=lambda generation: app.tables.whole == generation,
        seek=lambda tp, offset: app.consumer._thread.seek_now(tp, offset),
        generation=lambda: app.consumer_generation_id,
        drop=drop,
        give_up=lambda tp, first, last: app.consumer._add_gap(tp, first, last),
        count=lambda outcome: metrics.offset_gaps.labels(outcome).inc(),
    )


def _hear_of_recovery(app: App, table: DurableTable, clock: Clock, metrics: Metrics) -> None:
    async def recovered(seconds: float) -> None:
        metrics.recovery_seconds.set(seconds)
        changelog = table.changelog_topic.get_topic_name()
        await clock.hold(tp.partition for tp in app.assignor.assigned_actives() if tp.topic == changelog)

    async def given_out(*_: Any, **__: Any) -> None:
        metrics.rebalances.inc()

    app.tables.on_recovered = recovered
    app.on_partitions_assigned.connect(given_out, weak=False)


def _declare_agent(app: App, signals: str, kernel: Kernel) -> None:
    topic = app.topic(signals, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")

    @app.agent(topic, name="relate")  # type: ignore[untyped-decorator]  # Faust is not typed
    async def relate(stream: Any) -> None:
        async for batch in stream.noack_take(BATCH, within=WITHIN_S):
            await _take(app, kernel.take, batch)
            app.silence.ends()

    assert relate is not None


async def _take(
    app: App, take: Callable[[Sequence[Any], Callable[[Any], None]], Awaitable[None]], batch: list[Any]
) -> None:
    """Take a batch; what goes wrong ends the process, for Faust would acknowledge it and go on."""
    try:
        await take(batch, lambda event: event.ack())
    except Exception as trouble:  # noqa: BLE001  # whatever it is, it must not leave the agent
        await app.crash(trouble)


def _declare_clock(app: App, clock: Clock, lags: Lags | None) -> None:
    @app.task  # type: ignore[untyped-decorator]  # Faust is not typed
    async def keep_time() -> None:
        if lags is not None:
            await lags.start()
        try:
            await clock.run(lambda: app.should_stop)
        finally:
            if lags is not None:
                await lags.stop()

    assert keep_time is not None
