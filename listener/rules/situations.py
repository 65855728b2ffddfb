"""The situations a rule may ask for by name: what is open, what went before, who this customer is. Each is a plain claim.

A rule writes `if: [complaint open, not refund asked, tenure over 1 y]`; the words after the name are its argument.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from listener.catalogue.spans import seconds
from listener.model import sketch
from listener.model.ledger import Deed, Ledger, mark_of
from listener.rules.case import Case
from listener.rules.moments import moment

Situation = Callable[[Case, str], bool]
SITUATIONS: dict[str, Situation] = {}
DAY = 86_400


def situation(words: str) -> Callable[[Situation], Situation]:
    """Give a claim the words by which rules ask for it."""

    def enter(claim: Situation) -> Situation:
        SITUATIONS[words] = claim
        return claim

    return enter


def holds(words: str, case: Case) -> bool:
    """Whether the situation named in a rule holds of this case."""
    claim, argument, wanted = understand(words)
    return claim(case, argument) is wanted


@lru_cache(maxsize=1024)
def understand(words: str) -> tuple[Situation, str, bool]:
    """The claim, its argument, and whether it is to hold; the longest known name wins.

    Raises:
        ValueError: where no situation of that name is known.
    """
    wanted = not words.startswith("not ")
    bare = words if wanted else words[4:]
    names = [name for name in SITUATIONS if bare == name or bare.startswith(name + " ")]
    if not names:
        raise ValueError(f"no situation is called {bare!r}")
    name = max(names, key=len)
    return SITUATIONS[name], bare[len(name) :].strip(), wanted


def deeds_of(ledger: Ledger, codes: str, at_s: int, within_s: int) -> list[Deed]:
    """The acts of these codes noticed within a time, oldest first."""
    wanted = codes.split()
    return [deed for deed in ledger.deeds if deed.code in wanted and at_s - deed.at_s <= within_s and deed.p >= 0.5]


@situation("complaint open")
def complaint_open(case: Case, _: str) -> bool:
    """A complaint is waiting for its answer, or was made within 14 days in a matter that nothing has mended."""
    if any(debt.code == "F02" and debt.troubled for debt in case.ledger.debts):
        return True
    matter = case.ledger.matters[-1] if case.ledger.matters else None
    if matter is None or not matter.complained_s or case.at_s - matter.complained_s > 14 * DAY:
        return False
    mended = [d.at_s for d in case.ledger.deeds if d.code in ("B08", "B10", "B05", "B12") and d.level >= 0]
    return max(mended, default=0) < matter.complained_s


@situation("suggestion open")
def suggestion_open(case: Case, _: str) -> bool:
    """A suggestion is waiting for its answer."""
    return any(debt.code == "F01" for debt in case.ledger.debts)


@situation("suggestion overdue")
def suggestion_overdue(case: Case, _: str) -> bool:
    """A suggestion has waited longer than it may."""
    return any(debt.code == "F01" and debt.breached for debt in case.ledger.debts)


@situation("question overdue")
def question_overdue(case: Case, _: str) -> bool:
    """A question or complaint has waited longer than it may."""
    return any(debt.code == "F02" and debt.breached for debt in case.ledger.debts)


@situation("answer open")
def answer_open(case: Case, _: str) -> bool:
    """Some question, complaint or suggestion waits for its answer."""
    return any(debt.code in ("F01", "F02") for debt in case.ledger.debts)


@situation("promise overdue")
def promise_overdue(case: Case, _: str) -> bool:
    """What was promised for a day has not come, and the day is past."""
    return any(debt.code == "F18" and debt.due_s <= case.at_s for debt in case.ledger.debts)


@situation("distressed")
def distressed(case: Case, _: str) -> bool:
    """Distress stands at .6 or more."""
    return case.reading.distress >= 0.6 and case.ledger.about_brand


@situation("matter open")
def matter_open(case: Case, _: str) -> bool:
    """There is trouble between the two that has not rested yet."""
    matter = case.ledger.matters[-1] if case.ledger.matters else None
    return matter is not None and case.at_s - matter.last_s <= 14 * DAY


@situation("opted out")
def opted_out(case: Case, _: str) -> bool:
    """The customer has opted out of the channel this comes on, or of all."""
    channel = str(case.details.get("channel") or ("email" if case.kind == "campaign_sent" else case.channel))
    return "all" in case.ledger.opted or channel in case.ledger.opted


@situation("touches")
def touches(case: Case, least: str) -> bool:
    """At least so many unsolicited touches, this one included, without a word or an order between, within 30 days."""
    recent = [touch for touch in case.ledger.touches if case.at_s - touch.at_s <= 30 * DAY]
    return len(recent) + 1 >= int(least)


@situation("twice the own rate")
def twice_the_own_rate(case: Case, _: str) -> bool:
    """More than twice this customer's own 90-day rate of sends, and at least three within 30 days."""
    sends = case.ledger.sends
    month = sum(case.at_s - s <= 30 * DAY for s in sends) + 1
    before = [s for s in sends if 30 * DAY < case.at_s - s <= 120 * DAY]
    known_for = case.at_s - (case.ledger.first_s or case.at_s)
    return month >= 3 and known_for >= 30 * DAY and month > 2 * max(len(before) / 3, 1)


@situation("lead under")
def lead_under(case: Case, span: str) -> bool:
    """The change takes effect less than this after the customer was told of it."""
    return _lead_s(case) < seconds(span)


@situation("notice given")
def notice_given(case: Case, span: str) -> bool:
    """A notice of this change reached the customer at least so long before it takes effect."""
    return notice_of(case) is not None and _lead_s(case) >= seconds(span or "0 d")


def notice_of(case: Case) -> int | None:
    """When the customer was told ahead of the thing this act is about, if ever, within 180 days."""
    about = _words(" ".join(str(case.details.get(k) or "") for k in ("product", "topic", "what", "with")))
    fits = [
        told.at_s
        for told in case.ledger.notices
        if 0 <= case.at_s - told.at_s <= 180 * DAY
        and (case.details.get("about_event_id") == told.event_id or (about & _words(told.about)) or _both_price(case, told.about))
    ]
    return min(fits, default=None)


def _both_price(case: Case, about: str) -> bool:
    return case.kind == "price_changed" and bool(_words(about) & {"price", "prices", "fee", "fare", "tariff", "premium"})


def _lead_s(case: Case) -> float:
    effective = moment(case.details.get("effective_at"))
    announced = moment(case.details.get("announced_at"))
    told = [t for t in (notice_of(case), announced or case.at_s) if t is not None]
    return (effective if effective is not None else case.at_s) - min(told)


def _words(text: str) -> set[str]:
    return {w.rstrip("s") for w in re.findall(r"[^\W_]{3,}", text.lower())} - {"the", "and", "for", "all", "new"}


@situation("tenure over")
def tenure_over(case: Case, span: str) -> bool:
    """They have been a customer for longer than this."""
    return case.tenure_s() > seconds(span)


@situation("contacts under")
def contacts_under(case: Case, count: str) -> bool:
    """Fewer turns of the customer's than this were ever heard."""
    return case.ledger.contacts < int(count)


@situation("has bought")
def has_bought(case: Case, _: str) -> bool:
    """At least one order is known."""
    return case.ledger.orders > 0


@situation("named contact")
def named_contact(case: Case, _: str) -> bool:
    """The profile names somebody who knows the customer."""
    return bool(case.profile and case.profile.named_contacts)


@situation("wants mostly")
def wants_mostly(case: Case, types: str) -> bool:
    """These types together hold at least half of what is wanted."""
    return case.share(*types.split()) >= 0.5


@situation("wants or holds mostly")
def wants_or_holds_mostly(case: Case, types: str) -> bool:
    """These types together hold at least half of what is wanted, or of what is held."""
    return max(case.share(*types.split()), case.share(*types.split(), track="held")) >= 0.5


@situation("done before")
def done_before(case: Case, argument: str) -> bool:
    """Acts of these codes were noticed before, `within` a span, `times` at least so often (`F06 F23 within 14 d times 2`)."""
    codes, within, times = _codes(argument)
    return len(deeds_of(case.ledger, codes, case.at_s, within)) >= times


def _codes(argument: str) -> tuple[str, int, int]:
    found = re.fullmatch(r"(.*?)(?: within (\d+ \w+))?(?: times (\d+))?", argument)
    assert found is not None  # every part is optional
    return found[1], seconds(found[2] or "90 d"), int(found[3] or 1)


@situation("offered")
def offered(case: Case, least: str) -> bool:
    """The customer has offered at least so many solutions in this conversation."""
    return (case.talk.offered if case.talk else 0) >= int(least)


@situation("refused before")
def refused_before(case: Case, _: str) -> bool:
    """The firm has refused or cited its policy in this conversation already."""
    return bool(case.talk and case.talk.refused)


@situation("voiced here")
def voiced_here(case: Case, _: str) -> bool:
    """The customer has complained, asked, demanded or suggested in this conversation."""
    return bool(case.talk and max(case.talk.voice, case.talk.complaint) >= 0.5)


@situation("complained here")
def complained_here(case: Case, _: str) -> bool:
    """The customer has complained in this conversation."""
    return bool(case.talk and case.talk.complaint >= 0.5)


@situation("same line again")
def same_line_again(case: Case, _: str) -> bool:
    """The firm's turn nearly repeats an earlier one of its own here and takes up none of the customer's words (F04)."""
    heard, talk = case.heard, case.talk
    if heard is None or talk is None or not heard.sketch:
        return False
    alike = any(
        sketch.similarity(heard.sketch, talk.turns[i : i + 8].hex() + ":") >= 0.75 for i in range(0, len(talk.turns), 8)
    )
    return alike and len(sketch.words_of(heard.sketch)) >= 3


@situation("echoes nothing")
def echoes_nothing(case: Case, _: str) -> bool:
    """The firm's turn takes up less than a tenth of the customer's words (or has none of its own)."""
    heard, talk = case.heard, case.talk
    if heard is None or talk is None or not talk.words:
        return heard is not None
    return sketch.overlap(heard.sketch, unpacked(talk.words)) < 0.1


def unpacked(words: bytes) -> str:
    """A packed set of content words as a sketch to compare with."""
    return "0" * 16 + ":" + ".".join(words[i : i + 3].hex() for i in range(0, len(words), 3))


@situation("like an idea of theirs")
def like_an_idea(case: Case, _: str) -> bool:
    """The firm's words match an earlier suggestion of the customer's by more than half of its content words."""
    heard = case.heard
    return heard is not None and any(
        sketch.overlap(heard.sketch, unpacked(words)) >= 0.5 for _, _, words in case.ledger.ideas if len(words) >= 12
    )


@situation("has ideas")
def has_ideas(case: Case, _: str) -> bool:
    """The customer has made suggestions lately."""
    return bool(case.ledger.ideas)


@situation("more formal than")
def more_formal_than(case: Case, gap: str) -> bool:
    """The firm writes less formally than the customer by more than this (registers run from 0 to 1)."""
    return case.heard is not None and case.ledger.formal - case.heard.register_ > float(gap)


@situation("begun by the firm")
def begun_by_the_firm(case: Case, _: str) -> bool:
    """The firm, not the customer, began this conversation."""
    return case.talk is None or case.talk.begun_by_firm


@situation("asked for discretion")
def asked_for_discretion(case: Case, _: str) -> bool:
    """The customer asked in this conversation to keep something hidden."""
    return bool(case.talk and case.talk.secrecy >= 0.5)


@situation("asked to be known")
def asked_to_be_known(case: Case, _: str) -> bool:
    """The customer spoke in this conversation of their history with the firm."""
    return bool(case.talk and case.talk.asked_history >= 0.5)


@situation("bought before the same")
def bought_before_the_same(case: Case, _: str) -> bool:
    """What is withdrawn is what the customer habitually orders, by the words of product and category."""
    return bool(_words(str(case.details.get("product") or "")) & _words(" ".join(case.ledger.categories).replace("_", " ")))


@situation("outside the habit")
def outside_the_habit(case: Case, _: str) -> bool:
    """A category is named that the customer has never ordered from, though the orders are known."""
    category = _words(str(case.details.get("category") or "").replace("_", " "))
    return bool(category and case.ledger.orders >= 2 and not category & _words(" ".join(case.ledger.categories).replace("_", " ")))


@situation("same creative again")
def same_creative_again(case: Case, least: str) -> bool:
    """The same creative was sent at least so often before."""
    creative = mark_of(str(case.details.get("creative_id") or "") or None)
    return bool(creative) and case.ledger.creatives.count(creative) + 1 >= int(least)


@situation("since launch over")
def since_launch_over(case: Case, span: str) -> bool:
    """Nothing new was launched for longer than this, and it is known when something was."""
    start = case.ledger.launch_s or case.ledger.first_s
    return bool(start) and case.at_s - start > seconds(span)


@situation("rose before")
def rose_before(case: Case, span: str) -> bool:
    """A price rose, or a fee was charged, within this time."""
    return bool(case.ledger.rise.at_s) and case.at_s - case.ledger.rise.at_s <= seconds(span)


@situation("incident before")
def incident_before(case: Case, span: str) -> bool:
    """A failure was reported within this time."""
    return bool(case.ledger.incident.at_s) and case.at_s - case.ledger.incident.at_s <= seconds(span)


@situation("paid off before")
def paid_off_before(case: Case, span: str) -> bool:
    """Money or a gift was given without being asked for within this time."""
    return bool(case.ledger.money.at_s) and case.at_s - case.ledger.money.at_s <= seconds(span)


@situation("apologised here")
def apologised_here(case: Case, least: str) -> bool:
    """The firm has said sorry at least so often in this conversation."""
    return (case.talk.apologies if case.talk else 0) >= int(least or 1)


@situation("transfers here")
def transfers_here(case: Case, least: str) -> bool:
    """This is at least the n-th transfer lately."""
    return len(deeds_of(case.ledger, "F13", case.at_s, 14 * DAY)) + 1 >= int(least)


@situation("fields over")
def fields_over(case: Case, count: str) -> bool:
    """More personal fields are asked for than this."""
    fields = case.details.get("fields")
    return isinstance(fields, list) and len(fields) > int(count)


@situation("addressed to the firm")
def addressed(case: Case, _: str) -> bool:
    """What was said is said to the firm: in private, in reply to it, or with its handle."""
    heard, talk = case.heard, case.talk
    if heard is None or not (heard.public or heard.channel == "social"):
        return heard is not None
    return heard.in_reply_to is not None or heard.traits.get("handles", 0) > 0 or bool(talk and talk.firm_s)


@situation("answered here before")
def answered_here_before(case: Case, _: str) -> bool:
    """A human of the firm has spoken in this conversation already."""
    return bool(case.talk and case.talk.firm_s)


@situation("in public")
def in_public(case: Case, _: str) -> bool:
    """It was said where others read it."""
    return case.public


@situation("about the brand")
def about_the_brand(case: Case, _: str) -> bool:
    """The feeling is about the brand, not a rival or something else."""
    return case.heard is None or case.heard.target == "brand"


@situation("needs answer")
def needs_answer(case: Case, _: str) -> bool:
    """What was said wants an answer."""
    return case.heard is not None and case.heard.needs_answer


@situation("just content")
def just_content(case: Case, _: str) -> bool:
    """The customer is glad and asks nothing."""
    glad = max(case.cue(name) for name in ("gratitude", "love", "praise", "joy", "humour"))
    return glad >= 0.6 and max(case.cue(name) for name in ("question", "demand", "failure", "unanswered")) < 0.6


@situation("in trouble already")
def in_trouble_already(case: Case, _: str) -> bool:
    """Something went wrong before this was said: an act of the firm's within 14 days, or an answer long owed."""
    wrong = any(d.code[0] == "F" and d.p >= 0.5 and case.at_s - d.at_s <= 14 * DAY for d in case.ledger.deeds)
    here = bool(case.talk and case.talk.complaint >= 0.5 and case.talk.firm_s)
    return wrong or here or any(debt.troubled or debt.breached for debt in case.ledger.debts)


@situation("contacts over")
def contacts_over(case: Case, count: str) -> bool:
    """More turns of the customer's than this were heard before."""
    return case.ledger.contacts > int(count)


@situation("told of something within")
def told_of_something(case: Case, span: str) -> bool:
    """The firm gave this customer notice of some change within this time: it does tell them things."""
    return any(0 <= case.at_s - told.at_s <= seconds(span) for told in case.ledger.notices)


@situation("speaks as")
def speaks_as(case: Case, argument: str) -> bool:
    """The words fit this type better than the average type, by at least so many nats."""
    name, least = argument.split()
    return case.heard is not None and dict(case.heard.voices).get(name, 0.0) >= float(least)  # type: ignore[call-overload]


@situation("something withdrawn within")
def something_withdrawn(case: Case, span: str) -> bool:
    """Something was withdrawn within this time."""
    return bool(deeds_of(case.ledger, "F26", case.at_s, seconds(span)))


@situation("launched within")
def launched_within(case: Case, span: str) -> bool:
    """Something was launched within this time."""
    return bool(case.ledger.launch_s) and case.at_s - case.ledger.launch_s <= seconds(span)


@situation("comes back to an idea")
def comes_back_to_an_idea(case: Case, _: str) -> bool:
    """The customer's words share a fifth with an idea they gave before the launch, without thanks."""
    heard, glad = case.heard, max(case.cue("gratitude"), case.cue("praise"), case.cue("joy"))
    if heard is None or glad >= 0.6:
        return False
    before = [words for _, at_s, words in case.ledger.ideas if at_s < case.ledger.launch_s]
    return any(len(words) >= 9 and sketch.overlap(heard.sketch, unpacked(words)) >= 0.2 for words in before)


@situation("credited of late")
def credited_of_late(case: Case, _: str) -> bool:
    """Their part was credited within 30 days."""
    return bool(deeds_of(case.ledger, "B11", case.at_s, 30 * DAY))
