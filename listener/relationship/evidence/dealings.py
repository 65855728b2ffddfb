"""What the firm gave: ideas answered, recognition, exceptions, candour, prices bargained down (DOMAIN 3.5)."""

from listener.relationship.seen import Features, Seen, saturate

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


def dealings(seen: Seen) -> Features:
    """Each kind of giving, counted with less and less weight."""
    return {f"got_{name}": saturate(amount) for name in GIVEN if (amount := seen.n(name)) > 0} | {
        "bargained": saturate(seen.n("price_down")),
        "asked_compensation": saturate(seen.n("asked_compensation")),
    }
