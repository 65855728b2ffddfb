"""What the firm imposed: failures, fees, transfers, refusals, and whether the customer stayed all the same."""

from listener.relationship.seen import Features, Seen, saturate

IMPOSED = (
    "incidents",
    "fees",
    "price_up",
    "terms",
    "transfers",
    "refused",
    "tier_down",
    "privacy",
    "retired",
    "data_asked",
)


def hardship(seen: Seen) -> Features:
    """Each kind of imposition, counted with less and less weight; `cancelled` is the customer's answer."""
    told = {f"met_{name}": saturate(amount) for name in IMPOSED if (amount := seen.n(name)) > 0}
    return told | {"cancelled": saturate(seen.n("cancelled"))}
