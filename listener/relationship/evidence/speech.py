"""How often the customer's turns ask, complain, thank or praise: for what is common, the share tells, not the count."""

from listener.relationship.seen import Features, Seen, ramp

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


def speech(seen: Seen) -> Features:
    """Shares of the customer's turns, shrunk toward nothing while few turns were heard."""
    turns = seen.n("turns")
    if turns <= 0:
        return {}
    sure = turns / (turns + 1.5)
    return {f"often_{name}": sure * ramp(seen.n(name) / turns, low, high) for name, (low, high) in OFTEN.items()}
