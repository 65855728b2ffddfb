"""What acts and surveys say in free fields, without the secrets that someone may have written into them."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

from listener.model.inputs import BrandAct, SurveyAnswer
from listener.signals.redaction.redact import opaque, redact

DEEPEST = 6
"""How deep a report's details are followed; what lies deeper is left out."""
_LETTER = re.compile(
    r"\S\s*\n\s*\S|[^\W\d_]{3}[.!?…]+\s+\W*[A-ZÀ-ÖØ-Þ]"
    r"|\bI(?:['’]m| [a-z])|\b(?:you|your|me|my|we|our|us|ich|wir|mein|ihr|yo|soy|usted)\b"
)
"""Several lines, a sentence and the beginning of another (no abbreviation ends one), or who speaks of me and you."""
_ID = re.compile(r"[!-~]{1,128}")
"""Ids as systems make them: plain signs, none of them a blank."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_AMOUNT = re.compile(r"[+-]?\d{1,10}(?:\.\d{1,9})?")
_LONG = 10**10
"""From here (11 digits) a number is rather a card, an account or a telephone than a count of anything."""
_LONGEST = 10**40
"""From here it is no number of anything, and would be costly to write."""
_AFTER_2095_MS = 4 * 10**12
"""Milliseconds since 1970; a card of as many digits (13) begins with a 4 or more."""


def act_without_secrets(act: BrandAct, names: Sequence[str] = (), brand: str = "") -> BrandAct:
    """An act as it goes on: what looks like an id, a time or an amount as it was told, all else redacted.

    >>> act = {"event_id": "a", "occurred_at": "2026-03-04T06:00:00Z", "audience": {"everyone": True}, "kind": "x"}
    >>> act_without_secrets(BrandAct(**act, details={"case_id": "K-4471123", "note": "ring ann@x.org"})).details
    {'case_id': 'K-4471123', 'note': 'ring [email]'}
    """
    hide = partial(_masked, names=names, brand=brand)
    talk = opaque(act.conversation_id) if act.conversation_id else None
    changes: dict[str, Any] = {
        "kind": hide(act.kind),
        "conversation_id": talk,
        "details": _told(act.details, hide, 0),
    }
    return act if all(getattr(act, k) == v for k, v in changes.items()) else act.model_copy(update=changes)


def survey_without_words(answer: SurveyAnswer, names: Sequence[str] = ()) -> SurveyAnswer:
    """A survey's ratings and choices; what somebody wrote beside them stays behind."""
    ratings = {_masked(name, names): value for name, value in answer.ratings.items()}
    return answer.model_copy(update={"verbatim": None, "ratings": ratings, "instrument": opaque(answer.instrument)})


def _masked(text: str, names: Sequence[str] = (), brand: str = "") -> str:
    r"""A value without its secrets; only a letter makes names known by its form, `Sofa - Malmo` greets nobody.

    >>> _masked("Sofa - Malmo"), _masked("We put it right.\nMagda")
    ('Sofa - Malmo', 'We put it right.\n[name]')
    """
    return redact(text, names, brand, None if _LETTER.search(text) else ())


def _told(value: Any, hide: Callable[[str], str], depth: int, key: str = "") -> Any:
    if isinstance(value, str):
        return _said(value, hide, key)
    if isinstance(value, int | float):
        return _counted(value, hide, key)
    if depth >= DEEPEST:
        return None
    if isinstance(value, Mapping):
        is_money = value.keys() <= {"amount", "currency"}
        return {
            hide(str(k)): v
            if is_money and isinstance(v, str) and _AMOUNT.fullmatch(v)
            else _told(v, hide, depth + 1, str(k))
            for k, v in value.items()
        }
    if isinstance(value, list | tuple):
        return [_told(v, hide, depth + 1, key) for v in value]
    return value


def _said(text: str, hide: Callable[[str], str], key: str) -> str:
    """A string: ids stay comparable, times stay times, everything else loses its secrets."""
    if _names_an_id(key):
        return _same_id(text, key)
    return text if key.endswith("_at") and _TIME.fullmatch(text) else hide(text)


def _counted(number: float, hide: Callable[[str], str], key: str) -> float | str:
    """A number: counts, ids and times stay; one that is long enough to be a secret is looked at."""
    if not abs(number) >= _LONG:  # nor is what compares with nothing
        return number
    if abs(number) >= _LONGEST:
        return "[number]"
    digits = str(int(number))
    if _names_an_id(key):
        return number if (same := _same_id(digits, key)) == digits else same
    return number if key.endswith("_at") and 0 <= number < _AFTER_2095_MS else hide(digits)


def _names_an_id(key: str) -> bool:
    return key == "id" or key.endswith("_id")


def _same_id(told: str, key: str) -> str:
    """An id without a person's secret in it; words in place of an id become one, the same words always the same.

    Ids of events pass everywhere, since what answers an idea or a notice names it: numbers in them are theirs.

    >>> _same_id("C-1042", "customer_id"), _same_id("ann@x.org", "user_id")[:7], _same_id("Ann Smith", "user_id")[:4]
    ('C-1042', '[email-', '[id-')
    """
    is_id = _ID.fullmatch(told) is not None
    if key.endswith("event_id"):
        return told if is_id and "@" not in told else opaque(told)
    if is_id:
        return opaque(told)
    return f"[id-{blake2b(told.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()}]"
