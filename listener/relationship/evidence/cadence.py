"""The rhythm of the customer's own moves: thick or thin, steady, quickening, or come back after a long gap."""

from itertools import pairwise

from listener.model.spans import DAY_S
from listener.relationship.view import MINUTES_A_DAY, Features, View, ramp


def cadence(view: View) -> Features:
    """Gaps between the latest moves, and how the present silence compares with them."""
    moves = view.tie.moves
    if not moves:
        return {"never_moved": ramp(view.heard_days, 1, 30)} if view.profile else {}
    waited = ramp(view.heard_days, 0.5, 45)  # that no more came says something only once it could have come
    if len(moves) == 1:
        return {"one_move": waited}
    days = [(b - a) / MINUTES_A_DAY for a, b in pairwise(moves)]
    mean = sum(days) / len(days)
    span = (view.tie.last_s - view.tie.first_s) / DAY_S
    return {
        "few_moves": waited * (1.0 - ramp(len(moves), 2, 5)),
        "thick_contact": 1.0 - ramp(mean, 3, 14),
        "thin_contact": ramp(mean, 30, 75),
        "came_back": 1.0 if max(days) > 150 and max(days) > 4 * sorted(days)[len(days) // 2] else 0.0,
        "burst_moves": ramp(sum(gap < 2 for gap in days) / len(days), 0.3, 0.9),
        "short_span": waited * (1.0 - ramp(span, 10, 60)),
        "long_span": ramp(span, 90, 365),
        "fell_silent": ramp(view.quiet_days / max(mean, 5.0), 2.0, 6.0),
    }
