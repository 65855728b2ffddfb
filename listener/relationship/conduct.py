"""What the customer's own conduct shows of wanting more of the tie, or less (K024): every feature 0..1, or -1..1.

Gaps alone mislead: a customer who was let down writes more often for a week, and then less for ever. So a breach that
is still minded takes away what pace and youth would say. A young tie that goes on is being built, unless the customer
is leaving.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log

from listener.model.tie import TieState
from listener.relationship.view import MINUTES_A_DAY, Features, View, ramp

YOUNG_DAYS = (150.0, 330.0)
"""A tie younger than the first is being built, one older than the second is what it is (P)."""


def conduct(view: View, distress: float, hurt: float) -> Features:
    """All features; `hurt` is how far breaches are still minded, 0..1."""
    gaps = [later - earlier for earlier, later in pairwise(view.tie.moves)]
    change, goes = pace(gaps), leaving(view)
    return {
        "young": youth(view) * (1.0 - hurt) * max(0.0, 1.0 - goes),
        "faster": max(0.0, change) * (1.0 - hurt),
        "slower": max(0.0, -change),
        "longer": length(view.tie),
        "dearer": spending(view.tie),
        "warm": warmth(view),
        "leaving": goes,
        "silent": silence(view, gaps),
        "hurt": hurt,
        "distress": distress,
    }


def youth(view: View) -> float:
    """A young tie of several moves of the customer's own, 0..1."""
    going = ramp(len(view.tie.moves), 2, 5)
    return going * (1.0 - ramp(view.tenure_days, *YOUNG_DAYS))


def pace(gaps: Sequence[int]) -> float:
    """Log ratio of earlier gaps to later ones (minutes), -1..1: positive where moves come faster."""
    if len(gaps) < 3:
        return 0.0
    days = [max(gap, 60) / MINUTES_A_DAY for gap in gaps]
    half = len(days) // 2
    return _within(log(_mean(days[:-half]) / _mean(days[-half:])) / log(4))


def length(tie: TieState) -> float:
    """Log ratio of later lengths to earlier ones, -1..1, over moves with words."""
    words = [n for n in tie.lengths if n > 0]
    if len(words) < 4:
        return 0.0
    half = len(words) // 2
    return _within(log(_mean(words[-half:]) / _mean(words[:-half])) / log(6))


def spending(tie: TieState) -> float:
    """Growth of order values, -1..1: a factor of two from the earlier to the later orders is a full step."""
    if len(tie.orders) < 3:
        return 0.0
    values = [value for _, value, _ in tie.orders if value]
    if len(values) < 3:
        return 0.0
    half = len(values) // 2
    return _within((_mean(values[-half:]) - _mean(values[:-half])) / 30.0)


def warmth(view: View) -> float:
    """Kind feeling and commitments, 0..1."""
    felt = view.n("feeling") / (view.n("turns") + 1.0)
    return 0.6 * ramp(felt, 0.15, 0.5) + 0.4 * ramp(view.n("invited") + view.n("opted_in"), 0.0, 1.0)


def leaving(view: View) -> float:
    """Leaving, by word or deed, 0..2."""
    said = ramp(view.n("exit"), 0.3, 1.2) + 0.4 * ramp(view.n("betrayal"), 0.3, 1.2)
    done = ramp(view.n("cancelled"), 0.0, 1.0) + 0.7 * ramp(view.n("opted_out"), 0.0, 1.0)
    return min(2.0, 0.8 * said + 0.7 * done)


def silence(view: View, gaps: Sequence[int]) -> float:
    """How far the present silence outlasts the usual gap (minutes), 0..1."""
    if not gaps or not (quiet := view.quiet_days):
        return 0.0
    return ramp(quiet / max(_mean([gap / MINUTES_A_DAY for gap in gaps]), 3.0), 1.75, 4.0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _within(x: float) -> float:
    return max(-1.0, min(1.0, x))
