"""What another firm did is not held against this one; what this one did beside it still is."""

from datetime import UTC, datetime

import pytest

from listener.catalogue import load
from listener.model.message import Message
from listener.signals import Ear

EAR = Ear(load())
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
ILL = ("complaint", "negative_emotion", "distress", "deceived")


def ill(text: str) -> dict[str, float]:
    """The ill feeling that is heard in a mail of a customer's."""
    told = EAR.listen([Message(text, "email", "customer", AT)])[0].signals
    return {s: p for s, p in told.items() if p >= 0.5 and (s in ILL or s.startswith("failure:"))}


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
