"""Whether a customer tells of a death, an illness or a want: it asks for a person, though it asks nothing."""

from typing import Final

from listener.rules.case import Case

NEED: Final = "need"
"""The cue of a death, an illness, a want: who tells of one is owed the answer of a person, and nothing else will do."""
PLAINLY = 0.6
"""How surely a need must be told of to be owed an answer by itself (ours: as sure as any other act must be)."""


def in_need(case: Case) -> bool:
    """Whether the customer plainly tells of a need."""
    return case.side == "customer" and case.cue(NEED) >= PLAINLY
