"""Another firm by its name: who is bought from instead of us, and what only looks like it."""

from datetime import UTC, datetime

import pytest

from listener.model.message import Message
from listener.signals.firms.custom import named


def said(text: str, brand: str = "Quillon") -> Message:
    return Message(text, "social", "customer", datetime(2026, 3, 1, tzinfo=UTC), brand=brand)


@pytest.mark.parametrize(
    "text",
    [
        "I flew Norvik, and they waved.",
        "We shop at Marsh & Daughter now",
        "You or Norvik, I can't decide.",
        "Hadley's it is, then.",
        "Book Norvik next time, my boss says",
        "The flights for Easter are on Norvik",
        "should have gone with Norvik",
    ],
)
def test_a_firm_that_is_named_as_bought_from_is_another(text: str) -> None:
    assert named(said(text), leaves=False) >= 0.8


@pytest.mark.parametrize(
    "text",
    [
        "I flew Quillon, and they waved.",
        "Flying on Saturday with Mum",
        "We fly Business now",
        "I flew to Norvik and back",
        "I'd never fly Norvik.",
        "flying norvik",
        "My Gold card has run out.",
    ],
)
def test_our_name_a_day_a_class_or_a_place_is_no_other_firm(text: str) -> None:
    assert named(said(text), leaves=False) == 0


def test_who_leaves_and_names_where_to_names_another() -> None:
    text = "Card cut up. Rebooked Norvik for June."
    assert named(said(text), leaves=True) >= 0.7 > named(said(text), leaves=False)


def test_where_nobody_told_what_we_are_called_a_name_may_be_ours() -> None:
    assert named(said("I flew Norvik, and they waved.", brand="default"), leaves=False) == 0
    assert named(said("@company I flew Norvik, and they waved.", brand="default"), leaves=False) >= 0.8
