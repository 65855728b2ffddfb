"""What is left to do when a recording ends: who mends what by when, what is owed, what to hold back; what is over."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Final

from listener.catalogue import Catalogue
from listener.commands.rules.explaining.folding import folded
from listener.commands.rules.explaining.verdicts import at
from listener.model.ledger import Debt
from listener.model.outputs import Alert
from listener.rules.debts.settling import SETTLEMENTS
from listener.rules.explaining.sentences import lasting
from listener.showing.words import ANYBODY, listed, plain

MOVES: Final = 5
"""So many moves of a repair are told, and so many words of what to avoid: the first, which are the most telling."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_ROW: Final = " " * 5
_OVER: Final = {"resolved": "mended", "expired": "never mended, and its time is over"}

Lives = Mapping[str, Sequence[Alert]]


def to_do(
    lives: Lives, owed: Mapping[str, Sequence[Debt]], now: datetime | None, book: Catalogue, about: str = ""
) -> Iterator[str]:
    """The list, customer by customer where there are several; `now` is the moment at which the telling ends.

    `about` names what the list is of, where it is not of everything.
    """
    about = f" about {about}" if about else ""
    customers = dict.fromkeys([*(life[-1].customer_id or "" for life in lives.values()), *owed])
    for customer in customers or [""]:
        of_them = [life for life in lives.values() if (life[-1].customer_id or "") == customer]
        whose = f" for {customer}" if len(customers) > 1 else ""
        yield f"\nTo do{about}{whose}{f', as of {at(now)}' if now else ''}"
        steps = [*_repairs(of_them, now), *_answers(owed.get(customer, ()), book)]
        for number, (head, *rows) in enumerate(steps, 1):
            yield from folded(f"  {number}. {head}", _ROW)
            for row in rows:
                yield from folded(f"{_ROW}{row}", _ROW + " " * 7)
        held = dict.fromkeys(word for life in of_them if not life[-1].ended_at for word in life[-1].suppresses)
        if held:
            yield from folded(f"  Until this is done, hold back: {listed(list(held), ', ')}", _ROW)
        if not steps:
            yield f"  Nothing{about}: no alert is open, and no answer is owed."
        yield from _over(of_them)


def _repairs(lives: Sequence[Sequence[Alert]], now: datetime | None) -> Iterator[list[str]]:
    """The open alerts, together where the same people mend them; what is due first comes first."""
    together: dict[str, list[Alert]] = {}
    for life in lives:
        if life[-1].ended_at is None:
            together.setdefault(plain(life[-1].repair.role or ANYBODY), []).append(life[-1])
    for role, alerts in sorted(together.items(), key=lambda one: _first_due(one[1])):
        due = _first_due(alerts)
        when = f", by {at(due)}{_late(due, now)}" if due < _NEVER else ""
        do, avoid = (_few([getattr(one.repair, name) for one in alerts]) for name in ("do", "avoid"))
        broken = [f"{one.act.code} {one.title} ({one.severity}, {_standing(one)})" for one in alerts]
        mend = [f"{'       ' if n else 'mend:  '}{one}" for n, one in enumerate(broken)]
        yield [f"{role[:1].upper()}{role[1:]}{when}", *mend, f"do:    {do}", *([f"avoid: {avoid}"] if avoid else [])]


def _few(words: Sequence[Sequence[str]]) -> str:
    """The first of several rows of words, those that stand first in each first."""
    ordered = (word for place in zip_longest(*words) for word in place if word)
    return listed([*dict.fromkeys(ordered)][:MOVES], ", ")


def _first_due(alerts: Sequence[Alert]) -> datetime:
    return min((one.repair.due_at for one in alerts if one.repair.due_at), default=_NEVER)


def _late(due: datetime, now: datetime | None) -> str:
    return f" (overdue by {lasting((now - due).total_seconds())})" if now and now > due else ""


def _standing(alert: Alert) -> str:
    often = f", {alert.occurrences} times" if alert.occurrences > 1 else ""
    return f"since {at(alert.started_at)[:10]}{often}"


def _answers(debts: Sequence[Debt], book: Catalogue) -> Iterator[list[str]]:
    """What is owed and its time has not run out: whoever answers them settles it."""
    for debt in sorted(debts, key=lambda one: one.due_s):
        rule = book.rules.by_id.get(debt.rule)
        if rule is None or rule.owes is None or debt.breached or debt.p < book.thresholds.act_p:
            continue
        way = SETTLEMENTS[rule.owes.settled_by[0]].called
        yield [f"{ANYBODY.capitalize()}, by {at(debt.due_s)}: {way}, owed since {at(debt.opened_s)} ({rule.code})"]


def _over(lives: Sequence[Sequence[Alert]]) -> Iterator[str]:
    """The alerts that have ended, and how."""
    ended = [life for life in lives if life[-1].ended_at is not None]
    for life in ended:
        last = life[-1]
        days = f"{at(last.started_at)[:10]} to {at(last.updated_at)[:10]}"
        how = f"{last.severity}, {days}: {_OVER[last.status]}"
        yield from folded(f"  Over: {last.act.code} {last.title}, {how}", _ROW)
