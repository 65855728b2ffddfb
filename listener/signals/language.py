"""Which language a text is in; short or unknown text abstains."""

import re
from functools import lru_cache

from py3langid import langid

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
READ = ("en", "de", "es", "zh")
"""Languages that cues are written for."""


def language_of(text: str, words: int, english: int, hint: str | None = None) -> str | None:
    """ISO 639-1 code, or None where the text does not say enough and nobody gave a hint.

    `words` is how many words it has, `english` how many of them are everyday English ones.
    """
    if english >= 2 and english * 5 >= words:
        return "en"
    if not text.isascii() and _HAN.search(text):
        return "ja" if _KANA.search(text) else "zh"
    told = hint.split("-")[0].lower() if hint else None
    if not words:
        return None
    if words < 3 and told:
        return told
    guess, sure = _guess(text[:400])
    if told and (guess == told or not sure):
        return told
    if sure and words >= 3:
        return guess
    return "en" if english and text.isascii() else None


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
