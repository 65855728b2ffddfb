"""Situations of who this customer is: tenure, orders, what they want, what was done to them before."""

from listener.model.spans import DAY_S, seconds
from listener.model.types import FAMILIES
from listener.rules.case import Case
from listener.rules.case.grievance import troubled
from listener.rules.situations.arguments import done
from listener.rules.situations.vocabulary import deeds_of, situation


@situation("tenure over", "they have been a customer for [more than|no more than] {span}")
def tenure_over(case: Case, span: str) -> bool:
    """They have been a customer for longer than this."""
    return case.tenure_s() > seconds(span)


@situation("contacts under", "[fewer than|at least] {count} turns of theirs had been heard before")
def contacts_under(case: Case, count: str) -> bool:
    """Fewer turns of the customer's than this were ever heard."""
    return case.ledger.contacts < int(count)


@situation("has bought", "[an order|no order] of theirs is known")
def has_bought(case: Case, _: str) -> bool:
    """At least one order is known."""
    return case.ledger.orders > 0


@situation("named contact", "their profile names [somebody|nobody] at the firm who knows them")
def named_contact(case: Case, _: str) -> bool:
    """The profile names somebody who knows the customer."""
    return bool(case.profile and case.profile.named_contacts)


@situation("wants mostly", "what they want is [mostly|mostly not] the tie of a {types}")
def wants_mostly(case: Case, types: str) -> bool:
    """These types (or all of a family) together hold at least half of what is wanted."""
    return case.share(*named(case, types)) >= 0.5


@situation("wants or holds mostly", "what they want or have is [mostly|mostly not] the tie of a {types}")
def wants_or_holds_mostly(case: Case, types: str) -> bool:
    """These types (or all of a family) together hold at least half of what is wanted, or of what is held."""
    sought = named(case, types)
    return max(case.share(*sought), case.share(*sought, track="held")) >= 0.5


def named(case: Case, types: str) -> list[str]:
    """Types by their ids; a family stands for all of it."""
    words = types.split()
    if not any(word in FAMILIES for word in words):
        return words
    return [one.id for one in case.catalogue.types.by_id.values() if one.id in words or one.family in words]


@situation("done before", "in the {within} before, [this was|this was not] noticed: {codes}")
def done_before(case: Case, deeds: str) -> bool:
    """Acts of these codes were noticed before, `within` a span (90 days without it), so many `times` (1)."""
    asked = done(deeds)
    return len(deeds_of(case.ledger, asked.codes, case.at_s, asked.within_s)) >= asked.times


@situation("hinted before", "in the {within} before, there was [a hint|no hint] of this: {codes}")
def hinted_before(case: Case, deeds: str) -> bool:
    """The same of acts noticed however faintly: what was said before may have meant one."""
    asked = done(deeds)
    codes = asked.codes.split()
    return any(deed.code in codes and case.at_s - deed.at_s <= asked.within_s for deed in case.ledger.deeds)


@situation("has ideas", "the customer has made [suggestions|no suggestions] lately")
def has_ideas(case: Case, _: str) -> bool:
    """The customer has made suggestions lately."""
    return bool(case.ledger.ideas)


@situation("transfers here", "it is [at least|less than] transfer number {least} of late")
def transfers_here(case: Case, least: str) -> bool:
    """This is at least the n-th transfer lately."""
    return len(deeds_of(case.ledger, "F13", case.at_s, 14 * DAY_S)) + 1 >= int(least)


@situation("contacts over", "[more than|no more than] {count} turns of theirs had been heard before")
def contacts_over(case: Case, count: str) -> bool:
    """More turns of the customer's than this were heard before."""
    return case.ledger.contacts > int(count)


@situation("hardly known", "they are [new|no longer new] here: few words, at most one order, less than 90 days")
def hardly_known(case: Case, _: str) -> bool:
    """Few words, at most one order, and less than 90 days since the first: whoever they are, they are new here."""
    ledger = case.ledger
    return ledger.contacts < 8 and ledger.orders <= 1 and case.tenure_s() < 90 * DAY_S


@situation("has just come over", "they [have just come over to the firm|are no newcomer who tells of coming]")
def has_just_come_over(case: Case, _: str) -> bool:
    """A newcomer without a grievance says that they switched, and nothing but that speaks of leaving."""
    content = max(troubled(case), case.cue("negative_emotion")) < 0.5
    return case.cue("came_over") >= 0.5 and content and hardly_known(case, "") and not _parts_beside(case)


def _parts_beside(case: Case) -> bool:
    """Whether they speak of leaving elsewhere in the text than where they say that they came."""
    spans = case.heard.spans if case.heard else {}
    come = spans.get("came_over")
    leaving = [spans[cue] for cue in ("gone", "exit") if cue in spans and case.cue(cue) >= 0.5]
    return come is not None and any(end <= come[0] or come[1] <= start for start, end in leaving)


@situation(
    "has a past with the firm",
    "they [have|do not have] a past with the firm: an order, a month as a customer, or a post",
)
def has_a_past(case: Case, _: str) -> bool:
    """They have bought, or been a customer for a month; what a newcomer complains of may be somebody else's doing."""
    return case.ledger.orders > 0 or case.tenure_s() > 30 * DAY_S or case.public
