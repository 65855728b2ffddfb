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
    """Shares of the customer's turns, shrunk while little was heard: one conversation is one mood."""
    turns = seen.n("turns")
    if turns <= 0:
        return {}
    talks = max(seen.n("talks"), 0.5)
    sure = talks / (talks + 1.5)
    told = {f"often_{name}": sure * ramp(seen.n(name) / turns, low, high) for name, (low, high) in OFTEN.items()}
    heard = turns / (turns + 0.7)
    return told | {
        "plain_business": heard * ramp(seen.n("plain_requests") / turns, 0.1, 0.8),
        "asks_nothing": heard * (1.0 - ramp(seen.n("requests") / turns, 0.05, 0.6)),
        "brightness": heard * ramp(seen.n("bright") / turns, 0.05, 0.5),
    }
