"""One moment of a customer's history: what was said or done, what each rule made of it, what CRM is told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from listener import relationship
from listener.catalogue import Catalogue
from listener.commands.rules.explaining import verdicts
from listener.commands.rules.explaining.alerts_in_words import of_alert
from listener.commands.rules.explaining.overhearing import Words
from listener.commands.rules.explaining.verdicts import Verdict, at
from listener.model.inputs import SurveyAnswer
from listener.model.outcomes import Outcome
from listener.model.outputs import Alert, NoticedAct
from listener.model.reading import Reading
from listener.model.signals import Act, Broadcast, Commanded, Disposed, Heard, ProfileTold, Signal
from listener.model.state import CustomerState
from listener.rules.case import Case, of_signal
from listener.rules.case.moments import moment
from listener.rules.debts import owing
from listener.rules.explaining import phrasing
from listener.rules.explaining.absence import addings, owings, settlings
from listener.rules.explaining.account import Line, Quotes, account
from listener.rules.explaining.feeling import felt

CHANNELS = {"email": "e-mail", "social": "post", "voice": "call"}
Judged = Heard | Act | Broadcast
_MASKED = re.compile(r"\[\w+\]")
"""A detail of which nothing is left once its secrets are hidden."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of one customer: its `head`, the tie they were `taken` for (how surely), verdicts, alerts that moved.

    Each alert goes with the id of its rule, `event_id` is the record's. `moved` says
    what they are taken for from then on, where that is another.
    """

    customer: str
    head: str
    taken: tuple[str, float] | None
    verdicts: tuple[Verdict, ...]
    alerts: tuple[tuple[str, str], ...]
    moved: str = ""
    event_id: str = ""

    def of(self, rules: frozenset[str]) -> "Moment":
        """Only what concerns these rules."""
        return Moment(
            self.customer,
            self.head,
            self.taken,
            tuple(one for one in self.verdicts if one.rule_id in rules),
            tuple(one for one in self.alerts if one[0] in rules),
            event_id=self.event_id,
        )

    @property
    def place(self) -> str:
        """When it was, and by which record."""
        return f"{self.head.partition('  ')[0]}{', ' if self.event_id else ''}{self.event_id}"

    @property
    def met(self) -> frozenset[str]:
        """The rules of which anything came."""
        return frozenset((*(one.rule_id for one in self.verdicts if one.is_news), *(rule for rule, _ in self.alerts)))


def moment_of(
    before: CustomerState, after: CustomerState, signal: Signal, outcomes: Sequence[Outcome], book: Catalogue, *,
    near: bool, words: Words, moved: str,
) -> Moment | None:  # fmt: skip
    """One signal: who said or did what, what each rule that it concerns made of it, and what came of it."""
    alerts, acts = _parts(outcomes)
    ended_by = "CRM says so" if isinstance(signal, Disposed) else "what was owed has come"
    if isinstance(signal, Heard | Act | Broadcast):
        case = _case(before, signal, book)
        head = f"{at(signal.occurred_at)}  {_said(signal, words)}"
        top = case.reading.top("wanted")[0]
        told = tuple(_verdicts(case, _Stage(after, signal, acts, alerts, book, near, words.quotes)))
        taken = (book.types.by_id[top[0]].display, top[1])
        return Moment(
            after.customer_id, head, taken, told, _ends(alerts, before, ended_by, told), moved, signal.event_id
        )
    if not alerts:
        return None
    head = f"{at(signal.occurred_at)}  {_what(signal)}"
    return Moment(after.customer_id, head, None, (), _ends(alerts, before, ended_by, ()))


def time_up(
    before: CustomerState, after: CustomerState, due: datetime, outcomes: Sequence[Outcome], book: Catalogue
) -> Moment | None:
    """A moment at which time ran out: what was owed and did not come, and what alerts do by time alone."""
    alerts, acts = _parts(outcomes)
    missed = [debt for debt in before.ledger.debts if not debt.breached and debt.due_s <= due.timestamp()]
    if not (alerts or missed):
        return None
    told: list[Verdict] = []
    for debt in missed:
        act = next((one for one in acts if one.rule_id == debt.rule and one.event_id == debt.cause), None)
        told += filter(None, [verdicts.of_missed(debt, act, after.told, alerts, book)])
    owed = {debt.rule for debt in missed}
    case = Case(after.ledger, due, _reading(after, due, book), after.profile, book)
    told += [_beside(act, case, after, alerts) for act in acts if act.rule_id not in owed]
    ends = _ends(alerts, before, "it was mended, and a week has been quiet since", told)
    return Moment(after.customer_id, f"{at(due)}  time is up", None, tuple(told), ends)


@dataclass(frozen=True, slots=True)
class _Stage:
    """What came of a signal: the state after it, and the acts and alerts that were told."""

    after: CustomerState
    signal: Judged
    acts: Sequence[NoticedAct]
    alerts: Sequence[Alert]
    book: Catalogue
    near: bool
    quotes: Quotes | None


def _verdicts(case: Case, now: _Stage) -> Iterator[Verdict]:
    """What each rule made of it, in the order of judging: what it settles, shows, makes owed, adds up to."""
    told, alerts, book = now.after.told, now.alerts, now.book
    yield from (verdicts.of_settling(one, case.side, book) for one in settlings(case))
    owing.settle(case)
    of_rule, shown = {act.rule_id: act for act in now.acts}, set[str]()
    found_ones = account(case, near=now.near, quotes=now.quotes)
    for found in sorted(found_ones, key=lambda one: (not one.fired, one.ways[0].rank[1])):
        shown.add(found.rule.id)
        yield verdicts.of_account(found, of_rule.get(found.rule.id), told, alerts, book)
    yield from (verdicts.of_owing(one, book) for one in owings(case, near=now.near, quotes=now.quotes))
    after = of_signal(now.after.ledger, now.signal, _reading(now.after, now.after.at, book), now.after.profile, book)
    for adding in addings(after):
        shown.add(adding.rule.id)
        yield verdicts.of_adding(adding, of_rule.get(adding.rule.id), told, alerts, book)
    yield from (_beside(act, after, now.after, alerts) for act in now.acts if act.rule_id not in shown)


def _beside(act: NoticedAct, case: Case, after: CustomerState, alerts: Sequence[Alert]) -> Verdict:
    """What no single signal shows; the case holds the ledger and the belief after it."""
    lines = [*felt(case, act.code)]
    if act.code == "C02" and after.tie is not None:
        signs = relationship.signs_of_drawing_back(after.tie, after.profile, after.at, case.catalogue)
        lines = [Line(f"they draw back: {', '.join(signs) or 'as customers with such a tie often do'}", held=True)]
    return verdicts.of_act(act, lines, after.told, alerts, case.catalogue)


def _parts(outcomes: Sequence[Outcome]) -> tuple[list[Alert], list[NoticedAct]]:
    values: list[Any] = [one.value for one in outcomes if one.topic in ("acts", "alerts")]
    return [one for one in values if isinstance(one, Alert)], [one for one in values if isinstance(one, NoticedAct)]


def _ends(
    alerts: Sequence[Alert], before: CustomerState, ended_by: str, told: Sequence[Verdict]
) -> tuple[tuple[str, str], ...]:
    """Each alert that moved, with the id of its rule; `before` holds how those that were open stood."""
    named = [one.name for one in told if one.is_news and one.is_named]
    stood = {one.alert_id: one for one in before.told.open}
    return tuple(
        (
            one.rule_id,
            of_alert(one, stood.get(one.alert_id), ended_by, is_named=any(one.title in name for name in named)),
        )
        for one in alerts
    )


def _case(state: CustomerState, signal: Judged, book: Catalogue) -> Case:
    """The case the signal made, on the belief as it stood."""
    now = max(signal.occurred_at, state.at)
    tie = state.tie or relationship.begin(state.profile, now, book)
    reading = relationship.read(relationship.forget(tie, now, book), state.profile, now, book)
    return of_signal(state.ledger, signal, reading, state.profile, book)


def _reading(state: CustomerState, now: datetime, book: Catalogue) -> Reading:
    """The belief after a signal: what mismatches are weighed on."""
    tie = state.tie or relationship.begin(state.profile, now, book)
    return relationship.read(tie, state.profile, now, book)


def _said(signal: Judged, words: Words) -> str:
    if isinstance(signal, Heard):
        who = {"agent": "the firm", "system": "the firm's system"}.get(signal.role, f"the {signal.role}")
        said = f"{_scores(signal.survey)}{words.shown}" if signal.survey else words.shown
        return f"{who}, {CHANNELS.get(signal.channel, signal.channel)} {signal.event_id}{words.subject}: {said}"
    details = {name: one for name, one in signal.data.details.items() if not name.endswith("_id")}
    what = phrasing.plain(signal.data.kind)
    if signal.data.kind == "order_placed" and details.get("by") == "firm":
        what, details = "billed or renewed by the firm, not ordered by them", details | {"by": None}
    told = ", ".join(_detail(name, one) for name, one in details.items() if one is not None)
    return f"reported, {signal.event_id}: {what}{f' ({told})' if told else ''}"


def _scores(survey: SurveyAnswer) -> str:
    """What a survey's answer gives in figures, before its words."""
    told = {"would recommend": survey.nps, **survey.ratings}
    scores = ", ".join(f"{phrasing.plain(name)} {one:g}" for name, one in told.items() if one is not None)
    return f"{scores}; " if scores else ""


def _detail(name: str, told: Any) -> str:
    when = moment(told) if name.endswith("_at") else None
    if name == "what":
        return phrasing.value(told)
    if isinstance(told, str) and _MASKED.fullmatch(told):
        return f"{phrasing.plain(name)} not shown"
    return f"{phrasing.plain(name).replace('pct', 'percent')} {at(int(when)) if when else phrasing.value(told)}"


def _what(signal: Signal) -> str:
    if isinstance(signal, Disposed):
        return f"CRM disposes of an alert: {phrasing.plain(signal.data.disposition)}"
    if isinstance(signal, Commanded):
        return f"a command: {signal.data.command}"
    return "the profile is told" if isinstance(signal, ProfileTold) else phrasing.plain(signal.kind)
