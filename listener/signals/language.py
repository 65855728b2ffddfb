"""Which language a text is in; short or unknown text abstains."""

import re
from collections.abc import Sequence
from functools import lru_cache

from py3langid import langid

ENGLISH = frozenset(
    [
        "the",
        "and",
        "you",
        "is",
        "it",
        "to",
        "of",
        "a",
        "in",
        "my",
        "i",
        "for",
        "that",
        "this",
        "was",
        "with",
        "not",
        "have",
        "your",
        "on",
        "be",
        "are",
        "we",
        "but",
        "so",
        "just",
        "me",
        "they",
        "at",
        "all",
        "can",
        "get",
        "what",
        "when",
        "how",
        "do",
        "been",
        "from",
        "our",
        "an",
        "has",
        "had",
        "will",
        "out",
        "no",
        "up",
        "if",
        "there",
        "one",
        "about",
        "would",
        "please",
        "thanks",
        "thank",
        "am",
        "or",
        "now",
        "don't",
        "it's",
        "i'm",
        "can't",
        "still",
        "why",
        "who",
        "did",
        "does",
        "more",
        "time",
        "hello",
        "hi",
        "yes",
        "want",
        "need",
        "know",
    ]
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
READ = ("en", "de", "es", "zh")
"""Languages that cues are written for."""


def language_of(text: str, tokens: Sequence[str], hint: str | None = None) -> str | None:
    """ISO 639-1 code, or None where the text does not say enough and nobody gave a hint.

    >>> language_of("Where is my parcel, please?", ["Where", "is", "my", "parcel", "please"])
    'en'
    """
    if not text.isascii() and _HAN.search(text):
        return "ja" if _KANA.search(text) else "zh"
    told = hint.split("-")[0].lower() if hint else None
    words = [t for t in tokens[:60] if t[0].isalpha()]
    if not words:
        return None
    plain = sum([w.lower() in ENGLISH for w in words])
    if plain >= 2 and plain * 5 >= len(words):
        return "en"
    if len(words) < 3 and told:
        return told
    guess, sure = _guess(text[:400])
    if told and (guess == told or not sure):
        return told
    if sure and len(words) >= 3:
        return guess
    return "en" if plain and text.isascii() else None


_GUESSED = [
    "en",
    "de",
    "es",
    "zh",
    "fr",
    "it",
    "pt",
    "nl",
    "pl",
    "tr",
    "ru",
    "ja",
    "ko",
    "sv",
    "da",
    "no",
    "fi",
    "cs",
    "ro",
    "hu",
    "el",
    "ar",
    "he",
    "id",
    "vi",
    "uk",
    "ca",
]


@lru_cache(maxsize=1)
def _identifier() -> langid.LanguageIdentifier:
    made = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    made.set_languages(_GUESSED)
    return made


@lru_cache(maxsize=4_096)
def _guess(text: str) -> tuple[str, bool]:
    ranked = _identifier().rank(text)
    (first, best), (_, second) = ranked[0], ranked[1]
    return first, best - second > 3.0 + 0.02 * len(text)
