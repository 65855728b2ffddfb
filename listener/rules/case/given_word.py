"""The firm's word that stands: promises with a day or without, and which of them a signal speaks of."""

from collections.abc import Sequence
from typing import Final

from listener.model import sketch
from listener.model.ledger import PLEDGES, Debt
from listener.rules.case.case import Case
from listener.rules.case.wording import unpacked

DEED: Final = "act_promised"
"""The cue of a promise to do the thing itself. Whoever only promised to look into it may come back with a no."""
FORETOLD: Final = "foretold"
"""The cue of what will be so by a day and is no deed of the firm's: silence after it is what a kept word looks like."""
SPEAKS_OF = 0.15
"""From this share of content words on, what is said elsewhere is about the same (ours, as for an answer)."""

OF_AN_ASSURANCE = 0.5
"""The same for what was to hold for good, which is soon said in a word or two that all talk shares (P)."""
OF_ITS_WORD = 0.25
"""From this share of the promise's content words on, a refusal is of what was promised (ours)."""


ASSURED: Final = "assured"
"""How the cues of what is to hold for good begin."""


def latest(pledges: Sequence[Debt]) -> tuple[Debt, ...]:
    """The promises without a day that are kept, and so many assurances beside them, in the order they were given."""
    lasting = [one for one in pledges if is_assurance(one)][-PLEDGES:]
    passing = [one for one in pledges if not is_assurance(one)][-PLEDGES:]
    return tuple(one for one in pledges if one in lasting or one in passing)


def is_assurance(debt: Debt) -> bool:
    """Whether the firm said what will always be so, or never: it has no day, and nothing done once keeps it."""
    return any(proof.says.startswith(ASSURED) for proof in debt.proofs)


def assurances(case: Case) -> tuple[Debt, ...]:
    """What the firm said would hold for good, and has not been let off."""
    return tuple(one for one in case.ledger.pledges if case.at_s < one.ends_s and is_assurance(one))


def is_here_or_of_it(case: Case, debt: Debt) -> bool:
    """Whether this is said in the conversation in which it came to be owed, or shares its words."""
    return (bool(debt.talk) and case.mark == debt.talk) or shares_words(case, debt)


def shares_words(case: Case, debt: Debt, least: float = SPEAKS_OF) -> bool:
    """Whether this shares at least so many of the content words with which it came to be owed."""
    return case.heard is not None and sketch.overlap(case.heard.sketch, unpacked(debt.words)) >= least


def given(case: Case) -> tuple[Debt, ...]:
    """Every promise that stands, with a day or without; an assurance is none."""
    dated = (debt for debt in case.ledger.debts if debt.code == "F18")
    return (*dated, *(one for one in case.ledger.pledges if case.at_s < one.ends_s and not is_assurance(one)))


def given_here(case: Case) -> tuple[Debt, ...]:
    """The promises of this conversation, or of what this speaks of."""
    return tuple(debt for debt in given(case) if is_here_or_of_it(case, debt))


def is_of_a_deed(debt: Debt) -> bool:
    """Whether the firm said that it would do the thing, not just look into it."""
    return any(proof.says == DEED for proof in debt.proofs)


def is_foretold(debt: Debt) -> bool:
    """Whether the firm only told what will be so: the customer alone can say that it did not come."""
    return any(proof.says == FORETOLD for proof in debt.proofs)


def is_taken_back(case: Case, debt: Debt) -> bool:
    """Whether a no of the firm's is of this promise to do something: by its words, or as the firm's next turn on it."""
    next_turn = (
        case.talk is not None and bool(debt.talk) and case.mark == debt.talk and case.talk.firm_s <= debt.opened_s
    )
    return is_of_a_deed(debt) and (next_turn or shares_words(case, debt, OF_ITS_WORD))
