"""Moments as lines for a terminal: in short, as a story; in full, condition by condition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

from listener.retelling.believing import taken
from listener.retelling.folding import UNDER, folded
from listener.retelling.in_short import in_short, kind
from listener.retelling.telling_moments import Moment
from listener.retelling.verdicts import RuleVerdict
from listener.rules.explaining.account import Line

NOTHING: Final = RuleVerdict("", "", "")


@dataclass(slots=True)
class Missed:
    """At how many moments one rule was asked and nothing came of it, and where it came nearest."""

    times: int = 0
    lack: float = inf
    nearest: RuleVerdict = NOTHING
    place: str = ""
    last: str = ""

    def take(self, verdict: RuleVerdict, place: str) -> None:
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

    It remembers whom it told of last, and which day. What came to nothing it keeps rule by rule, and does not print it
    where it `gathers`.
    """

    every: bool
    names_customers: bool
    gathers: bool = False
    missed: dict[str, Missed] = field(default_factory=dict)
    customer: str = ""
    day: str = ""

    def lines(self, moment: Moment) -> Iterator[str]:
        """One moment; in short none at which no more happened than that time ran out for what was owed too unsurely."""
        if not self.every and not moment.alerts and moment.verdicts and all(one.is_unsure for one in moment.verdicts):
            return
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
            yield from folded(f"{moment.head}  => {moment.alerts[0][1]}", UNDER)
            return
        yield from folded(moment.head + self._behind(moment, is_first=is_first), UNDER)
        yield from self._judged(moment)
        rest = (moment.judged, *(f"=> {told}" for _, told in moment.alerts), moment.moved)
        yield from (line for one in rest if one for line in folded(f"  {one}", UNDER))

    def _behind(self, moment: Moment, *, is_first: bool) -> str:
        """Behind a moment's head: its record's id where all is told, and at first what they are taken for."""
        record = f"  [{moment.event_id}]" if self.every and moment.event_id else ""
        told = f"  [taken for: {taken(*moment.taken)}]" if moment.taken and (is_first or self.every) else ""
        return record + told

    def _judged(self, moment: Moment) -> Iterator[str]:
        """What was made of it, act by act; in full, what several rules or ways made of one act stands together."""
        told: dict[str, list[RuleVerdict]] = {}
        for verdict in moment.verdicts:
            if self._tells(verdict):
                told.setdefault(verdict.code, []).append(verdict)
            if verdict.rule_id not in moment.met:
                self.missed.setdefault(verdict.rule_id, Missed()).take(verdict, moment.place)
        if self.every:
            for verdicts in told.values():
                yield from _together(verdicts)
        else:
            if moment.nothing:
                told.pop("C03", None)
            yield from in_short(told)
        if moment.nothing and not self.every:
            yield from folded(f"  {moment.nothing}", UNDER)

    def _tells(self, verdict: RuleVerdict) -> bool:
        """Whether a verdict is told; in short not what was owed too unsurely: that was said when it was asked."""
        if self.every:
            return verdict.is_news or not (self.gathers and verdict.ways)
        return verdict.is_news and not verdict.is_unsure

    def not_noticed(self) -> Iterator[str]:
        """What came to nothing, a line or two for each rule: how often it was asked, and what was missing at best."""
        ordered = sorted(self.missed.values(), key=lambda one: one.nearest.name)
        near, far = ([one for one in ordered if one.is_near is near] for near in (True, False))
        if near:
            yield "\nAsked, and nothing came of it; each where it came nearest, and what was missing:"
        for one in near:
            yield from folded(f"  {one}", UNDER)
        if far:
            codes = ", ".join(dict.fromkeys(one.nearest.code for one in far))
            yield from ("", *folded(f"Asked, and nothing that they wait for was there: {codes}.", "  "))


def _together(verdicts: Sequence[RuleVerdict]) -> Iterator[str]:
    """All that was made of one act, in full; its name once."""
    if len(verdicts) == 1:
        yield from in_full(verdicts[0])
        return
    name = next((one.name for one in verdicts if one.is_named), verdicts[0].name)
    yield from folded(f"  {name if any(one.is_named for one in verdicts) else verdicts[0].code}", UNDER)
    for verdict in verdicts:
        yield from in_full(verdict, f"    · {f'“{verdict.tells}”: ' if verdict.tells else ''}")


def in_full(verdict: RuleVerdict, begins: str = "") -> Iterator[str]:
    """What came of it, and every condition of every way that led there, or of the nearest one."""
    begins = begins or f"  {kind(verdict)}{verdict.name if verdict.is_named else verdict.code}: "
    yield from folded(f"{begins}{verdict.says}{f' ({verdict.sure})' if verdict.sure else ''}", UNDER)
    yield from folded(f"{UNDER}{verdict.more}", UNDER) if verdict.more else ()
    for name, lines in verdict.ways:
        if name:
            yield from folded(f"{UNDER}{name}", UNDER)
        for line in lines:
            yield from folded(f"{UNDER}{_mark(line)} {line.words}", UNDER + " " * 4)


def _mark(line: Line) -> str:
    return "yes" if line.held else "NO "
