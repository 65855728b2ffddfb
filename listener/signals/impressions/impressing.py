"""From what was heard in a message to the impression it leaves: names, spans, a date."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from listener.model.message import Message, Target
from listener.signals.due import due_at
from listener.signals.matches.matching import Match
from listener.signals.pages.page import Page

_STOP = re.compile(r"[!?\n。！？]|\.(?=\s|$)(?<![ap]\.m\.)(?<!\d\.)")
CUED = frozenset(("craving", "longing"))
"""Emotions that cues alone tell."""


def emotions_of(told: Mapping[str, float]) -> dict[str, float]:
    """The emotions that cues alone tell."""
    return {name: told[name] for name in sorted(CUED) if name in told}


def target_of(told: Mapping[str, float]) -> Target:
    """Whom the feeling is about."""
    rival = max(told.get("rival_praise", 0.0), told.get("rival_left", 0.0))
    if told.get("about_other", 0.0) >= 0.5:
        return "other"
    return "rival" if rival >= 0.5 and told.get("exit", 0.0) < 0.5 and told.get("complaint", 0.0) < 0.8 else "brand"


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
