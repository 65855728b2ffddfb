"""What a customer's own conduct, and the tie they want, say of wanting more of it, or less."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from listener.catalogue.shelf import Entry, Shelf
from listener.model.types import TYPES, TypeId

FILE: Final = "engagement.yaml"


class Wish(Entry):
    """Nats by which a wish is likelier than that all stays as it is.

    `always`, then each feature of `conduct` (listener/relationship/conduct.py) by its weight, and what the tie that the
    customer wants lets one expect: a captive who is let down stays, a fling that is let down does not.
    """

    always: float
    conduct: dict[str, float]
    tie: dict[TypeId, float]

    def nats(self, conduct: Mapping[str, float], wanted: NDArray[np.float64]) -> float:
        """How likely the wish is, by conduct and by the belief about what is wanted (29)."""
        weight = self.conduct.get
        told = sum([weight(name, 0.0) * value for name, value in conduct.items() if value])
        return float(self.always + told + wanted @ self._tie)

    @cached_property
    def _tie(self) -> NDArray[np.float64]:
        return np.array([self.tie.get(name, 0.0) for name in TYPES])


class EngagementWeights(Entry):
    """The wishes to have less of the tie and more of it, against steadiness, which weighs nothing."""

    source: str
    less: Wish
    more: Wish


def read_engagement(shelf: Shelf) -> EngagementWeights:
    """The weights."""
    return shelf.one(FILE, EngagementWeights)
