"""The clock of customers: whoever is due is woken through the signals, so that time too stands in the log.

On the wall clock a deadline is woken when its time and the lateness have passed and nothing waits to be read, asked
before the clock is, so that a backlog never makes a promise look broken. In event time nobody is woken but by ticks
and by their own events. What concerns everyone (a broadcast, a tick) reaches the quiet ones by a sweep of wake-ups.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

import msgspec
from aiokafka.errors import KafkaError
from faust.exceptions import ProducerSendError as BusSendError

from listener.book import Core
from listener.bus.lags import Lags
from listener.model.record import EVERYONE
from listener.model.signals import Signal, Tick, Wake, read_signal
from listener.model.state import CustomerState
from listener.model.wire import EARLIEST
from listener.relate.bookmark import KEY, Bookmark, Pending
from listener.relate.fold import stored_state
from listener.relate.gauges import CustomerGauges
from listener.relate.outbox import Outbox
from listener.relate.table import DurableTable
from listener.relate.wake_ups import WakeUps
from listener.telemetry import get_logger

POLL_S: Final = 0.25
AWAY_S: Final = 1.0
CHUNK: Final = 500
AT_ONCE: Final = 2000
"""Wake-ups sent before their acknowledgement is awaited."""


log = get_logger(__name__)


class Clock:
    """Wakes the customers of the partitions this process holds."""

    def __init__(
        self,
        core: Core,
        table: DurableTable,
        outbox: Outbox,
        lags: Lags,
        gauges: CustomerGauges,
        *,
        lateness: timedelta | None,
        now: Callable[[], datetime],
        held_back: Callable[[], None],
    ) -> None:
        self._core, self._table, self._outbox, self._lags, self._gauges = core, table, outbox, lags, gauges
        self._lateness, self._now, self._held_back = lateness, now, held_back
        self.wake_ups: dict[int, WakeUps] = {}
        self.built_to: dict[int, int] = {}
        self._to_sweep: dict[int, list[Pending]] = {}
        self._swept: dict[int, dict[int, int]] = {}
        self._to_rebuild: dict[int, list[str]] = {}

    async def hold(self, partitions: Iterable[int]) -> None:
        """These are ours, as they stand in the table: learn who is due, and what is still to be swept."""
        held = set(partitions)
        self._gauges.hold(held)
        for gone in set(self.wake_ups) - held:
            for known in (self.wake_ups, self.built_to, self._to_sweep, self._swept, self._to_rebuild):
                known.pop(gone, None)
        for partition in held:
            wake_ups = self.wake_ups[partition] = WakeUps()
            bookmark, spoilt = _bookmark(self._table.read(partition, KEY)), self._to_rebuild.setdefault(partition, [])
            if bookmark is None:
                bookmark = Bookmark()
                spoilt.append(EVERYONE)
            spoilt += _customers(self._table.passed_over(partition))  # to be stored again as they are
            self.built_to[partition] = max(bookmark.built_to, self.built_to.get(partition, -1))
            self._to_sweep[partition] = list(bookmark.pending)
            async for customer_id, state in self._states(partition, spoilt):
                wake_ups.remember(customer_id, self._core.next_due(state))
                self._gauges.remember(partition, customer_id, state)

    def note(
        self, partition: int, times: dict[str, datetime | None], bookmark: Bookmark, *, gone: Iterable[str] = ()
    ) -> None:
        """A batch was folded and is durable."""
        if partition not in self.wake_ups:
            return
        self.wake_ups[partition].learn(times)
        self.wake_ups[partition].forget(gone)
        self.built_to[partition] = bookmark.built_to
        self._to_sweep[partition] = list(bookmark.pending)
        if swept := self._swept.get(partition):  # what waits no more is never asked about again
            waiting = {pending.offset for pending in bookmark.pending}
            self._swept[partition] = {offset: last for offset, last in swept.items() if offset in waiting}

    def is_swept(self, partition: int, waiting: Pending) -> bool:
        """Whether everyone of a partition has heard what concerns everyone: the last wake-up of its sweep was read."""
        last = self._swept.get(partition, {}).get(waiting.offset)
        return last is not None and self.built_to.get(partition, -1) >= last

    async def run(self, should_stop: Callable[[], bool]) -> None:
        """Look again and again."""
        while not should_stop():
            try:
                await self._look()
            except (KafkaError, OSError, BusSendError) as trouble:  # the bus is away: what is due stays due
                log.warning("clock_waits", error=type(trouble).__name__)
                await asyncio.sleep(AWAY_S)
            await asyncio.sleep(POLL_S)

    async def _look(self) -> None:
        for partition, wake_ups in list(self.wake_ups.items()):
            if spoilt := self._to_rebuild.get(partition):
                woken = [self._wake(who, EARLIEST) for who in spoilt]
                await self._send(partition, woken, wake_ups)
                del spoilt[: len(woken)]  # not before they are sent; more may have been found meanwhile
            await self._sweep(partition)
        if self._lateness is not None:
            await self._wake_who_is_late(self._lateness)

    def overdue(self) -> int:
        """How many wait to be woken on the wall clock."""
        if self._lateness is None:
            return 0
        moment = self._now() - self._lateness
        return sum(wake_ups.overdue(moment) for wake_ups in self.wake_ups.values())

    async def _wake_who_is_late(self, lateness: timedelta) -> None:
        first = min((due for wake_ups in self.wake_ups.values() if (due := wake_ups.first) is not None), default=None)
        if first is None or first > self._now() - lateness:
            return
        if not await self._is_all_read():
            self._held_back()
            return
        moment = self._now() - lateness  # after the look at the lags, never before
        for partition, wake_ups in list(self.wake_ups.items()):
            await self._send(partition, [self._wake(who, due) for who, due in wake_ups.until(moment)], wake_ups)

    async def _is_all_read(self) -> bool:
        if not await self._lags.is_ingest_done():
            return False
        ends = await self._lags.ends_of_signals(self.built_to)
        return all(self.built_to.get(partition, -1) + 1 >= end for partition, end in ends.items())

    async def _sweep(self, partition: int) -> None:
        """Wake everyone who has not heard yet what concerns everyone; what fails is swept again at the next look."""
        for pending in self._to_sweep.get(partition, ()):
            if pending.offset in self._swept.get(partition, {}):
                continue
            signal = read_signal(pending.signal)
            wakes = [wake async for wake in self._concerned(partition, pending, signal)]
            wake_ups = self.wake_ups.get(partition)
            if wake_ups is None:  # another's by now
                return
            last = await self._send(partition, wakes, wake_ups)
            self._swept.setdefault(partition, {})[pending.offset] = last

    async def _concerned(self, partition: int, pending: Pending, signal: Signal) -> AsyncIterator[Wake]:
        async for customer_id, state in self._states(partition):
            if state.offset >= pending.offset:
                continue
            due = self._core.next_due(state) if isinstance(signal, Tick) else signal.occurred_at
            if due is not None and due <= signal.occurred_at:
                yield self._wake(customer_id, signal.occurred_at)

    async def _states(
        self, partition: int, spoilt: list[str] | None = None
    ) -> AsyncIterator[tuple[str, CustomerState]]:
        """All customers of a partition, as they are now; those whose state is none go to `spoilt`, to be rebuilt."""
        for n, (key, _) in enumerate(self._table.items_of(partition)):
            if n % CHUNK == CHUNK - 1:
                await asyncio.sleep(0)
            value = None if key == KEY else self._table.read(partition, key)  # a batch may have been folded since
            if value is None:
                continue
            try:
                customer_id = key.decode(errors="surrogatepass")
                state = stored_state(key, value)
            except UnicodeError:
                continue  # nobody's key
            except (msgspec.DecodeError, ValueError):
                if spoilt is not None:
                    spoilt.append(customer_id)
                continue
            yield customer_id, state

    def _wake(self, customer_id: str, due: datetime) -> Wake:
        return Wake(
            event_id=f"wake:{due.isoformat()}"[:512],
            occurred_at=due,
            heard_at=due,
            customer_id=customer_id,
            brand=self._core.brand,
        )

    async def _send(self, partition: int, wakes: list[Wake], wake_ups: WakeUps) -> int:
        """Put wake-ups into the log; the offset of the last of them."""
        last = -1
        for start in range(0, len(wakes), AT_ONCE):
            some = wakes[start : start + AT_ONCE]
            try:
                sent = [await self._outbox.signal(wake, partition) for wake in some]
                last = max(last, *(metadata.offset for metadata in await asyncio.gather(*sent)))
            except Exception:
                for wake in wakes[start:]:
                    wake_ups.again(wake.customer_id, wake.occurred_at)
                raise
        return last


def _customers(keys: Iterable[bytes]) -> Iterator[str]:
    """Who is kept under these keys: everyone, where it is the bookmark; nobody, where it is no key of ours."""
    for key in keys:
        try:
            yield EVERYONE if key == KEY else key.decode(errors="surrogatepass")
        except UnicodeError:
            continue


def _bookmark(value: bytes | None) -> Bookmark | None:
    try:
        return Bookmark.from_bytes(value)
    except (msgspec.DecodeError, ValueError):
        return None
