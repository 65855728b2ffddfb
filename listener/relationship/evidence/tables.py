"""Evidence told as a table, so that all of it can be worked out at once: shares of a whole, and counts that saturate.

A table is an evidence function like any other: it can be called for what it says of one customer. `Sheet` lays all
tables out as arrays, for the reading of a belief, which asks for every feature of every table each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

import numpy as np

from listener.model.tie import SLOT
from listener.relationship.packing import Numbers
from listener.relationship.view import Features, View, ramp, saturate

LITTLE: Final = 1e-9
"""What a count is taken for where it is to divide and nothing was counted."""


@dataclass(frozen=True, slots=True)
class Share:
    """How far a count per whole has come from `low` to `high`: 0 to 1, or 1 to 0 where it `falls`."""

    feature: str
    count: str
    low: float
    high: float
    falls: bool = False


class Sureness(TypedDict):
    """What several tables may have in common: what must have been counted, and by what one is sure."""

    given: str
    by: str
    doubt: float


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of one whole, each weighed by how sure one can be of it.

    The whole is the count `of`, and `more`; nothing is said while it is below `least`, or while nothing of `given` was
    counted. One is sure by the count `by`, which is never taken for less than `few`: n / (n + `doubt`); without doubt
    one is sure at once.
    """

    name: str
    of: str
    shares: tuple[Share, ...]
    given: str
    by: str = "turns"
    doubt: float = 0.0
    more: float = 0.0
    least: float = 0.0
    few: float = LITTLE

    def __call__(self, view: View) -> Features:
        """What the table says of one customer."""
        if view.n(self.given) <= 0 or view.n(self.of) < self.least:
            return {}
        whole, n = max(view.n(self.of) + self.more, LITTLE), max(view.n(self.by), self.few)
        sure = n / (n + self.doubt)
        come = {s.feature: ramp(view.n(s.count) / whole, s.low, s.high) for s in self.shares}
        return {s.feature: sure * (1.0 - come[s.feature] if s.falls else come[s.feature]) for s in self.shares}


@dataclass(frozen=True, slots=True)
class Saturating:
    """Counts of which each repetition weighs half of the one before it; `features` are theirs, in the same order."""

    name: str
    features: tuple[str, ...]
    counts: tuple[str, ...]

    def __call__(self, view: View) -> Features:
        """What the table says of one customer; of what was never counted nothing."""
        pairs = zip(self.features, self.counts, strict=True)
        return {feature: saturate(amount) for feature, count in pairs if (amount := view.n(count)) > 0}


class Sheet:
    """All tables as arrays, for the rows of one catalogue; a feature that the catalogue does not weigh is left out.

    A share is a line held within 0..1, `slope` * count / whole + `level`. Rows called as a count is are that count, and
    saturate like the tables' own.
    """

    def __init__(self, tables: Sequence[Shares | Saturating], rows: dict[str, int]) -> None:
        wholes = [table for table in tables if isinstance(table, Shares)]
        self._of, self._given, self._by = (
            np.array([SLOT[name] for name in names], dtype=np.intp)
            for names in ([t.of for t in wholes], [t.given for t in wholes], [t.by for t in wholes])
        )
        self._more, self._least = np.array([t.more for t in wholes]), np.array([t.least for t in wholes])
        self._few, self._doubt = np.array([t.few for t in wholes]), np.array([t.doubt for t in wholes])
        told = [(n, s) for n, table in enumerate(wholes) for s in table.shares if s.feature in rows]
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

    def saturate(self, counts: Numbers) -> Numbers:
        """What the counts that saturate come to; those that are rows by themselves stand first, in the rows' order."""
        return np.asarray(2.0 - 2.0 * np.exp2(-counts[self._saturating]))

    def fill(self, values: Numbers, view: View) -> None:
        """Put what every table says of a customer into their rows; a share goes before a count of the same name."""
        values[self._saturated] = view.saturated
        counts = view.counts
        whole, n = counts[self._of], np.maximum(counts[self._by], self._few)
        is_told = (counts[self._given] > 0.0) & (whole >= self._least)
        whole += self._more
        per = is_told / np.maximum(whole, LITTLE, out=whole)
        sure = is_told * (n / (n + self._doubt))
        come = self._slope * per[self._table_of]
        come *= counts[self._slots]
        come += self._level
        np.maximum(come, 0.0, out=come)
        np.minimum(come, 1.0, out=come)
        come *= sure[self._table_of]
        values[self._rows] = come
