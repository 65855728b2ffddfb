"""Phrases: what may be written, and how far one reaches."""

import pytest

from listener.signals.cues.phrases import PhraseError, compile_phrase


def test_phrases_that_say_nothing_certain_are_refused() -> None:
    for source in ("(a)?", "..3", "(open", "{nobody}", "a) b"):
        with pytest.raises(PhraseError):
            compile_phrase(source, {})


@pytest.mark.parametrize("source", ["^ (perfect|a+)", r"(bye|hello) ..2 @\w*", "c++ ..2 course"])
def test_a_sign_that_no_text_is_read_with_is_refused_for_the_word_alone_would_do(source: str) -> None:
    with pytest.raises(PhraseError, match="is not read"):
        compile_phrase(source, {})


def test_signs_that_join_words_may_be_written() -> None:
    for source in ("customers' data", "sir/madam", "e-mail", "#-month plan"):
        assert compile_phrase(source, {})


def test_a_gap_ends_with_its_sentence() -> None:
    (phrase,) = compile_phrase("asked ..3 times", {})
    assert phrase.regex.search(" i asked you three times . ")
    assert not phrase.regex.search(" i asked . three times . ")
