"""What a report says besides its fields of known meaning, without the secrets someone wrote into it."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
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


def act_without_secrets(act: BrandAct, names: Sequence[str] = (), brand: str = "") -> BrandAct:
    """An act as it goes on: ids, times and amounts as they were told, every other word redacted.

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
        return value if _is_structural(key) else hide(value)
    if depth >= DEEPEST:
        return value if isinstance(value, int | float) else None
    if isinstance(value, Mapping):
        is_money = value.keys() <= {"amount", "currency"}
        return {
            hide(str(k)): v if is_money and isinstance(v, str) and len(v) <= 24 else _told(v, hide, depth + 1, str(k))
            for k, v in value.items()
        }
    if isinstance(value, list | tuple):
        return [_told(v, hide, depth + 1, key) for v in value]
    return value


def _is_structural(key: str) -> bool:
    """Whether a detail is an id or a time, which others compare letter by letter."""
    return key == "id" or key.endswith(("_id", "_at"))
