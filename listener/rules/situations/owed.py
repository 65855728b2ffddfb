"""Situations of what is open between the two: complaints, suggestions, promises, trouble."""

from functools import partial

from listener.model import sketch
from listener.model.spans import DAY_S, seconds
from listener.rules.case import Case
from listener.rules.case.given_word import (
    ASSURED,
    OF_AN_ASSURANCE,
    OF_ITS_WORD,
    assurances,
    given,
    given_here,
    is_assurance,
    is_of_a_deed,
    is_taken_back,
    shares_words,
)
from listener.rules.case.wording import unpacked
from listener.rules.situations.vocabulary import deeds_of, situation

COMPLAINT_STANDS_S = 14 * DAY_S
"""So long a complaint that waits for no answer counts as open, if nothing mends it (ours)."""


@situation("complaint open", "[a|no] complaint of theirs is still open")
def complaint_open(case: Case, _: str) -> bool:
    """A complaint is waiting for its answer, or was made within 14 days in a matter that nothing has mended.

    One that rests on words alone, with no act of the firm's behind it, is over a day after a human has answered. A send
    that was wrong only because the complaint was open is no such act.
    """
    if any(debt.code == "F02" and debt.troubled for debt in case.ledger.debts):
        return True
    matter = case.ledger.matters[-1] if case.ledger.matters else None
    if matter is None or not matter.complained_s or case.at_s - matter.complained_s > COMPLAINT_STANDS_S:
        return False
    if _rests_on_words(case, matter.key) and _answered_a_day_ago(case, matter.complained_s):
        return False
    mended = [d.at_s for d in case.ledger.deeds if d.code in ("B08", "B10", "B05", "B12") and d.level >= 0]
    return max(mended, default=0) < matter.complained_s


def _rests_on_words(case: Case, matter: int) -> bool:
    sure = case.catalogue.thresholds.act_p
    acts = (deed for deed in case.ledger.deeds if deed.matter == matter and deed.code[0] == "F" and deed.code != "F03")
    return not any(deed.level >= 2 and deed.p > sure for deed in acts)


def _answered_a_day_ago(case: Case, complained_s: int) -> bool:
    """A person has answered it; or it was itself the last word to a person's answer, and asked for no other."""
    return any(
        case.at_s - max(talk.firm_s, complained_s) > DAY_S
        and (talk.firm_s >= complained_s or (talk.firm_s > 0 and talk.customer_s == complained_s))
        for talk in case.ledger.talks
    )


@situation("suggestion open", "[a|no] suggestion of theirs is waiting for its answer")
def suggestion_open(case: Case, _: str) -> bool:
    """A suggestion is waiting for its answer."""
    return any(debt.code == "F01" for debt in case.ledger.debts)


@situation("suggestion overdue", "[a|no] suggestion of theirs has waited longer than it may")
def suggestion_overdue(case: Case, _: str) -> bool:
    """A suggestion has waited longer than it may."""
    return any(debt.code == "F01" and debt.breached for debt in case.ledger.debts)


@situation("asks after an overdue idea", "this [comes|does not come] back to a suggestion that has waited too long")
def asks_after_an_overdue_idea(case: Case, _: str) -> bool:
    """A suggestion has waited too long, and this is of the same conversation or shares a tenth of its words."""
    said = case.heard.sketch if case.heard else None
    return any(
        (debt.talk and debt.talk == case.mark) or sketch.overlap(said, unpacked(debt.words)) >= 0.1
        for debt in case.ledger.debts
        if debt.code == "F01" and debt.breached
    )


@situation("question overdue", "[a|no] question or complaint of theirs has waited longer than it may")
def question_overdue(case: Case, _: str) -> bool:
    """A question or complaint has waited longer than it may."""
    return any(debt.code == "F02" and debt.breached for debt in case.ledger.debts)


@situation("answer open", "[something|nothing] they asked, complained of or suggested is waiting for its answer")
def answer_open(case: Case, _: str) -> bool:
    """Some question, complaint or suggestion waits for its answer."""
    return any(debt.code in ("F01", "F02") for debt in case.ledger.debts)


@situation("promise overdue", "[a|no] promised day has passed without what was promised")
def promise_overdue(case: Case, _: str) -> bool:
    """What was promised for a day has not come, and the day is past."""
    return any(debt.code == "F18" and debt.due_s <= case.at_s for debt in case.ledger.debts)


@situation(
    "promise of this talk overdue",
    "[a|no] day promised in this conversation has passed without what was promised",
)
def promise_of_this_talk_overdue(case: Case, _: str) -> bool:
    """What was promised in this very conversation for a day has not come, and the day is past."""
    return any(debt.code == "F18" and debt.due_s <= case.at_s and debt.talk == case.mark for debt in case.ledger.debts)


@situation("likely broken its word here", "what was promised here for a day now past has [likely|not likely] not come")
def likely_broken_its_word_here(case: Case, _: str) -> bool:
    """The same, and nothing since speaks for its having been kept: an order, or their being glad."""
    sure = case.catalogue.thresholds.act_p
    late = (one for one in case.ledger.debts if one.code == "F18" and one.due_s <= case.at_s)
    return any(debt.talk == case.mark and debt.p >= sure for debt in late)


@situation("gave its word here", "the firm [had|had not] said in this conversation, or of this, that it would do it")
def gave_its_word_here(case: Case, _: str) -> bool:
    """A promise to do something, with a day or without, stands; it was given here, or this shares words with it."""
    return any(is_of_a_deed(debt) for debt in given_here(case))


@situation("speaks of its word", "this [is|is not] of the very thing that the firm said it would do")
def speaks_of_its_word(case: Case, _: str) -> bool:
    """A promise to do something stands, and this shares a quarter of its words."""
    return any(is_of_a_deed(debt) and shares_words(case, debt, OF_ITS_WORD) for debt in given(case))


@situation("takes back its word", "this [is|is not] said of what the firm had said it would do")
def takes_back_its_word(case: Case, _: str) -> bool:
    """A promise to do something stands, and this shares a quarter of its words or is the firm's next turn after it."""
    return any(map(partial(is_taken_back, case), given(case)))


@situation("waits on its word for", "the firm gave its word here and has [been silent|not been silent] for {span}")
def waits_on_its_word(case: Case, span: str) -> bool:
    """A promise without a day was given here at least so long ago, and no person has come back to it."""
    talk = case.talk
    return any(
        pledge.talk == case.mark and case.at_s - max(pledge.opened_s, talk.firm_s if talk else 0) >= seconds(span)
        for pledge in case.ledger.pledges
        if pledge.talk and not is_assurance(pledge)
    )


@situation("assured of", "the firm [had|had not] given its word for good on: {subject}")
def assured_of(case: Case, subject: str) -> bool:
    """The firm's word on what will always be so, or never, stands: on a `price`, `privacy`, a `person`, `quiet`."""
    return any(proof.says == f"{ASSURED}_{subject}" for one in assurances(case) for proof in one.proofs)


@situation("assured of this", "the firm [had|had not] given its word for good on this")
def assured_of_this(case: Case, _: str) -> bool:
    """The firm's word on what will always be so, or never, stands, and this shares at least half of its words."""
    return any(shares_words(case, one, OF_AN_ASSURANCE) for one in assurances(case))


@situation("distressed", "they are [in|not in] distress over the firm")
def distressed(case: Case, _: str) -> bool:
    """Distress stands at .6 or more."""
    return case.reading.distress >= 0.6 and case.ledger.about_brand


@situation("matter open", "there is [some|no] trouble between them and the firm that has not rested yet")
def matter_open(case: Case, _: str) -> bool:
    """There is trouble between the two that has not rested yet."""
    matter = case.ledger.matters[-1] if case.ledger.matters else None
    return matter is not None and case.at_s - matter.last_s <= 14 * DAY_S


@situation("in trouble already", "[something|nothing] had gone wrong before this was said")
def in_trouble_already(case: Case, _: str) -> bool:
    """Something went wrong before this was said: an act of the firm's within 14 days, or an answer long owed."""
    wrong = any(d.code[0] == "F" and d.p >= 0.5 and case.at_s - d.at_s <= 14 * DAY_S for d in case.ledger.deeds)
    here = bool(case.talk and case.talk.complaint >= 0.5 and case.talk.firm_s)
    return wrong or here or any(debt.troubled or debt.breached for debt in case.ledger.debts)


@situation("wronged of late", "the firm [did|did not do] them a wrong of late")
def wronged_of_late(case: Case, _: str) -> bool:
    """An act reported within 21 days, or a promise broken, is a breach for them; or an answer to trouble is overdue."""
    sure = case.catalogue.thresholds.act_p
    overdue = (debt for debt in case.ledger.debts if debt.code in ("F02", "F18") and debt.breached)
    if any(debt.troubled and debt.p >= sure for debt in overdue):
        return True
    return any(
        (deed.is_reported or deed.code == "F18") and deed.code[0] == "F" and deed.level >= 2 and deed.p >= sure
        for deed in case.ledger.deeds
        if case.at_s - deed.at_s <= 21 * DAY_S
    )


@situation(
    "has cause to complain",
    "they have [cause|no cause] to complain: wronged of late, or complaining here",
)
def has_cause_to_complain(case: Case, _: str) -> bool:
    """They were wronged of late, or complain here and now; a long letter is no complaint for sounding like one."""
    live = case.channel != "email" and case.talk is not None and case.talk.complaint >= 0.6
    return live or wronged_of_late(case, "")


@situation("mended of late", "[something|nothing] was mended within 7 days")
def mended_of_late(case: Case, _: str) -> bool:
    """A fix, an exception, a true apology or something taken back came within 7 days."""
    return bool(deeds_of(case.ledger, "B05 B08 B09 B10 B12", case.at_s, 7 * DAY_S))


@situation(
    "has heard from the firm",
    "the firm [had|had not] spoken to them, or failed them, before this, [or they say so|nor do they say so]",
)
def has_heard_from_the_firm(case: Case, _: str) -> bool:
    """A person of the firm had spoken to them, an act of the firm's was noticed, or the words themselves say it."""
    said = case.heard is not None and "inconsistent" in case.heard.spans
    acted = any(deed.code[0] == "F" and deed.is_reported for deed in case.ledger.deeds)
    return bool(said or acted or case.ledger.firm_s)
