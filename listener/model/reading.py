"""What a belief says when asked: the numbers that rules, alerts and estimates are made of."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from listener.model.outputs import Because, Engagement
from listener.model.types import TRACK_INDEX, TYPES


@dataclass(frozen=True)
class Reading:
    """A belief read out at one moment; `relationship.read` gives one whose parts are worked out when asked for.

    `p` has shape (3, 29): held, wanted, enacted (TRACKS) by type (TYPES); each row sums to one.
    """

    p: NDArray[np.float64]
    unsettled: tuple[float, float, float]
    valence: float
    intimacy: float
    intensity: float
    power: float
    strength: float
    distress: float
    engagement: Engagement
    leaving: float
    because: tuple[Because, ...]

    def of(self, track: str) -> NDArray[np.float64]:
        """The distribution over the 29 types of one track, shape (29,)."""
        row: NDArray[np.float64] = self.p[TRACK_INDEX[track]]
        return row

    def top(self, track: str, n: int = 3) -> list[tuple[str, float]]:
        """The n most probable types of a track, most probable first; ties go to the first in TYPES."""
        row, p = TRACK_INDEX[track], self.p
        return [(TYPES[i], p.item(row, i)) for i in self.order[row, :n].tolist()]

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """The types of each track, most probable first, shape (3, 29)."""
        return (-self.p).argsort(axis=1, kind="stable")
