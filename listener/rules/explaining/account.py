"""Why each rule did or did not notice its act in a signal, condition by condition, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from listener.catalogue.rules import Condition, Notice, Rule
from listener.rules.case import Case
from listener.rules.case.matters import current
from listener.rules.explaining import phrasing, sentences
from listener.rules.explaining.naming import heard
from listener.rules.findings.finding import told as told_of
from listener.rules.findings.finding import weigh
from listener.rules.situations import holds
from listener.rules.situations.matching import matches, probability, told_as_wanted

HEARD = 0.3
"""A cue this probable was heard, if faintly; below it the way that waits for it is nowhere near."""

OF_COURSE = (
    "about the brand", "addressed to the firm", "needs answer", "not just content", "not in a letter",
    "wants an answer or tells of a need", "asks or complains in earnest",
)  # fmt: skip
"""Situations that hold nearly always: in short they are told only where they do not."""


@dataclass(frozen=True, slots=True)
class Line:
    """One condition: what was found and what was needed, whether it held, and how much was lacking (0..1).

    `tells` is whether a reader wants it in short: not that something stayed unheard, as it should, nor what the report
    of an act says already. `brief` is then what was found alone (empty: as in `words`). Of something heard, `heard` is
    what, `where` in which words, and `p` how surely.
    """

    words: str
    held: bool
    lack: float = 1.0
    tells: bool = True
    brief: str = ""
    heard: str = ""
    where: str = ""
    p: float = 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """One way to notice the act: its number in the rule, its conditions, how sure it makes the act (0: not noticed).

    `tells` is what it says of the act. `said` is how sure the weakest thing heard is on which it rests; what such a
    sign is trusted makes `p` of it.
    """

    number: int
    tells: str
    notice: Notice
    lines: tuple[Line, ...]
    p: float
    said: float

    @property
    def rank(self) -> tuple[float, float]:
        """How near it came: by how sure it is, then by how little is lacking."""
        return self.p, -sum(line.lack for line in self.lines if not line.held)


@dataclass(frozen=True, slots=True)
class Account:
    """What one rule made of a signal: every way by which its act was noticed, the surest first; else the nearest one.

    `of` is how many ways the rule has; `level` how grave the act would be for this customer.
    """

    rule: Rule
    ways: tuple[Way, ...]
    of: int
    level: int

    @property
    def fired(self) -> bool:
        """Whether the act was noticed."""
        return self.p > 0

    @property
    def p(self) -> float:
        """How sure it is that the act was done: by its surest way."""
        return self.ways[0].p


Quotes = Mapping[str, str]
"""The words in which each cue was heard, where it was in certain words."""


def account(
    case: Case, rules: Iterable[Rule] | None = None, *, near: bool = True, quotes: Quotes | None = None
) -> Iterator[Account]:
    """Every rule (or those given) that this signal concerns; with `near`, only by ways of which some cue was heard."""
    for rule in case.catalogue.rules.live if rules is None else rules:
        told = [
            _way(number, way, case, quotes)
            for number, way in enumerate(rule.notices, 1)
            if concerns(way, case, near=near)
        ]
        told.sort(key=lambda one: one.rank, reverse=True)
        ways = [one for one in told if one.p] or told[:1]
        if ways:
            level = weigh(case, rule, current(case), spares_none=rule.unsafe or ways[0].notice.for_anyone).level
            yield Account(rule, tuple(ways), len(rule.notices), level)


def _way(number: int, way: Notice, case: Case, quotes: Quotes | None) -> Way:
    lines, p = tuple(conditions(case, way, quotes)), round(probability(way, case), 3)
    return Way(number, told_of(way.tells, case), way, lines, p, matches(way, case))


def concerns(way: Condition, case: Case, *, near: bool) -> bool:
    """Whether a signal of this kind could set it off, and, with `near`, whether any cue it waits for was heard at all.

    One that waits for no cue is near whenever its act is done.
    """
    cues = (*way.says, *way.says_any)
    is_near = not near or not cues or any(case.cue(cue) >= HEARD for cue in cues)
    return way.when == (case.kind or case.side) and is_near


def conditions(case: Case, way: Condition, quotes: Quotes | None = None) -> Iterator[Line]:
    """What sets it off, where that is all it takes; else each condition beside it, and whether it held."""
    if not (way.where or way.says or way.says_any or way.unless_says or way.if_):
        yield Line(f"{phrasing.spoken(way.when)}, and that is enough", held=True)
    for name, wanted in way.where.items():
        told = case.details.get(name)
        held, more = told_as_wanted(wanted, told), bool(way.says or way.says_any or way.if_)
        brief = sentences.reported(name, told) if held else ""
        yield Line(sentences.detail(name, wanted, told), held, tells=not (held and more), brief=brief)
    for cue, least in way.says.items():
        yield _heard(case, cue, least, quotes)
    if way.says_any:
        loudest = sentences.loudest(way.says_any, case.says)
        lack = min(_short(case.cue(cue), least) for cue, least in way.says_any.items())
        yield (
            _heard(case, loudest, way.says_any[loudest], quotes)
            if loudest
            else Line(
                sentences.none_of(way.says_any, case.says), held=False, lack=lack, brief=_nearest(way, case, quotes)
            )
        )
    for cue, limit in way.unless_says.items():
        p = case.cue(cue)
        words = sentences.less_than(cue, p, limit, _where(case, cue, quotes))
        yield Line(words, p < limit, p - limit, tells=p >= limit)
    for words in way.if_:
        held = holds(words, case)
        told = sentences.situation(words, case)
        yield Line(told, held, tells=not held or words not in OF_COURSE, brief=told.partition("; needed: ")[0])


def _nearest(way: Condition, case: Case, quotes: Quotes | None) -> str:
    """Of several cues of which none was heard surely enough the one that came nearest."""
    cue = min(way.says_any, key=lambda one: _short(case.cue(one), way.says_any[one]))
    return sentences.at_least(cue, case.cue(cue), way.says_any[cue], _where(case, cue, quotes))


def _heard(case: Case, cue: str, least: float, quotes: Quotes | None) -> Line:
    """Something that must be heard, and where it was."""
    p, where = case.cue(cue), _where(case, cue, quotes)
    words, is_heard = sentences.at_least(cue, p, least, where), p >= least
    if not is_heard:
        return Line(words, held=False, lack=_short(p, least))
    return Line(words, held=True, lack=0.0, heard=heard(cue), where=where, p=p)


def _where(case: Case, cue: str, quotes: Quotes | None) -> str:
    """In which words a cue was heard, where the text is known; many are heard in no phrase, but in all its words."""
    if quotes is None:
        return ""
    if cue in quotes:
        return f" in “{quotes[cue]}”"
    return " in the whole text" if case.cue(cue) >= HEARD else ""


def _short(p: float, least: float) -> float:
    return max(0.0, (least - p) / least)
