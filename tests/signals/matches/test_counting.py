"""What is found and does not count: the words of others in quotation marks, and the firm's own handle."""

from datetime import UTC, datetime

import pytest

from listener.catalogue import load
from listener.model.message import Message
from listener.signals import Ear

EAR = Ear(load())
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
AWAY = ("exit", "gone", "names_rival", "rival_praise")


def heard(text: str) -> dict[str, float]:
    """What is heard in a post to a brand named acme."""
    return dict(EAR.listen([Message(text, "social", "customer", AT, brand="acme")])[0].signals)


@pytest.mark.parametrize(
    "text",
    [
        "Back with @acme after all",
        "@acme_help is so much better than the train",
        "Flying home with @acme tomorrow",
        "Moved all three accounts to @acme, easy as that",
    ],
)
def test_whoever_comes_to_the_firm_by_its_own_handle_has_gone_to_no_other(text: str) -> None:
    assert max(heard(text).get(name, 0.0) for name in AWAY) < 0.5


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Moved all three accounts to @norvik, easy as that", "gone"),
        ("@norvik is so much better than this", "names_rival"),
        ("Done with @acme. Never again.", "gone"),
        ("Should have stuck with @acme!", "names_rival"),
    ],
)
def test_another_firm_by_its_handle_still_counts(text: str, signal: str) -> None:
    assert heard(text)[signal] >= 0.5


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ('My sister sent me "they are thieves and I will sue them", poor thing. What should she ask for?', "abuse"),
        ('A cousin shared "I will sue them and boycott them all". You have been lovely.', "legal_threat"),
        ('"I am never flying with them again", says my neighbour. Well, I am.', "gone"),
        ('The headline was "never shop here again" and I laughed.', "public_warning"),
    ],
)
def test_what_somebody_else_is_quoted_with_is_not_what_the_customer_says(text: str, signal: str) -> None:
    assert heard(text).get(signal, 0.0) < 0.3


def test_anger_of_others_between_quotation_marks_is_not_the_customers() -> None:
    angry = "they delay, deny and cheat, this is disgusting and I am furious"
    assert heard(angry)["negative_emotion"] > 0.9
    assert heard(f'My cousin wrote "{angry}". I told her you paid within nine days.').get("negative_emotion", 0.0) < 0.6


def test_the_firms_own_words_in_quotation_marks_may_still_be_complained_of() -> None:
    assert (
        heard('You said "with you by Friday". It is Tuesday and nothing has come, this is a disgrace.')["complaint"]
        > 0.6
    )


@pytest.mark.parametrize(
    ("text", "signal"),
    [("Nobody apologised.", "apology"), ('You wrote "sorry I am late" on the form.', "apology")],
)
def test_no_head_lifts_what_a_circumstance_has_weakened(text: str, signal: str) -> None:
    said = EAR.listen([Message(text, "email", "agent", AT)])[0]
    assert said.signals.get(signal, 0.0) < 0.5
