"""Why each rule did or did not notice its act in a signal, condition by condition, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from listener.catalogue.rules import Condition, Notice, Rule
from listener.rules import phrasing, sentences
from listener.rules.case import Case
from listener.rules.finding import weigh
from listener.rules.matching import matches, probability, told_as_wanted
from listener.rules.matters import current
from listener.rules.situations import holds

HEARD = 0.3
"""A cue this probable was heard, if faintly; below it the way that waits for it is nowhere near."""

OF_COURSE = ("about the brand", "addressed to the firm", "needs answer", "not just content", "not in a letter")
"""Situations that hold nearly always: in short they are told only where they do not."""


@dataclass(frozen=True, slots=True)
class Line:
    """One condition: what was found and what was needed, whether it held, and how much was lacking (0..1).

    `tells` is whether a reader wants it in short: not that something stayed unheard, as it should.
    """

    words: str
    held: bool
    lack: float = 1.0
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """One way to notice the act: its number in the rule, its conditions, how sure it makes the act (0: not noticed).

    `said` is how sure the weakest thing heard is on which it rests; what such a sign is trusted makes `p` of it.
    """

    number: int
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
    ways: tuple[Told, ...]
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


def account(case: Case, rules: Iterable[Rule] | None = None, *, near: bool = True) -> Iterator[Account]:
    """Every rule (or those given) that this signal concerns; with `near`, only by ways of which some cue was heard."""
    for rule in case.catalogue.rules.live if rules is None else rules:
        told = [
            Told(number, way, tuple(conditions(case, way)), round(probability(way, case), 3), matches(way, case))
            for number, way in enumerate(rule.notices, 1)
            if concerns(way, case, near=near)
        ]
        told.sort(key=lambda one: one.rank, reverse=True)
        ways = [one for one in told if one.p] or told[:1]
        if ways:
            yield Account(rule, tuple(ways), len(rule.notices), weigh(case, rule, current(case)).level)


def concerns(way: Condition, case: Case, *, near: bool) -> bool:
    """Whether a signal of this kind could set it off, and, with `near`, whether any cue it waits for was heard at all.

    One that waits for no cue is near whenever its act is done.
    """
    cues = (*way.says, *way.says_any)
    is_near = not near or not cues or any(case.cue(cue) >= HEARD for cue in cues)
    return way.when == (case.kind or case.side) and is_near


def conditions(case: Case, way: Condition) -> Iterator[Line]:
    """What sets it off, where that is all it takes; else each condition beside it, and whether it held."""
    if not (way.where or way.says or way.says_any or way.unless_says or way.if_):
        yield Line(f"{phrasing.spoken(way.when)}, and that is enough", held=True)
    for name, wanted in way.where.items():
        told = case.details.get(name)
        yield Line(sentences.detail(name, wanted, told), told_as_wanted(wanted, told))
    for cue, least in way.says.items():
        p = case.cue(cue)
        yield Line(sentences.at_least(cue, p, least), p >= least, _short(p, least))
    if way.says_any:
        held = any(case.cue(cue) >= least for cue, least in way.says_any.items())
        lack = min(_short(case.cue(cue), least) for cue, least in way.says_any.items())
        yield Line(sentences.one_of(way.says_any, case.says), held, lack)
    for cue, limit in way.unless_says.items():
        p = case.cue(cue)
        yield Line(sentences.less_than(cue, p, limit), p < limit, p - limit, tells=p >= limit)
    for words in way.if_:
        held = holds(words, case)
        yield Line(sentences.situation(words, case), held, tells=not held or words not in OF_COURSE)


def _short(p: float, least: float) -> float:
    return max(0.0, (least - p) / least)
