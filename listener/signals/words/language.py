"""Which language a text is in; short or unknown text abstains."""

import re
from collections.abc import Callable, Set
from functools import lru_cache

from py3langid import langid

from listener.signals.words.stopwords import ENGLISH_ONLY, GERMAN, SPANISH

_HAN = re.compile(r"[\u3400-\u9fff]")
_FOREIGN = re.compile("[ßäöüñ¿¡]")
_KANA = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_]|$)")
READ = ("en", "de", "es", "zh")
"""Languages that cues are written for."""


def language_of(
    text: str, words: int, english: int, hint: str | None = None, spelt: Callable[[], Set[str]] = frozenset
) -> str | None:
    """ISO 639-1 code, or None where the text does not say enough and nobody gave a hint.

    `words` is how many words it has, `english` how many of them are everyday English ones, `spelt` tells its words in
    small letters. Words that two languages share (`no`, `me`, `a`, `was`) tell nothing where more speak for the other.
    """
    keys = spelt() if english * 2 < words or not text.isascii() else frozenset()
    everyday = _everyday(text, keys) if english * 2 < words or not text.isascii() else None
    if english >= 2 and english * 5 >= words and _is_plainly_english(text, keys, everyday):
        return "en"
    if not text.isascii() and _HAN.search(text):
        return "ja" if _KANA.search(text) else "zh"
    told = re.split("[-_]", hint)[0].lower() if hint and _CODE.match(hint) else None
    if not words:
        return None
    if everyday is not None and everyday[1] >= 2 and (told is None or told == everyday[0]):
        guess, sure = _guess(text[:400]) if everyday[1] < 4 else (everyday[0], True)
        return guess if sure and guess != "en" else everyday[0]
    if words < 3 and told:
        return told
    guess, sure = _guess(text[:400])
    if told and (guess == told or not sure):
        return told
    if sure and words >= 3:
        return guess
    return "en" if english and text.isascii() else None


def _is_plainly_english(text: str, keys: Set[str], everyday: tuple[str, int] | None) -> bool:
    """Whether nothing speaks for German or Spanish, or less than for English."""
    if everyday is None or (everyday[1] == 0 and text.isascii()):
        return True
    return len(ENGLISH_ONLY & keys) > everyday[1]


def has_foreign(text: str) -> bool:
    """Whether letters or marks of German or Spanish stand in a text."""
    return _FOREIGN.search(text) is not None


def _everyday(text: str, keys: Set[str]) -> tuple[str, int] | None:
    """German or Spanish where everyday words or marks of theirs stand in a text, and how many do."""
    german, spanish = len(GERMAN & keys), len(SPANISH & keys)
    if not text.isascii():
        german += 2 * ("ß" in text) + ("ä" in text or "ö" in text or "ü" in text)
        spanish += 2 * ("¿" in text or "¡" in text) + ("ñ" in text)
    return max(("de", german), ("es", spanish), key=lambda told: told[1])


_GUESSED = [*"en de es zh fr it pt nl pl tr ru ja ko sv da no fi cs ro hu el ar he id vi uk ca".split()]  # noqa: SIM905  # words read better as a text


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
