"""Whether all is known that can be known: nothing waits to be read anywhere, and it has been so for a moment.

A broadcast reaches quiet customers by a sweep, which begins a moment after relate has read the broadcast itself.
"""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

STILL_S: Final = 1.5
"""So long nothing may have come, and nothing may wait, before it counts as all: several rounds of relate's clock."""
PATIENCE_S: Final = 10.0
"""After so long something is said even where the bus is never still; what comes late is told when it comes."""


class Quiescence:
    """Asks `is_all_read` when there is something to say, and remembers since when the answer was yes."""

    def __init__(self, is_all_read: Callable[[], Awaitable[bool]], clock: Callable[[], float] = monotonic) -> None:
        self._is_all_read, self._clock = is_all_read, clock
        self._still_since: float | None = None
        self._waits_since: float | None = None

    def moved(self) -> None:
        """Something came."""
        self._still_since = None

    def spoke(self) -> None:
        """All that was known was said."""
        self._waits_since = None

    async def look(self) -> tuple[bool, bool]:
        """Whether all is known, and whether what is to be said has waited long enough."""
        is_still = await self._is_all_read()
        now = self._clock()
        self._still_since = (self._still_since or now) if is_still else None
        self._waits_since = self._waits_since or now
        all_is_known = self._still_since is not None and now - self._still_since >= STILL_S
        return all_is_known, now - self._waits_since >= PATIENCE_S
