"""What may be shown of each message of a page: a few words around what was heard loudest, without secrets."""

from collections.abc import Mapping, Sequence
from itertools import compress

import numpy as np

from listener.model.message import Message
from listener.signals.pages.introductions import introductions
from listener.signals.pages.page import Page
from listener.signals.redaction.redact import excerpt, secrets

EXCERPT = 160
MANNERS = frozenset({"politeness"})
"""What tells how somebody speaks, and nothing of the matter."""
LOUD = 0.5
_BESIDE = 60
"""How many characters beside what is shown are read for secrets."""
Spans = Mapping[str, tuple[int, int]]
Names = Sequence[Sequence[str]]


def excerpts(
    page: Page, messages: Sequence[Message], told: Sequence[Mapping[str, float]], spans: Sequence[Spans]
) -> list[str]:
    """Of each message at most 160 characters around what was heard loudest, without secrets."""
    starts = list(map(_start, page.texts, told, spans))
    texts = list(range(len(messages)))
    met = introductions(page, messages)
    out = _shown(page, messages, texts, starts, EXCERPT + 40, met)
    more = [len(said) <= EXCERPT < len(text) for said, text in zip(out, page.texts, strict=True)]
    if any(more):
        texts = list(compress(texts, more))
        for n, said in zip(
            texts, _shown(page, messages, texts, list(compress(starts, more)), 2 * EXCERPT, met), strict=True
        ):
            out[n] = said
    return [_cut(said, text[:start]) for said, text, start in zip(out, page.texts, starts, strict=True)]


def _cut(said: str, before: str) -> str:
    """A stretch with “…” wherever words of the text are left out, 160 characters in all.

    >>> _cut("the lamp is broken.", "Dear Jo, I must tell you that "), _cut("Good morning.", " ")
    ('…the lamp is broken.', 'Good morning.')
    """
    whole = f"…{said}" if before.strip() else said
    return whole if len(whole) <= EXCERPT else whole[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"


def _shown(
    page: Page, messages: Sequence[Message], texts: Sequence[int], starts: Sequence[int], size: int, met: Names
) -> list[str]:
    """Stretches of some messages without their secrets, with one blank between two words.

    `met` are the names that each of all the messages makes known.
    """
    read = [_around(page.texts[n], start, start + size) for n, start in zip(texts, starts, strict=True)]
    hints = page.hints(np.array(texts, np.int64), *np.array(read, np.int64).reshape(-1, 2).T)
    out = []
    for n, start, (low, high), may in zip(texts, starts, read, hints, strict=True):
        text = page.texts[n][low:high]
        hidden = secrets(text, messages[n].known_names, may, met[n])
        begin, end = start - low, start + size - low
        out.append(" ".join((excerpt(text, begin, min(len(text), end), hidden) if hidden else text[begin:end]).split()))
    return out


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with what stands beside it, from blank to blank, at most 200 characters on: no secret is cut in two."""
    low, high = max(0, start - _BESIDE), min(len(text), end + _BESIDE)
    if low:
        blank = max(text.rfind(" ", max(0, low - 200), low), text.rfind("\n", max(0, low - 200), low))
        low = blank + 1 if blank >= 0 else max(0, low - 200)
    if high < len(text):
        blanks = text.find(" ", high, high + 200), text.find("\n", high, high + 200)
        high = min([at for at in blanks if at >= 0], default=min(len(text), high + 200))
    return low, high


def _start(text: str, told: Mapping[str, float], spans: Spans) -> int:
    """Where an excerpt begins: with the sentence of what was heard loudest, or not long before that.

    How they put it is shown only where nothing else was heard well. Where the text ends sooner than the excerpt may, as
    many sentences before as there is room for are shown too.
    """
    if len(text) <= EXCERPT or not spans:
        return 0
    begin = spans[max(spans, key=lambda s: (s not in MANNERS and told.get(s, 0.0) >= LOUD, told.get(s, 0.0), s))][0]
    start = _sentence(text, begin)
    if begin - start >= 100:
        return text.rfind(" ", 0, max(1, begin - 40)) + 1
    while start and len(text) - (before := _sentence(text, start - 1)) < EXCERPT:
        start = before
    return start


def _sentence(text: str, place: int) -> int:
    """Where the sentence begins that this place is in."""
    return max(text.rfind(mark, 0, place) + 1 for mark in ".!?\n")
