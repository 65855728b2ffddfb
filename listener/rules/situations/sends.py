"""Situations of what the firm sends: opt-outs, unanswered touches, rates, money."""

from listener.model.ledger import mark_of
from listener.model.spans import DAY_S, seconds
from listener.rules.case import Case
from listener.rules.case.wording import words_in
from listener.rules.situations.vocabulary import situation


@situation("opted out", "they [have|have not] opted out of this channel")
def opted_out(case: Case, _: str) -> bool:
    """The customer has opted out of the channel this comes on, or of all."""
    channel = str(case.details.get("channel") or ("email" if case.kind == "campaign_sent" else case.channel))
    return "all" in case.ledger.opted or channel in case.ledger.opted


@situation("opted out of another channel within", "they [closed|did not close] a channel in the {span} before")
def opted_out_of_another(case: Case, span: str) -> bool:
    """The customer closed some channel, or all, within this time: whoever opens the next one has understood nothing."""
    return any(0 <= case.at_s - at_s <= seconds(span) for at_s in case.ledger.opted.values())


@situation(
    "touches",
    "[at least|fewer than] {least} unasked contacts came without a word or an order between, within 30 days",
)
def touches(case: Case, least: str) -> bool:
    """At least so many unsolicited touches, this one included, without a word or an order between, within 30 days."""
    recent = [touch for touch in case.ledger.touches if case.at_s - touch.at_s <= 30 * DAY_S]
    return len(recent) + 1 >= int(least)


@situation("twice the own rate", "they are sent [more than|no more than] twice what they usually are")
def twice_the_own_rate(case: Case, _: str) -> bool:
    """More than twice this customer's own 90-day rate of sends, and at least three within 30 days."""
    sends = case.ledger.sends
    month = sum(case.at_s - s <= 30 * DAY_S for s in sends) + 1
    before = [s for s in sends if 30 * DAY_S < case.at_s - s <= 120 * DAY_S]
    known_for = case.at_s - (case.ledger.first_s or case.at_s)
    return month >= 3 and known_for >= 30 * DAY_S and month > 2 * max(len(before) / 3, 1)


@situation("outside the habit", "it names a category they [have never|may well have] ordered from")
def outside_the_habit(case: Case, _: str) -> bool:
    """A category is named that the customer has never ordered from, though the orders are known."""
    category = words_in(str(case.details.get("category") or "").replace("_", " "))
    return bool(
        category
        and case.ledger.orders >= 2
        and not category & words_in(" ".join(case.ledger.categories).replace("_", " "))
    )


@situation("same creative again", "the same creative came [at least|fewer than] {least} times")
def same_creative_again(case: Case, least: str) -> bool:
    """The same creative was sent at least so often before."""
    creative = mark_of(str(case.details.get("creative_id") or "") or None)
    return bool(creative) and case.ledger.creatives.count(creative) + 1 >= int(least)


@situation("paid off before", "money or a gift [came|did not come] unasked in the {span} before")
def paid_off_before(case: Case, span: str) -> bool:
    """Money or a gift was given without being asked for within this time."""
    return bool(case.ledger.money.at_s) and case.at_s - case.ledger.money.at_s <= seconds(span)
