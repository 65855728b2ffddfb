"""What settles nothing that is owed, but makes it less sure that it still is: a machine's answer, a deed, gladness."""

from typing import Final

from listener.model.ledger import Debt
from listener.rules.case import Case
from listener.rules.case.given_word import shares_words
from listener.rules.case.grievance import troubled
from listener.rules.case.need import is_of_a_need
from listener.rules.case.wording import CANNED
from listener.rules.debts.settling import GLAD, SETTLEMENTS, mended

DONE: Final = ("done_as_asked", "answer_substance")
"""Cues that something has been done or answered."""


def eased_by(case: Case, debt: Debt) -> str:
    """What settles nothing, but makes it less sure that more is owed; empty where nothing does.

    A machine's plain answer to a plain question, or the thing done without a word; and of a promise to somebody not in
    trouble, which is often kept without a record: that they order, or are glad, once half its time is over.
    """
    if debt.code == "F02" and not (debt.troubled or is_of_a_need(debt)):
        return _eased_without_a_person(case, debt)
    if debt.code != "F18" or debt.troubled:
        return ""
    if case.kind == "order_placed" and case.details.get("by", "customer") == "customer":
        return "an order of theirs"
    glad = (
        case.side == "customer" and case.loudest(GLAD) >= 0.5 and max(troubled(case), case.cue("thanks_anyway")) < 0.5
    )
    return "their being glad" if glad and 2 * case.at_s >= debt.opened_s + debt.due_s else ""


def _eased_without_a_person(case: Case, debt: Debt) -> str:
    """What answers a plain question though no person speaks: a bot's plain turn, a system's word of it, a deed."""
    said, here = max(case.cue("concrete"), case.cue("answer_substance")), case.mark == debt.talk
    if case.side == "bot" and here and case.cue("scripted") < CANNED and said >= 0.3:
        return "a bot's plain answer"
    if case.side == "system" and (here or shares_words(case, debt)) and case.loudest(DONE) >= 0.6:
        return "an automatic word that it is done"
    if case.kind in SETTLEMENTS["mended"].by | {"order_cancelled"} and not mended(case, debt):
        return "what was asked being done"
    return ""
