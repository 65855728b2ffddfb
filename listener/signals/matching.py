"""Every phrase found in the texts of a page, with what its circumstances leave of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listener.signals.circumstances import PARTED, opener, parts, stands
from listener.signals.features import NUMBER
from listener.signals.lexicon import Rule
from listener.signals.page import Page

_REACH = 160
"""How far, in characters, from the word that woke it a phrase is looked for in a long text."""
_NEGATES, _SUPPOSES, _REPORTS, _QUOTES = (NUMBER[name] for name in ("negates", "supposes", "reports", "quotes"))


class Match(NamedTuple):
    """A phrase found: `start` and `end` are places in the plain text, `around` the circumstance that weakened it."""

    rule: Rule
    start: int
    end: int
    p: float
    around: str = ""


def matches(page: Page, firm: Sequence[bool], read: Sequence[bool]) -> list[list[Match]]:
    """Every phrase found in each text, at most once each; nothing in texts that are not to be `read`.

    `firm` says of which texts the firm is the author: they are listened to for other cues.
    """
    theirs, ours = np.array(firm, bool), np.array(read, bool)
    heard = np.array([ours & ~theirs, ours & theirs, ours])
    out: list[list[Match]] = [[] for _ in firm]
    for n, candidates in _by_text(page, heard):
        found = _found(page.plains[n], candidates)
        out[n] = weigh(found, page, n) if found else found
    return out


Place = tuple[int, int, int, Rule]
"""The text, where the token of an anchor begins in its plain form and how long it is, and the rule it may be of."""


def _by_text(page: Page, heard: NDArray[np.bool_]) -> Iterator[tuple[int, list[Place]]]:
    text, word, phrase = page.candidates(heard)
    begin, length = page.tokens
    at = page.first[text] + word
    rules = page.lexicon.rules
    lines = zip(
        text.tolist(), begin[at].tolist(), length[at].tolist(), [rules[r] for r in phrase.tolist()], strict=True
    )
    for n, places in groupby(lines, itemgetter(0)):
        yield n, list(places)


def _found(text: str, candidates: Sequence[Place]) -> list[Match]:
    """The phrases that stand there: each at its first anchor where it matches, without what a stop undoes."""
    found: list[Match] = []
    stops: dict[str, list[Match]] = {}
    done: set[int | Rule] = set()
    long = len(text) > 2 * _REACH
    for _, place, length, rule in candidates:
        if rule.number in done or rule in done:
            continue
        phrase = rule.phrase
        match = Match(rule, place, place + length, rule.p) if phrase.is_word else _look(rule, text, place, long)
        if match is None:
            if not long and not phrase.opens:
                done.add(rule)
        elif rule.stop:
            stops.setdefault(rule.signal, []).append(match)
        else:
            found.append(match)
            done.add(rule.number)
    if not stops:
        return found
    return [m for m in found if not any(s.start < m.end and m.start < s.end for s in stops.get(m.rule.signal, ()))]


def _look(rule: Rule, text: str, place: int, long: bool) -> Match | None:
    phrase = rule.phrase
    if phrase.opens:
        hit = phrase.regex.match(text, place) if place == 1 or text[place - 2] in ".!?" else None
    elif long:
        hit = phrase.regex.search(text, place - _REACH if place > _REACH else 0, place + _REACH)
    else:
        hit = phrase.regex.search(text)
    return Match(rule, hit.start(), hit.end(), rule.p) if hit else None


def weigh(found: list[Match], page: Page, n: int) -> list[Match]:
    """The matches with what their circumstances leave of them: negated, asked, supposed, quoted, told by another."""
    text, counts = page.plains[n], page.counts[n]
    quoted = page.quoted(n) if counts[_QUOTES] else []
    may = {
        "negated": counts[_NEGATES] > 0,
        "conditional": counts[_SUPPOSES] > 0,
        "reported": counts[_REPORTS] > 0,
        "question": "? " in text,
        "quoted": bool(quoted),
        "past": True,
    }
    weighed = [_weighed(m, text, may, quoted) for m in found]
    return [
        whole if w.around in PARTED and _is_parted(w, page, n) else w for w, whole in zip(weighed, found, strict=True)
    ]


def _is_parted(match: Match, page: Page, n: int) -> bool:
    """Whether a comma stands between a match and the word that would negate or suppose it; plain texts have none."""
    at = opener(match.around, match.start, page.plains[n])
    if at is None:
        return False
    start, end = page.span(n, at, at + 1)[0], page.span(n, match.start, match.start + 1)[0]
    return parts(page.texts[n][start:end])


def _weighed(match: Match, text: str, may: dict[str, bool], quoted: list[tuple[int, int]]) -> Match:
    p, told = match.p, ""
    for circumstance, left in match.rule.unless.items():
        if may.get(circumstance) and stands(circumstance, match.start, match.end, text, quoted):
            p, told = p * left, circumstance
    return Match(match.rule, match.start, match.end, p, told) if told else match
