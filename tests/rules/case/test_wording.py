"""Words compared: those of an act's details with those of a category or a notice, those remembered with those heard."""

import pytest

from listener.model.sketch import make, overlap, packed_words, words_of
from listener.rules.case.wording import unpacked, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Green Teas", {"green", "tea"}),
        ("the new teas and cups for all", {"tea", "cup"}),
        ("loose_leaf", {"loose", "leaf"}),
        ("an e-mail, on 5G", {"mail"}),
        ("Größe: XXL!", {"größe", "xxl"}),
        ("glasses", {"glasse"}),
        ("sofa for [name], [email-1a2b3c4d]", {"sofa"}),
        ("my name", {"name"}),
        ("", set()),
    ],
)
def test_words_are_compared_by_their_stem_without_the_commonest(text: str, words: set[str]) -> None:
    assert words_in(text) == words


def test_words_that_were_packed_are_the_words_again() -> None:
    said = make(["x"], [f"word{n}" for n in range(7)])
    kept = unpacked(packed_words(said))
    assert words_of(kept) == words_of(said)
    assert len(words_of(kept)) == 7
    assert overlap(kept, said) == 1.0
    assert words_of(unpacked(b"")) == frozenset()
