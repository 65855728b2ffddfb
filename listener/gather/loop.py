"""The loop of gather: read the alerts from their start, fold them, and say what is owed.

Nothing is kept but the topic itself, which holds what customers' alerts said and what was said of the brand: whoever
takes over reads both, and so goes on where the other was. Nothing is committed.
"""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any, Final

from aiokafka import ConsumerRebalanceListener
from aiokafka.errors import IllegalStateError, KafkaError
from pydantic import ValidationError

from listener.bus.clients import must_fetch
from listener.bus.lags import Lags
from listener.bus.names import Names
from listener.common_cause import Gathering, outcome_of
from listener.envelopes.cloudevents import encoded, envelope
from listener.gather.publishing import Now, Publishing
from listener.gather.quiescence import Quiescence
from listener.model.outputs import Alert
from listener.model.topics import OUTPUTS
from listener.telemetry import BusSilence, Metrics, get_logger

POLL_MS: Final = 250
LOOK_S: Final = 0.5
MOST: Final = 5000
AWAY_S: Final = 1.0
ALERTS: Final = OUTPUTS["alerts"]
NO_CAUSE: Final = b'"cause_event_id":null'
"""What relate writes where an alert has no cause it shares with others: most need no more than this look."""
log = get_logger(__name__)


class NotTaken(Exception):
    """The bus did not take what we had to say, or did and could not tell us."""


class GatherLoop(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is not typed
    """Reads for one brand, and begins anew whenever the partitions are given out anew."""

    def __init__(
        self,
        consumer: Any,
        producer: Any,
        lags: Lags,
        names: Names,
        begin: Callable[[], Gathering],
        now: Now | None,
        metrics: Metrics,
    ) -> None:
        self._consumer, self._producer, self._lags, self._names = consumer, producer, lags, names
        self._begin, self._now, self._metrics = begin, now, metrics
        self._is_new = True
        self._gathering: Gathering = begin()
        self._publishing = Publishing(self._gathering, self._say, now)
        self._quiescence = Quiescence(self._is_all_read)
        self.silence = BusSilence(long_one_ended=metrics.bus_outages.inc)
        self._ends: dict[Any, int] = {}
        self._looked_at, self.turned_at = 0.0, monotonic()
        self._is_told_to_stop = self._is_caught_up = False

    @property
    def is_ready(self) -> bool:
        """Whether all that was said is known, or another says it and this one stands by."""
        return not self._is_new and (self._is_caught_up or not self._consumer.assignment())

    async def on_partitions_revoked(self, revoked: Any) -> None:
        """Say nothing more until it is known whose they are."""
        self._is_new, self._is_caught_up = True, False

    async def on_partitions_assigned(self, assigned: Any) -> None:
        """Ours, all of them or none."""
        self._is_new, self._is_caught_up = True, False
        self._metrics.rebalances.inc()

    def stop(self) -> None:
        """End the run after the turn it is in."""
        self._is_told_to_stop = True

    async def run(self) -> None:
        """Until told to stop."""
        while not self._is_told_to_stop:
            try:
                await self._turn()
            except IllegalStateError:  # given out anew in the middle of it
                self._is_new = True

    async def _turn(self) -> None:
        if self._is_new:
            await self._begin_anew()
        must_fetch(self._consumer)
        fetched = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=MOST)
        if self._is_new:
            return
        self.turned_at = monotonic()
        for records in fetched.values():
            self._take(records)
        if monotonic() - self._looked_at >= LOOK_S:
            self._looked_at = monotonic()
            await self._look()

    async def _begin_anew(self) -> None:
        self._is_new = False
        self._gathering, self._ends = self._begin(), {}
        self._metrics.gathered.clear()  # another may tell of them now
        self._publishing = Publishing(self._gathering, self._say, self._now)
        if mine := self._consumer.assignment():
            await self._consumer.seek_to_beginning(*mine)

    def _take(self, records: Any) -> None:
        self._quiescence.moved()
        for record in records:
            if record.value is None or NO_CAUSE in record.value:
                continue
            try:
                self._publishing.note(self._gathering.take(Alert.model_validate_json(record.value, extra="ignore")))
            except ValidationError:
                self._metrics.events.labels(ALERTS, "dead").inc()  # nobody but relate and we write here

    async def _look(self) -> None:
        try:
            seen, self._ends = self._ends, await self._ends_now()
            if not await self._has_read(seen):
                return
            self._is_caught_up = True
            if self._publishing.has_something:
                await self._speak()
        except (KafkaError, OSError) as trouble:
            log.warning("gather_waits", error=type(trouble).__name__)
            await asyncio.sleep(AWAY_S)

    async def _speak(self) -> None:
        all_is_known, long_enough = await self._quiescence.look()
        if (all_is_known or long_enough) and not self._is_new:
            await self._publishing.speak(all_is_known=all_is_known)
            self._quiescence.spoke()
            self._gathering.forget()
            self._measure()

    async def _say(self, alert: Alert) -> None:
        """One word, acknowledged before the next. What the bus does not take ends the process, which begins again."""
        outcome = outcome_of(alert)
        key, value = str(outcome.key).encode(errors="surrogatepass"), alert.model_dump_json(by_alias=True).encode()
        headers = encoded(envelope(outcome, alert.brand))
        try:
            with self._metrics.bus_ack.time():
                await self._producer.send_and_wait(self._names.real(ALERTS), value, key, headers=headers)
        except KafkaError as trouble:
            raise NotTaken(type(trouble).__name__) from trouble
        self._metrics.alerts.labels(alert.rule_id, alert.severity, alert.status).inc()

    def _measure(self) -> None:
        hit = dict.fromkeys((rule for rule, _ in self._gathering.causes), 0)
        for alert in self._gathering.open():
            hit[alert.rule_id] += alert.gathered.open if alert.gathered else 0
        for rule, customers in hit.items():
            self._metrics.gathered.labels(rule).set(customers)

    async def _ends_now(self) -> dict[Any, int]:
        """Where the partitions held end; empty where they are another's, and then only whether the bus is there."""
        mine, ends = self._consumer.assignment(), dict[Any, int]()
        if mine:
            ends = await self._consumer.end_offsets(list(mine))
        else:
            await self._lags.ends_of_signals([0])
        self.silence.ends()
        return ends

    async def _has_read(self, ends: dict[Any, int]) -> bool:
        """Whether all up to there is read."""
        waits = {tp: max(0, end - await self._consumer.position(tp)) for tp, end in ends.items()}
        self._metrics.lags({(ALERTS, tp.partition): lag for tp, lag in waits.items()})
        return bool(ends) and not any(waits.values())

    async def _is_all_read(self) -> bool:
        """Whether nothing waits before us: ingest's, then relate's, then what relate has just said."""
        if not (await self._lags.is_ingest_done() and await self._lags.is_relate_done()):
            return False
        return await self._has_read(await self._ends_now())
