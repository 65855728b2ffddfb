"""A text read once, and every phrase found in it."""

import re
from collections.abc import Iterable
from itertools import accumulate, chain
from typing import NamedTuple

from listener.signals.lexicon import Known, Lexicon, Rule
from listener.signals.words import TOKEN

_REACH = 160
"""How far, in characters, from the word that woke it a phrase is looked for in a long text."""
_NOT = (
    "not never no nothing nobody none hardly without neither nor kein keine keinen keinerlei nicht nie niemals niemand "
    "ohne nunca sin ni nadie ningun ninguna tampoco jamas 不 没 未 无 别"
)
_IF, _MIGHT = "if unless suppose wenn falls si 如果", "would could might should"
_SAY = "said says say told tells claimed claims thinks thought reckons sagt sagte meint dice dijo"
_OTHERS = (
    "friend mum mom dad mother father wife husband colleague neighbour neighbor sister brother boss people some they he"
    " she someone freund freundin amigo amiga"
)
_NEGATES, _SUPPOSES, _REPORTS = (frozenset(w.split()) for w in (_NOT, f"{_IF} {_MIGHT}", _SAY))


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_NEGATION = re.compile(rf" {_any(_NOT)} (?:(?!only |just |but |and |because |so |since )[^ .!?，]+ ){{0,3}}$")
_CONDITION = re.compile(rf" {_any(_IF)} (?:[^ .!?]+ ){{0,6}}$| {_any(_MIGHT)} (?:[^ .!?]+ ){{0,2}}$")
_REPORT = re.compile(rf" {_any(_OTHERS)} (?:[^ .!?]+ ){{0,2}}{_any(_SAY)} (?:[^ .!?]+ ){{0,5}}$")
_QUOTES = re.compile(r"[\"“„«][^\"”“»]{3,400}[\"”“»]|「[^」]{2,400}」")
_NEXT_END = re.compile(r"[.!?] ")


class Match(NamedTuple):
    """A phrase found: `start` and `end` are places in the plain text, `around` the circumstance that weakened it."""

    rule: Rule
    start: int
    end: int
    p: float
    around: str = ""


class Reading:
    """A text read once: its tokens, what is known of each, and its plain form."""

    __slots__ = ("_ends", "_places", "keys", "known", "plain", "raw", "tokens")

    def __init__(self, raw: str, lexicon: Lexicon) -> None:
        self.raw = raw
        self.tokens: list[str] = TOKEN.findall(raw)
        self.known: list[Known] = [lexicon[t] for t in self.tokens]
        self.plain = " " + "".join([k.plain for k in self.known])
        self.keys = frozenset(chain.from_iterable([k.keys for k in self.known]))
        self._ends: list[int] | None = None
        self._places: list[tuple[int, int]] = []

    def ends(self) -> list[int]:
        """Where each token's plain form ends in the plain text."""
        if self._ends is None:
            self._ends = list(accumulate([len(k.plain) for k in self.known], initial=1))[1:]
            self._places = [m.span() for m in TOKEN.finditer(self.raw)]
        return self._ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stood in the raw one."""
        ends = self.ends()
        first = _first(ends, start + 1)
        return self._places[first][0], self._places[max(first, _first(ends, end))][1]

    def quoted(self) -> list[tuple[int, int]]:
        """Stretches of the plain text that stand in quotation marks."""
        ranges = [m.span() for m in _QUOTES.finditer(self.raw)] if any(q in self.raw for q in '"“„«「') else []
        ends = self.ends() if ranges else []
        out = []
        for lo, hi in ranges:
            held = [i for i, (a, _) in enumerate(self._places) if lo < a < hi - 1]
            if held:
                out.append((ends[held[0] - 1] if held[0] else 1, ends[held[-1]]))
        return out


def _first(ends: list[int], position: int) -> int:
    """The first token whose plain form reaches a position."""
    lo, hi = 0, len(ends) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        if ends[mid] >= position:
            hi = mid
        else:
            lo = mid + 1
    return lo


def matches(reading: Reading, firm: bool) -> list[Match]:
    """Every phrase found, at most once each, with what its circumstances leave of it."""
    text, keys = reading.plain, reading.keys
    found: list[Match] = []
    stops: list[Match] = []
    seen: set[int] = set()
    place, long = 1, len(text) > 2 * _REACH
    for known in reading.known:
        for rule in known.firm if firm else known.customer:
            if rule.number in seen:
                continue
            phrase = rule.phrase
            if phrase.is_word:
                match: Match | None = Match(rule, place, place + len(known.plain), rule.p)
            elif phrase.needs and keys.isdisjoint(phrase.needs[0]):
                continue
            else:
                match = _look(rule, text, place, long, keys)
            if match is not None:
                (stops if rule.stop else found).append(match)
                if not rule.stop:
                    seen.add(rule.number)
        place += len(known.plain)
    if stops:
        found = [m for m in found if not any(_undoes(s, m) for s in stops)]
    return weigh(found, reading) if found else found


def _undoes(stop: Match, match: Match) -> bool:
    return stop.rule.signal == match.rule.signal and stop.start < match.end and match.start < stop.end


def _look(rule: Rule, text: str, place: int, long: bool, keys: frozenset[str]) -> Match | None:
    phrase = rule.phrase
    for need in phrase.needs:
        if keys.isdisjoint(need):
            return None
    if phrase.opens:
        hit = phrase.regex.match(text, place) if place == 1 or text[place - 2] in ".!?" else None
    elif long:
        hit = phrase.regex.search(text, place - _REACH if place > _REACH else 0, place + _REACH)
    else:
        hit = phrase.regex.search(text)
    return Match(rule, hit.start(), hit.end(), rule.p) if hit else None


def weigh(found: Iterable[Match], reading: Reading) -> list[Match]:
    """The matches with what their circumstances leave of them: negated, asked, supposed, quoted, told by another."""
    text, keys, quotes = reading.plain, reading.keys, reading.quoted()
    may = {
        "negated": not keys.isdisjoint(_NEGATES),
        "conditional": not keys.isdisjoint(_SUPPOSES),
        "reported": not keys.isdisjoint(_REPORTS),
        "question": "? " in text,
        "quoted": bool(quotes),
    }
    if not any(may.values()):
        return list(found)
    return [_weighed(m, text, may, quotes) for m in found]


def _weighed(match: Match, text: str, may: dict[str, bool], quotes: list[tuple[int, int]]) -> Match:
    unless, p, told = match.rule.unless, match.p, ""
    before = text[max(0, match.start - 60) : match.start]
    for circumstance, left in unless.items():
        if may.get(circumstance) and _stands(circumstance, match, before, text, quotes):
            p, told = p * left, circumstance
    return Match(match.rule, match.start, match.end, p, told) if told else match


def _stands(circumstance: str, match: Match, before: str, text: str, quotes: list[tuple[int, int]]) -> bool:
    if circumstance == "negated":
        return _NEGATION.search(before) is not None
    if circumstance == "conditional":
        return _CONDITION.search(before) is not None
    if circumstance == "reported":
        return _REPORT.search(before) is not None
    if circumstance == "question":
        end = _NEXT_END.search(text, match.end - 2)
        return end is not None and text[end.start()] == "?"
    return any(a <= match.start and match.end <= b for a, b in quotes)
