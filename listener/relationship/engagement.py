"""Does the customer want more of the tie, or less (K024): gaps, length, orders, feelings, talk of leaving."""

from itertools import pairwise
from math import log
from statistics import fmean

from listener.model.outputs import Engagement
from listener.model.tie import TieState
from listener.relationship.distress import distress_at
from listener.relationship.seen import MINUTES_A_DAY, Seen, ramp

UP, DOWN = 0.5, -0.5
"""Beyond these the customer is ratcheting up or dialling down; between them steady."""
LEVELS: tuple[Engagement, ...] = ("dialling_down", "steady", "ratcheting_up")


def engagement_of(seen: Seen) -> Engagement:
    """In words; steady while fewer than three moves were seen and nothing was said of leaving."""
    score = engagement_score(seen)
    return "ratcheting_up" if score > UP else "dialling_down" if score < DOWN else "steady"


def engagement_score(seen: Seen) -> float:
    """Negative: dialling down; positive: ratcheting up; weighed by hand (P), checked on development histories."""
    return (
        0.9 * pace(seen.tie)
        + 0.4 * length(seen.tie)
        + 0.5 * spending(seen.tie)
        + warmth(seen)
        - leaving_talk(seen)
        - 0.4 * silence(seen)
        - 0.5 * distress_at(seen.tie, seen.at_s)
    )


def pace(tie: TieState) -> float:
    """Log ratio of earlier gaps to later ones, -1..1: positive where moves come faster."""
    days = [max(b - a, 60) / MINUTES_A_DAY for a, b in pairwise(tie.moves)]
    if len(days) < 3:
        return 0.0
    half = len(days) // 2
    return max(-1.0, min(1.0, log(fmean(days[:-half]) / fmean(days[-half:])) / log(4)))


def length(tie: TieState) -> float:
    """Log ratio of later lengths to earlier ones, -1..1, over moves with words."""
    words = [n for n in tie.lengths if n > 0]
    if len(words) < 4:
        return 0.0
    half = len(words) // 2
    return max(-1.0, min(1.0, log(fmean(words[-half:]) / fmean(words[:-half])) / log(6)))


def spending(tie: TieState) -> float:
    """Growth of order values, -1..1: a factor of two from the earlier to the later orders is a full step."""
    values = [value for _, value, _ in tie.orders if value]
    if len(values) < 3:
        return 0.0
    half = len(values) // 2
    return max(-1.0, min(1.0, (fmean(values[-half:]) - fmean(values[:-half])) / 30.0))


def warmth(seen: Seen) -> float:
    """Kind feeling and commitments, 0..1."""
    return 0.4 * ramp(seen.n("feeling"), 1.0, 4.0) + 0.3 * ramp(seen.n("invited") + seen.n("opted_in"), 0.0, 1.0)


def leaving_talk(seen: Seen) -> float:
    """Leaving, by word or deed, 0..2."""
    said = ramp(seen.n("exit"), 0.3, 1.2) + 0.4 * ramp(seen.n("betrayal"), 0.3, 1.2)
    done = ramp(seen.n("cancelled"), 0.0, 1.0) + 0.7 * ramp(seen.n("opted_out"), 0.0, 1.0)
    return min(2.0, 0.8 * said + 0.7 * done)


def silence(seen: Seen) -> float:
    """How far the present silence outlasts the usual gap, 0..1."""
    days = [(b - a) / MINUTES_A_DAY for a, b in pairwise(seen.tie.moves)]
    return ramp(seen.quiet_days / max(fmean(days), 3.0), 1.75, 4.0) if days else 0.0
