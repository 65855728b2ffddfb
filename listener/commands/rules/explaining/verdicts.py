"""What one rule made of one moment, as a sentence with its reasons: noticed, owed, settled, late, or nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.model.ledger import Debt
from listener.model.outputs import Alert, NoticedAct
from listener.model.told import Told
from listener.rules import phrasing
from listener.rules.explaining import Account, Line
from listener.rules.explaining import Told as Way
from listener.rules.explaining_absence import Adding, Owing, Settling
from listener.rules.owing import AFTERTHOUGHT, UNTROUBLED, is_plain
from listener.rules.sentences import lasting, share
from listener.rules.settling import SETTLEMENTS

_HELD_BACK: Final = {
    "doubtful": "too much of the belief lies with ties that would not mind",
    "shadow": "the rule is in shadow, which notes and tells nobody",
    "silenced": "the rule is silenced for this customer",
    "symptom": "{other} tells of it already",
    "cool_down": "an alert of this rule has only just ended",
    "cap": "as many alerts as a day may bring were raised for this customer",
}
_GRAVE: Final = re.compile(r" For them this is [^.]*\.$")
"""The end of an alert's why, which its verdict says already."""
_LIFE: Final = {
    "updated": "it happened again, or is graver",
    "escalated": "its repair is overdue",
    "acknowledged": "someone has taken it up",
    "expired": "its time is over and it was never mended",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule made of a moment: `says` it, with the reasons, by each `way` that led there or nearly did.

    `is_news` is whether anything came of it; `lack` how far it was from that, 0 where it was not; `more` is for those
    who want it in full.
    """

    rule_id: str
    says: str
    ways: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    is_news: bool = True
    lack: float = 0.0
    more: str = ""


def at(moment: datetime | int) -> str:
    """A moment, in UTC."""
    when = datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) else moment.astimezone(UTC)
    return f"{when:%Y-%m-%d %H:%M}"


def called(rule: Rule, book: Catalogue) -> str:
    """A rule by its code and title; by its id too where it shares the code with another."""
    several = sum(one.code == rule.code for one in book.rules.by_id.values()) > 1
    return f"{rule.code} {f'({rule.id}) ' if several else ''}{rule.title}"


def likely(p: float, said: float = 1.0, *factors: float) -> str:
    """How likely it is, and what that is made of where something was taken off what was heard.

    >>> likely(0.63, 0.98, 0.65), likely(0.98, 0.98, 1.0), likely(0.8, 1.0, 0.8)
    ('.63 likely (.98 × .65)', '.98 likely', '.8 likely')
    """
    parts = [share(one) for one in (said, *factors) if one < 1]
    return f"{share(p)} likely" + (f" ({' × '.join(parts)})" if len(parts) > 1 else "")


def of_account(
    found: Account, act: NoticedAct | None, told: Told, alerts: Sequence[Alert], book: Catalogue
) -> Verdict:  # fmt: skip
    """An act that was noticed, or was not: then by its nearest way."""
    name, ways = called(found.rule, book), tuple(_way(way, found.of) for way in found.ways)
    if not found.fired:
        way = found.ways[0]
        nearest = f"; nearest is way {way.number} of its {found.of}" if found.of > 1 else ""
        return Verdict(found.rule.id, f"{name}: not noticed{nearest}", (("", way.lines),), False, -way.rank[1])
    best = found.ways[0]
    fate = f"; {_fate(act, told, alerts, book)}" if act else ""
    return Verdict(found.rule.id, f"{name}: {likely(found.p, best.said, best.notice.p)}{fate}", ways)


def _way(way: Way, of: int) -> tuple[str, tuple[Line, ...]]:
    sure = f", {likely(way.p, way.said, way.notice.p)}" if way.p else ""
    return (f"way {way.number} of its {of}{sure}" if of > 1 else ""), way.lines


def of_missed(
    debt: Debt, act: NoticedAct | None, told: Told, alerts: Sequence[Alert], book: Catalogue
) -> Verdict | None:  # fmt: skip
    """Something owed whose time is up."""
    rule = book.rules.by_id.get(debt.rule)
    if rule is None or rule.owes is None:
        return None
    within = f"within {lasting(float(debt.due_s - debt.opened_s))}"
    by = "by the day that was promised" if rule.owes.within == "promise" else within
    came = Line(f"needed {by}: {_first_way(rule)}; none came ({_since(debt)})", held=True)
    sure = likely(debt.p)
    if act and not is_plain(debt):
        sure = f"{likely(act.p, debt.p, UNTROUBLED)}; promises to somebody not in trouble are often kept unrecorded"
    fate = f"; {_fate(act, told, alerts, book)}" if act else ""
    more = f"it would have been settled by {phrasing.any_of(_ways_to_settle(rule))}"
    return Verdict(rule.id, f"{called(rule, book)}: {sure}{fate}", (("", (came,)),), more=more)


def of_owing(owed: Owing, book: Catalogue) -> Verdict:
    """Whether something came to be owed, by when, and what if not."""
    rule, ways = owed.rule, (("", owed.lines),)
    if owed.due_s is None:
        return Verdict(rule.id, f"{called(rule, book)}: nothing comes to be owed", ways, False, owed.lack)
    if owed.joins is not None:
        says = f"asked again; still owed by {at(owed.joins.due_s)} ({_since(owed.joins)})"
        return Verdict(rule.id, f"{rule.code} {says}", tuple((way, tuple(map(_aside, lines))) for way, lines in ways))
    trust = rule.owes.p if rule.owes else 1.0
    sure = likely(owed.p, owed.said, trust, AFTERTHOUGHT if owed.in_passing else 1.0)
    if owed.in_passing:
        sure += f", × {share(AFTERTHOUGHT)} as it is asked in passing"
    if owed.p < book.thresholds.act_p:
        sure += f", too unlikely for an alert ({share(book.thresholds.act_p)} needed)"
    says = f"{rule.code} owed by {at(owed.due_s)}, {sure}: {_first_way(rule)}, else {_grave(owed.level)}"
    more = f"else it is “{rule.title}”; settled by {phrasing.any_of(_ways_to_settle(rule))}"
    return Verdict(rule.id, says, ways, more=more)


def of_settling(one: Settling, side: str) -> Verdict:
    """What a signal of this side makes of something owed; that the customer writes again is no try to settle it."""
    debt, rule = one.debt, one.rule
    due = f"{_since(debt)}, {'was due' if debt.breached else 'due'} {at(debt.due_s)}"
    if one.by:
        how, since = ("late", due) if debt.breached else ("in time", _since(debt))
        return Verdict(rule.id, f"{rule.code} settled {how}: {SETTLEMENTS[one.by].called} ({since})")
    why = " and ".join(one.why_not)
    if one.eased:
        eased = f"{share(debt.p * AFTERTHOUGHT)} ({share(debt.p)} × {share(AFTERTHOUGHT)})"
        why += f"; but a bot's plain answer makes it less likely that more is owed: {eased}"
    return Verdict(
        rule.id, f"{rule.code} still owed: {why} ({due})", (), one.here and side in ("agent", "bot", "system")
    )


def of_adding(
    adding: Adding, act: NoticedAct | None, told: Told, alerts: Sequence[Alert], book: Catalogue
) -> Verdict:  # fmt: skip
    """How far a mismatch has come."""
    ways = (("", adding.lines),)
    if act is None:
        lack = sum(line.lack for line in adding.lines if not line.held)
        return Verdict(adding.rule.id, f"{called(adding.rule, book)}: not noticed", ways, False, lack)
    sure = f"{share(act.p)} likely (.6, and a tenth for each point beyond what is needed)"
    return Verdict(adding.rule.id, f"{called(adding.rule, book)}: {sure}; {_fate(act, told, alerts, book)}", ways)


def of_act(act: NoticedAct, lines: Iterable[Line], told: Told, alerts: Sequence[Alert], book: Catalogue) -> Verdict:
    """An act that no single signal shows: what adds up, or what the revised belief minds."""
    rule = book.rules.by_id.get(act.rule_id or "")
    name = called(rule, book) if rule else act.code
    return Verdict(act.rule_id or act.code, f"{name}: {likely(act.p)}; {_fate(act, told, alerts, book)}",
                   (("", tuple(lines)),))  # fmt: skip


def of_alert(alert: Alert, ended_by: str, *, is_named: bool) -> str:
    """One change in the life of an alert; `ended_by` says what resolves one at such a moment.

    `is_named` is whether its act was just told of by name: then its code is enough.
    """
    name = alert.act.code if is_named else f"{alert.act.code} {alert.title}"
    why = _GRAVE.sub("", alert.why) if alert.status == "raised" else ""
    life = ended_by if alert.status == "resolved" else _LIFE.get(alert.status, "")
    told = f"{name}: alert {alert.status}, {alert.severity}"
    return f"{told}: {life}" if life else f"{told}. {why}".removesuffix(". ")


def _fate(act: NoticedAct, told: Told, alerts: Sequence[Alert], book: Catalogue) -> str:
    if act.code[0] == "B":
        return "it honours a norm, and may mend"
    if act.code[0] == "C" and not act.severity:
        return "noted"
    grave = _grave(act.severity, "by the customer" if act.code[0] == "C" else "for them")
    if act.held_back is None:
        if any(one.alert_id == act.alert_id for one in alerts):
            return grave
        return f"{grave}, told in the alert that is open" if act.alert_id else f"{grave}: noted, no alert"
    if act.held_back == "unsure":
        return f"too unlikely for an alert ({share(book.thresholds.act_p)} needed)"
    other = next((one for one in told.open if one.alert_id == act.held_by), None)
    rule = book.rules.by_id.get(other.rule) if other else None
    named = f"the open alert {rule.code} “{rule.title}”" if rule else "another alert"
    return f"{grave}, but no alert: {_HELD_BACK[act.held_back].format(other=named)}"


def _grave(level: int, whose: str = "for them") -> str:
    return f"{phrasing.GRAVE[level] if level else 'no breach'} {whose}"


def _aside(line: Line) -> Line:
    return replace(line, tells=False)


def _since(debt: Debt) -> str:
    return f"since {at(debt.opened_s)}, {debt.cause}"


def _first_way(rule: Rule) -> str:
    first, *others = _ways_to_settle(rule)
    return f"{first}, or the like" if others else first


def _ways_to_settle(rule: Rule) -> list[str]:
    return [SETTLEMENTS[name].called for name in (rule.owes.settled_by if rule.owes else ())]
