"""What the firm gave: ideas answered, recognition, exceptions, candour, prices bargained down (DOMAIN 3.5)."""

from listener.relationship.evidence.tables import Saturating

GIVEN = (
    "ideas_answered",
    "recognised",
    "invited",
    "granted",
    "noticed_early",
    "fixed",
    "tier_up",
    "compensated",
    "surveys",
)

DEALINGS = Saturating(
    "dealings",
    (*(f"got_{name}" for name in GIVEN), "bargained", "asked_compensation"),
    (*GIVEN, "price_down", "asked_compensation"),
)
"""Each kind of giving, counted with less and less weight."""
