"""The guard: no offset is skipped, whatever happened on the way from the bus.

The signals have neither compaction nor transactions, so their offsets have no holes: a hole is always a loss. The
guard drops what lies behind or beyond the next offset expected, and seeks back to it. It begins where the group has
committed, or where the state stands if that is less: the state is never behind what is committed unless something went
wrong with it, and then the signals tell again what it lacks. And it drops what came before the state was whole.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from listener.telemetry import get_logger

MENDED: Final = "mended"
LOST: Final = "lost"
log = get_logger(__name__)


@dataclass(slots=True)
class Expected:
    """The next offset of a partition in one generation of the group."""

    generation: int
    offset: int
    vain: int = 0
    has_hole: bool = False


class OffsetGuard:
    """Lets through what continues each partition, and nothing else."""

    def __init__(
        self,
        *,
        next_offset: Callable[[Any, int], Awaitable[int]],
        state_is_at: Callable[[Any], int],
        is_whole: Callable[[int], bool],
        seek: Callable[[Any, int], Awaitable[None]],
        generation: Callable[[], int],
        drop: Callable[[Any], None],
        give_up: Callable[[Any, int, int], Awaitable[None]],
        count: Callable[[str], None],
    ) -> None:
        self._next_offset, self._seek, self._generation = next_offset, seek, generation
        self._state_is_at, self._is_whole = state_is_at, is_whole
        self._drop, self._give_up, self._count = drop, give_up, count
        self._expected: dict[Any, Expected] = {}
        self.is_on = True

    async def continuous(self, batch: Sequence[Any]) -> list[Any]:
        """The events of the batch that go on where each partition was left; holes are sought back to."""
        if not self.is_on:
            return list(batch)
        good = []
        for event in batch:
            message = event.message
            if not self._is_whole(message.generation_id):
                self._drop(event)
                continue
            expected = await self._expect(message)
            if message.offset == expected.offset:
                expected.offset += 1
                expected.has_hole, expected.vain = False, 0
                good.append(event)
            else:
                expected.has_hole |= message.offset > expected.offset
                self._drop(event)
        await self._mend()
        return good

    async def _expect(self, message: Any) -> Expected:
        known = self._expected.get(message.tp)
        if known is None or known.generation != message.generation_id:
            begin = await self._next_offset(message.tp, self._state_is_at(message.tp) + 1)
            known = Expected(message.generation_id, begin)
            self._expected[message.tp] = known
        return known

    async def _mend(self) -> None:
        for tp, expected in self._expected.items():
            if not expected.has_hole or expected.generation != self._generation():
                continue
            expected.has_hole = False
            expected.vain += 1
            if expected.vain > 1:  # what retention took is gone, and is said loudly
                earliest = await self._next_offset(tp, expected.offset)
                if earliest > expected.offset:
                    log.error("signals_lost", partition=tp.partition, first=expected.offset, until=earliest)
                    self._count(LOST)
                    await self._give_up(tp, expected.offset, earliest - 1)
                    expected.offset = earliest
            log.warning("hole_in_signals", partition=tp.partition, offset=expected.offset)
            self._count(MENDED)
            await self._seek(tp, expected.offset)
