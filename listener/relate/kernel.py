"""One batch, in the order that makes it effectively once.

1. outcomes and dead letters, acknowledged    a crash after this sends them again, under the same ids
2. the changelog, acknowledged                customers first, the bookmark last
3. the local store                            never ahead of the changelog
4. the source, acknowledged in order          never ahead of any of it
"""

import time
from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from listener.book import Core
from listener.model.outcomes import Draft
from listener.model.outputs import Alert
from listener.model.signals import Wake
from listener.model.state import CustomerState
from listener.model.topics import OUTPUTS
from listener.relate.bookmark import KEY, Bookmark
from listener.relate.clock import Clock
from listener.relate.fold import Entry, Plan, fold, times_due
from listener.relate.gauges import CustomerGauges
from listener.relate.offset_guard import OffsetGuard
from listener.relate.outbox import Outbox
from listener.relate.rebuilding import Rebuilding
from listener.relate.table import DurableTable
from listener.relate.watchdog import Watchdog
from listener.telemetry import Metrics

_partition = attrgetter("message.partition")


class Kernel:
    """Takes batches of the signals; everything it needs is given."""

    def __init__(
        self,
        core: Core,
        table: DurableTable,
        outbox: Outbox,
        guard: OffsetGuard,
        clock: Clock,
        watchdog: Watchdog,
        gauges: CustomerGauges,
        rebuilding: Rebuilding,
        metrics: Metrics,
    ) -> None:
        self._core, self._table, self._outbox = core, table, outbox
        self._guard, self._clock, self._watchdog = guard, clock, watchdog
        self._gauges, self._rebuilding, self._metrics = gauges, rebuilding, metrics

    async def take(self, batch: Sequence[Any], acknowledge: Callable[[Any], None]) -> None:
        """Fold a batch and make what it leads to durable, in order.

        Raises:
            Exception: where anything could not be made durable; the process must end and begin again then.
        """
        events = await self._guard.continuous(batch)
        plans = [
            await self._fold(partition, list(mine))
            for partition, mine in groupby(sorted(events, key=_partition), _partition)
        ]
        self._watchdog.check()
        with self._metrics.bus_ack.time():
            await self._outbox.send(plans)
        for plan in plans:
            self._watchdog.check()
            writes = list(plan.writes())
            await self._table.write(plan.partition, writes)
            self._weigh(writes)
        for event in events:
            acknowledge(event)
        for plan in plans:
            self._clock.note(plan.partition, times_due(plan, self._core.next_due), plan.bookmark, gone=plan.gone())
            self._gauges.note(plan)
            self._measure(plan)

    async def _fold(self, partition: int, events: Sequence[Any]) -> Plan:
        entries = [Entry.of(event.message) for event in events]
        plan = fold(partition, entries, lambda key: self._table.read(partition, key), self._core)
        if plan.unusable:
            plan = await self._fold_anew(plan, entries)
        plan.bookmark.pending = [p for p in plan.bookmark.pending if not self._clock.is_swept(partition, p)]
        return plan

    async def _fold_anew(self, spoilt: Plan, entries: Sequence[Entry]) -> Plan:
        """Fold a batch again over what the signals say of those whose stored value cannot be used."""
        partition, keys = spoilt.partition, spoilt.unusable
        is_placed = KEY not in keys
        read_to = Bookmark.from_bytes(self._table.read(partition, KEY)).built_to if is_placed else -1
        anew = await self._rebuilding.states(partition, keys, max(entries[0].offset, read_to + 1))
        plan = fold(partition, entries, lambda k: anew[k] if k in anew else self._table.read(partition, k), self._core)
        for key, value in anew.items():
            if key != KEY:
                plan.states.setdefault(key, None if value is None else CustomerState.from_bytes(value))
        plan.dead = [dead for dead in spoilt.dead if dead.entry.offset < 0] + plan.dead
        self._metrics.rebuilt.inc(len(keys - {KEY}))
        return plan

    def _weigh(self, writes: Sequence[tuple[bytes, bytes | None]]) -> None:
        for key, value in writes:
            if key != KEY and value is not None:
                self._metrics.state_bytes.observe(len(value))

    def _measure(self, plan: Plan) -> None:
        metrics, now = self._metrics, time.time()
        for outcome, count in plan.heard.items():
            metrics.events.labels(OUTPUTS["signals"], outcome).inc(count)
        for dead in plan.dead:
            metrics.dead_letters.labels(dead.stage).inc()
        for decision in plan.outgoing():
            value = decision.outcome.made
            if decision.outcome.topic == "acts" and isinstance(value, Draft) and value.fields["held_back"]:
                metrics.rules_suppressed.labels(value.fields["rule_id"], value.fields["held_back"]).inc()
            if isinstance(value, Alert):
                metrics.alerts.labels(value.rule_id, value.severity, value.status).inc()
                if not isinstance(decision.signal, Wake):
                    metrics.event_to_alert.observe(max(0.0, now - decision.signal.heard_at.timestamp()))
