"""The loop of ingest: fetch, put in order, hear, send, commit. Committed is what has all its signals acknowledged."""

import asyncio
from collections.abc import Sequence
from time import monotonic
from typing import Any, Final

from aiokafka import ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, RebalanceInProgressError

from listener.bus.clients import must_fetch
from listener.bus.names import Names
from listener.hearing import Hearing
from listener.ingest.fetch_progress import FetchProgress
from listener.ingest.identity_feed import IdentityFeed, as_record
from listener.ingest.ordered_merge import NEVER, OrderedMerge
from listener.ingest.pausable_clock import PausableClock
from listener.ingest.sending import Sender
from listener.model.record import DeadLetter, Record, RecordFate, Understood
from listener.model.topics import INPUTS, KEY_OF
from listener.telemetry import BusSilence, Metrics, get_logger

BATCH: Final = 500
BATCH_BYTES: Final = 4 * 2**20
POLL_MS: Final = 50
PAUSE_S: Final = 0.005
log = get_logger(__name__)


class IngestLoop(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is not typed
    """Reads the inputs this process holds. A rebalance waits for the batch in hand, and begins anew after it."""

    def __init__(
        self, consumer: Any, sender: Sender, hearing: Hearing, feed: IdentityFeed, names: Names, metrics: Metrics
    ) -> None:
        self._consumer, self._sender, self._hearing, self._feed = consumer, sender, hearing, feed
        self._names, self._metrics = names, metrics
        self._merged: OrderedMerge[TopicPartition] = OrderedMerge()
        self._progress, self._clock = FetchProgress(consumer), PausableClock()
        self.silence = BusSilence(long_one_ended=metrics.bus_outages.inc)
        self._in_hand = asyncio.Lock()
        self._wanted, self._held = 0, -1
        self._committed: dict[TopicPartition, int] = {}
        self.fetched_at = self.moved_at = monotonic()
        self.lag: dict[tuple[str, int], int] = {}
        self._is_told_to_stop = False

    @property
    def is_ready(self) -> bool:
        """Whether the partitions held are the ones to hold, and everyone in them is known."""
        return self._held == self._wanted and bool(self._consumer.assignment())

    async def on_partitions_revoked(self, revoked: Any) -> None:
        """Finish what is in hand before another takes over."""
        async with self._in_hand:
            self._wanted += 1

    async def on_partitions_assigned(self, assigned: Any) -> None:
        """Begin anew; what aiokafka fetched before this is read again."""
        self._wanted += 1
        self._metrics.rebalances.inc()

    def stop(self) -> None:
        """End the run after what is in hand."""
        self._is_told_to_stop = True

    async def run(self) -> None:
        """Until told to stop."""
        while not self._is_told_to_stop:
            if self._held != self._wanted:
                await self._begin()
            elif not await self._fetch():
                await asyncio.sleep(POLL_MS / 1000)
            else:
                async with self._in_hand:
                    await self._turn()

    async def _turn(self) -> None:
        if self._held != self._wanted:
            return
        if not self._merged.waits:
            await self._commit({})
        elif not await self._take(await self._next()):
            await asyncio.sleep(PAUSE_S)

    async def _begin(self) -> None:
        """Go to what is committed in every partition, and know who is who as of there."""
        wanted, mine = self._wanted, self._consumer.assignment()
        try:
            for tp in mine:
                committed = await self._consumer.committed(tp)
                if committed is None:
                    await self._consumer.seek_to_beginning(tp)
                else:
                    self._consumer.seek(tp, committed)
            await self._feed.hold(mine, self._consumer)
        except (IllegalStateError, RebalanceInProgressError):
            return  # assigned anew meanwhile
        self._merged.hold(mine)
        self._committed = {}
        if wanted == self._wanted:
            self._held = wanted

    async def _fetch(self) -> bool:
        """Fetch for every partition that has room; False where this process holds none."""
        hungry = self._merged.hungry()
        if not hungry:
            return bool(self._consumer.assignment())
        must_fetch(self._consumer)
        try:
            timeout_ms = 0 if self._merged.waits else POLL_MS
            fetched = await self._consumer.getmany(*hungry, timeout_ms=timeout_ms, max_records=4 * BATCH)
            self._note_progress()
        except IllegalStateError:
            self._wanted += 1
            return True
        self.fetched_at = monotonic()
        if self._held == self._wanted:
            self._merged.add(fetched, self._clock.now())
        return True

    def _note_progress(self) -> None:
        if self._progress.note(self._consumer.assignment(), self._clock.now()):
            self.silence.ends()
            self._clock.answered()

    async def _next(self) -> list[tuple[TopicPartition, Any]]:
        self._note_progress()
        asked = {tp: await self._asked(tp) for tp in self._merged.partitions}
        return self._merged.ready(self._clock.now(), asked, limit=BATCH, limit_bytes=BATCH_BYTES)

    async def _asked(self, tp: TopicPartition) -> float:
        """When a partition last said that there is nothing beyond what was taken from it; NEVER where there is.

        It ends where a transaction is still open: nobody may hear what is behind, and others need not wait for it.
        """
        end = self._consumer.last_stable_offset(tp)
        if end is None or await self._consumer.position(tp) < end:
            return NEVER
        return self._progress.at(tp)

    async def _take(self, batch: Sequence[tuple[TopicPartition, Any]]) -> bool:
        """Hear a batch, send what it led to, commit it; False where there was nothing to take."""
        if not batch:
            return False
        records = [as_record(KEY_OF[self._names.default(tp.topic)], record) for tp, record in batch]
        fates = await asyncio.to_thread(self._hearing.hear, records)
        pairs = list(zip(records, fates, strict=True))
        heard = [(record, fate.signals) for record, fate in pairs if isinstance(fate, Understood)]
        with self._metrics.bus_ack.time():
            await self._sender.send(heard, [(record, fate) for record, fate in pairs if isinstance(fate, DeadLetter)])
        await self._commit({tp: record.offset + 1 for tp, record in batch})
        self._measure(pairs)
        return True

    async def _commit(self, offsets: dict[TopicPartition, int]) -> None:
        """Commit these, and what was passed over where nothing waits: markers of transactions, what is kept no more."""
        try:
            places = offsets | {tp: await self._consumer.position(tp) for tp in self._merged.empty()}
            news = {tp: offset for tp, offset in places.items() if offset > self._committed.get(tp, 0)}
            if not news:
                return
            await self._consumer.commit(news)
            self._committed |= news
            self.moved_at = monotonic()
            self.silence.ends()
        except (CommitFailedError, IllegalStateError, RebalanceInProgressError):
            log.warning("commit_came_late")  # another reads these again, and relate knows the repeats
            self._wanted += 1

    def _measure(self, pairs: Sequence[tuple[Record, RecordFate]]) -> None:
        for record, fate in pairs:
            outcome = (
                "dead" if isinstance(fate, DeadLetter) else "heard" if isinstance(fate, Understood) else "other_brand"
            )
            self._metrics.events.labels(INPUTS[record.topic], outcome).inc()
            if isinstance(fate, DeadLetter):
                self._metrics.dead_letters.labels(fate.stage).inc()

    async def measure_lag(self) -> None:
        """How much waits in each partition held."""
        try:
            mine = list(self._consumer.assignment())
            ends = await self._consumer.end_offsets(mine) if mine else {}
            starts = await self._consumer.beginning_offsets(mine) if mine else {}
            self.lag = {
                (self._names.default(tp.topic), tp.partition): max(
                    0, end - max(await self._consumer.committed(tp) or 0, starts[tp])
                )
                for tp, end in ends.items()
            }
            self.silence.ends()
        except (IllegalStateError, RebalanceInProgressError):
            return
        self._metrics.lags(self.lag)
