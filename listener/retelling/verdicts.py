"""What one rule made of one moment, as a sentence with its reasons: noticed, owed, settled, late, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.model.ledger import Debt
from listener.model.outputs import NoticedAct
from listener.retelling.fates import AlertsSoFar, called
from listener.rules.debts.owing import AFTERTHOUGHT, UNTROUBLED, is_plain
from listener.rules.debts.settling import SETTLEMENTS
from listener.rules.explaining import phrasing
from listener.rules.explaining.absence import Adding, Owing, Settling
from listener.rules.explaining.account import Account, Line, Way
from listener.rules.explaining.sentences import lasting, share, surely_called


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What one rule made of a moment: `says` it, `sure` how surely, with the reasons, by each `way` that led there.

    `name` is the rule's, told beside the code where it `is_named`; `tells` is what it says of the act, for where it
    stands among others of its code; `is_slight` is whether no alert can come of it. `is_news` is whether anything came
    of it; `lack` how far it was from that, 0 where it was not; `more` is for those who want it in full. `level` is how
    grave it would be if what it says to be owed did not come (0: it says nothing to be owed); `is_unsure` of what was
    owed so unsurely that no alert comes of it, as was said when it was asked.
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
    sure: str = ""
    level: int = 0
    is_unsure: bool = False

    @property
    def code(self) -> str:
        """The act's."""
        return self.name.partition(" ")[0]


def at(moment: datetime | int) -> str:
    """A moment, in UTC."""
    when = datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) else moment.astimezone(UTC)
    return f"{when:%Y-%m-%d %H:%M}"


def titled(rule: Rule, book: Catalogue) -> str:
    """A rule by its code and title; by its id too where it shares the code with another."""
    several = sum(one.code == rule.code for one in book.rules.by_id.values()) > 1
    return f"{rule.code} {f'({rule.id}) ' if several else ''}{rule.title}"


def surely(p: float) -> str:
    """How sure it is, from 0 to 1.

    >>> surely(0.64)
    'sure: 0.64'
    """
    return f"sure: {share(p)}"


def likely(p: float, *parts: tuple[float, str]) -> str:
    """How sure it is, and what that is made of where something was taken off what was heard.

    >>> likely(0.64, (0.98, "heard"), (0.65, "trusted")), likely(0.8, (1.0, "heard"), (0.8, "trusted"))
    ('likely: 0.64 = 0.98 heard × 0.65 trusted', 'very likely: 0.8')
    """
    told = [f"{share(one)} {what}" for one, what in parts if one < 1]
    made = f" = {' × '.join(told)}" if len(told) > 1 else ""
    return f"{surely_called(p)}: {share(p)}{made}"


def of_account(found: Account, act: NoticedAct | None, now: AlertsSoFar, why_graver: str = "") -> RuleVerdict:
    """An act that was noticed, or was not: then by its nearest way."""
    name, several = titled(found.rule, now.book), len(found.ways) > 1
    ways = tuple((_way(way, several=several) if found.of > 1 else "", way.lines) for way in found.ways)
    best = found.ways[0]
    if not found.fired:
        nearest = f"; nearest to {_way(best)}" if found.of > 1 else ""
        return RuleVerdict(found.rule.id, name, f"not noticed{nearest}", (("", best.lines),), False, -best.rank[1])
    says = now.fate(act) if act else "no alert, as it was told a moment ago"
    return RuleVerdict(
        found.rule.id, name, f"{says}{f'; {why_graver}' if why_graver else ''}", ways, tells=best.tells,
        is_slight=_is_slight(act, now.book), sure=surely(best.p), more="" if several else _made(best),
    )  # fmt: skip


def _is_slight(act: NoticedAct | None, book: Catalogue) -> bool:
    """Whether no alert could come of an act: that it was done well, irritates only, or is too unsure."""
    return act is None or act.p < book.thresholds.act_p or act.code[0] == "B" or act.severity < (act.code[0] == "F") + 1


def _way(way: Way, *, several: bool = False) -> str:
    """A way by what it says of the act, and where it stands in the file; how sure it is, where others are too."""
    return f"“{way.tells}” (way {way.number} in the rule's file){f', {_made(way)}' if several else ''}"


def _made(way: Way) -> str:
    return likely(way.p, (way.said, "heard"), (way.notice.p, "trusted"))


def of_missed(debt: Debt, act: NoticedAct | None, now: AlertsSoFar, why_moved: str = "") -> RuleVerdict | None:
    """Something owed whose time is up."""
    rule = now.book.rules.by_id.get(debt.rule)
    if rule is None or rule.owes is None:
        return None
    within = f"within {lasting(float(debt.due_s - debt.opened_s))} of {at(debt.opened_s)}"
    by = f"by {at(debt.due_s)}" if rule.owes.within == "promise" else within
    came = Line(f"{_first_way(rule)} was owed {by}, and did not come{_nor_else(rule)}", held=True)
    made = likely(debt.p)
    if act and not is_plain(debt, rule.owes):
        often = "broken, as many are kept without a record"
        made = likely(act.p, (debt.p, "owed"), (UNTROUBLED, often))
    says = now.fate(act) if act else "no alert, as it was told already"
    more = f"{made}; asked by {debt.cause}; it would have been settled by {phrasing.any_of(_ways_to_settle(rule))}"
    return RuleVerdict(
        rule.id, titled(rule, now.book), f"{says}{f'; {why_moved}' if why_moved else ''}", (("", (came,)),), more=more,
        is_slight=_is_slight(act, now.book), sure=surely(act.p if act else debt.p),
        is_unsure=act is None or act.p < now.book.thresholds.act_p,
    )  # fmt: skip


def of_owing(owed: Owing, book: Catalogue) -> RuleVerdict:
    """Whether something came to be owed, by when, and what if not."""
    rule, ways, name = owed.rule, (("", owed.lines),), titled(owed.rule, book)
    if owed.due_s is None:
        return RuleVerdict(rule.id, name, "nothing comes to be owed", ways, False, owed.lack)
    if owed.joins is not None:
        aside = tuple((way, tuple(map(_aside, lines))) for way, lines in ways)
        due = "was due" if owed.joins.breached else "due"
        says = f"asked again; still owed since {at(owed.joins.opened_s)}, {due} {at(owed.joins.due_s)}"
        return RuleVerdict(rule.id, name, says, aside, is_named=False)
    parts = [(owed.said, "heard"), (rule.owes.p if rule.owes else 1.0, "trusted")]
    if owed.afterthought:
        parts.append((AFTERTHOUGHT, owed.afterthought))
    level, least = owed.level, book.thresholds.act_p
    ends = called(level) if level else "nothing, as they do not mind"
    says = f"owed by {at(owed.due_s)}: {_first_way(rule)}{_or_else(rule)}; if it does not come: {ends}"
    if owed.p < least:
        why = f": {owed.afterthought.removeprefix('for ')} often wants none" if owed.afterthought else ""
        unsure = f"too unsure for an alert, which takes at least {share(least)}"
        says = f"may be owed by {at(owed.due_s)}: {_first_way(rule)}; {unsure}{why}"
    elif level == 1:
        says += ", and no alert"
    made = likely(owed.p, *parts)
    more = f"{made}; else it is “{rule.title}”; settled by {phrasing.any_of(_ways_to_settle(rule))}"
    return RuleVerdict(
        rule.id, name, says, ways, more=more, is_named=False, sure=surely(owed.p), level=level, is_slight=owed.p < least
    )


def of_settling(one: Settling, side: str, book: Catalogue) -> RuleVerdict:
    """What a signal of this side makes of something owed; that the customer writes again is no try to settle it."""
    debt, rule, name = one.debt, one.rule, titled(one.rule, book)
    due = f"owed since {at(debt.opened_s)}, {'was due' if debt.breached else 'due'} {at(debt.due_s)}"
    if one.by:
        how, since = ("late", due) if debt.breached else ("in time", f"owed since {at(debt.opened_s)}")
        says = f"settled {how} by {SETTLEMENTS[one.by].called} ({since})"
        return RuleVerdict(rule.id, name, says, is_named=False, more=f"asked by {debt.cause}")
    why, more = " and ".join(one.why_not), f"{_first_way(rule)}, {due}; asked by {debt.cause}"
    if one.eased:
        p = debt.p * AFTERTHOUGHT
        why += f"; but {one.eased} makes it less sure that more is owed ({surely(p)})"
        more += f"; {likely(p, (debt.p, 'before'), (AFTERTHOUGHT, 'for that'))}"
    is_news = one.here and side in ("agent", "bot", "system")
    return RuleVerdict(rule.id, name, f"still owed: {why}", (), is_news, is_named=False, more=more)


def of_adding(adding: Adding, act: NoticedAct | None, now: AlertsSoFar) -> RuleVerdict:
    """How far a mismatch has come."""
    ways, name = (("", adding.lines),), titled(adding.rule, now.book)
    if act is None:
        lack = sum(line.lack for line in adding.lines if not line.held)
        holds = all(line.held for line in adding.lines)
        says = "not noticed again: it is told once in 60 days and matter" if holds else "not noticed"
        return RuleVerdict(adding.rule.id, name, says, ways, False, lack)
    needs = adding.rule.mismatch.needs if adding.rule.mismatch else 0.0
    more = f"{likely(act.p)}: 0.6 at {needs:g} points, and 0.1 for each point beyond"
    return RuleVerdict(adding.rule.id, name, now.fate(act), ways, more=more, sure=surely(act.p))


def of_act(act: NoticedAct, lines: Iterable[Line], now: AlertsSoFar) -> RuleVerdict:
    """An act that no single signal shows: what adds up, or what the revised belief minds."""
    rule = now.book.rules.by_id.get(act.rule_id or "")
    name, slight = titled(rule, now.book) if rule else act.code, _is_slight(act, now.book)
    return RuleVerdict(
        act.rule_id or act.code, name, now.fate(act), (("", tuple(lines)),), is_slight=slight, sure=surely(act.p)
    )


def _aside(line: Line) -> Line:
    return replace(line, tells=False)


def _first_way(rule: Rule) -> str:
    """What is owed, by what settles it best."""
    if rule.owes and rule.owes.within == "promise":
        return "what was promised"
    return _ways_to_settle(rule)[0]


def _or_else(rule: Rule) -> str:
    """What settles it as well."""
    others = _ways_to_settle(rule)[1:]
    if not others or rule.owes is None or rule.owes.within == "promise":
        return ""
    return f" ({phrasing.any_of(others)} would do as well)"


def _nor_else(rule: Rule) -> str:
    return ", nor anything else that would settle it" if _or_else(rule) else ""


def _ways_to_settle(rule: Rule) -> list[str]:
    return [SETTLEMENTS[name].called for name in (rule.owes.settled_by if rule.owes else ())]
