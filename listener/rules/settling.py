"""What settles something owed: each name a claim about a signal and a debt. Bots and systems never answer."""

from collections.abc import Callable
from typing import Final

from listener.model import sketch
from listener.model.ledger import Debt
from listener.rules.case import Case
from listener.rules.grievance import troubled
from listener.rules.wording import unpacked

Settlement = Callable[[Case, Debt], bool]


def human_turn(case: Case, debt: Debt) -> bool:
    """A human of the firm speaks to the customer."""
    return case.side == "agent" and case.cue("thanks_only") < 0.6


def answer_of_substance(case: Case, debt: Debt) -> bool:
    """A human of the firm answers here, or about this elsewhere; what sounds canned must be concrete."""
    if case.side != "agent" or case.cue("thanks_only") >= 0.6 or case.heard is None:
        return False
    shared = sketch.overlap(case.heard.sketch, unpacked(debt.words))
    if case.cue("scripted") >= 0.6 and not (case.cue("concrete") >= 0.6 and shared >= 0.1):
        return False
    here = bool(debt.talk) and case.mark == debt.talk
    return here or shared >= 0.15


def idea_answered(case: Case, debt: Debt) -> bool:
    """The firm reports that the idea was answered with substance."""
    about = case.details.get("idea_event_id")
    return case.kind == "idea_answered" and case.details.get("substantive") is not False and about in (None, debt.cause)


def idea_credited(case: Case, debt: Debt) -> bool:
    """The idea was taken up, and credited."""
    return case.kind == "idea_used" and case.details.get("credited") is True


def solicited_outreach(case: Case, debt: Debt) -> bool:
    """The firm calls or writes as it was asked to."""
    return case.kind == "outreach_made" and case.details.get("solicited") is True


def mended(case: Case, debt: Debt) -> bool:
    """A fix, a refund or replacement, an exception, or a case closed as resolved."""
    details = case.details
    if case.kind == "compensation_issued":
        return details.get("form") in ("refund", "replacement")
    if case.kind == "case_closed":
        return details.get("resolved") is True
    return case.kind in ("fix_made", "exception_granted")


def customer_content(case: Case, debt: Debt) -> bool:
    """The customer speaks again, here or of this, and is content: thanks, praise, or says that it has come."""
    if case.side != "customer" or troubled(case) >= 0.5:
        return False
    if debt.code == "F18" and case.cue("kept") < 0.5 and 2 * case.at_s < debt.opened_s + debt.due_s:
        return False  # they thank for the promise, not for what was promised
    glad = case.loudest(("gratitude", "kept", "joy", "praise", "love", "forgiveness"))
    asks_again = case.heard is not None and case.heard.needs_answer
    return glad >= 0.5 and not asks_again


def customer_ordered(case: Case, debt: Debt) -> bool:
    """The customer orders: whoever only had a question, or asked in passing, has found the answer."""
    by_them = case.kind == "order_placed" and case.details.get("by", "customer") == "customer"
    return by_them and (not debt.troubled or debt.channel in ("chat", "voice"))


def followed_up(case: Case, debt: Debt) -> bool:
    """A human of the firm comes back to it later, and not with another promise, an excuse or a policy."""
    if case.side != "agent" or case.at_s - debt.opened_s < 1800:
        return False
    return case.loudest(("promise", "scripted", "policy_cited", "refusal", "blame", "apology")) < 0.6


def eases(case: Case, debt: Debt) -> bool:
    """A bot gives a plain question a plain answer: that settles nothing, but makes it less sure that more is owed."""
    plain = case.cue("scripted") < 0.6 and max(case.cue("concrete"), case.cue("answer_substance")) >= 0.3
    return debt.code == "F02" and case.side == "bot" and case.mark == debt.talk and not debt.troubled and plain


SETTLEMENTS: Final[dict[str, Settlement]] = {
    "human turn": human_turn,
    "answer of substance": answer_of_substance,
    "idea answered": idea_answered,
    "idea credited": idea_credited,
    "solicited outreach": solicited_outreach,
    "mended": mended,
    "customer content": customer_content,
    "customer ordered": customer_ordered,
    "followed up": followed_up,
}


def settles(case: Case, debt: Debt, names: tuple[str, ...]) -> bool:
    """Whether this signal settles the debt by any of the ways its rule names."""
    return settled_by(case, debt, names) is not None


def settled_by(case: Case, debt: Debt, names: tuple[str, ...]) -> str | None:
    """The first of these ways by which this signal settles the debt."""
    return next((name for name in names if SETTLEMENTS[name](case, debt)), None)
