"""The catalogue's weights laid out for reading a belief, and evidence weighed with them: one product for all groups."""

from functools import lru_cache
from typing import Final

import numpy as np

from listener.catalogue.emissions import Emissions
from listener.model.types import TYPES
from listener.relationship.evidence import EVIDENCE
from listener.relationship.evidence.tables import Saturating, Shares, Sheet
from listener.relationship.packing import Numbers

N: Final = len(TYPES)
_TABLES: Final = tuple(one for one in EVIDENCE if isinstance(one, Shares | Saturating))


class Scales:
    """All features side by side, group by group, each group given as much room as the largest needs.

    `at` is where a feature lies, `places` the same in the order of the catalogue's rows, `voices` where the last 29.
    `nats` (groups, room, 29) is what a feature says in units of its group's cap, `tracks` (3, groups) what the cap then
    counts for on each track.
    """

    def __init__(self, emissions: Emissions) -> None:
        rows, groups = len(emissions.rows), len(emissions.caps)
        room = int(np.bincount(emissions.group_of).max())
        self.places = emissions.group_of * room + np.arange(rows) - emissions.starts[emissions.group_of]
        self.at = dict(zip(emissions.rows, self.places.tolist(), strict=True))
        self.voices = slice(self.places[-N], self.places[-N] + N)
        self.sheet = Sheet(_TABLES, self.at)
        self.nats = np.zeros((groups, room, N))
        self.nats.reshape(-1, N)[self.places] = emissions.weights / emissions.caps[emissions.group_of][:, None]
        self.tracks = emissions.tracks * emissions.caps
        self.warmth = 1.0 / emissions.temperature
        self._size, self._shape = groups * room, (groups, 1, room)

    def blank(self) -> Numbers:
        """Room for all features, none of them seen."""
        return np.zeros(self._size)

    def weigh(self, features: Numbers, fresh: float) -> Numbers:
        """Evidence in nats by track and type, (3, 29): each group's features added and capped.

        What words say, the last group, fades by `fresh` as a whole: were it to fade below its cap only, of two types
        that were both spoken for, silence would prefer the one that was overdone.
        """
        said = np.matmul(features.reshape(self._shape), self.nats)[:, 0]
        np.tanh(said, out=said)
        if fresh != 1.0:
            said[-1] *= fresh
        return np.asarray(self.tracks @ said)


@lru_cache(maxsize=8)
def scales(emissions: Emissions) -> Scales:
    """The scales of a catalogue, made once."""
    return Scales(emissions)
