"""Why a story of a rule ends otherwise than its author told: what it lacked, or what it noticed all the same."""

from collections.abc import Iterable, Sequence

from listener.catalogue import Catalogue
from listener.catalogue.rules import Example, Rule
from listener.model.findings import Finding
from listener.rules.case import Case
from listener.rules.explaining import phrasing
from listener.rules.explaining.absence import addings, owings
from listener.rules.explaining.account import Line, account
from listener.rules.explaining.sentences import lasting, share
from listener.rules.rehearsing import rehearse


def why(rule: Rule, example: Example, book: Catalogue) -> str:
    """What to say of a story that does not hold."""
    cases: list[Case] = []
    found = [one.finding for one in rehearse(example, book, cases.append) if one.finding.rule_id == rule.id]
    acts = sorted((one for one in found if one.is_act), key=lambda one: (one.p, one.level))
    if rule.code not in example.expect:
        best = acts[-1]
        return f"{_noticed(best, cases)}: {share(best.p)} likely, {_gravity(best, example, book)}"
    if not acts:
        return _why_not(rule, found, cases)
    best, least = acts[-1], book.thresholds.act_p
    if best.p < least:
        return f"it was noticed, and too unsure: {share(best.p)} likely, at least {share(least)} is needed"
    wanted = "" if example.level is None else f", and the story has level {example.level}"
    return f"{_noticed(best, cases)}: {_gravity(best, example, book)}{wanted or _only(rule)}"


def _only(rule: Rule) -> str:
    return "; only a breach or worse fires" if rule.by == "firm" else "; this rule has no `severity` for them"


def _gravity(best: Finding, example: Example, book: Catalogue) -> str:
    return f"{phrasing.GRAVE[best.level]} (level {best.level}) for {book.types.by_id[example.type].display}"


def _noticed(best: Finding, cases: Sequence[Case]) -> str:
    """What was noticed, by its line of `given`; of what adds up or is felt, by none."""
    lines = (
        f" line {n} of `given`" for n, one in enumerate(cases, 1) if one.event_id and one.event_id == best.event_id
    )
    line = next(lines, "")
    if best.phase == "breached":
        return f"nothing came of what is owed by{line}" if line else "nothing came of what is owed"
    return f"it was noticed in{line}" if line else "it was noticed"


def _why_not(rule: Rule, found: Iterable[Finding], cases: Sequence[Case]) -> str:
    *signals, end = cases
    if any(one.phase == "settled" for one in found):
        return "what was owed came in time"
    if debt := next((one for one in end.ledger.debts if one.rule == rule.id), None):
        within = lasting(float(debt.due_s - debt.opened_s))
        return f"it is owed within {within}, and the story ends before: give it a longer `until`"
    near = [(lines, n) for n, case in enumerate(signals, 1) for lines in _lacking(rule, case)]
    if not near:
        return "nothing in it is of the kind that the rule waits for"
    lines, n = min(near, key=lambda one: sum(line.lack for line in one[0]))
    return f"nearest is line {n} of `given`, and there this does not hold: {'; '.join(line.words for line in lines)}"


def _lacking(rule: Rule, case: Case) -> Iterable[tuple[Line, ...]]:
    """The conditions that do not hold, of each way in which this signal might have set the rule off."""
    ways = [way.lines for one in account(case, [rule], near=False) for way in one.ways]
    ways += [one.lines for one in owings(case, near=False) if one.rule.id == rule.id]
    ways += [one.lines for one in addings(case) if one.rule.id == rule.id]
    return [tuple(line for line in lines if not line.held) for lines in ways]
