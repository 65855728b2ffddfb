"""How often the customer's turns ask, complain, thank or praise: for what is common, the share tells, not the count."""

from listener.relationship.evidence.tables import Share, Shares

OFTEN = {
    "question": (0.1, 0.7),
    "complaint": (0.05, 0.5),
    "demand": (0.05, 0.5),
    "gratitude": (0.05, 0.4),
    "praise": (0.05, 0.4),
    "negative_emotion": (0.05, 0.4),
    "joy": (0.05, 0.4),
    "humour": (0.03, 0.3),
    "self_disclosure": (0.03, 0.3),
}
"""Cues common enough that nearly every history has one, and the shares of turns from few to many (P)."""


SPEECH = (
    Shares(
        "often",
        "turns",
        tuple(Share(f"often_{name}", name, *span) for name, span in OFTEN.items()),
        given="turns",
        by="talks",  # one conversation is one mood, so shares of cues are shrunk while few were had
        few=0.5,
        doubt=1.5,
    ),
    Shares(
        "purpose",
        "turns",
        (
            Share("plain_business", "plain_requests", 0.1, 0.8),
            Share("asks_nothing", "requests", 0.05, 0.6, falls=True),
            Share("brightness", "bright", 0.05, 0.5),
        ),
        given="turns",
        by="turns",
        doubt=0.7,
    ),
)
"""Shares of the customer's turns."""
