"""Bursts: several moves in a few days, orders at launches, then nothing (fling), or one intense episode (one night)."""

from itertools import pairwise

from listener.relationship.seen import MINUTES_A_DAY, Features, Seen, ramp, saturate


def bursts(seen: Seen) -> Features:
    """How densely the latest orders cluster, and how many came within a week of a launch."""
    orders = seen.tie.orders
    told = {
        "launch_orders": saturate(seen.n("launch_orders")),
        "night": ramp(seen.share("night_moves", "turns"), 0.1, 0.5),
    }
    if len(orders) < 3:
        return told
    minutes = [when for when, _, _ in orders]
    tight = sum(b - a <= 7 * MINUTES_A_DAY for a, b in zip(minutes, minutes[2:], strict=False))
    gap = any(b - a > 25 * MINUTES_A_DAY for a, b in pairwise(minutes))
    return told | {"burst_orders": ramp(tight, 0, 2), "burst_and_silence": 1.0 if tight and gap else 0.0}
