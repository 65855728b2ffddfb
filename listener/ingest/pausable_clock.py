"""A clock that stands still while the bus says nothing: what waits for others to answer waits while they could.

Counted by a clock that goes on, records that came just before an outage would have waited long enough when it ends,
and would go on ahead of earlier ones that no partition had the time to give.
"""

from collections.abc import Callable
from time import monotonic
from typing import Final

LONGEST_GAP_S: Final = 1.0
"""A bus that is there answers many times a second; a longer silence counts as no more than this."""


class PausableClock:
    """Told of every answer; goes on between them, but not for long."""

    def __init__(self, clock: Callable[[], float] = lambda: monotonic()) -> None:
        self._clock = clock
        self._last = self._stood = clock()

    def answered(self) -> None:
        """The bus has said something."""
        self._stood, self._last = self.now(), self._clock()

    def now(self) -> float:
        """Seconds; only differences mean anything."""
        return self._stood + min(self._clock() - self._last, LONGEST_GAP_S)
