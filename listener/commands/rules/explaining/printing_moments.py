"""Moments as lines for a terminal: in short, as a story; in full, condition by condition."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from listener.commands.rules.explaining.telling_moments import Moment
from listener.commands.rules.explaining.verdicts import Verdict
from listener.rules.explaining import Line
from listener.rules.sentences import share

WIDTH: Final = 120
_UNDER: Final = " " * 6
_SHORT: Final = 2
"""So many conditions are told in short; the first are what was heard or reported."""


@dataclass(slots=True)
class Printer:
    """Prints moment after moment; `every` also what noticed nothing, and every condition on a line of its own.

    It remembers whom it told of last, and what they were taken for, so that these stand where they change; and counts
    what it left out.
    """

    every: bool
    names_customers: bool
    left_out: int = 0
    customer: str = ""
    day: str = ""
    taken: str = ""

    def lines(self, moment: Moment) -> Iterator[str]:
        """One moment."""
        if moment.customer != self.customer:
            self.customer, self.day, self.taken = moment.customer, "", ""
            if self.names_customers:
                yield from ("", f"Customer {moment.customer}")
        is_new_day = moment.head[:10] != self.day and moment.taken is not None
        if self.every or is_new_day or not self.day:
            self.day = moment.head[:10]
            yield ""
        if len(moment.alerts) == 1 and not moment.verdicts:
            yield from folded(f"{moment.head}  => {moment.alerts[0][1]}", _UNDER)
            return
        yield from folded(moment.head + self._taken_for(moment), _UNDER)
        for verdict in moment.verdicts:
            if verdict.is_news or self.every:
                yield from in_full(verdict) if self.every else _in_short(verdict)
            else:
                self.left_out += 1
        for _, told in moment.alerts:
            yield from folded(f"  => {told}", _UNDER)

    def _taken_for(self, moment: Moment) -> str:
        is_judged = any(one.is_news for one in moment.verdicts)
        if moment.taken is None or not (self.every or (is_judged and moment.taken[0] != self.taken)):
            return ""
        self.taken = moment.taken[0]
        return f"  [taken for: {self.taken}, {share(moment.taken[1])}]"


def _in_short(verdict: Verdict) -> Iterator[str]:
    """What came of it and, by the surest way, why; without what merely did not stand in its way."""
    lines = [line.words for line in verdict.ways[0][1] if line.tells] if verdict.ways else []
    more = f" (and {len(lines) - _SHORT} more)" if len(lines) > _SHORT else ""
    told = "; ".join(lines[:_SHORT]) + more
    yield from folded(f"  {verdict.says}{f' – {told}' if told else ''}", _UNDER)


def in_full(verdict: Verdict) -> Iterator[str]:
    """What came of it, and every condition of every way that led there, or of the nearest one."""
    yield from folded(f"  {verdict.says}", _UNDER)
    yield from folded(f"{_UNDER}{verdict.more}", _UNDER) if verdict.more else ()
    for name, lines in verdict.ways:
        if name:
            yield f"{_UNDER}{name}"
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
