"""What is left to do of a recording: who mends what by when, what was left undone, what is owed; what was mended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from listener.catalogue import Catalogue
from listener.model.ledger import Debt
from listener.model.outputs import SEVERITIES, Alert
from listener.retelling.folding import folded
from listener.retelling.repair_moves import first_of, moves
from listener.retelling.verdicts import at
from listener.rules.debts.owing import falls_due
from listener.rules.debts.settling import SETTLEMENTS
from listener.rules.explaining.sentences import lasting
from listener.showing.words import ANYBODY, listed, plain

_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_ROW: Final = " " * 5

Lives = Mapping[str, Sequence[Alert]]


@dataclass(frozen=True, slots=True)
class _Part:
    """What one role mends: its alerts that nobody has mended, as they were last told."""

    role: str
    alerts: Sequence[Alert]

    @property
    def open(self) -> list[Alert]:
        """Those that have not run out."""
        return [one for one in self.alerts if one.ended_at is None]

    @property
    def due(self) -> datetime:
        """By when the first that is open is to be mended."""
        return min((one.repair.due_at for one in self.open if one.repair.due_at), default=_NEVER)

    @property
    def weight(self) -> list[int]:
        """How grave its alerts are, the gravest first; of the higher where they differ, or where there are more."""
        return sorted((SEVERITIES.index(one.severity) for one in self.alerts), reverse=True)


def to_do(
    lives: Lives, owed: Mapping[str, Sequence[Debt]], now: datetime | None, book: Catalogue, about: str = "",
    closed: Mapping[str, str] | None = None,
) -> Iterator[str]:  # fmt: skip
    """The list, customer by customer where there are several; `now` is the moment at which the telling ends.

    `about` names what the list is of, where it is not of everything; `closed` says of an alert that the CRM disposed
    of, what as.
    """
    about = f" about {about}" if about else ""
    customers = dict.fromkeys([*(life[-1].customer_id or "" for life in lives.values()), *owed])
    for customer in customers or [""]:
        of_them = [life[-1] for life in lives.values() if (life[-1].customer_id or "") == customer]
        whose = f" for {customer}" if len(customers) > 1 else ""
        yield f"\nTo do{about}{whose}{f', as of {at(now)}' if now else ''}"
        steps = [*_repairs(of_them, now), *_answers(owed.get(customer, ()), book)]
        for number, (head, *rows) in enumerate(steps, 1):
            yield from folded(f"  {number}. {head}", _ROW)
            for row in rows:
                yield from folded(f"{_ROW}{row}", _ROW + " " * 7)
        if not steps:
            yield f"  Nothing{about}: no alert is open, none was left unmended, and no answer is owed."
        for one in of_them:
            if one.status == "resolved":
                days = f"{at(one.started_at)[:10]} to {at(one.updated_at)[:10]}"
                how = f"Closed ({plain(closed[one.alert_id])})" if closed and one.alert_id in closed else "Mended"
                yield from folded(f"  {how}: {one.act.code} {one.title} ({one.severity}, {days})", _ROW)


def _repairs(alerts: Sequence[Alert], now: datetime | None) -> Iterator[list[str]]:
    """The alerts that nobody has mended, together where the same people do.

    Where any is open comes first, then who takes the gravest, then what is due first.
    """
    together: dict[str, list[Alert]] = {}
    for one in alerts:
        if one.status != "resolved":
            together.setdefault(plain(one.repair.role or ANYBODY), []).append(one)
    parts = [_Part(role, ones) for role, ones in together.items()]
    parts.sort(key=lambda part: part.due)
    parts.sort(key=lambda part: (bool(part.open), part.weight), reverse=True)
    for part in parts:
        yield _step(part, now, leads=part is parts[0] and any(part.weight > one.weight for one in parts[1:]))


def _step(part: _Part, now: datetime | None, *, leads: bool) -> list[str]:
    """Who, by when, what is to be mended, how, and what would insult."""
    due = f", by {at(part.due)}{_late(part.due, now)}" if part.due < _NEVER else ""
    when = due or ("" if part.open else ": left undone; its time is over, a word is still worth it")
    rows = [_broken(ones, part.due, left=bool(part.open)) for ones in _by_act(part.alerts)]
    mend = [f"{'       ' if n else 'mend:  '}{row}" for n, row in enumerate(rows)]
    head = f"{part.role[:1].upper()}{part.role[1:]}{' (first, as theirs weighs most)' if leads else ''}{when}"
    avoid = _avoided(part)
    do = moves([one.repair.do for one in part.alerts])
    return [head, *mend, *([f"do:    {do}"] if do else []), *([f"avoid: {avoid}"] if avoid else [])]


def _by_act(alerts: Sequence[Alert]) -> list[list[Alert]]:
    """Those that tell of the same act again stand together; the gravest first."""
    same: dict[str, list[Alert]] = {}
    for one in alerts:
        same.setdefault(one.rule_id, []).append(one)
    return sorted(same.values(), key=lambda ones: -max(SEVERITIES.index(one.severity) for one in ones))


def _broken(same: Sequence[Alert], first_due: datetime, *, left: bool) -> str:
    """What went wrong, how grave, since when, how often, by when it is to be mended where that is not `first_due`.

    Of what ran out, until when, and that it was `left`.
    """
    last, times = same[-1], sum(one.occurrences for one in same)
    gravest = max((one.severity for one in same), key=SEVERITIES.index)
    often = f", {times} times" if times > 1 else ""
    began, ended = at(same[0].started_at)[:10], at(last.updated_at)[:10]
    undone = "; left undone, a word is still worth it" if left else ""
    due = f", due {at(last.repair.due_at)}" if last.repair.due_at and last.repair.due_at > first_due else ""
    when = f"since {began}{often}{due}" if last.ended_at is None else f"{began} to {ended}{often}{undone}"
    return f"{last.act.code} {last.title} ({gravest}, {when})"


def _avoided(part: _Part) -> str:
    """What would insult, and what of it is not to be sent at all until an open alert is mended."""
    words = first_of([one.repair.avoid for one in part.alerts])
    held = [word for word in words if any(word in one.suppresses for one in part.open)]
    rest = listed([word for word in words if word not in held], ", ")
    until = f"until it is mended, send no {listed(held, ', ')}" if held else ""
    return "; ".join(one for one in (rest, until) if one)


def _late(due: datetime, now: datetime | None) -> str:
    return f" (overdue by {lasting((now - due).total_seconds())})" if now and now > due else ""


def _answers(debts: Sequence[Debt], book: Catalogue) -> Iterator[list[str]]:
    """What is owed and its time has not run out: whoever answers them settles it."""
    for debt in sorted(debts, key=lambda one: one.due_s):
        rule = book.rules.by_id.get(debt.rule)
        if rule is None or rule.owes is None or not falls_due(debt) or debt.p < book.thresholds.act_p:
            continue
        way = SETTLEMENTS[rule.owes.settled_by[0]].called
        yield [f"{ANYBODY.capitalize()}, by {at(debt.due_s)}: {way}, owed since {at(debt.opened_s)} ({rule.code})"]
