"""What kind of purchase it is, by its category's name and value: standing, on trial, a gift, for an occasion, free."""

from listener.relationship.evidence.tables import Share, Shares

KINDS = ("bought_standing", "bought_trial", "bought_gift", "bought_occasion", "bought_classic", "free_orders")

PURCHASES = Shares("purchases", "orders", tuple(Share(name, name, 0.0, 1.0) for name in KINDS), given="orders")
"""Shares of the kinds among orders; orders the firm placed itself (renewals, fees) are counted as `charged`."""
