"""Every phrase found in the texts of a page, with what its circumstances leave of it."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listener.signals.circumstances import PARTED, opener, parts, stands
from listener.signals.features import NUMBER
from listener.signals.lexicon import Rule
from listener.signals.page import Page
from listener.signals.phrases import Phrase

_REACH = 160
"""How far, in characters, before a word a phrase that may begin with something else is looked for."""
_QUOTES = NUMBER["quotes"]
_WITHIN = {"negated": "negates", "conditional": "supposes", "reported": "reports", "past": "over"}
_WITHIN |= {"question": "questions"}
_SEEN = [(circumstance, NUMBER[kind]) for circumstance, kind in _WITHIN.items()]
"""What a text must have counted for a circumstance to be looked for."""


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


class _Place(NamedTuple):
    """Where a rule may match: the text, where in its plain form the word and its token begin, its length."""

    text: int
    word: int
    token: int
    length: int
    rule: Rule


def _by_text(page: Page, heard: NDArray[np.bool_]) -> Iterator[tuple[int, Iterator[_Place]]]:
    text, word, phrase = page.candidates(heard)
    at, places = page.read.first[text] + word, page.places
    base = places.base[text]
    word_begin, token_begin = (places.begin[at] - base).tolist(), (places.token[at] - base).tolist()
    token_length = (places.end[at] - places.token[at]).tolist()
    rules = page.lexicon.rules
    lines = zip(text.tolist(), word_begin, token_begin, token_length, [rules[r] for r in phrase.tolist()], strict=True)
    return groupby(map(_Place._make, lines), itemgetter(0))


def _found(text: str, candidates: Iterable[_Place]) -> list[Match]:
    """The phrases that stand there, each at its first place, without what a stop undoes."""
    found: list[Match] = []
    stops: dict[str, list[Match]] = {}
    done: set[int] = set()
    for _, word, token, length, rule in candidates:
        if rule.number in done:
            continue
        if rule.phrase.is_word:
            match = Match(rule, token, token + length, rule.p)
        else:
            hit = _look(rule.phrase, text, word)
            if hit is None:
                continue
            match = Match(rule, *hit.span(), rule.p)
        if rule.stop:
            stops.setdefault(rule.signal, []).append(match)
        else:
            found.append(match)
            done.add(rule.number)
    if not stops:
        return found
    return [m for m in found if not any(s.start < m.end and m.start < s.end for s in stops.get(m.rule.signal, ()))]


def _look(phrase: Phrase, text: str, word: int) -> re.Match[str] | None:
    """The phrase at a word that may be its first; near it, where something optional may come before."""
    if phrase.begins:
        return phrase.regex.match(text, word)
    return phrase.regex.search(text, max(0, word - _REACH), word + _REACH)


def weigh(found: list[Match], page: Page, n: int) -> list[Match]:
    """The matches with what their circumstances leave of them: negated, asked, supposed, quoted, told by another."""
    text, counts = page.plains[n], page.counts[n]
    quoted = page.quoted(n) if counts[_QUOTES] else []
    may = {circumstance for circumstance, k in _SEEN if counts[k]}
    if quoted:
        may.add("quoted")
    if not may:
        return found
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


def _weighed(match: Match, text: str, may: Set[str], quoted: list[tuple[int, int]]) -> Match:
    p, told = match.p, ""
    for circumstance, left in match.rule.unless.items():
        if circumstance in may and stands(circumstance, match.start, match.end, text, quoted):
            p, told = p * left, circumstance
    return Match(match.rule, match.start, match.end, p, told) if told else match
