"""From what was heard in a message to the impression it leaves: names, whom it is about."""

from collections.abc import Mapping, Sequence

from listener.model.message import Target
from listener.signals.matches.matching import Match

CUED = frozenset(("craving", "longing"))
"""Emotions that cues alone tell."""


def emotions_of(told: Mapping[str, float]) -> dict[str, float]:
    """The emotions that cues alone tell."""
    return {name: told[name] for name in sorted(CUED) if name in told}


def target_of(told: Mapping[str, float]) -> Target:
    """Whom the feeling is about."""
    rival = max(told.get("rival_praise", 0.0), told.get("rival_left", 0.0))
    if told.get("about_other", 0.0) >= 0.5:
        return "other"
    return "rival" if rival >= 0.5 and told.get("exit", 0.0) < 0.5 and told.get("complaint", 0.0) < 0.8 else "brand"


def offered(found: Sequence[Match]) -> int:
    """How many ways out the customer names."""
    return sum([m.rule.signal == "offered_solution" and m.p >= 0.5 for m in found])


def why(match: Match) -> str:
    """Which phrase spoke, for those who ask why."""
    return match.rule.phrase.source + (f" ({match.around})" if match.around else "")
