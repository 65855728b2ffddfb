"""What is bought: one slot or many, always the same, regular as a clock, once and never again (DOMAIN 2.1, 2.3)."""

from itertools import pairwise
from statistics import fmean, pstdev

from listener.model.tie import Order
from listener.relationship.view import MINUTES_A_DAY, Features, View, ramp


def slots(view: View) -> Features:
    """Category entropy and regularity of the latest orders; `single_order` grows as time passes after the only one."""
    orders = view.tie.orders
    if not orders:
        return {"no_orders": ramp(view.heard_days, 1, 60)} if view.profile else {}
    if len(orders) == 1:
        return {"single_order": 0.4 + 0.6 * ramp(view.quiet_days, 5, 60)}
    kinds = len({category for _, _, category in orders})
    rhythm = regularity(orders)
    return {
        "one_slot": ramp(len(orders), 1, 4) if kinds == 1 else 0.0,
        "many_slots": ramp(kinds, 1.5, 4),
        "regular_orders": rhythm * ramp(len(orders), 2, 5),
        "irregular_orders": (1.0 - rhythm) * ramp(len(orders), 2, 5),
        "rare_orders": ramp(fmean(gaps(orders)), 60, 200),
        "frequent_orders": 1.0 - ramp(fmean(gaps(orders)), 10, 30),
        "few_orders": 1.0 - ramp(len(orders), 2, 4),
        "growing_orders": _trend(orders),
        "same_value": 1.0 if len(orders) > 2 and len({value for _, value, _ in orders}) == 1 else 0.0,
    }


def gaps(orders: tuple[Order, ...]) -> list[float]:
    """Days between one order and the next."""
    return [(later[0] - earlier[0]) / MINUTES_A_DAY for earlier, later in pairwise(orders)]


def regularity(orders: tuple[Order, ...]) -> float:
    """1 for orders as regular as a clock, 0 where gaps vary as much as they are long."""
    days = gaps(orders)
    mean = fmean(days)
    return 1.0 - ramp(pstdev(days) / mean, 0.1, 0.8) if len(days) > 1 and mean > 0 else 0.5


def _trend(orders: tuple[Order, ...]) -> float:
    """How much orders came faster or larger of late: gaps of the later half against the earlier half, and values."""
    days = gaps(orders)
    if len(days) < 3:
        return 0.0
    half = len(days) // 2
    early, late = fmean(days[:half]), fmean(days[-half:])
    faster = ramp(early / late, 1.15, 2.2) if late > 0 else 1.0
    values = [value for _, value, _ in orders if value]
    larger = ramp(fmean(values[-2:]) - fmean(values[:2]), 10, 50) if len(values) > 3 else 0.0
    return max(faster, larger)
