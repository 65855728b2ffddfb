"""Ill feeling that is denied, or that another firm gave cause for: heads weigh single words and hear neither."""

from collections.abc import Mapping

HELD = ("complaint", "negative_emotion", "distress", "dissatisfaction", "remedy_rejected", "disrespect_felt")
"""What is held down, and every kind of failure with it."""
_ILL = ("complaint", "negative_emotion", "distress", "disrespect_felt", "failure", "repeat_effort", "unanswered")
"""Cues one of which, said for itself, lets the heads speak as they will."""
_SAID = 0.5
"""How surely a cue must speak to be said (P)."""
_SURE = 0.6
"""How surely a customer must be heard to say that all is well (P)."""
LEFT = 0.25
"""What is left of ill feeling: not so little that a reader could not ask after it (P)."""


def is_held(scores: Mapping[str, float], around: Mapping[str, str], elsewhere: bool = False) -> bool:
    """Whether the heads' ill feeling is held down, from what the cues said and the circumstances of their phrases.

    `elsewhere`: it is told what another firm did.

    >>> is_held({"contented": 0.9}, {}), is_held({"contented": 0.9, "complaint": 0.8}, {}), is_held({}, {})
    (True, False, False)
    >>> is_held({"deceived": 0.2}, {"deceived": "rival"})
    True
    >>> is_held({}, {}, elsewhere=True), is_held({"complaint": 0.8}, {}, elsewhere=True)
    (True, False)
    """
    if max((scores.get(cue, 0.0) for cue in _ILL), default=0.0) >= _SAID:
        return False
    return scores.get("contented", 0.0) >= _SURE or elsewhere or "rival" in around.values()
