"""What every extractor promises, whatever the text: run over all of them, on texts nobody would send and some would."""

from collections.abc import Callable

HOSTILE = {
    "empty": "",
    "blank": " \n\t ",
    "one letter": "a" * 100_000,
    "emoji only": "😀" * 5_000,
    "bidi controls": "\u202ehello\u202c \u2066there\u2069" * 500,
    "lone surrogates": "\ud800 broken \udfff" * 500,
    "null bytes": "a\x00b\x00" * 5_000,
    "marks": "?!.,;:" * 5_000,
    "quotes": '"“”' * 5_000,
    "brackets": "((((" * 5_000,
    "handles": "@a #b http://c " * 3_000,
    "numbers": "1234567890 " * 5_000,
    "one word again": "not " * 20_000,
    "han": "我要投诉" * 3_000,
    "mixed": "Ich habe asked 三次 y nadie!!! 😡 \u0000",
}
ORDINARY = (
    "I've asked three times now and nobody replied.",
    "Thank you so much!",
    "no",
    "Great, another broken promise. Thanks a lot.",
)


def keeps_its_promises(extract: Callable[[str], object], text: str) -> object:
    """The same text twice gives the same answer, and neither raises."""
    first, second = extract(text), extract(text)
    assert first == second
    return first
