"""What changes around the customer: how long before they were told, what of it is theirs, what came before it."""

from datetime import timedelta

import pytest

from listener.model.ledger import Deed, GivenNotice, Ledger, Mark
from listener.model.signals import Act, Heard
from listener.rules.rehearsing import BEGIN
from listener.rules.situations import holds
from listener.rules.situations.changes import lead_s, notice_of
from tests.rules.builders import DAY, OPENED, case_of, done, said


def in_days(days: float) -> str:
    return (BEGIN + timedelta(days=days)).isoformat()


def so(words: str, signal: Heard | Act | None = None, **ledger: object) -> bool:
    """Whether the situation holds of a change made (or a word said) at the beginning."""
    known = Ledger(**ledger)  # type: ignore[arg-type]  # facts of a test
    return holds(words, case_of(signal or said("customer"), known))


def notice(about: str = "membership", days_ago: float = 10, event_id: str = "n") -> GivenNotice:
    return GivenNotice(about, OPENED - int(days_ago * DAY), 30.0, event_id)


def given(*notices: GivenNotice) -> Ledger:
    return Ledger(notices=notices)


def test_a_lead_runs_from_the_announcement_to_the_day_it_takes_effect() -> None:
    def lead(**details: object) -> float:
        return lead_s(case_of(done("terms_changed", **details))) / DAY

    assert lead() == 0
    assert lead(effective_at=in_days(20)) == 20, "announced as it is done"
    assert lead(effective_at=in_days(20), announced_at=in_days(-5)) == 25
    assert lead(announced_at=in_days(-5)) == 5, "in force as it is done"
    assert lead(effective_at=in_days(-3)) == -3


def test_a_notice_makes_the_lead_longer_where_it_came_first() -> None:
    change = done("terms_changed", product="membership", effective_at=in_days(20), announced_at=in_days(-5))
    assert lead_s(case_of(change, given(notice(days_ago=10)))) == 30 * DAY
    assert lead_s(case_of(change, given(notice(days_ago=1)))) == 25 * DAY


def test_a_lead_is_under_a_span_that_it_does_not_reach() -> None:
    assert so("lead under 30 d", done("terms_changed", effective_at=in_days(29.9)))
    assert not so("lead under 30 d", done("terms_changed", effective_at=in_days(30)))


def test_notice_was_given_where_one_reached_them_early_enough() -> None:
    change = done("terms_changed", product="membership", effective_at=in_days(20))
    assert not so("notice given", change), "its own announcement is no notice of it"
    assert so("notice given", change, notices=(notice(),))
    assert so("notice given 30 d", change, notices=(notice(),))
    assert not so("notice given 31 d", change, notices=(notice(),))
    assert so("notice given 0 d", done("terms_changed", product="membership"), notices=(notice(days_ago=0),))


@pytest.mark.parametrize("part", ["product", "topic", "what", "with"])
def test_a_notice_fits_a_change_whose_subject_shares_a_word_with_it(part: str) -> None:
    change = done("terms_changed", **{part: "Gold Membership"})
    assert notice_of(case_of(change, given(notice("memberships")))) == OPENED - 10 * DAY
    assert notice_of(case_of(change, given(notice("delivery")))) is None


def test_a_notice_fits_the_change_that_names_its_event_whatever_it_is_about() -> None:
    change = done("terms_changed", about_event_id="n")
    assert notice_of(case_of(change, given(notice("delivery")))) == OPENED - 10 * DAY
    assert notice_of(case_of(change, given(notice("delivery", event_id="other")))) is None


@pytest.mark.parametrize("word", ["price", "prices", "fees", "fare", "tariff", "premiums"])
def test_a_notice_about_prices_fits_any_change_of_price_and_no_other_change(word: str) -> None:
    told, rise = given(notice(f"our {word}")), done("price_changed", product="membership", change_pct=5)
    assert notice_of(case_of(rise, told)) is not None
    assert notice_of(case_of(rise, given(notice("our terms")))) is None
    assert notice_of(case_of(done("terms_changed", product="membership"), told)) is None


def test_of_several_notices_the_first_counts_within_half_a_year_and_none_that_comes_after() -> None:
    change = done("terms_changed", product="membership")
    assert notice_of(case_of(change, given(notice(days_ago=3), notice(days_ago=9)))) == OPENED - 9 * DAY
    assert notice_of(case_of(change, given(notice(days_ago=180)))) == OPENED - 180 * DAY
    assert notice_of(case_of(change, given(notice(days_ago=180.1), notice(days_ago=2)))) == OPENED - 2 * DAY
    assert notice_of(case_of(change, given(notice(days_ago=-0.1)))) is None


def test_what_they_buy_is_withdrawn_where_product_and_category_share_a_word() -> None:
    gone = done("product_retired", product="Green teas")
    assert so("bought before the same", gone, categories=("cups", "herbal_tea"))
    assert so("bought before the same", gone, categories=("herbal_tea", "cups"))
    assert not so("bought before the same", gone, categories=("cups",))
    assert not so("bought before the same", gone)
    assert not so("bought before the same", done("product_retired"), categories=("tea",))


def test_nothing_new_came_for_longer_than_a_span_since_the_last_launch_or_since_they_are_known() -> None:
    assert so("since launch over 90 d", launch_s=OPENED - 90 * DAY - 1)
    assert not so("since launch over 90 d", launch_s=OPENED - 90 * DAY)
    assert so("since launch over 90 d", first_s=OPENED - 90 * DAY - 1)
    assert not so("since launch over 90 d", first_s=1, launch_s=OPENED - DAY)
    assert not so("since launch over 90 d"), "of whom nothing is known"


@pytest.mark.parametrize(("words", "kept"), [("rose before", "rise"), ("incident before", "incident")])
def test_a_rise_or_a_failure_is_remembered_for_its_span(words: str, kept: str) -> None:
    assert so(f"{words} 14 d", **{kept: Mark("e", OPENED - 14 * DAY)})
    assert not so(f"{words} 14 d", **{kept: Mark("e", OPENED - 14 * DAY - 1)})
    assert not so(f"{words} 60000 d")


def test_of_failures_the_last_is_remembered_by_its_kind() -> None:
    damaged = Mark("e", OPENED - DAY, "damaged")
    assert so("incident before 14 d damaged", incident=damaged)
    assert so("incident before 14 d lost damaged", incident=damaged)
    assert not so("incident before 14 d lost", incident=damaged)
    assert not so("incident before 12 h damaged", incident=damaged)
    assert so("incident before 14 d", incident=Mark("e", OPENED - DAY)), "of which nobody says what failed"
    assert not so("incident before 14 d damaged", incident=Mark("e", OPENED - DAY))


def test_a_launch_is_remembered_for_its_span() -> None:
    assert so("launched within 14 d", launch_s=OPENED - 14 * DAY)
    assert not so("launched within 14 d", launch_s=OPENED - 14 * DAY - 1)
    assert not so("launched within 60000 d")


def test_personal_facts_asked_for_are_counted_where_they_are_listed() -> None:
    asked = done("data_requested", fields=["name", "income", "birthday"])
    assert so("fields over 2", asked)
    assert not so("fields over 3", asked)
    assert not so("fields over 0", done("data_requested"))
    assert not so("fields over 0", done("data_requested", fields="name and income"))


def test_a_notice_of_anything_tells_that_they_are_told_of_things() -> None:
    assert so("told of something within 30 d", notices=(notice("anything", 30),))
    assert not so("told of something within 30 d", notices=(notice("anything", 30.1),))
    assert not so("told of something within 30 d", notices=(notice("anything", -0.1),))
    assert so("told of something within 30 d", notices=(notice("anything", 0),))


@pytest.mark.parametrize(
    ("words", "code", "days"), [("something withdrawn within 60 d", "F26", 60), ("credited of late", "B11", 30)]
)
def test_a_withdrawal_or_a_credit_is_an_act_of_its_code_within_its_time(words: str, code: str, days: int) -> None:
    def deed(code: str, ago_s: int, sure: int = 50) -> tuple[Deed, ...]:
        return (Deed(code, OPENED - ago_s, 0, sure),)

    assert so(words, deeds=deed(code, days * DAY))
    assert not so(words, deeds=deed(code, days * DAY + 1))
    assert not so(words, deeds=deed(code, DAY, sure=49))
    assert not so(words, deeds=deed("F12", DAY))
