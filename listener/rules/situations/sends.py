"""Situations of what the firm sends: opt-outs, unanswered touches, rates, money."""

from listener.model.ledger import SENDS, mark_of
from listener.model.purposes import is_needed, serves
from listener.model.spans import DAY_S, seconds
from listener.rules.case import Case
from listener.rules.case.left_alone import ALL, SAID, channel_of, goes_against, is_change, sells
from listener.rules.case.wording import words_in
from listener.rules.situations.vocabulary import deeds_of, situation


@situation("opted out", "they [have|have not] opted out of this channel")
def opted_out(case: Case, _: str) -> bool:
    """The customer has opted out of the channel this comes on, or of all; or has asked in words for this to stop.

    That is said of being sold to and chased: what serves them goes against it only where they want to hear nothing at
    all any more, and what law or safety needs not even then.
    """
    closed, purpose = case.ledger.opted, _purpose(case)
    if is_needed(purpose):
        return False
    if serves(purpose):
        return f"{SAID} {ALL}" in closed
    return ALL in closed or channel_of(case) in closed or any(goes_against(wish, case) for wish in closed)


@situation("opted out of another channel within", "they [closed|did not close] a channel in the {span} before")
def opted_out_of_another(case: Case, span: str) -> bool:
    """The customer closed some channel, or all, within this time: whoever opens the next one has understood nothing.

    Who asked for no more advertising closed that, and nothing else; who named another way closed nothing to it.
    """
    if serves(_purpose(case)):
        return False
    closed = [(name, at_s) for name, at_s in case.ledger.opted.items() if not is_change(name)]
    lately = [name for name, at_s in closed if 0 <= case.at_s - at_s <= seconds(span)]
    return any(sells(case) or not name.startswith(f"{SAID} marketing") for name in lately)


@situation("serves them", "it [serves|does not serve] what they have with the firm")
def serves_them(case: Case, _: str) -> bool:
    """By what it is for, it serves what they have with the firm or asked for, or law or safety needs it."""
    return serves(_purpose(case))


def _purpose(case: Case) -> str:
    return str(case.details.get("purpose") or "")


@situation(
    "touches",
    "[at least|fewer than] {least} unasked contacts came without a word or an order between, within 30 days",
)
def touches(case: Case, least: str) -> bool:
    """At least so many unsolicited touches, this one included, without a word or an order between, within 30 days."""
    just_now = case.catalogue.thresholds.s("same_send_within")
    recent = [touch for touch in case.ledger.touches if just_now < case.at_s - touch.at_s <= 30 * DAY_S]
    return len(recent) + 1 >= int(least)


@situation("send told of already", "the send [was told of|was not told of] within minutes before")
def send_told_of_already(case: Case, _: str) -> bool:
    """A send was told of within minutes before: a mailing so soon after a campaign that was sent is that campaign."""
    sends = case.ledger.sends
    return bool(sends) and case.at_s - sends[-1] <= case.catalogue.thresholds.s("same_send_within")


@situation("three sends within", "[three sends or more|fewer than three sends] came within {span}")
def three_sends_within(case: Case, span: str) -> bool:
    """Three sends or more came within this time, this one included: more than any newsletter."""
    return len([at_s for at_s in _sends(case) if case.at_s - at_s <= seconds(span)]) >= 2


@situation("consents to marketing", "they [have said yes|have not said yes] to being written to")
def consents_to_marketing(case: Case, _: str) -> bool:
    """Their profile says that they consent to marketing, and they have closed nothing since."""
    consent = case.profile.consent if case.profile else None
    return consent is not None and consent.marketing is True and not _closed(case)


@situation("seems unwelcome", "there [is a sign|is no sign] that they do not want to be written to")
def seems_unwelcome(case: Case, _: str) -> bool:
    """A sign of their own that they don't want it: no consent, a channel closed, leaving, words of being chased."""
    consent = case.profile.consent if case.profile else None
    refused = consent is not None and consent.marketing is False
    leaving = bool(case.ledger.exit_s) and case.at_s - case.ledger.exit_s <= 90 * DAY_S
    felt = any(not deed.is_reported for deed in deeds_of(case.ledger, "F03 F28", case.at_s, 90 * DAY_S))
    return refused or leaving or felt or _closed(case)


def _closed(case: Case) -> bool:
    """Whether they closed anything to the firm; a wish for another way closes nothing."""
    return not all(map(is_change, case.ledger.opted))


def _sends(case: Case) -> list[int]:
    """The sends before this one; what was told of within minutes is this one."""
    just_now = case.catalogue.thresholds.s("same_send_within")
    return [at_s for at_s in case.ledger.sends if case.at_s - at_s > just_now]


@situation("twice the own rate", "they are sent [more than|no more than] twice what they usually are")
def twice_the_own_rate(case: Case, _: str) -> bool:
    """More than twice this customer's own 90-day rate of sends, and at least three within 30 days.

    Where less than those 90 days before is known, the rate is that of the days there were.
    """
    sends = _sends(case)
    month = sum(case.at_s - s <= 30 * DAY_S for s in sends) + 1
    before = [s for s in sends if 30 * DAY_S < case.at_s - s <= 120 * DAY_S]
    known_for = case.at_s - (case.ledger.first_s or case.at_s)
    kept_for = case.at_s - sends[0] if len(case.ledger.sends) == SENDS else known_for
    months = min(max((min(known_for, kept_for) - 30 * DAY_S) / (30 * DAY_S), 0.1), 3)
    is_known = min(known_for, kept_for) >= 30 * DAY_S
    return month >= 3 and is_known and month > 2 * max(len(before) / months, 1)


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
