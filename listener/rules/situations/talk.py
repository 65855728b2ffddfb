"""Situations of the conversation it belongs to: what was offered, refused, said before, taken up."""

from listener.model import sketch
from listener.model.spans import DAY_S
from listener.rules.case import Case
from listener.rules.case.wording import unpacked
from listener.rules.situations.vocabulary import deeds_of, situation


@situation("offered", "the customer has offered [at least|fewer than] {least} ways out here")
def offered(case: Case, least: str) -> bool:
    """The customer has offered at least so many solutions in this conversation."""
    return (case.talk.offered if case.talk else 0) >= int(least)


@situation("refused before", "the firm has [already|not yet] refused or cited its policy here")
def refused_before(case: Case, _: str) -> bool:
    """The firm has refused or cited its policy in this conversation already."""
    return bool(case.talk and case.talk.refused)


@situation(
    "voiced here",
    "the customer has [complained, asked or suggested something|not asked or complained] here",
)
def voiced_here(case: Case, _: str) -> bool:
    """The customer has complained, asked, demanded or suggested in this conversation."""
    return bool(case.talk and max(case.talk.voice, case.talk.complaint) >= 0.5)


@situation("answers an idea", "the last thing that the customer said here was [an idea|no idea]")
def answers_an_idea(case: Case, _: str) -> bool:
    """The last thing that the customer said in this conversation was an idea."""
    last = case.talk.customer_s if case.talk else 0
    return bool(last) and any(at_s == last for _, at_s, _ in case.ledger.ideas)


@situation("spoke here", "the customer has [spoken|not spoken] here")
def spoke_here(case: Case, _: str) -> bool:
    """The customer has spoken in this conversation, whatever they said."""
    return bool(case.talk and case.talk.customer_s)


@situation("complained here", "the customer has [complained|not complained] here")
def complained_here(case: Case, _: str) -> bool:
    """The customer has complained in this conversation."""
    return bool(case.talk and case.talk.complaint >= 0.5)


@situation("same line again", "the firm's turn [repeats|does not repeat] an earlier one of its own here")
def same_line_again(case: Case, _: str) -> bool:
    """The firm's turn nearly repeats an earlier one of its own here and takes up none of the customer's words (F04)."""
    heard, talk = case.heard, case.talk
    if heard is None or talk is None or not heard.sketch:
        return False
    alike = any(
        sketch.similarity(heard.sketch, talk.turns[i : i + 8].hex() + ":") >= 0.75 for i in range(0, len(talk.turns), 8)
    )
    return alike and len(sketch.words_of(heard.sketch)) >= 3


@situation("echoes nothing", "the firm's turn takes up [none|some] of the customer's words")
def echoes_nothing(case: Case, _: str) -> bool:
    """The firm's turn takes up less than a tenth of the customer's words (or has none of its own)."""
    heard, talk = case.heard, case.talk
    if heard is None or talk is None or not talk.words:
        return heard is not None
    return sketch.overlap(heard.sketch, unpacked(talk.words)) < 0.1


@situation("like an idea of theirs", "the firm's words are [like|not like] a suggestion the customer made")
def like_an_idea(case: Case, _: str) -> bool:
    """The firm's words match an earlier suggestion of the customer's by more than half of its content words."""
    heard = case.heard
    return heard is not None and any(
        sketch.overlap(heard.sketch, unpacked(words)) >= 0.5 for _, _, words in case.ledger.ideas if len(words) >= 12
    )


@situation("near an idea of theirs", "the firm's words [come|do not come] near a suggestion the customer made")
def near_an_idea(case: Case, _: str) -> bool:
    """The firm's words share a fifth with an earlier suggestion of the customer's: by themselves too few."""
    heard = case.heard
    return heard is not None and any(
        sketch.overlap(heard.sketch, unpacked(words)) >= 0.2 for _, _, words in case.ledger.ideas if len(words) >= 9
    )


@situation("more formal than", "the firm writes [far|not so far] less formally than the customer (by {gap} of 1)")
def more_formal_than(case: Case, gap: str) -> bool:
    """The firm writes less formally than the customer by more than this (registers run from 0 to 1)."""
    return case.heard is not None and case.ledger.formal - case.heard.register_ > float(gap)


@situation("begun by the firm", "[the firm|the customer] began this conversation")
def begun_by_the_firm(case: Case, _: str) -> bool:
    """The firm, not the customer, began this conversation."""
    return case.talk is None or case.talk.begun_by_firm


@situation("asked for discretion", "the customer [asked|did not ask] here to keep something hidden")
def asked_for_discretion(case: Case, _: str) -> bool:
    """The customer asked in this conversation to keep something hidden."""
    return bool(case.talk and case.talk.secrecy >= 0.5)


@situation("asked to be known", "the customer [spoke|did not speak] here of their history with the firm")
def asked_to_be_known(case: Case, _: str) -> bool:
    """The customer spoke in this conversation of their history with the firm."""
    return bool(case.talk and case.talk.asked_history >= 0.5)


@situation("apologised here", "the firm has said sorry here [at least|fewer than] {least} times")
def apologised_here(case: Case, least: str) -> bool:
    """The firm has said sorry at least so often in this conversation."""
    return (case.talk.apologies if case.talk else 0) >= int(least or 1)


@situation("only opens the talk", "the firm's turn [only opens|does more than open] the talk")
def only_opens_the_talk(case: Case, _: str) -> bool:
    """The firm's first turn of a talk greets and asks what it may do: nothing was said yet that it failed to answer."""
    is_first = case.side == "agent" and not (case.talk and case.talk.firm_s)
    plain = case.loudest(("concrete", "answer_substance", "policy_cited", "refusal")) < 0.6
    return is_first and plain and case.channel != "email" and case.cue("opening") >= 0.6


@situation("left with a canned reply", "the last that the firm said here [was|was not] canned")
def left_with_a_canned_reply(case: Case, _: str) -> bool:
    """A canned reply was surely noticed in this conversation, and no human of the firm has spoken in it since."""
    sure, deeds = case.catalogue.thresholds.act_p, deeds_of(case.ledger, "F04", case.at_s, 30 * DAY_S)
    canned = [one.at_s for one in deeds if one.talk[: len(case.mark)] == case.mark and one.p >= sure]
    return bool(case.mark and canned) and case.talk is not None and case.talk.firm_s <= max(canned)


@situation("answered here before", "a person of the firm [has|has not] spoken here before")
def answered_here_before(case: Case, _: str) -> bool:
    """A human of the firm has spoken in this conversation already."""
    return bool(case.talk and case.talk.firm_s)


@situation("comes back to an idea", "their words [come|do not come] back to an idea they gave before the launch")
def comes_back_to_an_idea(case: Case, _: str) -> bool:
    """The customer's words share a fifth with an idea they gave before the launch, without thanks."""
    heard, glad = case.heard, max(case.cue("gratitude"), case.cue("praise"), case.cue("joy"))
    if heard is None or glad >= 0.6:
        return False
    before = [words for _, at_s, words in case.ledger.ideas if at_s < case.ledger.launch_s]
    return any(len(words) >= 9 and sketch.overlap(heard.sketch, unpacked(words)) >= 0.2 for words in before)


@situation("complained loudly here", "the customer has [complained|not complained] here beyond doubt")
def complained_loudly_here(case: Case, _: str) -> bool:
    """The customer has complained in this conversation beyond any doubt."""
    return bool(case.talk and case.talk.complaint >= 0.9)


@situation("done here before", "[this was|this was not] noticed here before: {codes}")
def done_here_before(case: Case, codes: str) -> bool:
    """Acts of these codes were noticed in this conversation before: `done here before F04 F21`."""
    return bool(case.mark) and any(
        deed.talk[: len(case.mark)] == case.mark for deed in deeds_of(case.ledger, codes, case.at_s, 30 * DAY_S)
    )
