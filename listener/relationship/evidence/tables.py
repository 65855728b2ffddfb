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
    """All tables as arrays, for the rows of one catalogue; a feature that the catalogue does not weigh is left out.

    A share is a line held within 0..1, `slope` * count / whole + `level`. Rows called as a count is are that count, and
    saturate like the tables' own.
    """

    def __init__(self, tables: Sequence[Shares | Saturating], rows: dict[str, int]) -> None:
        self._tables = [table for table in tables if isinstance(table, Shares)]
        told = [(n, s) for n, table in enumerate(self._tables) for s in table.shares if s.feature in rows]
        shares = [share for _, share in told]
        self._table_of = np.array([n for n, _ in told], dtype=np.intp)
        self._slots = np.array([SLOT[s.count] for s in shares], dtype=np.intp)
        self._slope = np.array([(-1.0 if s.falls else 1.0) / (s.high - s.low) for s in shares])
        self._level = np.array([(s.high if s.falls else -s.low) / (s.high - s.low) for s in shares])
        self._rows = np.array([rows[s.feature] for s in shares], dtype=np.intp)
        pairs = [p for t in tables if isinstance(t, Saturating) for p in zip(t.counts, t.features, strict=True)]
        pairs = [*((name, name) for name in rows if name in SLOT), *(p for p in pairs if p[1] in rows)]
        self._saturating = np.array([SLOT[count] for count, _ in pairs], dtype=np.intp)
        self._saturated = np.array([rows[feature] for _, feature in pairs], dtype=np.intp)

    def fill(self, values: Numbers, seen: Seen) -> None:
        """Put what every table says of a customer into their rows; a share goes before a count of the same name."""
        values[self._saturated] = 2.0 - 2.0 * np.exp2(-seen.counts[self._saturating])
        whole = [table.of(seen) for table in self._tables]
        sure = [table.sure(seen) if w > 0 else 0.0 for table, w in zip(self._tables, whole, strict=True)]
        per, sure_of = np.array([[1.0 / w if w > 0 else 0.0 for w in whole], sure])[:, self._table_of]
        come = self._slope * per
        come *= seen.counts[self._slots]
        come += self._level
        np.maximum(come, 0.0, out=come)
        np.minimum(come, 1.0, out=come)
        values[self._rows] = sure_of * come
