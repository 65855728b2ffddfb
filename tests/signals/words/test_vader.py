"""VADER in linear time says what the published one says."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

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
