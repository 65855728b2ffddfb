"""All cues of one language, ready to be matched: each word knows which phrases it wakes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from listener.catalogue.cues import Cue, Cues
from listener.signals.heads import Heads
from listener.signals.manner import groups_of
from listener.signals.phrases import Phrase, compile_phrase
from listener.signals.words import TOKEN, ends_of, plain_word

_REMEMBERED = 60_000
_REACH = 160
"""How far, in characters, from the word that woke it a phrase is looked for; longer phrases are not allowed."""
_NEGATION = re.compile(
    r" (?:not|never|no|nothing|nobody|none|hardly|without|neither|nor|kein|keine|keinen|nicht|nie|nunca|sin|ni|jamás|不|没|没有) "
    r"(?:(?!only |just |but |and |because |so |since )[^ .!?]+ ){0,3}$"
)
_CONDITION = re.compile(
    r" (?:if|unless|suppose|wenn|falls|si|如果) (?:[^ .!?]+ ){0,6}$| (?:would|could|might|should) (?:[^ .!?]+ ){0,2}$"
)
_REPORT = re.compile(
    r" (?:friend|mum|mom|dad|mother|father|wife|husband|colleague|neighbour|neighbor|sister|brother|boss|people|some|they|he|she|someone"
    r"|freund|freundin|amigo|amiga) (?:[^ .!?]+ ){0,2}"
    r"(?:said|says|say|told|tells|claimed|claims|thinks|thought|reckons|sagt|sagte|meint|dice|dijo) (?:[^ .!?]+ ){0,5}$"
)
_QUOTES = re.compile(r"[\"“„«][^\"”“»]{3,400}[\"”“»]|「[^」]{2,400}」")
_NEXT_END = re.compile(r"[.!?] ")


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase of one cue: what it tells, how surely, and what is left of it in a circumstance."""

    signal: str
    phrase: Phrase
    p: float
    unless: Mapping[str, float]
    stop: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a text: `start` and `end` are places in the plain text."""

    rule: Rule
    start: int
    end: int
    p: float
    around: str = ""


class Known:
    """What is known of one token: its plain form, and which rules it wakes, for each side."""

    __slots__ = ("bits", "customer", "firm", "plain", "rows")

    def __init__(self, plain: str, customer: tuple[Rule, ...], firm: tuple[Rule, ...], rows: tuple[int, ...]) -> None:
        self.plain, self.customer, self.firm, self.rows, self.bits = plain, customer, firm, rows, groups_of(plain)


class Lexicon(dict[str, Known]):
    """The cues of a language. As a mapping it remembers what it knows of each token it has met."""

    def __init__(self, cues: Cues, language: str, heads: Heads | None = None) -> None:
        super().__init__()
        self.heads = heads
        self.language = language
        names = cues.names.get(language, {})
        self.rules = [rule for cue in cues.by_signal.values() for rule in rules_of(cue, language, names)]
        sides = {cue.id: cue.side for cue in cues.by_signal.values()}
        self.woken: dict[str, list[Rule]] = {}
        self.beginnings: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for anchor in rule.phrase.anchors:
                place = self.beginnings if anchor.endswith("*") else self.woken
                place.setdefault(anchor.rstrip("*"), []).append(rule)
        self.sides = sides

    def __missing__(self, token: str) -> Known:
        if len(self) > _REMEMBERED:
            self.clear()
        plain = plain_word(token, self.language)
        rules: dict[int, Rule] = {}
        for word in plain.split():
            if word[0].isdigit():
                rules.update((id(r), r) for r in self.woken.get("#", ()))
            for rule in self.woken.get(word, ()):
                rules[id(rule)] = rule
            for n in range(1, len(word) + 1):
                for rule in self.beginnings.get(word[:n], ()):
                    rules[id(rule)] = rule
        every = rules.values()
        known = Known(
            plain,
            tuple(r for r in every if self.sides[r.signal] != "firm"),
            tuple(r for r in every if self.sides[r.signal] != "customer"),
            tuple(self.heads.row_of(w) for w in plain.split()) if self.heads else (),
        )
        self[token] = known
        return known


def rules_of(cue: Cue, language: str, names: Mapping[str, str]) -> Iterable[Rule]:
    """The phrases of a cue in one language, compiled."""
    for p, sources in cue.patterns.get(language, {}).items():  # type: ignore[call-overload]
        for source in sources:
            yield Rule(cue.id, compile_phrase(source, names, language), p, cue.unless, False)
    for source in cue.stops.get(language, ()):  # type: ignore[call-overload]
        yield Rule(cue.id, compile_phrase(source, names, language), 0.0, {}, True)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read once: its tokens, what is known of each, and its plain form."""

    raw: str
    tokens: list[str]
    known: list[Known]
    plain: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stood in the raw one."""
        ends = ends_of([k.plain for k in self.known])
        places = [m.span() for m in TOKEN.finditer(self.raw)]
        first = next((i for i, e in enumerate(ends) if e > start), 0)
        last = next((i for i, e in enumerate(ends) if e >= end), len(ends) - 1)
        return places[first][0], places[last][1]


def read(text: str, lexicon: Lexicon) -> Reading:
    """Take a text apart, once."""
    tokens = TOKEN.findall(text)
    known = [lexicon[t] for t in tokens]
    return Reading(text, tokens, known, " " + "".join([k.plain for k in known]))


def matches(reading: Reading, firm: bool) -> list[Match]:
    """Every phrase found, at most once each, with what its circumstances leave of it."""
    text = reading.plain
    found: list[Match] = []
    stops: list[tuple[str, int, int]] = []
    seen: set[int] = set()
    place = 1
    long = len(text) > 2 * _REACH
    for known in reading.known:
        rules = known.firm if firm else known.customer
        if rules:
            lo, hi = (max(0, place - _REACH), place + _REACH) if long else (0, len(text))
            for rule in rules:
                if id(rule) in seen:
                    continue
                hit = rule.phrase.regex.search(text, lo, hi)
                if hit is None:
                    if not long:
                        seen.add(id(rule))
                    continue
                seen.add(id(rule))
                if rule.stop:
                    stops.append((rule.signal, hit.start(), hit.end()))
                else:
                    found.append(Match(rule, hit.start(), hit.end(), rule.p))
        place += len(known.plain)
    if stops:
        found = [m for m in found if not any(s == m.rule.signal and a < m.end and m.start < b for s, a, b in stops)]
    quotes = quoted_in(reading) if found and any(q in reading.raw for q in '"“„«「') else ()
    return [weigh(m, text, quotes) for m in found]


def quoted_in(reading: Reading) -> list[tuple[int, int]]:
    """Stretches of the plain text that stand in quotation marks."""
    ranges = [m.span() for m in _QUOTES.finditer(reading.raw)]
    if not ranges:
        return []
    ends = ends_of([k.plain for k in reading.known])
    out, at, inside = [], 0, [m.start() for m in TOKEN.finditer(reading.raw)]
    for lo, hi in ranges:
        held = [i for i, p in enumerate(inside) if lo < p < hi - 1]
        if held:
            out.append((ends[held[0] - 1] if held[0] else 1, ends[held[-1]]))
    del at
    return out


def weigh(match: Match, text: str, quotes: Iterable[tuple[int, int]]) -> Match:
    """The match with what its circumstances leave of it: negated, asked, supposed, quoted, told by another."""
    unless, p, told = match.rule.unless, match.rule.p, ""
    before = text[max(0, match.start - 60) : match.start]
    if "negated" in unless and _NEGATION.search(before):
        p, told = p * unless["negated"], "negated"
    if "conditional" in unless and _CONDITION.search(before):
        p, told = p * unless["conditional"], "conditional"
    if "reported" in unless and _REPORT.search(before):
        p, told = p * unless["reported"], "reported"
    if "question" in unless:
        end = _NEXT_END.search(text, match.end)
        if end is not None and text[end.start()] == "?":
            p, told = p * unless["question"], "question"
    if "quoted" in unless and any(a <= match.start and match.end <= b for a, b in quotes):
        p, told = p * unless["quoted"], "quoted"
    return Match(match.rule, match.start, match.end, p, told) if told else match
