"""What the firm sends: to whom it may not, how often, what they never bought, what was paid for silence."""

import pytest

from listener.model.inputs import Consent, Profile
from listener.model.ledger import REPORTED, Deed, Ledger, Mark, Proof, mark_of
from listener.model.signals import Act, Heard
from listener.rules.case import of_signal
from listener.rules.situations import holds
from tests.rules.builders import CATALOGUE, DAY, OPENED, belief, case_of, done, said

MONTH = 30 * DAY


def so(words: str, signal: Heard | Act | None = None, **ledger: object) -> bool:
    """Whether the situation holds of a campaign (or what else is sent) at the beginning."""
    known = Ledger(**ledger)  # type: ignore[arg-type]  # facts of a test
    return holds(words, case_of(signal or done("campaign_sent"), known))


@pytest.mark.parametrize(
    ("sent", "closed", "is_out"),
    [
        (done("campaign_sent"), "email", True),
        (done("campaign_sent"), "sms", False),
        (done("campaign_sent", channel="sms"), "sms", True),
        (done("campaign_sent", channel="sms"), "email", False),
        (done("campaign_sent", channel="sms"), "all", True),
        (done("outreach_made", channel="phone"), "phone", True),
        (done("outreach_made"), "email", False),
        (said("campaign", in_="email"), "email", True),
        (said("campaign", in_="chat"), "email", False),
        (done("campaign_sent"), "said all", True),
        (done("campaign_sent"), "said marketing", True),
        (done("campaign_sent"), "said phone", False),
        (done("outreach_made", channel="phone"), "said phone", True),
        (done("outreach_made", channel="phone", purpose="loan"), "said marketing", False),
        (done("campaign_sent"), "said", False),
        (done("outreach_made", channel="phone", purpose="service_callback"), "phone", False),
        (done("outreach_made", channel="phone", purpose="delivery"), "all", False),
        (done("outreach_made", channel="phone", purpose="delivery"), "said phone", False),
        (done("outreach_made", channel="phone", purpose="delivery"), "said all", True),
        (done("outreach_made", channel="phone", purpose="service upgrade offer"), "phone", True),
        (done("outreach_made", channel="phone", purpose="fraud alert"), "said all", False),
        (done("campaign_sent", purpose="product_recall"), "all", False),
    ],
)
def test_an_opt_out_is_of_the_channel_it_comes_on_or_of_all(sent: Heard | Act, closed: str, is_out: bool) -> None:
    """A campaign of which no channel is told is a mail."""
    assert so("opted out", sent, opted={closed: 5}) is is_out
    assert not so("opted out", sent)


def test_a_channel_closed_of_late_is_remembered_for_its_span() -> None:
    within = "opted out of another channel within 30 d"
    assert so(within, opted={"sms": OPENED - MONTH})
    assert not so(within, opted={"sms": OPENED - MONTH - 1})
    assert so(within, opted={"sms": OPENED})
    assert not so(within, opted={"sms": OPENED + 1}), "what is closed later was open then"
    assert so(within, opted={"sms": OPENED - MONTH - 1, "phone": OPENED - 1})
    assert not so(within)


def test_who_asked_for_no_more_advertising_closed_nothing_else() -> None:
    within, closed = "opted out of another channel within 30 d", {"said marketing email": OPENED}
    assert so(within, done("outreach_made", channel="phone", purpose="sales"), opted=closed)
    assert not so(within, done("outreach_made", channel="phone", purpose="loan"), opted=closed)
    assert so(within, done("outreach_made", channel="sms", purpose="loan"), opted={"said phone": OPENED})


def test_a_mailing_within_minutes_of_a_send_is_that_send() -> None:
    assert so("send told of already", said("campaign"), sends=(OPENED - 300,))
    assert not so("send told of already", said("campaign"), sends=(OPENED - 301,))
    assert not so("send told of already", said("campaign"))


def test_three_sends_within_ten_days_are_more_than_a_newsletter() -> None:
    assert so("three sends within 10 d", sends=(OPENED - 10 * DAY, OPENED - 5 * DAY))
    assert not so("three sends within 10 d", sends=(OPENED - 14 * DAY, OPENED - 7 * DAY))
    assert not so("three sends within 10 d", sends=(OPENED - 5 * DAY, OPENED - 200)), "the last is this one"


def of_whom(words: str, marketing: bool | None, **ledger: object) -> bool:
    """Whether the situation holds of somebody whose profile says this of marketing."""
    profile = Profile(customer_id="C-1", consent=Consent(marketing=marketing))
    known = Ledger(**ledger)  # type: ignore[arg-type]  # facts of a test
    return holds(words, of_signal(known, done("campaign_sent"), belief("captive"), profile, CATALOGUE))


def test_a_yes_in_the_profile_holds_until_something_is_closed() -> None:
    assert of_whom("consents to marketing", True)
    assert not of_whom("consents to marketing", True, opted={"said marketing": OPENED - DAY})
    assert not of_whom("consents to marketing", None)
    assert not of_whom("consents to marketing", False)
    assert not so("consents to marketing")


def test_signs_that_it_is_unwelcome_are_their_own() -> None:
    assert not of_whom("seems unwelcome", True)
    assert not of_whom("seems unwelcome", None)
    assert of_whom("seems unwelcome", False), "they said no"
    assert of_whom("seems unwelcome", True, opted={"sms": OPENED - 300 * DAY})
    assert of_whom("seems unwelcome", True, exit_s=OPENED - 90 * DAY)
    assert not of_whom("seems unwelcome", True, exit_s=OPENED - 91 * DAY)
    chased = Deed("F28", OPENED - DAY, 2, 60, talk=mark_of("t"), event_id="e")
    assert of_whom("seems unwelcome", True, deeds=(chased,))
    reported = Deed("F28", OPENED - DAY, 2, 60, talk=REPORTED, event_id="e")
    assert not of_whom("seems unwelcome", True, deeds=(reported,)), "the firm's own reports are no sign of theirs"


def test_an_even_pace_is_no_rise_however_short_they_are_known_or_however_often_they_are_written_to() -> None:
    weekly = tuple(OPENED - n * 7 * DAY for n in (5, 4, 3, 2, 1))
    assert not so("twice the own rate", sends=weekly, first_s=weekly[0])
    every_other_day = tuple(OPENED - n * 2 * DAY for n in range(16, 0, -1))
    assert not so("twice the own rate", sends=every_other_day, first_s=OPENED - 300 * DAY)


def test_unanswered_touches_of_a_month_are_counted_with_the_one_that_is_now() -> None:
    def touches(*ago: int) -> tuple[Proof, ...]:
        return tuple(Proof(f"e{n}", "act", OPENED - n, "firm", "touch") for n in ago)

    assert so("touches 3", touches=touches(MONTH, 301))
    assert not so("touches 4", touches=touches(MONTH, 301))
    assert not so("touches 3", touches=touches(MONTH + 1, 301))
    assert not so("touches 3", touches=touches(MONTH, 300)), "what was told of within five minutes is this one"
    assert so("touches 1")


@pytest.mark.parametrize(
    ("days_ago", "known_for", "is_twice"),
    [
        ((1, 2), 30, True),
        ((1,), 30, False),
        ((1, 2), 29, False),
        ((1, 30), 200, True),
        ((1, 31), 200, False),
        ((1, 2, *(40,) * 4), 200, True),
        ((1, 2, *(40,) * 5), 200, False),
        ((1, 2, *(120,) * 5), 200, False),
        ((1, 2, *(121,) * 5), 200, True),
        ((1, 2, 3, 4, *(40,) * 6), 200, True),
        ((1, 2, 3, *(40,) * 6), 200, False),
    ],
)
def test_more_than_twice_their_own_rate_is_three_a_month_and_over_twice_a_month_of_the_ninety_days_before(
    days_ago: tuple[int, ...], known_for: int, is_twice: bool
) -> None:
    sends = tuple(sorted(OPENED - n * DAY for n in days_ago))
    assert so("twice the own rate", sends=sends, first_s=OPENED - known_for * DAY) is is_twice


def test_of_whom_it_is_not_known_since_when_there_is_no_rate() -> None:
    assert not so("twice the own rate", sends=(OPENED - 3, OPENED - 2, OPENED - 1))


def test_outside_the_habit_is_a_category_never_ordered_once_two_orders_are_known() -> None:
    tea, coffee = done("campaign_sent", category="loose_teas"), done("campaign_sent", category="coffee")
    bought: dict[str, object] = {"orders": 2, "categories": ("green_tea", "cups")}
    assert so("outside the habit", coffee, **bought)
    assert not so("outside the habit", tea, **bought), "one word in common is enough, in any number"
    assert not so("outside the habit", coffee, **bought | {"orders": 1})
    assert not so("outside the habit", done("campaign_sent"), **bought)
    assert so("outside the habit", coffee, orders=2)


def test_the_same_creative_is_counted_with_the_send_that_is_now() -> None:
    spring, plain = done("campaign_sent", creative_id="spring"), done("campaign_sent")
    seen = (mark_of("spring"), mark_of("autumn"), mark_of("spring"))
    assert so("same creative again 3", spring, creatives=seen)
    assert not so("same creative again 4", spring, creatives=seen)
    assert not so("same creative again 2", spring, creatives=(mark_of("autumn"),))
    assert not so("same creative again 1", plain, creatives=seen), "what has no name is nothing seen before"


def test_money_given_unasked_is_remembered_for_its_span() -> None:
    assert so("paid off before 30 d", money=Mark("e", OPENED - MONTH))
    assert not so("paid off before 30 d", money=Mark("e", OPENED - MONTH - 1))
    assert not so("paid off before 60000 d")
