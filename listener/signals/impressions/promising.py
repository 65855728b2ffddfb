"""When what the firm promises falls due, and whether it pledges a deed of its own or foretells what will be so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from listener.model.message import Message
from listener.signals.due import due_at
from listener.signals.matches.matching import Match
from listener.signals.pages.page import Page

FORETOLD = "foretold"
"""What the firm says will be so, without pledging a deed of its own: when a thing arrives, when a door is open."""
_STOP = re.compile(r"[!?\n。！？]|\.(?=\s|$)(?<![ap]\.m\.)(?<!\d\.)")
_LEAST, _SURE = 0.3, 0.5
Span = tuple[int, int]


def promised(
    message: Message, page: Page, n: int, found: Sequence[Match], told: Mapping[str, float]
) -> tuple[datetime | None, bool]:
    """When the firm's promise falls due, where it makes one and names a time; and whether that is only foretold.

    A pledge's own day counts before any that is foretold beside it, and no pledge takes its day from what is foretold.
    """
    if message.role == "customer" or told.get("promise", 0.0) < _SURE:
        return None, False
    made = sorted([m for m in found if m.rule.signal == "promise" and m.p >= _LEAST], key=lambda m: m.start)
    foretold = [m for m in found if m.rule.signal == FORETOLD and m.p >= _SURE]
    of_fate = [any(one.start <= m.start < one.end for one in foretold) for m in made]
    spans = [page.places.span(n, m.start, m.end) for m in made]
    deeds = [span for span, is_fate in zip(spans, of_fate, strict=True) if not is_fate]
    fates = [span for span, is_fate in zip(spans, of_fate, strict=True) if is_fate]
    if deeds or not fates:
        left = _without(message.text, [page.places.span(n, one.start, one.end) for one in foretold])
        if due := next(_days(left, deeds, message.occurred_at), None):
            return due, False
    due = next(_days(message.text, fates, message.occurred_at), None) if fates else None
    return due, due is not None


def _days(text: str, said: Sequence[Span], at: datetime) -> Iterator[datetime]:
    """The day that follows the words that promise, before any other of their sentence, before any near them."""
    for start, end in said:
        begin, close = _opens(text, start), _closes(text, end)
        due = due_at(text[start:close], at, by_clock=False) or due_at(text[begin:close], at)
        if due is not None:
            yield due
    if due := due_at(text[_opens(text, said[0][0]) : said[0][1] + 160] if said else text, at):
        yield due


def _without(text: str, spans: Sequence[Span]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _opens(text: str, at: int) -> int:
    """Where the sentence around a place begins."""
    return max(text.rfind(mark, 0, at) + 1 for mark in ".!?\n。！？")


def _closes(text: str, at: int) -> int:
    """Where the sentence around a place ends; a stop inside a number or a clock's time is none."""
    found = _STOP.search(text, at)
    return found.start() if found else len(text)
