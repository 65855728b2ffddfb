"""What the firm sends: to whom it may not, how often, what they never bought, what was paid for silence."""

import pytest

from listener.model.ledger import Ledger, Mark, Proof, mark_of
from listener.model.signals import Act, Heard
from listener.rules.situations import holds
from tests.rules.builders import DAY, OPENED, case_of, done, said

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


def test_unanswered_touches_of_a_month_are_counted_with_the_one_that_is_now() -> None:
    def touches(*ago: int) -> tuple[Proof, ...]:
        return tuple(Proof(f"e{n}", "act", OPENED - n, "firm", "touch") for n in ago)

    assert so("touches 3", touches=touches(MONTH, 5))
    assert not so("touches 4", touches=touches(MONTH, 5))
    assert not so("touches 3", touches=touches(MONTH + 1, 5))
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
