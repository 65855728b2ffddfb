"""Why each rule did or did not notice its act in a signal, condition by condition, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from listener.catalogue.rules import Condition, Notice, Rule
from listener.rules import phrasing
from listener.rules.case import Case
from listener.rules.finding import weigh
from listener.rules.matching import probability, told_as_wanted
from listener.rules.matters import current
from listener.rules.situations import holds

HEARD = 0.3
"""A cue this probable was heard, if faintly; below it the way that waits for it is nowhere near."""


@dataclass(frozen=True, slots=True)
class Line:
    """One condition in words, and whether it held."""

    words: str
    held: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One way to notice the act: its number in the rule, its conditions, how sure it makes the act (0: not noticed)."""

    number: int
    notice: Notice
    lines: tuple[Line, ...]
    p: float

    @property
    def rank(self) -> tuple[float, float]:
        """How near it came: by how sure it is, then by how few of its conditions failed."""
        return self.p, -sum(not line.held for line in self.lines)


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


def account(case: Case, *, near: bool = True) -> Iterator[Account]:
    """Every rule that this signal concerns; with `near`, only by ways of which some cue was heard."""
    for rule in case.catalogue.rules.live:
        told = [
            Told(number, way, _noticed(case, way), round(probability(way, case), 3))
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


def _noticed(case: Case, way: Notice) -> tuple[Line, ...]:
    return tuple(conditions(case, way))


def conditions(case: Case, way: Condition) -> Iterator[Line]:
    """Each condition beside what sets it off, and whether it held."""
    for name, wanted in way.where.items():
        told = case.details.get(name)
        yield Line(f"{phrasing.detail(name, wanted)} ({_was(told)})", told_as_wanted(wanted, told))
    for cue, least in way.says.items():
        p = case.cue(cue)
        yield Line(f"heard: {phrasing.plain(cue)} {p:.2f} (needs {least:g})", p >= least)
    if way.says_any:
        yield _any_of(case, way)
    for cue, least in way.unless_says.items():
        p = case.cue(cue)
        yield Line(f"not heard: {phrasing.plain(cue)} {p:.2f} (must stay below {least:g})", p < least)
    for words in way.if_:
        held = holds(words, case)
        turned = " (but it is so)" if words.startswith("not ") and not held else ""
        yield Line(phrasing.situation(words, case.catalogue) + turned, held)


def _any_of(case: Case, way: Condition) -> Line:
    """Cues of which one is enough, each with its bound; those that were not heard at all stand last."""
    heard = {cue: p for cue in way.says_any if (p := round(case.cue(cue), 2))}
    told = [f"{phrasing.plain(cue)} {p:.2f} (needs {way.says_any[cue]:g})" for cue, p in heard.items()]
    silent = [f"{phrasing.plain(cue)} (needs {least:g})" for cue, least in way.says_any.items() if cue not in heard]
    told += [f"not at all: {', '.join(silent)}"] if silent else []
    any_one = ", any one of" if len(way.says_any) > 1 else ""
    held = any(case.cue(cue) >= least for cue, least in way.says_any.items())
    return Line(f"heard{any_one}: {'; '.join(told)}", held)


def _was(told: object) -> str:
    return phrasing.value(told) if told is None else f"told: {phrasing.value(told)}"
