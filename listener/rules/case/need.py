"""Whether a customer tells of a death, an illness or a want: it asks for a person, though it asks nothing."""

from collections.abc import Sequence
from typing import Final

from listener.model.ledger import Debt, Proof
from listener.rules.case import Case

NEED: Final = "need"
"""The cue of a death, an illness, a want: who tells of one is owed the answer of a person, and nothing else will do."""
PROOFS = 4
"""So many events are kept as proof of what is owed."""
PLAINLY = 0.6
"""How surely a need must be told of to be owed an answer by itself (ours: as sure as any other act must be)."""


def in_need(case: Case) -> bool:
    """Whether the customer plainly tells of a need."""
    return case.side == "customer" and case.cue(NEED) >= PLAINLY


def is_of_a_need(debt: Debt) -> bool:
    """Whether it is owed to somebody who told of a need."""
    return any(proof.says == NEED for proof in debt.proofs)


def kept(proofs: Sequence[Proof]) -> tuple[Proof, ...]:
    """The first PROOFS of a debt; a need told of later stands in for the last of them, for it decides what settles it.

    >>> told = [Proof(str(n), "chat", n, "customer", says) for n, says in enumerate(["question"] * 4 + [NEED])]
    >>> [one.event_id for one in kept(told)]
    ['0', '1', '2', '4']
    """
    first, need = tuple(proofs[:PROOFS]), next((one for one in proofs if one.says == NEED), None)
    return first if need is None or need in first else (*first[: PROOFS - 1], need)
