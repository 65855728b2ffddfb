"""What kind of purchase it is, by its category's name and value: standing, on trial, a gift, for an occasion, free."""

from listener.relationship.seen import Features, Seen, ramp, saturate

KINDS = ("bought_standing", "bought_trial", "bought_gift", "bought_occasion", "bought_classic", "free_orders")


def purchases(seen: Seen) -> Features:
    """Shares of the kinds among orders; `charged` are orders the firm placed itself (renewals, fees)."""
    told = {"charged": saturate(seen.n("charged"))}
    orders = seen.n("orders")
    if orders > 0:
        told |= {name: ramp(seen.n(name) / orders, 0.0, 1.0) for name in KINDS}
    return told
