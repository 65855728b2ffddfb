"""Bursts: several moves in a few days, then nothing (fling), or one intense episode (one night)."""

from itertools import pairwise

from listener.relationship.evidence.tables import Share, Shares
from listener.relationship.view import MINUTES_A_DAY, Features, View, ramp

NIGHT = Shares("night", "turns", (Share("night", "night_moves", 0.1, 0.5),), given="turns")
"""How many of the turns come late at night."""


def bursts(view: View) -> Features:
    """How densely the latest orders cluster; those within a week of a launch are counted as `launch_orders`."""
    orders = view.tie.orders
    if len(orders) < 3:
        return {}
    minutes = [when for when, _, _ in orders]
    tight = sum(b - a <= 7 * MINUTES_A_DAY for a, b in zip(minutes, minutes[2:], strict=False))
    gap = any(b - a > 25 * MINUTES_A_DAY for a, b in pairwise(minutes))
    return {"burst_orders": ramp(tight, 0, 2), "burst_and_silence": 1.0 if tight and gap else 0.0}
