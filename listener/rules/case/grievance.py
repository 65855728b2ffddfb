"""How aggrieved a customer sounds, and how much more so than usual: who always grumbles says little by grumbling."""

from typing import Final

from listener.rules.case import Case

TROUBLE: Final = ("complaint", "negative_emotion", "repeat_effort", "unanswered", "betrayal", "escalation", "failure")
"""Cues of trouble with the firm."""
BEYOND_HABIT = 0.2
"""How much more aggrieved than usual a turn must sound to say anything (ours: some grumble whatever happens)."""


def troubled(case: Case) -> float:
    """How clearly the customer is in trouble with the firm; who always sounds aggrieved says half as much."""
    heard = aggrieved(case)
    return heard if heard - case.ledger.habit >= BEYOND_HABIT else heard / 2


def aggrieved(case: Case) -> float:
    """How aggrieved the words sound, whoever says them; many rules ask, so a case remembers it."""
    if case.grievance is None:
        case.grievance = _grievance(case)
    return case.grievance


def _grievance(case: Case) -> float:
    if case.heard is not None and case.heard.target != "brand":
        return 0.0
    reported = max([p for cue, p in case.says.items() if cue.startswith("failure:")], default=0.0)
    return max(case.loudest(TROUBLE), min(reported, case.cue("complaint") + 0.1))
