"""No offset is skipped."""

from types import SimpleNamespace

from faust.types import TP

from listener.relate.offset_guard import OffsetGuard


class Bus:
    """A partition and its consumer, as the guard sees them."""

    def __init__(self, begins=0, state_is_at=10**9):
        self.begins, self.first, self.state, self.whole = begins, 0, state_is_at, {1, 2}
        self.sought, self.dropped, self.counted, self.given_up = [], [], [], []
        self.generation = 1
        self.guard = OffsetGuard(
            next_offset=self.next_offset,
            state_is_at=lambda tp: self.state,
            is_whole=lambda generation: generation in self.whole,
            seek=self.seek,
            generation=lambda: self.generation,
            drop=lambda event: self.dropped.append(event.message.offset),
            give_up=self.give_up,
            count=self.counted.append,
        )

    async def next_offset(self, tp, most):
        return max(min(self.begins, most), self.first)

    async def seek(self, tp, offset):
        self.sought.append(offset)

    async def give_up(self, tp, first, last):
        self.given_up.append((first, last))

    async def offer(self, *offsets, generation=1):
        tp = TP("signals", 0)
        events = [SimpleNamespace(message=SimpleNamespace(tp=tp, offset=n, generation_id=generation)) for n in offsets]
        return [event.message.offset for event in await self.guard.continuous(events)]


async def test_what_goes_on_goes_through():
    bus = Bus()
    assert await bus.offer(0, 1, 2) == [0, 1, 2]
    assert await bus.offer(3) == [3]
    assert (bus.sought, bus.dropped) == ([], [])


async def test_a_hole_is_sought_back_to_and_nothing_beyond_it_goes_through():
    bus = Bus()
    assert await bus.offer(0, 2, 3) == [0]
    assert (bus.sought, bus.dropped, bus.counted) == ([1], [2, 3], ["mended"])
    assert await bus.offer(1, 2, 3) == [1, 2, 3]


async def test_the_beginning_is_what_the_group_committed():
    bus = Bus(begins=7)
    assert await bus.offer(5, 6, 7) == [7]
    assert bus.sought == []


async def test_what_was_read_already_is_dropped_quietly():
    bus = Bus()
    assert await bus.offer(0, 1, 0, 1, 2) == [0, 1, 2]
    assert bus.counted == []


async def test_what_retention_took_is_counted_as_lost_and_left_behind():
    bus = Bus()
    await bus.offer(0, 5)
    bus.first = 5
    assert await bus.offer(5) == []
    assert bus.counted == ["mended", "lost", "mended"]
    assert bus.given_up == [(1, 4)]
    assert await bus.offer(5, 6) == [5, 6]


async def test_a_new_generation_begins_at_what_is_committed():
    bus = Bus()
    await bus.offer(0, 1)
    bus.generation, bus.begins = 2, 1
    assert await bus.offer(1, 2, generation=2) == [1, 2]


async def test_a_state_behind_what_was_committed_is_told_again_what_it_lacks():
    bus = Bus(begins=7, state_is_at=2)
    assert await bus.offer(7, 8) == []
    assert (bus.sought, bus.counted) == ([3], ["mended"])
    assert await bus.offer(3, 4, 5, 6, 7, 8) == [3, 4, 5, 6, 7, 8]


async def test_of_a_state_that_lacks_what_retention_took_the_rest_is_told_again():
    bus = Bus(begins=7, state_is_at=-1)
    bus.first = 4
    assert await bus.offer(7) == []
    assert await bus.offer(4, 5, 6, 7) == [4, 5, 6, 7]


async def test_a_state_ahead_of_what_was_committed_is_told_again_what_the_group_may_not_have_said():
    assert await Bus(begins=3, state_is_at=5).offer(3, 4) == [3, 4]


async def test_nothing_goes_through_before_the_state_is_whole_and_then_all_of_it():
    bus = Bus(begins=3)
    bus.whole.clear()
    assert await bus.offer(3, 4) == []
    bus.whole.add(1)
    assert await bus.offer(5) == []
    assert (bus.dropped, bus.sought) == ([3, 4, 5], [3])
    assert await bus.offer(3, 4, 5) == [3, 4, 5]
