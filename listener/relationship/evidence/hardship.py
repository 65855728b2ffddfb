"""What the firm imposed: failures, fees, transfers, refusals, and whether the customer stayed all the same."""

from listener.relationship.evidence.tables import Saturating

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

HARDSHIP = Saturating("hardship", (*(f"met_{name}" for name in IMPOSED), "cancelled"), (*IMPOSED, "cancelled"))
"""Each kind of imposition, counted with less and less weight; `cancelled` is the customer's answer."""
