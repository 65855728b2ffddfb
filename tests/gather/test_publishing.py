"""When the brand's alert is said: raised at once, an hour when it is over, an ending when all is known."""

from datetime import timedelta

from listener import catalogue
from listener.common_cause import Gathering
from listener.gather.publishing import Publishing
from tests.common_cause.builders import AT, HOUR, alert, many

CATALOGUE = catalogue.load()


class Room:
    """A speaker on a wall clock that the test sets, and what it said."""

    def __init__(self, *, wall: bool = True) -> None:
        self.now, self.said = AT, []
        self.gathering = Gathering("acme", CATALOGUE)
        self.publishing = Publishing(self.gathering, self._say, (lambda: self.now) if wall else None)

    async def _say(self, told) -> None:
        self.said.append(told)

    async def hear(self, *alerts, all_is_known: bool = True) -> list[str]:
        """What it says on hearing these."""
        for one in alerts:
            self.publishing.note(self.gathering.take(one))
        return await self.look(all_is_known=all_is_known)

    async def look(self, *, all_is_known: bool = True) -> list[str]:
        before = len(self.said)
        if self.publishing.has_something:
            await self.publishing.speak(all_is_known=all_is_known)
        return [one.status for one in self.said[before:]]


async def test_it_is_raised_at_once_even_where_more_may_be_on_its_way():
    assert await Room().hear(*many(), all_is_known=False) == ["raised"]


async def test_an_hour_is_told_when_it_is_over_on_the_wall():
    room = Room()
    await room.hear(*many())
    room.now = AT + HOUR / 2
    assert await room.hear(*(alert(n, "resolved", HOUR / 4) for n in range(5))) == []
    assert await room.hear(*(alert(n, "resolved", HOUR / 3) for n in range(5, 9))) == []
    assert not room.publishing.has_something
    room.now = AT + HOUR
    assert room.publishing.has_something
    assert await room.look() == ["updated"]
    assert room.said[-1].gathered.open == 21


async def test_in_the_events_own_time_an_hour_is_told_when_nothing_more_comes():
    room = Room(wall=False)
    await room.hear(*many())
    assert await room.hear(*(alert(n, "resolved", HOUR / 4) for n in range(5))) == ["updated"]


async def test_an_ending_waits_until_all_is_known():
    """Who has not been heard yet may still be open, and what ended does not begin again."""
    room = Room()
    await room.hear(*many())
    room.now = AT + 9 * HOUR
    assert await room.hear(*(alert(n, "resolved", 2 * HOUR) for n in range(30)), all_is_known=False) == []
    late = [alert(30), alert(31)]
    assert await room.hear(*late, all_is_known=True) == ["updated"]
    assert await room.hear(*(alert(n, "expired", 6 * HOUR) for n in (30, 31))) == ["expired"]
    assert await room.hear(alert(32), alert(33)) == []


async def test_those_who_come_late_into_an_hour_that_was_told_are_told_at_once():
    room = Room()
    await room.hear(*many(25), all_is_known=False)
    assert await room.hear(*(alert(n) for n in range(25, 40))) == ["updated"]
    assert [(one.updated_at, one.gathered.customers) for one in room.said] == [(AT, 25), (AT, 40)]


async def test_what_it_said_is_heard_again_and_changes_nothing():
    room = Room()
    room.now = AT + timedelta(days=2)
    await room.hear(*many(), *(alert(n, "escalated", 24 * HOUR) for n in range(30)))
    assert [one.status for one in room.said] == ["raised", "escalated"]
    assert await room.hear(*list(room.said)) == []
