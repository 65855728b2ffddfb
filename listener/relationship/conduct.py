"""What the customer's own conduct shows of wanting more of the tie, or less (K024): every feature 0..1, or -1..1.

A firm's breach by itself says nothing here: it counts as far as the customer answers it, in pain or in silence.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log
from statistics import fmean, median

from listener.relationship.seen import MINUTES_A_DAY, Features, Seen, ramp

YOUNG_DAYS = (150.0, 330.0)
"""A tie younger than the first is being built, one older than the second is what it is (P)."""

LEAVING = ("exit", "stop_contact", "cancelled", "opted_out")
"""Leaving by word or deed: who does is not building a tie, however young it is."""


def conduct(seen: Seen, distress: float, hurt: float) -> Features:
    """All features; `hurt` is how far breaches are still minded, 0..1."""
    quiet = silence(seen, [minute for minute, _, _ in seen.tie.orders], 1.3, 3.0)
    still = silence(seen, seen.tie.moves, 1.5, 4.0)
    said = _said(seen)
    stays = 1.0 - max(said[name] for name in LEAVING)
    return {
        **_pace(seen),
        **_spending(seen),
        **said,
        "young": stays * ramp(len(seen.tie.moves), 2, 5) * (1.0 - ramp(seen.tenure_days, *YOUNG_DAYS)),
        "order_silent": quiet,
        "move_silent": still,
        "distress": distress,
        "pained": distress * hurt,
        "withdrawn": max(quiet, still) * hurt,
    }


def silence(seen: Seen, minutes: Sequence[int], low: float, high: float) -> float:
    """How far the present silence outlasts the usual gap between these, 0..1."""
    if len(minutes) < 2:
        return 0.0
    usual = max(median(b - a for a, b in pairwise(minutes)), 3 * MINUTES_A_DAY)
    return ramp(((seen.at_s - seen.tie.begun_s) / 60 - minutes[-1]) / usual, low, high)


def _pace(seen: Seen) -> Features:
    """Moves that come faster or slower, words that grow or shrink."""
    change = quickening(seen.tie.moves, 60)
    words = [n for n in seen.tie.lengths if n > 0]
    half = len(words) // 2
    grown = _within(log(fmean(words[-half:]) / fmean(words[:-half])) / log(6)) if len(words) >= 4 else 0.0
    last = _within(log((median(words[:-1]) + 1) / (words[-1] + 1)) / log(6)) if len(words) >= 3 else 0.0
    return {"faster": max(0.0, change), "slower": max(0.0, -change), "longer": grown, "shorter": max(0.0, last)}


def _spending(seen: Seen) -> Features:
    """Orders that come faster or slower, grow or shrink, or give way to talk."""
    orders = seen.tie.orders
    change = quickening([minute for minute, _, _ in orders], MINUTES_A_DAY)
    values = [value for _, value, _ in orders if value]
    half = len(values) // 2
    grown = _within((fmean(values[-half:]) - fmean(values[:-half])) / 30.0) if len(values) >= 3 else 0.0
    last = _within((median(values[:-1]) - values[-1]) / 30.0) if len(values) >= 3 else 0.0
    talks = sum(minute > orders[-1][0] + MINUTES_A_DAY for minute in seen.tie.moves) if orders else 0
    return {
        "order_faster": max(0.0, change),
        "order_slower": max(0.0, -change),
        "dearer": grown,
        "cheaper": max(0.0, last),
        "talks_not_buys": ramp(talks, 1, 4),
    }


def _said(seen: Seen) -> Features:
    """Leaving, coming closer, warmth and cold, by word and deed."""
    turns = seen.n("turns") + 1.0
    return {
        "exit": ramp(seen.n("exit"), 0.2, 1.2),
        "betrayal": ramp(seen.n("betrayal"), 0.2, 1.2),
        "stop_contact": ramp(seen.n("stop_contact"), 0.2, 1.0),
        "cancelled": ramp(seen.n("cancelled"), 0.0, 1.0),
        "opted_out": ramp(seen.n("opted_out"), 0.0, 1.0),
        "opted_in": ramp(seen.n("invited") + seen.n("opted_in"), 0.0, 1.0),
        "warm": ramp(seen.n("feeling") / turns, 0.1, 0.5),
        "cold": ramp(seen.n("ill_feeling") / turns, 0.1, 0.6),
        "ideas": ramp(seen.n("suggestion") + seen.n("offered_solution"), 0.3, 2.0),
        "loyalty": ramp(seen.n("loyalty"), 0.3, 1.5),
        "discloses": min(1.0, 2.0 * seen.n("self_disclosure") / turns),
    }


def quickening(minutes: Sequence[int], least: int) -> float:
    """Log ratio of earlier gaps to later ones, -1..1: positive where they come faster."""
    days = [max(b - a, least) / MINUTES_A_DAY for a, b in pairwise(minutes)]
    if len(days) < 3:
        return 0.0
    half = len(days) // 2
    return _within(log(fmean(days[:-half]) / fmean(days[-half:])) / log(4))


def _within(x: float) -> float:
    return max(-1.0, min(1.0, x))
