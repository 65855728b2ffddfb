"""Excerpts: the sentence that was heard loudest, and as much before it as there is room for."""

from datetime import UTC, datetime

from listener.catalogue import load
from listener.model.message import Message
from listener.signals import Ear

EAR = Ear(load())
THANKS = "Thanks a lot for your help with the last order and for the kind letter."
PADDING = "I have thought about it for some weeks, and my wife agrees with me on this. I will say it in few words."
MATTER = "We want to cancel our contract at the end of May."
FAREWELL = (
    "The last three payments we would like to have returned to the account that is known to you, and a letter that "
    "says so to our old address, where the neighbours will keep it for us until we are back from the mountains."
)


def excerpt(*sentences: str) -> str:
    return EAR.listen([Message(" ".join(sentences), "email", "customer", datetime(2026, 3, 2, 9, tzinfo=UTC))])[
        0
    ].excerpt


def test_what_they_want_is_shown_and_not_how_politely_they_put_it() -> None:
    assert excerpt(THANKS, PADDING, MATTER, FAREWELL).startswith(f"…{MATTER}")


def test_where_the_text_ends_soon_what_stands_before_is_shown_too_as_far_as_there_is_room() -> None:
    shown = excerpt(THANKS, PADDING, MATTER)
    assert shown.endswith(f"{PADDING.partition('. ')[2]} {MATTER}")
    assert THANKS not in shown
    assert len(shown) <= 160


def test_a_letter_that_is_only_polite_shows_its_thanks() -> None:
    assert excerpt(THANKS, PADDING, PADDING).startswith(THANKS)
