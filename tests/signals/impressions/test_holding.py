"""What is denied, or another firm's doing, is not held against this one; what is said beside it still is."""

from datetime import UTC, datetime

import pytest

from listener.catalogue import load
from listener.model.message import Message
from listener.signals import Ear

EAR = Ear(load())
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
ILL = ("complaint", "negative_emotion", "distress", "deceived", "remedy_rejected")


def ill(text: str) -> dict[str, float]:
    """The ill feeling that is heard in a mail of a customer's."""
    return {s: p for s, p in ill_of(text).items() if p >= 0.5}


def ill_of(text: str, brand: str = "") -> dict[str, float]:
    """All ill feeling that is heard in a mail to a brand."""
    told = EAR.listen([Message(text, "email", "customer", AT, brand=brand)])[0].signals
    return {s: p for s, p in told.items() if s in ILL or s.startswith("failure:")}


@pytest.mark.parametrize(
    "text",
    [
        "The wait was no problem at all, the staff were never rude.",
        "We are not annoyed with you in the least.",
        "Nothing whatsoever to grumble about, and I wasn't upset about the change.",
        "None, thanks!",
        "Keinerlei Beschwerden, lief alles reibungslos.",
        "Sin ninguna queja, todo perfecto.",
        "没什么可投诉的，都挺好。",
        "Train was delayed but the guard was a superstar.",
    ],
)
def test_nothing_ill_is_heard_where_it_is_denied(text: str) -> None:
    assert ill(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "No problem with the room but the shower was broken and nobody came.",
        "I wasn't angry, just a bit tired. But the heating was broken.",
        "Nobody is angry here, but you charged me twice.",
        "Keine Probleme mit dem Zimmer, aber die Heizung war kaputt.",
    ],
)
def test_what_is_wrong_is_heard_beside_what_is_denied(text: str) -> None:
    assert ill(text)


@pytest.mark.parametrize(
    "text",
    [
        "We left Orange for you last autumn because they deceived us over roaming.",
        "Bin von der Telekom gekommen, weil die mich angelogen haben.",
        "Vengo de otra compañía porque me mintieron sobre el precio.",
    ],
)
def test_a_lie_of_the_firm_they_came_from_is_none_of_this_one(text: str) -> None:
    assert ill(text) == {}


def test_who_came_over_may_be_lied_to_here() -> None:
    assert "deceived" in ill("I switched to you from E.ON last week and you lied to me about the tariff.")


@pytest.mark.parametrize(
    "text",
    [
        "Voltara made up my meter readings for two years before I came to you.",
        "Voltara lied to me for years, that's why I switched to you.",
        "Before I joined you, Nordbank charged me hidden fees every month.",
        "I moved over to you in May. Nordbank lost my file twice. They never answered a letter.",
        "I was with Nordbank until spring, they never apologised for the wrong charges.",
        "Bei Nordbank wurde ich ständig belogen, deshalb bin ich jetzt bei Ihnen.",
        "Mi anterior compañía me mintió con la factura, por eso me cambié con ustedes.",
        "来你们这儿之前，那家公司一直骗我，乱收费。",
    ],
)
def test_what_a_firm_did_before_they_came_is_none_of_this_one(text: str) -> None:
    assert not {s for s, p in ill_of(text, "acme").items() if p >= 0.5}


@pytest.mark.parametrize(
    "text",
    [
        "Voltara lied to me before I switched to you. Now your engineer never turned up and I am furious.",
        "I have been lied to by your colleague, that's why I came to you.",
        "I tried the app and it crashed three times before I came to you.",
        "Acme lied to me for years, that's why I came to you.",
        "Everything was fine before I switched to you, now nothing works and nobody answers.",
        "Bevor ich zu Ihnen kam, war alles gut. Jetzt ist die Rechnung schon wieder falsch, eine Frechheit.",
    ],
)
def test_what_this_firm_did_is_heard_whatever_they_say_of_having_come(text: str) -> None:
    assert {s for s, p in ill_of(text, "acme").items() if p >= 0.5}
