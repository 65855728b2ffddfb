"""From the bus to the streams: what cannot be delivered is given back, and nothing is skipped."""

import asyncio
from collections import defaultdict
from types import SimpleNamespace

from faust.types import TP

from listener.relate.draining import Drain, Fetched

P, Q = TP("signals", 0), TP("signals", 1)


class Light:
    """A load that weighs nothing, until it is told that it is full."""

    def __init__(self):
        self.fills, self.refusals, self.has_refused_twice = False, 0, asyncio.Event()

    def is_full(self, generation):
        self.refusals += self.fills
        if self.refusals > 1:
            self.has_refused_twice.set()
        return self.fills

    def add(self, message):
        """Nobody counts."""


class Consumer(Drain):
    """A Faust consumer, as far as the drain knows one."""

    def __init__(self, **records):
        self.delivered, self.given_back = [], {}
        self.flow_active, self.suspend_flow = True, asyncio.Event()
        self._read_offset, self._n_acked, self._commit_every = defaultdict(lambda: None), 0, None
        self.active, self._buffered_partitions = {P, Q}, set()
        monitor = SimpleNamespace(track_tp_end_offset=lambda tp, end: None)
        self.app = SimpleNamespace(
            consumer_generation_id=1,
            conf=SimpleNamespace(broker_max_poll_records=100),
            flow_control=SimpleNamespace(is_active=lambda: self.flow_active),
            topics=SimpleNamespace(_tp_index={}, acks_enabled_for=lambda topic: True),
            monitor=monitor,
        )
        fetched = {
            tp: [SimpleNamespace(offset=n) for n in offsets]
            for tp, offsets in zip((P, Q), records.values(), strict=False)
        }
        self._thread = SimpleNamespace(fetch=self._fetch, give_back=self._give_back)
        self.fetched = Fetched(fetched, object(), {tp: some[-1].offset + 1 for tp, some in fetched.items()}, {})
        self.after, self.in_flight = {}, Light()

    async def callback(self, message):
        self.delivered.append(message)
        self.after.get(message, lambda: None)()

    def _get_active_partitions(self):
        return self.active

    def _to_message(self, tp, record):
        return tp.partition, record.offset

    async def _fetch(self, active, wait_s, limit):
        self.asked = active
        return self.fetched

    async def _give_back(self, fetched, first_undelivered):
        self.given_back = first_undelivered


async def test_records_are_delivered_each_partition_in_order():
    consumer = Consumer(p=[0, 1, 2], q=[5, 6])
    await consumer._drain_once()
    assert consumer.delivered == [(0, 0), (1, 5), (0, 1), (1, 6), (0, 2)]
    assert consumer.given_back == {}


async def test_the_thread_waits_on_a_set_that_nobody_can_empty():
    consumer = Consumer(p=[0])
    await consumer._drain_once()
    consumer.active.clear()
    assert consumer.asked == {P, Q}


async def test_when_the_flow_stops_the_rest_is_given_back():
    consumer = Consumer(p=[0, 1, 2], q=[5, 6])
    consumer.after[0, 1] = lambda: setattr(consumer, "flow_active", False)
    await consumer._drain_once()
    assert consumer.delivered == [(0, 0), (1, 5), (0, 1)]
    assert consumer.given_back == {P: 2, Q: 6}


async def test_records_of_an_earlier_generation_are_given_back():
    consumer = Consumer(p=[0, 1])
    consumer.after[0, 0] = lambda: setattr(consumer.app, "consumer_generation_id", 2)
    await consumer._drain_once()
    assert (consumer.delivered, consumer.given_back) == ([(0, 0)], {P: 1})


async def test_a_partition_paused_meanwhile_is_given_back_and_the_others_go_on():
    consumer = Consumer(p=[0, 1, 2], q=[5, 6])
    consumer.after[0, 0] = lambda: consumer.active.discard(P)
    await consumer._drain_once()
    assert consumer.delivered == [(0, 0), (1, 5), (1, 6)]
    assert consumer.given_back == {P: 1}


async def test_what_was_read_already_is_passed_over():
    consumer = Consumer(p=[0, 1, 2])
    consumer._read_offset[P] = 2
    await consumer._drain_once()
    assert (consumer.delivered, consumer.given_back) == ([(0, 2)], {})


async def test_a_record_that_finds_no_room_before_the_flow_stops_is_given_back():
    consumer = Consumer(p=[0, 1])
    full = SimpleNamespace(queue=SimpleNamespace(full=lambda: True))
    consumer.app.topics._tp_index = {P: [full]}

    async def wait_first(delivering, stopping):
        delivering.close()
        stopping.close()
        consumer.suspend_flow.set()
        consumer.flow_active = False
        return SimpleNamespace(stopped=False)

    consumer.wait_first = wait_first
    await consumer._drain_once()
    assert (consumer.delivered, consumer.given_back) == ([], {P: 0})


async def test_while_too_much_is_on_its_way_nothing_more_is_let_in():
    consumer = Consumer(p=[0, 1])
    consumer.after[0, 0] = lambda: setattr(consumer.in_flight, "fills", True)
    draining = asyncio.ensure_future(consumer._drain_once())
    await consumer.in_flight.has_refused_twice.wait()
    assert (consumer.delivered, draining.done()) == ([(0, 0)], False)
    consumer.in_flight.fills = False
    await draining
    assert consumer.delivered == [(0, 0), (0, 1)]


async def test_what_was_held_back_when_the_flow_stops_is_given_back():
    consumer = Consumer(p=[0, 1])
    consumer.in_flight.fills = True
    draining = asyncio.ensure_future(consumer._drain_once())
    await consumer.in_flight.has_refused_twice.wait()
    consumer.flow_active = False
    await draining
    assert (consumer.delivered, consumer.given_back) == ([], {P: 0})
