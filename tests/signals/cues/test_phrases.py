"""Phrases: what may be written, and how far one reaches."""

import pytest

from listener.signals.cues.phrases import PhraseError, compile_phrase


def test_phrases_that_say_nothing_certain_are_refused() -> None:
    for source in ("(a)?", "..3", "(open", "{nobody}", "a) b"):
        with pytest.raises(PhraseError):
            compile_phrase(source, {})


def test_a_gap_ends_with_its_sentence() -> None:
    (phrase,) = compile_phrase("asked ..3 times", {})
    assert phrase.regex.search(" i asked you three times . ")
    assert not phrase.regex.search(" i asked . three times . ")
