"""What a turn adds to the counts: a wish to be left alone weighs by how sore it is."""

import pytest

from listener.catalogue import load
from listener.model.message import Message
from listener.relationship.counting import PREFERENCE, heard_amounts
from listener.rules.rehearsing import BEGIN
from listener.signals import Ear
from tests.rules.builders import said

EAR = Ear(load())


def counted(text: str) -> float:
    """What the wish to be left alone of a mail counts for, of how surely it is heard."""
    told = EAR.listen([Message(text, "email", "customer", BEGIN)])[0]
    turn = said("customer").model_copy(update={"signals": dict(told.signals)})
    return dict(heard_amounts(turn))["stop_contact"] / told.signals["stop_contact"]


@pytest.mark.parametrize(
    "text",
    [
        "Please don't email me any more.",
        "Please unsubscribe me from the newsletter.",
        "Bitte schicken Sie mir keine Werbung mehr.",
        "Por favor, no me envíen más correos.",
        "请不要再给我发邮件。",
    ],
)
def test_a_plain_wish_for_no_more_mails_is_a_preference(text: str) -> None:
    assert counted(text) < 0.75


@pytest.mark.parametrize(
    "text",
    [
        "Stop calling me, I have asked you five times, this is harassment.",
        "Hören Sie endlich auf, mich anzurufen, das ist eine Belästigung und eine Frechheit!",
        "Dejen de llamarme de una vez, esto es un acoso y una vergüenza.",
        "别再打电话骚扰我了，太过分了，我要投诉！",
    ],
)
def test_who_is_sore_about_it_is_counted_in_full(text: str) -> None:
    assert counted(text) == pytest.approx(1.0)


def test_how_sore_it_is_counts_by_degrees() -> None:
    def of(complaint: float) -> float:
        return dict(heard_amounts(said("customer", stop_contact=1.0, complaint=complaint)))["stop_contact"]

    assert of(0.3) == PREFERENCE < of(0.45) < of(0.6) == of(0.9) == 1.0
