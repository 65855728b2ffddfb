"""What the customer feels for the brand over all turns: warm, cold, or both at once (love-hate)."""

from listener.relationship.evidence.tables import Saturating, Share, Shares
from listener.relationship.view import Features, View, ramp

FEELING = (
    Shares(
        "felt",
        "turns",
        (Share("warm", "feeling", 0.1, 0.6), Share("cold", "ill_feeling", 0.1, 0.6)),
        more=1.0,
        given="turns",
    ),
    Saturating("rivals", ("of_rivals",), ("about_rival",)),
)
"""Sums of kind and unkind feeling aimed at the brand, a turn; and talk of others."""


def ambivalence(view: View) -> Features:
    """How evenly both feelings are present, and whether there is any."""
    turns = view.n("turns")
    if turns <= 0:
        return {}
    warm, cold = view.n("feeling"), view.n("ill_feeling")
    both = min(warm, cold) / max(warm, cold) if warm > 0 or cold > 0 else 0.0
    return {
        "mixed": both and both * ramp(warm + cold, 0.8, 3.0),
        "even": 1.0 - ramp((warm + cold) / (turns + 1.0), 0.05, 0.4),
    }
