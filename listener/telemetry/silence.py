"""How long the bus has said nothing to this process: what a lost broker or a cut network looks like from here."""

from collections.abc import Callable
from time import monotonic
from typing import Final

LONGEST_S: Final = 5.0
"""A bus that answers is heard many times a second; after so long a process says that it is not ready."""


class Silence:
    """Told of every answer, asked at every look."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._last = clock()

    def ends(self) -> None:
        """The bus has answered."""
        self._last = self._clock()

    @property
    def seconds(self) -> float:
        """Since the last answer."""
        return self._clock() - self._last

    @property
    def is_short(self) -> bool:
        """Whether the bus seems to be there."""
        return self.seconds < LONGEST_S
