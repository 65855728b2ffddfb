"""An insult told as a fact is disrespect, whoever laughed with them; who asks to be stopped is sold nothing more."""

import pytest

from tests.recordings import Recording


@pytest.mark.parametrize(
    "text",
    [
        "Your receptionist sniggered when I asked for the form in large print.",
        "The adjuster called my mother hysterical.",
        "I came for help and you treated me like a thief.",
        "Your colleague mimicked my accent.",
        "Ihr Kollege hat meinen Vater ausgelacht.",
        "Su agente me llamó mentirosa.",
        "你们的客服骂我白痴",
    ],
)
def test_an_insult_told_as_a_fact_is_disrespect(text: str) -> None:
    assert "F17" in Recording().wants("basic_exchange").chat(0.1, text).played(0.2).loud


@pytest.mark.parametrize(
    "text",
    [
        "Your guide made us laugh all day.",
        "My brother called me an idiot for not coming sooner.",
        "Call me crazy but I liked the old logo.",
        "Can the agent call me back tomorrow?",
    ],
)
def test_a_laugh_shared_and_a_tease_at_home_are_none(text: str) -> None:
    assert "F17" not in Recording().wants("basic_exchange").chat(0.1, text).played(0.2).loud


PLEA = "I can't stop betting and my wages are gone again. Please lock my account."
OFFER = "Great news: 50 free spins are waiting, today only!"


def test_a_sale_to_somebody_who_asks_to_be_stopped_uses_their_dependence() -> None:
    assert "F27" in Recording().wants("dealer_addict").chat(0.1, PLEA).chat(0.101, OFFER, "agent").played(0.2).loud


def test_so_does_the_advert_that_reaches_them_days_later() -> None:
    told = Recording().wants("dealer_addict").chat(0.1, PLEA).mail(3, OFFER, "campaign", "ad")
    assert "F27" in told.played(0.2).loud


def test_whoever_is_stopped_as_they_asked_and_whoever_asks_nothing_is_not_used() -> None:
    stopped = "I've locked it for a year. Here is the number of a helpline, day and night."
    assert "F27" not in Recording().wants("dealer_addict").chat(0.1, PLEA).chat(0.101, stopped, "agent").played(1).loud
    asked = Recording().wants("dealer_addict").chat(0.1, "When is the next drop?").chat(0.101, OFFER, "agent")
    assert "F27" not in asked.played(1).loud
