"""Moments as lines for a terminal: in short, as a story; in full, condition by condition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from textwrap import wrap
from typing import Final

from listener.commands.rules.explaining.believing import taken
from listener.commands.rules.explaining.telling_moments import Moment
from listener.commands.rules.explaining.verdicts import Verdict
from listener.rules.explaining.account import Line
from listener.rules.explaining.sentences import share, surely

WIDTH: Final = 120
_UNDER: Final = " " * 6
_SHORT: Final = 3
"""So many conditions are told in short, the first being what was heard; one of what is a breach to nobody."""
NOTHING: Final = Verdict("", "", "")


@dataclass(slots=True)
class Missed:
    """At how many moments one rule was asked and nothing came of it, and where it came nearest."""

    times: int = 0
    lack: float = inf
    nearest: Verdict = NOTHING
    place: str = ""
    last: str = ""

    def take(self, verdict: Verdict, place: str) -> None:
        """Once more, or again at the same moment; the first of those that are equally near is told."""
        self.times += place != self.last
        self.last = place
        if verdict.lack < self.lack:
            self.lack, self.nearest, self.place = verdict.lack, verdict, place

    @property
    def is_near(self) -> bool:
        """Whether some of what it waits for was there."""
        return self.lack < 1

    def __str__(self) -> str:
        lacking = next((line.words for _, lines in self.nearest.ways for line in lines if not line.held), "")
        times = f"{self.times} time{'' if self.times == 1 else 's'}"
        return f"{self.nearest.name}: {times}; nearest {self.place}: {lacking or self.nearest.says}"


@dataclass(slots=True)
class Printer:
    """Prints moment after moment; `every` also what noticed nothing, and every condition on a line of its own.

    It remembers whom it told of last, and which day. What came to nothing it counts, or, where it `gathers`, keeps rule
    by rule.
    """

    every: bool
    names_customers: bool
    gathers: bool = False
    left_out: int = 0
    missed: dict[str, Missed] = field(default_factory=dict)
    customer: str = ""
    day: str = ""

    def lines(self, moment: Moment) -> Iterator[str]:
        """One moment."""
        is_first = moment.customer != self.customer
        if is_first:
            self.customer, self.day = moment.customer, ""
            if self.names_customers:
                yield from ("", f"Customer {moment.customer}")
        is_new_day = moment.head[:10] != self.day and moment.taken is not None
        if self.every or is_new_day or not self.day:
            self.day = moment.head[:10]
            yield ""
        if len(moment.alerts) == 1 and not moment.verdicts:
            yield from folded(f"{moment.head}  => {moment.alerts[0][1]}", _UNDER)
            return
        yield from folded(moment.head + (_taken_for(moment) if is_first or self.every else ""), _UNDER)
        yield from self._judged(moment)
        for _, told in moment.alerts:
            yield from folded(f"  => {told}", _UNDER)
        if moment.moved:
            yield from folded(f"  {moment.moved}", _UNDER)

    def _judged(self, moment: Moment) -> Iterator[str]:
        """What was made of it, act by act; what several rules or ways made of one act stands together."""
        told: dict[str, list[Verdict]] = {}
        for verdict in moment.verdicts:
            if verdict.is_news or (self.every and not (self.gathers and verdict.ways)):
                told.setdefault(verdict.code, []).append(verdict)
            else:
                self.left_out += 1
            if verdict.rule_id not in moment.met:
                self.missed.setdefault(verdict.rule_id, Missed()).take(verdict, moment.place)
        for code, verdicts in told.items():
            together = len(verdicts) > 1
            if together:
                name = next((one.name for one in verdicts if one.is_named), verdicts[0].name)
                yield from folded(f"  {name if any(one.is_named for one in verdicts) else code}", _UNDER)
            for verdict in verdicts:
                yield from in_full(verdict, together) if self.every else _in_short(verdict, together)

    def not_noticed(self) -> Iterator[str]:
        """What came to nothing, a line or two for each rule: how often it was asked, and what was missing at best."""
        ordered = sorted(self.missed.values(), key=lambda one: one.nearest.name)
        near, far = ([one for one in ordered if one.is_near is near] for near in (True, False))
        if near:
            yield "\nAsked, and nothing came of it; each where it came nearest, and what was missing:"
        for one in near:
            yield from folded(f"  {one}", _UNDER)
        if far:
            codes = ", ".join(dict.fromkeys(one.nearest.code for one in far))
            yield from ("", *folded(f"Asked, and nothing that they wait for was there: {codes}.", "  "))


def _taken_for(moment: Moment) -> str:
    return f"  [taken for: {taken(*moment.taken)}]" if moment.taken else ""


def _begins(verdict: Verdict, together: bool) -> str:
    """What a verdict begins with: its name, or, where that stands above, what it says of the act."""
    if together:
        return f"    · “{verdict.tells}”: " if verdict.tells else "    · "
    return f"  {verdict.name}: " if verdict.is_named else f"  {verdict.code} "


def _in_short(verdict: Verdict, together: bool) -> Iterator[str]:
    """What came of it and, by the surest way, why; without what merely did not stand in its way."""
    lines = verdict.ways[0][1] if verdict.ways else ()
    reasons = [*_reasons([line for line in lines if line.tells] or lines[:1], verdict.says)]
    most = 1 if verdict.is_slight else _SHORT
    more = f" (and {len(reasons) - most} more)" if len(reasons) > most and not verdict.is_slight else ""
    why = f" – {'; '.join(reasons[:most])}{more}" if reasons else ""
    yield from folded(f"{_begins(verdict, together)}{verdict.says}{why}", _UNDER)


def _reasons(lines: Sequence[Line], says: str) -> Iterator[str]:
    """What was found; what was heard in the same words stands together, with how surely where that is not said yet."""
    for line in lines:
        if not line.heard:
            yield line.brief or line.words
            continue
        same = [one for one in lines if one.heard and one.where == line.where]
        if same[0] is line:
            told = [f"{one.heard}{_sure(one, says)}" for one in same]
            alone = f"heard {line.heard}{line.where}{_sure(line, says)}"
            yield alone if len(told) == 1 else f"heard{line.where}: {', '.join(told)}"


def _sure(line: Line, says: str) -> str:
    figure = share(line.p)
    return "" if f"({figure})" in says or f"{figure} heard" in says else f", {surely(line.p)}"


def in_full(verdict: Verdict, together: bool = False) -> Iterator[str]:
    """What came of it, and every condition of every way that led there, or of the nearest one."""
    yield from folded(f"{_begins(verdict, together)}{verdict.says}", _UNDER)
    yield from folded(f"{_UNDER}{verdict.more}", _UNDER) if verdict.more else ()
    for name, lines in verdict.ways:
        if name:
            yield from folded(f"{_UNDER}{name}", _UNDER)
        for line in lines:
            yield from folded(f"{_UNDER}{_mark(line)} {line.words}", _UNDER + " " * 4)


def _mark(line: Line) -> str:
    return "yes" if line.held else "NO "


def folded(text: str, under: str) -> list[str]:
    """A line broken where it is longer than a terminal is wide.

    >>> folded("  to be or not to be", "    ")
    ['  to be or not to be']
    """
    return wrap(text, WIDTH, subsequent_indent=under, break_long_words=False, break_on_hyphens=False) or [text]
