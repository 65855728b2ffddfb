"""What one rule made of one moment, as a sentence with its reasons: noticed, owed, settled, late, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.model.ledger import Debt
from listener.model.outputs import Alert, NoticedAct
from listener.model.told import Told
from listener.rules.debts.owing import AFTERTHOUGHT, UNTROUBLED, is_plain
from listener.rules.debts.settling import SETTLEMENTS
from listener.rules.explaining import phrasing
from listener.rules.explaining.absence import Adding, Owing, Settling
from listener.rules.explaining.account import Account, Line
from listener.rules.explaining.account import Told as Way
from listener.rules.explaining.sentences import lasting, share, surely_called

_HELD_BACK: Final = {
    "doubtful": "too much of the belief lies with ties that would not mind",
    "shadow": "the rule is in shadow, which notes and tells nobody",
    "silenced": "the rule is silenced for this customer",
    "symptom": "{other} tells of it already",
    "cool_down": "an alert of this rule has only just ended",
    "cap": "as many alerts as a day may bring were raised for this customer",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule made of a moment: `says` it, with the reasons, by each `way` that led there or nearly did.

    `name` is the rule's, told beside the code where it `is_named`; `tells` is what it says of the act, for where it
    stands among others of its code; `is_slight` is whether it is a breach to nobody. `is_news` is whether anything came
    of it; `lack` how far it was from that, 0 where it was not; `more` is for those who want it in full.
    """

    rule_id: str
    name: str
    says: str
    ways: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    is_news: bool = True
    lack: float = 0.0
    more: str = ""
    is_named: bool = True
    tells: str = ""
    is_slight: bool = False

    @property
    def code(self) -> str:
        """The act's."""
        return self.name.partition(" ")[0]


def at(moment: datetime | int) -> str:
    """A moment, in UTC."""
    when = datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) else moment.astimezone(UTC)
    return f"{when:%Y-%m-%d %H:%M}"


def called(rule: Rule, book: Catalogue) -> str:
    """A rule by its code and title; by its id too where it shares the code with another."""
    several = sum(one.code == rule.code for one in book.rules.by_id.values()) > 1
    return f"{rule.code} {f'({rule.id}) ' if several else ''}{rule.title}"


def likely(p: float, *parts: tuple[float, str]) -> str:
    """How likely it is, and what that is made of where something was taken off what was heard.

    >>> likely(0.64, (0.98, "heard"), (0.65, "trusted")), likely(0.8, (1.0, "heard"), (0.8, "trusted"))
    ('likely (0.64 = 0.98 heard × 0.65 trusted)', 'very likely (0.8)')
    """
    told = [f"{share(one)} {what}" for one, what in parts if one < 1]
    made = f" = {' × '.join(told)}" if len(told) > 1 else ""
    return f"{surely_called(p)} ({share(p)}{made})"


def of_account(
    found: Account, act: NoticedAct | None, told: Told, alerts: Sequence[Alert], book: Catalogue
) -> Verdict:  # fmt: skip
    """An act that was noticed, or was not: then by its nearest way."""
    name, several = called(found.rule, book), len(found.ways) > 1
    ways = tuple((_way(way, several=several) if found.of > 1 else "", way.lines) for way in found.ways)
    if not found.fired:
        way = found.ways[0]
        nearest = f"; nearest to {_way(way)}" if found.of > 1 else ""
        return Verdict(found.rule.id, name, f"not noticed{nearest}", (("", way.lines),), False, -way.rank[1])
    fate = f"; {_fate(act, told, alerts, book)}" if act else ""
    best, is_slight = found.ways[0], act is not None and act.code[0] != "B" and not act.severity
    return Verdict(found.rule.id, name, f"{_sure(best)}{fate}", ways, tells=best.tells, is_slight=is_slight)


def _way(way: Way, *, several: bool = False) -> str:
    """A way by what it says of the act, and where it stands in the file; how sure it is, where others are too."""
    return f"“{way.tells}” (way {way.number} in the rule's file){f': {_sure(way)}' if several else ''}"


def _sure(way: Way) -> str:
    return likely(way.p, (way.said, "heard"), (way.notice.p, "trusted"))


def of_missed(
    debt: Debt, act: NoticedAct | None, told: Told, alerts: Sequence[Alert], book: Catalogue
) -> Verdict | None:  # fmt: skip
    """Something owed whose time is up."""
    rule = book.rules.by_id.get(debt.rule)
    if rule is None or rule.owes is None:
        return None
    within = f"within {lasting(float(debt.due_s - debt.opened_s))}"
    by = "by the day that was promised" if rule.owes.within == "promise" else within
    came = Line(f"owed since {_since(debt)}, due {by}: {_first_way(rule)}; none came", held=True)
    sure = likely(debt.p)
    if act and not is_plain(debt, rule.owes):
        often = "broken, as many are kept without a record"
        sure = likely(act.p, (debt.p, "owed"), (UNTROUBLED, often))
    fate = f"; {_fate(act, told, alerts, book)}" if act else ""
    more = f"it would have been settled by {phrasing.any_of(_ways_to_settle(rule))}"
    return Verdict(rule.id, called(rule, book), f"{sure}{fate}", (("", (came,)),), more=more)


def of_owing(owed: Owing, book: Catalogue) -> Verdict:
    """Whether something came to be owed, by when, and what if not."""
    rule, ways, name = owed.rule, (("", owed.lines),), called(owed.rule, book)
    if owed.due_s is None:
        return Verdict(rule.id, name, "nothing comes to be owed", ways, False, owed.lack)
    if owed.joins is not None:
        aside = tuple((way, tuple(map(_aside, lines))) for way, lines in ways)
        due = "was due" if owed.joins.breached else "due"
        says = f"asked again; still owed (since {_since(owed.joins)}, {due} {at(owed.joins.due_s)})"
        return Verdict(rule.id, name, says, aside, is_named=False)
    parts = [(owed.said, "heard"), (rule.owes.p if rule.owes else 1.0, "trusted")]
    if owed.afterthought:
        parts.append((AFTERTHOUGHT, owed.afterthought))
    what, sure = f"owed by {at(owed.due_s)}: {_first_way(rule)}", likely(owed.p, *parts)
    says = f"{what}, else {_grave(owed.level)}; {sure}"
    if owed.p < book.thresholds.act_p:
        says = f"may be {what}; {sure}, too unsure for an alert ({share(book.thresholds.act_p)} needed)"
    more = f"else it is “{rule.title}”; settled by {phrasing.any_of(_ways_to_settle(rule))}"
    return Verdict(rule.id, name, says, ways, more=more, is_named=False)


def of_settling(one: Settling, side: str, book: Catalogue) -> Verdict:
    """What a signal of this side makes of something owed; that the customer writes again is no try to settle it."""
    debt, rule, name = one.debt, one.rule, called(one.rule, book)
    due = f"owed since {_since(debt)}, {'was due' if debt.breached else 'due'} {at(debt.due_s)}"
    if one.by:
        how, since = ("late", due) if debt.breached else ("in time", f"owed since {_since(debt)}")
        says = f"settled {how} by {SETTLEMENTS[one.by].called} ({since})"
        return Verdict(rule.id, name, says, is_named=False)
    why = " and ".join(one.why_not)
    if one.eased:
        eased = likely(debt.p * AFTERTHOUGHT, (debt.p, "before"), (AFTERTHOUGHT, "for a bot's plain answer"))
        why += f"; but that more is owed is less sure now: {eased}"
    is_news = one.here and side in ("agent", "bot", "system")
    return Verdict(rule.id, name, f"still owed: {why} ({due})", (), is_news, is_named=False)


def of_adding(
    adding: Adding, act: NoticedAct | None, told: Told, alerts: Sequence[Alert], book: Catalogue
) -> Verdict:  # fmt: skip
    """How far a mismatch has come."""
    ways, name = (("", adding.lines),), called(adding.rule, book)
    if act is None:
        lack = sum(line.lack for line in adding.lines if not line.held)
        holds = all(line.held for line in adding.lines)
        says = "not noticed again: it is told once in 60 days and matter" if holds else "not noticed"
        return Verdict(adding.rule.id, name, says, ways, False, lack)
    needs = adding.rule.mismatch.needs if adding.rule.mismatch else 0.0
    sure = f"{surely_called(act.p)} ({share(act.p)}: 0.6 once it adds up to {needs:g}, and 0.1 for each 1 beyond)"
    return Verdict(adding.rule.id, name, f"{sure}; {_fate(act, told, alerts, book)}", ways)


def of_act(act: NoticedAct, lines: Iterable[Line], told: Told, alerts: Sequence[Alert], book: Catalogue) -> Verdict:
    """An act that no single signal shows: what adds up, or what the revised belief minds."""
    rule = book.rules.by_id.get(act.rule_id or "")
    name, says = called(rule, book) if rule else act.code, f"{likely(act.p)}; {_fate(act, told, alerts, book)}"
    return Verdict(act.rule_id or act.code, name, says, (("", tuple(lines)),))


def _fate(act: NoticedAct, told: Told, alerts: Sequence[Alert], book: Catalogue) -> str:
    if act.code[0] == "B":
        return "done well, which may mend what went wrong"
    if act.code[0] == "C" and not act.severity:
        return "on record only"
    grave = _grave(act.severity, "by the customer" if act.code[0] == "C" else "for them")
    if act.held_back is None:
        if any(one.alert_id == act.alert_id for one in alerts):
            return grave
        return f"{grave}, told in the alert that is open" if act.alert_id else f"{grave}: on record only"
    if act.held_back == "unsure":
        return f"too unsure for an alert ({share(book.thresholds.act_p)} needed)"
    other = next((one for one in told.open if one.alert_id == act.held_by), None)
    rule = book.rules.by_id.get(other.rule) if other else None
    named = f"the open alert {rule.code} “{rule.title}”" if rule else "another alert"
    return f"{grave}, but no alert: {_HELD_BACK[act.held_back].format(other=named)}"


def _grave(level: int, whose: str = "for them") -> str:
    return f"{phrasing.GRAVE[level] if level else 'no breach'} {whose}"


def _aside(line: Line) -> Line:
    return replace(line, tells=False)


def _since(debt: Debt) -> str:
    return f"{at(debt.opened_s)}, {debt.cause}"


def _first_way(rule: Rule) -> str:
    first, *others = _ways_to_settle(rule)
    return f"{first}, or the like" if others else first


def _ways_to_settle(rule: Rule) -> list[str]:
    return [SETTLEMENTS[name].called for name in (rule.owes.settled_by if rule.owes else ())]
