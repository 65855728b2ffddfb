"""One moment of a customer's history in words: what was said or done, what each rule made of it, what CRM is told."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from listener import relationship
from listener.catalogue import Catalogue
from listener.commands.verdicts import at as _at
from listener.commands.verdicts import of_alert, of_debt, of_notice, of_owing, of_settling
from listener.model.outcomes import Outcome
from listener.model.outputs import Alert, NoticedAct
from listener.model.signals import Act, Broadcast, Commanded, Disposed, Heard, ProfileTold, Signal
from listener.model.state import CustomerState
from listener.model.told import Told
from listener.rules import owing, phrasing
from listener.rules.case import Case, of_signal
from listener.rules.explaining import Account, Line, account
from listener.rules.explaining_absence import addings, owings, settlings

CHANNELS = {"email": "e-mail", "social": "post", "voice": "call"}


def moment_in_words(
    before: CustomerState, after: CustomerState, signal: Signal, outcomes: Sequence[Outcome], book: Catalogue, *,
    every: bool,
) -> Iterator[str]:  # fmt: skip
    """One signal: who said or did what, each rule it concerns, and what came of it."""
    alerts, acts = _parts(outcomes)
    if isinstance(signal, Heard | Act | Broadcast):
        case = _case(before, signal, book)
        yield _head(signal, case)
        yield from _rules(case, after, signal, acts, book, every=every)
    elif alerts:
        yield f"{_at(signal.occurred_at)}  {_what(signal)}"
    ended_by = "CRM says so" if isinstance(signal, Disposed) else "what was owed has come"
    yield from (f"  => {of_alert(alert, ended_by)}" for alert in alerts)


def time_in_words(
    before: CustomerState, after: CustomerState, due: datetime, outcomes: Sequence[Outcome], book: Catalogue
) -> Iterator[str]:
    """A moment at which time ran out: what was owed and did not come, and what alerts do by time alone."""
    alerts, acts = _parts(outcomes)
    missed = [debt for debt in before.ledger.debts if not debt.breached and debt.due_s <= due.timestamp()]
    if not (alerts or missed):
        return
    yield f"{_at(due)}  time ran out"
    for debt in missed:
        act = next((one for one in acts if one.rule_id == debt.rule and one.event_id == debt.cause), None)
        yield f"  {debt.code} {debt.rule}: {of_debt(debt, act, after.told, book)}"
    owed = {debt.rule for debt in missed}
    yield from (_beside(act, after.told, book) for act in acts if act.rule_id not in owed)
    ended_by = "it was mended, and a week has been quiet since"
    yield from (f"  => {of_alert(alert, ended_by)}" for alert in alerts)


def _parts(outcomes: Sequence[Outcome]) -> tuple[list[Alert], list[NoticedAct]]:
    values: list[Any] = [one.value for one in outcomes if one.topic in ("acts", "alerts")]
    return [one for one in values if isinstance(one, Alert)], [one for one in values if isinstance(one, NoticedAct)]


def _case(state: CustomerState, signal: Heard | Act | Broadcast, book: Catalogue) -> Case:
    """The case the signal made, on the belief as it stood."""
    now = max(signal.occurred_at, state.at)
    tie = state.tie or relationship.begin(state.profile, now, book)
    reading = relationship.read(relationship.forget(tie, now, book), state.profile, now, book)
    return of_signal(state.ledger, signal, reading, state.profile, book)


def _head(signal: Heard | Act | Broadcast, case: Case) -> str:
    (top, p), *_ = case.reading.top("wanted")
    names = case.catalogue.types.by_id
    if isinstance(signal, Heard):
        who = {"agent": "the firm"}.get(signal.role, f"the {signal.role}")
        channel = CHANNELS.get(signal.channel, signal.channel)
        what = f"{who}, {channel} {signal.event_id}: {signal.excerpt or '(no words)'}"
    else:
        told = ", ".join(f"{phrasing.plain(name)} {phrasing.value(one)}" for name, one in signal.data.details.items())
        what = f"the firm does, {signal.event_id}: {phrasing.plain(signal.data.kind)}{f' ({told})' if told else ''}"
    return f"{_at(signal.occurred_at)}  {what}  [before it: wants “{names[top].display}”, {p:.2f}]"


def _what(signal: Signal) -> str:
    if isinstance(signal, Disposed):
        return f"CRM disposes of an alert: {phrasing.plain(signal.data.disposition)}"
    if isinstance(signal, Commanded):
        return f"a command: {signal.data.command}"
    return "the profile is told" if isinstance(signal, ProfileTold) else phrasing.plain(signal.kind)


def _rules(
    case: Case, after: CustomerState, signal: Heard | Act | Broadcast, acts: Sequence[NoticedAct], book: Catalogue, *,
    every: bool,
) -> Iterator[str]:  # fmt: skip
    """What each rule made of it, in the order of judging: what it settles, shows, makes owed, adds up to."""
    for one in settlings(case):
        if one.by or case.side != "customer" or every:  # that they write again is no try to settle anything
            yield f"  {one.debt.code} {one.debt.rule}: {of_settling(one, case.side)}"
    owing.settle(case)
    of_rule = {act.rule_id: act for act in acts}
    shown: set[str] = set()
    for found in sorted(account(case, near=not every), key=_first):
        shown.add(found.rule.id)
        yield from _account(found, of_rule.get(found.rule.id), after.told, book)
    for owed in owings(case, near=not every):
        yield f"  {owed.rule.code} {owed.rule.id}: {of_owing(owed, book)}"
        yield from _lines(owed.lines)
    for adding in addings(_case_after(after, signal, book)):
        shown.add(adding.rule.id)
        act = of_rule.get(adding.rule.id)
        verdict = of_notice(act, after.told, book) if act else "not noticed"
        yield f"  {adding.rule.code} {adding.rule.id}: {verdict}"
        yield from _lines(adding.lines)
    yield from (_beside(act, after.told, book) for act in acts if act.rule_id not in shown)


def _first(found: Account) -> tuple[bool, int]:
    """What noticed something before what did not, and that by how near it came."""
    return not found.fired, -round(10 * found.ways[0].rank[1])


def _account(found: Account, act: NoticedAct | None, told: Told, book: Catalogue) -> Iterator[str]:
    name = f"  {found.rule.code} {found.rule.id}"
    if not found.fired:
        nearest = f" (nearest of its {found.of} ways)" if found.of > 1 else ""
        yield f"{name}: not noticed{nearest}"
        yield from _lines(found.ways[0].lines)
        return
    yield f"{name}: {of_notice(act, told, book) if act else f'noticed, sure to {found.p:.2f}'}"
    for way in found.ways:
        if found.of > 1:
            yield f"      way {way.number} of {found.of}, sure to {way.p:.2f}"
        yield from _lines(way.lines)


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    return (f"      {'yes' if line.held else 'NO '}  {line.words}" for line in lines)


def _beside(act: NoticedAct, told: Told, book: Catalogue) -> str:
    """An act that no single signal shows: what adds up, or what the revised belief minds."""
    rule = book.rules.by_id.get(act.rule_id or "")
    return f"  {act.code} {act.rule_id}: {of_notice(act, told, book)}. {rule.title if rule else ''}"


def _case_after(state: CustomerState, signal: Heard | Act | Broadcast, book: Catalogue) -> Case:
    """The same signal with the ledger and the belief after it: what mismatches are weighed on."""
    assert state.tie is not None  # a signal was just heard
    reading = relationship.read(state.tie, state.profile, state.at, book)
    return of_signal(state.ledger, signal, reading, state.profile, book)
