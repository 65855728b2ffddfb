"""The ear's parts, each alone: VADER, redaction, phrases, due dates, sketches."""

import random
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from listener.signals.cues.phrases import PhraseError, compile_phrase
from listener.signals.due import due_at
from listener.signals.redaction.redact import redact
from listener.signals.words.vader import Vader

PUBLISHED, OURS = SentimentIntensityAnalyzer(), Vader()
WORDS = [
    *PUBLISHED.lexicon,
    *["but", "least", "at", "very", "no", "not", "never", "so", "kind", "of", "or", "BUT", "isn't", "!", "??", "❤"]
    * 80,
]


def test_vader_is_the_published_one_word_for_word() -> None:
    chance = random.Random(3)
    for _ in range(1_500):
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 25)))
        assert OURS.compound(text) == PUBLISHED.polarity_scores(text)["compound"], text


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_vader_is_the_published_one_on_any_text(text: str) -> None:
    assert OURS.compound(text) == PUBLISHED.polarity_scores(text)["compound"]


@pytest.mark.parametrize(
    "secret",
    [
        "ann.lee@example.org",
        "4111 1111 1111 1111",
        "DE89 3704 0044 0532 0130 00",
        "+44 20 7946 0958",
        "(555) 123-4567",
        "192.168.10.77",
        "12 Elm Road",
        "Musterstraße 12",
        "AB-1234567",
        "550012345",
        "LS1 4AB",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "my one is {} thanks", "see {}, or not", "{} {}"])
def test_no_secret_is_left(secret: str, frame: str) -> None:
    said = redact(frame.format(secret, secret))
    assert secret not in said
    assert "[" in said


def test_a_known_name_is_masked_and_a_date_is_not() -> None:
    assert redact("Ann wrote on 2026-03-04", ("Ann Lee",)) == "[name] wrote on 2026-03-04"


@pytest.mark.parametrize("name", ["Ruth and Hal", "Ruth und Hal", "Ruth y Hal", "Ruth & Hal"])
def test_what_joins_two_names_is_none(name: str) -> None:
    said = redact("Ruth wrote and called, Hal paid und ging, y ya & so on", (name,))
    assert said == "[name] wrote and called, [name] paid und ging, y ya & so on"


def test_phrases_that_say_nothing_certain_are_refused() -> None:
    for source in ("(a)?", "..3", "(open", "{nobody}", "a) b"):
        with pytest.raises(PhraseError):
            compile_phrase(source, {})


def test_a_gap_ends_with_its_sentence() -> None:
    (phrase,) = compile_phrase("asked ..3 times", {})
    assert phrase.regex.search(" i asked you three times . ")
    assert not phrase.regex.search(" i asked . three times . ")


def test_a_date_in_the_turns_own_offset() -> None:
    at = datetime.fromisoformat("2026-03-02T23:30:00-05:00")
    due = due_at("by tomorrow", at)
    assert due is not None
    assert due.isoformat() == "2026-03-03T23:59:59-05:00"
