"""How often the customer's turns ask, complain, thank or praise: for what is common, the share tells, not the count."""

from listener.relationship.evidence.manner import turns
from listener.relationship.evidence.tables import Share, Shares
from listener.relationship.seen import Seen

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


def _of_talks(seen: Seen) -> float:
    """One conversation is one mood, so shares of cues are shrunk while few were had."""
    talks = max(seen.n("talks"), 0.5)
    return talks / (talks + 1.5)


def _of_turns(seen: Seen) -> float:
    return turns(seen) / (turns(seen) + 0.7)


SPEECH = (
    Shares("often", turns, _of_talks, tuple(Share(f"often_{name}", name, *span) for name, span in OFTEN.items())),
    Shares(
        "purpose",
        turns,
        _of_turns,
        (
            Share("plain_business", "plain_requests", 0.1, 0.8),
            Share("asks_nothing", "requests", 0.05, 0.6, falls=True),
            Share("brightness", "bright", 0.05, 0.5),
        ),
    ),
)
"""Shares of the customer's turns."""
