"""Does the customer want more of the tie, or less (K024): gaps, length, orders, feelings, talk of leaving."""

from itertools import pairwise
from math import log
from statistics import fmean

from msgspec.structs import replace

from listener.model.findings import Finding
from listener.model.outputs import Engagement
from listener.model.tie import TieState
from listener.relationship.distress import distress_at, is_breach
from listener.relationship.seen import DAY_S, MINUTES_A_DAY, Seen, ramp

UP, DOWN = 0.4, -0.4
"""Beyond these the customer is ratcheting up or dialling down; between them steady."""
SLIGHTS_HALF_LIFE_DAYS = 45.0
"""As long as accumulated strain remembers (DOMAIN 3.3, S01)."""
YOUNG_DAYS = (150.0, 330.0)
"""A tie younger than the first is being built, one older than the second is what it is (P)."""


def engagement_of(seen: Seen) -> Engagement:
    """In words."""
    score = engagement_score(seen)
    return "ratcheting_up" if score > UP else "dialling_down" if score < DOWN else "steady"


def engagement_score(seen: Seen) -> float:
    """Negative: dialling down; positive: ratcheting up; weighed by hand (P), checked on development histories.

    Gaps alone mislead: a customer who was let down writes more often for a week, and then less for ever. So a breach
    that is still felt outweighs pace, and a young tie that goes on without one is a tie being built.
    """
    hurt = min(1.0, slights_at(seen.tie, seen.at_s))
    return (
        0.8 * youth(seen) * (1.0 - hurt)
        + 0.35 * max(0.0, pace(seen.tie)) * (1.0 - hurt)
        - 0.35 * max(0.0, -pace(seen.tie))
        + 0.25 * length(seen.tie)
        + 0.4 * spending(seen.tie)
        + 0.5 * warmth(seen)
        - 1.1 * hurt
        - leaving_talk(seen)
        - 0.4 * silence(seen)
        - 0.3 * distress_at(seen.tie, seen.at_s)
    )


def slights_at(tie: TieState, at_s: int) -> float:
    """Breaches by the firm that this customer minds, each by its level of three, halved every 45 days."""
    elapsed = max(0, at_s - tie.slights_s)
    return float(tie.slights * 2.0 ** -(elapsed / (SLIGHTS_HALF_LIFE_DAYS * DAY_S)))


def slight(tie: TieState, findings: tuple[Finding, ...], mended: float = 0.0) -> TieState:
    """Add breaches of level two and above; thanks and honoured norms take half of it away."""
    told = sum(f.p * f.level / 3 for f in findings if f.level >= 2 and is_breach(f))
    honoured = max((f.p for f in findings if f.code.startswith("B") and f.by == "firm"), default=0.0)
    if not told and not (tie.slights and (mended or honoured)):
        return tie
    left = slights_at(tie, tie.at_s) * (1.0 - 0.5 * max(mended, honoured)) + told
    return replace(tie, slights=round(min(4.0, left), 4), slights_s=tie.at_s)


def youth(seen: Seen) -> float:
    """A young tie of several moves of the customer's own, 0..1."""
    going = ramp(len(seen.tie.moves), 2, 5)
    return going * (1.0 - ramp(seen.tenure_days, *YOUNG_DAYS))


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
    felt = seen.n("feeling") / (seen.n("turns") + 1.0)
    return 0.6 * ramp(felt, 0.15, 0.5) + 0.4 * ramp(seen.n("invited") + seen.n("opted_in"), 0.0, 1.0)


def leaving_talk(seen: Seen) -> float:
    """Leaving, by word or deed, 0..2."""
    said = ramp(seen.n("exit"), 0.3, 1.2) + 0.4 * ramp(seen.n("betrayal"), 0.3, 1.2)
    done = ramp(seen.n("cancelled"), 0.0, 1.0) + 0.7 * ramp(seen.n("opted_out"), 0.0, 1.0)
    return min(2.0, 0.8 * said + 0.7 * done)


def silence(seen: Seen) -> float:
    """How far the present silence outlasts the usual gap, 0..1."""
    days = [(b - a) / MINUTES_A_DAY for a, b in pairwise(seen.tie.moves)]
    return ramp(seen.quiet_days / max(fmean(days), 3.0), 1.75, 4.0) if days else 0.0
