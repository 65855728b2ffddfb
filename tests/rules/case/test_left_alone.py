"""What a customer who asks to be left alone wants to stop, and which contact goes against it."""

import pytest

from listener.model.ledger import Ledger
from listener.model.signals import Heard
from listener.rules.case import Case
from listener.rules.case.left_alone import goes_against, granted, is_change, left_of, wished
from tests.rules.builders import case_of, done, said


def asked(words: str, span: tuple[int, int] | None = None) -> Case:
    turn: Heard = said("customer", stop_contact=0.9)
    spans = {"stop_contact": span} if span else {}
    return case_of(turn.model_copy(update={"excerpt": words, "spans": spans}), Ledger())


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("Leave me alone.", {"said all"}),
        ("Don't ever contact me again.", {"said all"}),
        ("Lassen Sie mich endlich in Ruhe.", {"said all"}),
        ("Déjenme en paz", {"said all"}),
        ("别烦我", {"said all"}),
        ("Stop calling me at work", {"said phone"}),
        ("Rufen Sie mich nicht mehr an", {"said phone"}),
        ("no me llamen más", {"said phone"}),
        ("别再给我打电话了", {"said phone"}),
        ("Stop texting and emailing me", {"said sms", "said email"}),
        ("Please don't call me, email me instead.", {"said instead phone"}),
        ("Please don't call me at work, use my mobile number instead.", set()),
        ("Please email me rather than calling", set()),
        ("Bitte nicht anrufen, lieber per E-Mail", {"said instead phone"}),
        ("I do not wish to get letters from you", {"said post"}),
        ("Please stop sending me loan offers. I don't want marketing.", {"said marketing"}),
        ("Please unsubscribe me", {"said marketing"}),
        ("Please unsubscribe me from the newsletter", {"said marketing email"}),
        ("Stop the texts with your offers", {"said marketing sms"}),
        ("Bitte keine Werbung mehr", {"said marketing"}),
        ("No quiero recibir más publicidad", {"said marketing"}),
        ("取消订阅", {"said marketing"}),
        ("Stop sending me the wrong size!", {"said"}),
    ],
)
def test_what_is_to_stop_is_what_they_name(words: str, wishes: set[str]) -> None:
    assert set(wished(asked(words))) == wishes


def test_only_the_clause_that_asks_for_it_says_what() -> None:
    words = "I called about my card. Please unsubscribe me, but do call me about my loan."
    assert wished(asked(words, (31, 45))) == ("said marketing",)


def test_of_what_was_asked_for_only_that_goes_against_it() -> None:
    promotion, news = done("campaign_sent", purpose="promotion"), done("campaign_sent", channel="sms", purpose="news")
    survey, mailing = done("campaign_sent", purpose="survey"), said("campaign", in_="email")
    call, offer = done("outreach_made", channel="voice"), done("outreach_made", channel="phone", purpose="sales")
    loan = done("outreach_made", channel="email", purpose="loan")
    every = [promotion, news, survey, mailing, call, offer, loan]

    def against(wish: str) -> list[bool]:
        return [goes_against(wish, case_of(one)) for one in every]

    assert against("said all") == [True] * 7
    assert against("said marketing") == [True, True, False, True, False, True, False]
    assert against("said marketing email") == [True, False, False, True, False, False, False]
    assert against("said phone") == [False, False, False, False, True, True, False]
    assert against("said email") == [True, False, True, True, False, False, True]
    assert against("said") == [False] * 7, "what is to stop was not understood"
    assert against("all") == [False] * 7, "that was never said in words"


def test_to_opt_in_to_a_channel_opens_that_one_alone() -> None:
    others = ("phone", "sms", "post", "push", "in_person")
    for closed in ("all", "said all", "said marketing"):
        wish = closed.removesuffix("all").strip()
        assert set(left_of(closed, "email")) == {f"{wish} {one}".strip() for one in others}
    for closed in ("email", "said email", "said marketing email", "said instead email", "said"):
        assert left_of(closed, "email") == ()
    for closed in ("phone", "said phone", "said marketing sms", "said instead phone"):
        assert left_of(closed, "email") == (closed,)


def test_another_way_that_is_wished_for_goes_against_the_old_one_and_closes_nothing() -> None:
    call, mail = done("outreach_made", channel="phone"), done("outreach_made", channel="email")
    assert [goes_against("said instead phone", case_of(one)) for one in (call, mail)] == [True, False]
    assert [is_change(one) for one in ("said instead phone", "said phone", "phone", "all")] == [True] + [False] * 3


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("All done, notifications are off.", {"said push"}),
        ("I'm sorry sir I'll take her number off straight away", {"said phone"}),
        ("I'm so sorry. I've stopped all letters.", {"said post"}),
        ("I've taken you off everything but bills.", {"said marketing"}),
        ("We have removed him from every mailing.", {"said marketing"}),
        ("You're unsubscribed from the newsletter.", {"said marketing email"}),
        ("Sorry! We won't text you any more.", {"said sms"}),
        ("Ich habe Sie aus dem Verteiler genommen.", {"said marketing email"}),
        ("He detenido todos los envíos.", {"said marketing"}),
        ("已经为您关闭推送。", {"said marketing push"}),
        ("I've taken you off the waiting list.", set()),
        ("I've deleted the old address.", set()),
        ("Would you like me to delete your number?", set()),
        ("We haven't taken you off the list yet.", set()),
        ("I've stopped the payment for you.", set()),
        ("You won't receive another bill this month.", set()),
    ],
)
def test_the_firm_takes_the_opt_out_by_saying_what_it_has_stopped(words: str, wishes: set[str]) -> None:
    turn: Heard = said("agent")
    assert set(granted(case_of(turn.model_copy(update={"excerpt": words}), Ledger()))) == wishes
