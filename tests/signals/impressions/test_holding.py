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
    told = EAR.listen([Message(text, "email", "customer", AT)])[0].signals
    return {s: p for s, p in told.items() if p >= 0.5 and (s in ILL or s.startswith("failure:"))}


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
