"""From what was heard in a message to the impression it leaves: names, spans, an excerpt, a date."""

import re
from collections.abc import Mapping, Sequence, Set
from datetime import datetime

from listener.model.message import Message, Target
from listener.signals.due import due_at
from listener.signals.matching import Match
from listener.signals.page import Page
from listener.signals.redact import excerpt, secrets

EXCERPT = 160
_STOP = re.compile(r"[!?\n。！？]|\.(?=\s|$)(?<![ap]\.m\.)(?<!\d\.)")


CUED = frozenset(("longing", "craving"))
"""Emotions that cues alone tell."""


def emotions_of(told: Mapping[str, float]) -> dict[str, float]:
    """The emotions that cues alone tell."""
    return {name: told[name] for name in ("longing", "craving") if name in told}


def target_of(told: Mapping[str, float]) -> Target:
    """Whom the feeling is about."""
    rival = max(told.get("rival_praise", 0.0), told.get("rival_left", 0.0))
    if told.get("about_other", 0.0) >= 0.5:
        return "other"
    return "rival" if rival >= 0.5 and told.get("exit", 0.0) < 0.5 and told.get("complaint", 0.0) < 0.8 else "brand"


def excerpt_of(
    message: Message, told: Mapping[str, float], spans: Mapping[str, tuple[int, int]], hints: Set[str]
) -> str:
    """At most 160 characters around what was heard loudest, without secrets."""
    text = message.text
    if len(text) <= EXCERPT:
        said = " ".join(excerpt(text, 0, len(text), secrets(text, message.known_names, hints)).split())
    else:
        start = _start(text, max(spans, key=lambda s: (told.get(s, 0.0), s)) if spans else None, spans)
        said = _shown(message, start, start + EXCERPT + 40, hints)
        if len(said) <= EXCERPT:
            said = _shown(message, start, start + 2 * EXCERPT, hints)
    return said if len(said) <= EXCERPT else said[: EXCERPT - 1].rsplit(" ", 1)[0][: EXCERPT - 1] + "…"


def _shown(message: Message, start: int, end: int, hints: Set[str]) -> str:
    """A stretch of a message without its secrets, with one blank between two words."""
    text = message.text
    low, high = _whole(text, max(0, start - 60), -1), _whole(text, min(len(text), end + 60), 1)
    hidden = secrets(text[low:high], message.known_names, hints)
    return " ".join(excerpt(text[low:high], start - low, min(len(text), end) - low, hidden).split())


def _start(text: str, loudest: str | None, spans: Mapping[str, tuple[int, int]]) -> int:
    """Where an excerpt begins: with the sentence of what was heard loudest, or not long before that."""
    if loudest is None:
        return 0
    begin = spans[loudest][0]
    start = max(text.rfind(mark, 0, begin) + 1 for mark in ".!?\n")
    return start if begin - start < 100 else text.rfind(" ", 0, max(1, begin - 40)) + 1


def _whole(text: str, at: int, step: int) -> int:
    """An edge moved to the next blank, at most 200 characters on, so that no secret is cut in two."""
    for _ in range(200):
        if not 0 < at < len(text) or text[at - (step < 0)].isspace():
            break
        at += step
    return at


def offered(found: Sequence[Match]) -> int:
    """How many ways out the customer names."""
    return sum([m.rule.signal == "offered_solution" and m.p >= 0.5 for m in found])


def promised(
    message: Message, page: Page, n: int, found: Sequence[Match], told: Mapping[str, float]
) -> datetime | None:
    """When the firm's promise falls due, where it makes one and names a time."""
    if message.role == "customer" or told.get("promise", 0.0) < 0.5:
        return None
    made = sorted([m for m in found if m.rule.signal == "promise" and m.p >= 0.3], key=lambda m: m.start)
    text, said = message.text, [page.places.span(n, m.start, m.end) for m in made]
    for start, end in said:  # the day that follows the words that promise, before any other of their sentence
        begin, close = _opens(text, start), _closes(text, end)
        due = due_at(text[start:close], message.occurred_at, by_clock=False)
        due = due or due_at(text[begin:close], message.occurred_at)
        if due is not None:
            return due
    return due_at(text[_opens(text, said[0][0]) : said[0][1] + 160] if said else text, message.occurred_at)


def _opens(text: str, at: int) -> int:
    """Where the sentence around a place begins."""
    return max(text.rfind(mark, 0, at) + 1 for mark in ".!?\n。！？")


def _closes(text: str, at: int) -> int:
    """Where the sentence around a place ends; a stop inside a number or a clock's time is none."""
    found = _STOP.search(text, at)
    return found.start() if found else len(text)


def why(match: Match) -> str:
    """Which phrase spoke, for those who ask why."""
    return match.rule.phrase.source + (f" ({match.around})" if match.around else "")
