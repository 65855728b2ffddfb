"""One moment of a customer's history: what was said or done, what each rule made of it, what CRM is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from listener import relationship
from listener.catalogue import Catalogue
from listener.model.outcomes import Outcome
from listener.model.outputs import Alert, NoticedAct
from listener.model.reading import Reading
from listener.model.signals import Act, Broadcast, Disposed, Heard, Signal
from listener.model.state import CustomerState
from listener.retelling import gravity, verdicts
from listener.retelling.alerts_in_words import of_alert
from listener.retelling.chosen_for import judged_as, why_chosen
from listener.retelling.fates import AlertsSoFar
from listener.retelling.gravity import Foretold
from listener.retelling.overhearing import ShownWords
from listener.retelling.unnoticed import nothing_came
from listener.retelling.verdicts import RuleVerdict, at
from listener.retelling.who_did_what import said, told_by_crm
from listener.rules.case import Case, of_signal
from listener.rules.case.matters import current
from listener.rules.debts import owing
from listener.rules.explaining.absence import addings, owings, settlings
from listener.rules.explaining.account import Line, Quotes, account
from listener.rules.explaining.feeling import felt
from listener.rules.explaining.sentences import share
from listener.rules.findings.finding import weigh

Judged = Heard | Act | Broadcast


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of one customer: its `head`, the tie they were `taken` for (how surely), verdicts, alerts that moved.

    Each alert goes with the id of its rule, `event_id` is the record's. `judged` says by what tie it was judged and
    `moved` what they are taken for from then on, where that is another; `nothing` why nothing came of it, where a
    reader may expect something.
    """

    customer: str
    head: str
    taken: tuple[str, float] | None
    verdicts: tuple[RuleVerdict, ...]
    alerts: tuple[tuple[str, str], ...]
    moved: str = ""
    event_id: str = ""
    judged: str = ""
    nothing: str = ""

    def of(self, rules: frozenset[str]) -> "Moment":
        """Only what concerns these rules."""
        kept = tuple(one for one in self.verdicts if one.rule_id in rules)
        return replace(
            self,
            verdicts=kept,
            alerts=tuple(one for one in self.alerts if one[0] in rules),
            moved="",
            judged=self.judged if any(one.is_news for one in kept) else "",
            nothing="",
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
    near: bool, words: ShownWords, moved: str,
) -> Moment | None:  # fmt: skip
    """One signal: who said or did what, what each rule that it concerns made of it, and what came of it."""
    alerts, acts = _parts(outcomes)
    ended_by = "CRM says so" if isinstance(signal, Disposed) else "what was owed is settled"
    if isinstance(signal, Heard | Act | Broadcast):
        case = _case(before, signal, book)
        top = case.reading.top("wanted")[0]
        standing = AlertsSoFar(after.told, alerts, book)
        told = tuple(_verdicts(case, _Stage(after, signal, acts, standing, near, words.quotes)))
        weighs = any(one.code[0] == "F" and one.is_news and not one.is_slight and one.sure for one in told)
        return Moment(
            after.customer_id,
            f"{at(signal.occurred_at)}  {said(signal, words)}",
            (book.types.by_id[top[0]].display, top[1]),
            told,
            _ends(alerts, before, after, case.reading, ended_by, told, book),
            f"{moved}{_before(told)}" if moved else "",
            signal.event_id,
            judged_as(current(case), case.reading, book) if weighs else "",
            nothing_came(case.side, case.says, told, {deed.code for deed in case.ledger.deeds}),
        )
    if not alerts:
        return None
    head, taken = f"{at(signal.occurred_at)}  {told_by_crm(signal)}", _reading(after, after.at, book)
    return Moment(after.customer_id, head, None, (), _ends(alerts, before, after, taken, ended_by, (), book))


def _before(told: Sequence[RuleVerdict]) -> str:
    """By what that stands above was judged, where they are taken for another from this moment on."""
    codes = {one.code[0] for one in told if one.is_news and one.sure and not one.is_slight}
    return ". F.. above goes by what they were taken for until then, M.. by this" if codes >= {"F", "M"} else ""


def time_up(
    before: CustomerState, after: CustomerState, due: datetime, outcomes: Sequence[Outcome], book: Catalogue,
    foretold: Mapping[tuple[str, str], Foretold],
) -> Moment | None:  # fmt: skip
    """A moment at which time ran out: what was owed and did not come, and what alerts do by time alone.

    `foretold` is how grave what is owed was said to be, by its rule and cause.
    """
    alerts, acts = _parts(outcomes)
    missed = [debt for debt in before.ledger.debts if owing.falls_due(debt) and debt.due_s <= due.timestamp()]
    if not (alerts or missed):
        return None
    told: list[RuleVerdict] = []
    standing, reading = AlertsSoFar(after.told, alerts, book), _reading(after, due, book)
    for debt in missed:
        act = next((one for one in acts if one.rule_id == debt.rule and one.event_id == debt.cause), None)
        why = _why_other(act, before, reading, book, foretold.get((debt.rule, debt.cause))) if act else ""
        told += filter(None, [verdicts.of_missed(debt, act, standing, why)])
    owed = {debt.rule for debt in missed}
    case = Case(after.ledger, due, reading, after.profile, book)
    told += [_beside(act, case, after, standing) for act in acts if act.rule_id not in owed]
    ends = _ends(alerts, before, after, reading, "it was mended, and a week has been quiet since", told, book)
    return Moment(after.customer_id, f"{at(due)}  time is up", None, tuple(told), ends)


def _why_other(
    act: NoticedAct, before: CustomerState, reading: Reading, book: Catalogue, foretold: Foretold | None
) -> str:
    """Why something that did not come weighs other than the first of its kind would, or than was foretold."""
    case = Case(before.ledger, act.at, reading, before.profile, book)
    rule = book.rules.by_id[act.rule_id or ""]
    again = gravity.stepped(act, weigh(case, rule, current(case)).level, before, book)
    return again or gravity.moved(act, foretold, book.types.by_id[reading.top("wanted", 1)[0][0]].display)


@dataclass(frozen=True, slots=True)
class _Stage:
    """What came of a signal: the state after it, and the acts and alerts that were told."""

    after: CustomerState
    signal: Judged
    acts: Sequence[NoticedAct]
    standing: AlertsSoFar
    near: bool
    quotes: Quotes | None


def _verdicts(case: Case, now: _Stage) -> Iterator[RuleVerdict]:
    """What each rule made of it, in the order of judging: what it settles, shows, makes owed, adds up to."""
    book, standing = now.standing.book, now.standing
    yield from (verdicts.of_settling(one, case.side, book) for one in settlings(case))
    owing.settle(case)
    of_rule, shown = {act.rule_id: act for act in now.acts}, set[str]()
    found_ones = account(case, near=now.near, quotes=now.quotes)
    for found in sorted(found_ones, key=lambda one: (not one.fired, one.ways[0].rank[1])):
        shown.add(found.rule.id)
        act = of_rule.get(found.rule.id)
        why = gravity.why_so_grave(act, found.level, case.ledger, now.after, book) if act and act.code[0] == "F" else ""
        yield verdicts.of_account(found, act, standing, why)
    yield from (verdicts.of_owing(one, book) for one in owings(case, near=now.near, quotes=now.quotes))
    after = of_signal(now.after.ledger, now.signal, _reading(now.after, now.after.at, book), now.after.profile, book)
    for adding in addings(after):
        shown.add(adding.rule.id)
        yield verdicts.of_adding(adding, of_rule.get(adding.rule.id), standing)
    yield from (_beside(act, after, now.after, standing) for act in now.acts if act.rule_id not in shown)


def _beside(act: NoticedAct, case: Case, after: CustomerState, standing: AlertsSoFar) -> RuleVerdict:
    """What no single signal shows; the case holds the ledger and the belief after it."""
    lines = [*felt(case, act.code)]
    if act.code == "C02" and after.tie is not None:
        takes = share(case.catalogue.thresholds.distress_raises)
        signs = [
            f"{sign} ({share(case.reading.distress)}; an alert takes {takes})" if "distress" in sign else sign
            for sign in relationship.signs_of_drawing_back(after.tie, after.profile, after.at, case.catalogue)
        ]
        lines = [Line(f"they draw back: {', '.join(signs) or 'as customers with such a tie often do'}", held=True)]
    return verdicts.of_act(act, lines, standing)


def _parts(outcomes: Sequence[Outcome]) -> tuple[list[Alert], list[NoticedAct]]:
    values: list[Any] = [one.value for one in outcomes if one.topic in ("acts", "alerts")]
    return [one for one in values if isinstance(one, Alert)], [one for one in values if isinstance(one, NoticedAct)]


def _ends(
    alerts: Sequence[Alert], before: CustomerState, after: CustomerState, taken: Reading, ended_by: str,
    told: Sequence[RuleVerdict], book: Catalogue,
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """Each alert that moved, with the id of its rule; `before` holds how those that were open stood."""
    named = [one.name for one in told if one.is_news and one.is_named]
    stood, stands = ({one.alert_id: one for one in state.told.open} for state in (before, after))
    now, ends = _reading(after, after.at, book), []
    for one in alerts:
        was, stand = stood.get(one.alert_id), stands.get(one.alert_id)
        chosen = why_chosen(stand, after, now if one.act.code[0] == "M" else taken, book) if stand else ""
        reasons = (gravity.shifted(one, was, book), gravity.why_critical(one, after, book))
        graver = "; ".join(why for why in reasons if why and not any(why in verdict.says for verdict in told))
        is_named = one.status != "raised" or any(one.title in name for name in named)
        ends.append((one.rule_id, of_alert(one, was, ended_by, chosen, graver, is_named=is_named)))
    return tuple(ends)


def _case(state: CustomerState, signal: Judged, book: Catalogue) -> Case:
    """The case the signal made, on the belief as it stood."""
    now = max(signal.occurred_at, state.at)
    tie = state.tie or relationship.begin(now)
    reading = relationship.read(relationship.forget(tie, now), state.profile, now, book)
    return of_signal(state.ledger, signal, reading, state.profile, book)


def _reading(state: CustomerState, now: datetime, book: Catalogue) -> Reading:
    """The belief after a signal: what mismatches are weighed on."""
    tie = state.tie or relationship.begin(now)
    return relationship.read(tie, state.profile, now, book)
