"""Danger as people tell it: critical at once, whoever they are, in the hands of whoever can act; jest is none."""

import pytest

from listener.model.outputs import Alert
from tests.recordings import Recording


def alerts_of(text: str, *, language: str | None = None, wants: str = "complete_strangers") -> dict[str, Alert]:
    """The alerts that come of one letter at once, by their code."""
    told = Recording().wants(wants).mail(0.1, text).played(0.2)
    return {one.act.code: one for one in told.alerts}


@pytest.mark.parametrize(
    "text",
    [
        "Your fitter has just left and the bathroom smells of gas.",
        "The heater we had from you caught fire in the nursery.",
        "I asked for no peanuts because of my allergy, there were peanuts in it and I spent the night in hospital.",
        "The ladder snapped while I was on it and I have a broken wrist.",
        "Your guard shoved my mother against the wall.",
        "There was a needle in the bread.",
        "A man walked into our hotel room at three in the morning, you had given him a key.",
        "The carer gave him the wrong dose.",
        "Aus der neuen Steckdose kommen Funken.",
        "Avisé de mi alergia y el plato llevaba gambas, acabé en urgencias.",
        "电池半夜爆炸了，我的手被烧伤",
    ],
)
def test_danger_told_in_words_is_critical_whoever_they_are(text: str) -> None:
    alert = alerts_of(text)["F12"]
    assert (alert.severity, alert.repair.role) == ("critical", "concierge")
    assert "voucher" in alert.repair.avoid


@pytest.mark.parametrize(
    "text",
    [
        "Your driver messages me at night on WhatsApp and knows where I live.",
        "One of your technicians asked me if I was single and now he waits outside my house.",
        "The front desk told my ex which room I am in.",
        "Ihr Kurier schreibt mir privat auf Instagram.",
        "Le dieron a mi ex mi dirección.",
        "骑手加我微信骚扰我",
    ],
)
def test_what_was_given_to_be_served_by_used_against_somebody_is_critical(text: str) -> None:
    alert = alerts_of(text)["F08"]
    assert (alert.severity, alert.repair.role) == ("critical", "privacy_officer")


def test_one_danger_is_one_alert() -> None:
    text = "Your driver follows me home and cornered me in the hall. He knows where I live, I'm scared."
    assert {*alerts_of(text)} == {"F08"}


@pytest.mark.parametrize(
    "text",
    [
        "Those prices hurt, but the cake was worth it.",
        "Level nine is killing me, haha.",
        "That film scared me to death, ten out of ten.",
        "Is there gluten in the soup? My daughter is coeliac.",
        "What do I do if it ever smells of gas here?",
        "I broke my ankle skiing, can I move the class to May?",
        "Your driver texted me a picture of where the parcel is, how kind.",
        "My old landlord's boiler leaked gas, so I'm glad I rent from you.",
        "I'm scared of heights, is there a lift?",
        "Burnt my tongue on your chips, couldn't wait, haha.",
    ],
)
def test_jest_fear_of_something_else_and_a_question_are_no_danger(text: str) -> None:
    assert not {"F12", "F08"} & {*alerts_of(text)}
