"""Evidence told as a table, so that all of it can be worked out at once: shares of a whole, and counts that saturate.

A table is an evidence function like any other: it can be called for what it says of one customer. `Sheet` lays all
tables out as arrays, for the reading of a belief, which asks for every feature of every table each time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from listener.model.tie import SLOT
from listener.relationship.packing import Numbers
from listener.relationship.seen import Features, Seen, ramp, saturate

NOTHING = float("inf")
"""What stands for the whole where there is none: every share of it is 0."""


@dataclass(frozen=True, slots=True)
class Share:
    """How far a count per whole has come from `low` to `high`: 0 to 1, or 1 to 0 where it `falls`."""

    feature: str
    count: str
    low: float
    high: float
    falls: bool = False


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of one whole (0: there is none, and nothing is said), each weighed by how `sure` the whole makes one."""

    name: str
    of: Callable[[Seen], float]
    sure: Callable[[Seen], float]
    shares: tuple[Share, ...]

    def __call__(self, seen: Seen) -> Features:
        """What the table says of one customer."""
        whole = self.of(seen)
        if whole <= 0:
            return {}
        sure = self.sure(seen)
        come = {s.feature: ramp(seen.n(s.count) / whole, s.low, s.high) for s in self.shares}
        return {s.feature: sure * (1.0 - come[s.feature] if s.falls else come[s.feature]) for s in self.shares}


@dataclass(frozen=True, slots=True)
class Saturating:
    """Counts of which each repetition weighs half of the one before it; `features` are theirs, in the same order."""

    name: str
    features: tuple[str, ...]
    counts: tuple[str, ...]

    def __call__(self, seen: Seen) -> Features:
        """What the table says of one customer; of what was never counted nothing."""
        pairs = zip(self.features, self.counts, strict=True)
        return {feature: saturate(amount) for feature, count in pairs if (amount := seen.n(count)) > 0}


class Sheet:
    """All tables as arrays, for the rows of one catalogue; a feature that the catalogue does not weigh is left out."""

    def __init__(self, tables: Sequence[Shares | Saturating], rows: dict[str, int]) -> None:
        self._tables = [table for table in tables if isinstance(table, Shares)]
        told = [(n, s) for n, table in enumerate(self._tables) for s in table.shares if s.feature in rows]
        shares = [share for _, share in told]
        self._table_of = np.array([n for n, _ in told], dtype=np.intp)
        self._counts = np.array([SLOT[s.count] for s in shares], dtype=np.intp)
        self._low = np.array([s.low for s in shares])
        self._width = np.array([s.high - s.low for s in shares])
        self._start = np.array([float(s.falls) for s in shares])
        self._way = np.array([-1.0 if s.falls else 1.0 for s in shares])
        self._rows = np.array([rows[s.feature] for s in shares], dtype=np.intp)
        pairs = [p for t in tables if isinstance(t, Saturating) for p in zip(t.features, t.counts, strict=True)]
        self._saturating = np.array([SLOT[count] for feature, count in pairs if feature in rows], dtype=np.intp)
        self._saturated = np.array([rows[feature] for feature, _ in pairs if feature in rows], dtype=np.intp)

    def fill(self, values: Numbers, seen: Seen) -> None:
        """Put what every table says of a customer into their rows."""
        wholes = [table.of(seen) for table in self._tables]
        sure = np.array([table.sure(seen) if w > 0 else 0.0 for table, w in zip(self._tables, wholes, strict=True)])
        whole = np.array([w if w > 0 else NOTHING for w in wholes])
        come = (seen.counts[self._counts] / whole[self._table_of] - self._low) / self._width
        come = np.minimum(np.maximum(come, 0.0), 1.0)
        values[self._rows] = sure[self._table_of] * (self._start + self._way * come)
        values[self._saturated] = 2.0 * (1.0 - np.exp2(-seen.counts[self._saturating]))
