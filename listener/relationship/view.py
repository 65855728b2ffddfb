"""What evidence functions look at: the counts as they weigh at one moment, the rings and the profile."""

from collections.abc import Mapping

import msgspec

from listener.model.inputs import Profile, tenure_s
from listener.model.spans import DAY_S
from listener.model.tie import SLOT, TieState
from listener.relationship.packing import Numbers

Features = Mapping[str, float]
MINUTES_A_DAY = 1440


class View(msgspec.Struct, frozen=True):
    """One customer as evidence functions see them at a moment; `counts` are in the order of SLOTS, faded to `at_s`.

    `saturated` are those of them of which each repetition weighs half of the one before it (evidence/tables.Sheet).
    """

    counts: Numbers
    saturated: Numbers
    tie: TieState
    profile: Profile | None
    at_s: int

    def n(self, name: str) -> float:
        """How much of one thing was counted, recent things weighing more."""
        return self.counts.item(SLOT[name])

    def share(self, name: str, of: str) -> float:
        """One count per another, 0 where there is none of the other."""
        whole = self.n(of)
        return self.n(name) / whole if whole > 0 else 0.0

    @property
    def tenure_days(self) -> float:
        """Days since this customer came."""
        return tenure_s(self.profile, self.tie.begun_s or self.at_s, self.at_s) / DAY_S

    @property
    def quiet_days(self) -> float:
        """Days since the customer's last own move."""
        return max(0.0, (self.at_s - self.tie.last_s) / DAY_S) if self.tie.last_s else self.heard_days

    @property
    def heard_days(self) -> float:
        """Days since the first event heard."""
        return max(0.0, (self.at_s - self.tie.begun_s) / DAY_S) if self.tie.begun_s else 0.0


def ramp(x: float, low: float, high: float) -> float:
    """How far x has come from low to high, 0..1.

    >>> ramp(5, 0, 10), ramp(-1, 0, 10), ramp(3, 4, 2)
    (0.5, 0.0, 0.5)
    """
    come = (x - low) / (high - low)
    if come <= 0.0:
        return 0.0
    return come if come < 1.0 else 1.0  # noqa: FURB136  # asked so often that min and max are dear


def saturate(x: float) -> float:
    """Each repetition counts half of the one before it: 1, 1.5, 1.75 … never above 2.

    >>> saturate(0), saturate(1), saturate(2)
    (0.0, 1.0, 1.5)
    """
    return float(2.0 * (1.0 - 2.0**-x))
