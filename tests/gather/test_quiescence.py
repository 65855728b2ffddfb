"""All is known when nothing waits anywhere for a moment; and nobody waits for ever."""

from listener.gather.quiescence import PATIENCE_S, STILL_S, Quiescence


class Bus:
    """A bus and a clock that the test sets."""

    def __init__(self) -> None:
        self.now, self.is_all_read = 100.0, True
        self.quiescence = Quiescence(self._ask, lambda: self.now)

    async def _ask(self) -> bool:
        return self.is_all_read

    async def after(self, seconds: float) -> tuple[bool, bool]:
        self.now += seconds
        return await self.quiescence.look()


async def test_a_moment_of_nothing_is_not_all_yet():
    """A broadcast reaches quiet customers by a sweep that begins after relate has read it."""
    bus = Bus()
    assert await bus.after(0) == (False, False)
    assert await bus.after(STILL_S) == (True, False)


async def test_what_comes_or_waits_meanwhile_begins_the_moment_anew():
    bus = Bus()
    await bus.after(0)
    bus.quiescence.moved()
    assert await bus.after(STILL_S) == (False, False)
    bus.is_all_read = False
    assert await bus.after(STILL_S) == (False, False)
    bus.is_all_read = True
    await bus.after(0)
    assert await bus.after(STILL_S) == (True, False)


async def test_patience_ends_and_begins_with_the_next_thing_to_say():
    bus = Bus()
    bus.is_all_read = False
    await bus.after(0)
    assert await bus.after(PATIENCE_S) == (False, True)
    bus.quiescence.spoke()
    assert await bus.after(PATIENCE_S) == (False, False)
