"""How long the bus has said nothing to this process: what a lost broker or a cut network looks like from here."""

from collections.abc import Callable
from time import monotonic
from typing import Final

LONGEST_S: Final = 5.0
"""A bus that answers is heard many times a second; after so long a process says that it is not ready."""


class BusSilence:
    """Told of every answer, asked at every look; tells, when it is over, of one that was long.

    Before the first answer nothing is told of: coming up is no outage.
    """

    def __init__(
        self, clock: Callable[[], float] = monotonic, long_one_ended: Callable[[], None] = lambda: None
    ) -> None:
        self._clock, self._long_one_ended = clock, long_one_ended
        self._last, self._has_answered = clock(), False

    def ends(self) -> None:
        """The bus has answered."""
        if self._has_answered and not self.is_short:
            self._long_one_ended()
        self._last, self._has_answered = self._clock(), True

    @property
    def seconds(self) -> float:
        """Since the last answer."""
        return self._clock() - self._last

    @property
    def is_short(self) -> bool:
        """Whether the bus seems to be there."""
        return self.seconds < LONGEST_S
