"""What time, a late answer and an act that mends do to open alerts: escalation, resolution, expiry."""

from msgspec.structs import replace

from listener.alerting.occasion import Occasion
from listener.alerting.saying import say
from listener.alerting.updating import is_said_by
from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.outputs import Alert, Status
from listener.model.told import CLOSED, COOLS_NOTHING, ENDED_S, OPEN, Closed, Open, Told

PLAIN = 0.6
"""How sure an honoured norm must be for a customer's thanks to be for the repair itself (P)."""
Aged = tuple[Told, list[Alert]]


def age(told: Told, occasion: Occasion) -> Aged:
    """Everything that has come due by now, alert by alert, in order of time."""
    said: list[Alert] = []
    now = occasion.at_s
    ripe = [one for one in told.open if _next_s(one) <= now]
    for alert in sorted(ripe, key=lambda one: (_next_s(one), one.alert_id)):
        if alert.mends_s and alert.mends_s <= now:
            told, ended = end(told, alert, "resolved", occasion)
            again = replace(told.closed[-1], severity=COOLS_NOTHING)  # what was mended and fails anew is told at once
            told = replace(told, closed=(*told.closed[:-1], again))
            said.append(ended)
        elif alert.expires_s <= now:
            told, ended = end(told, alert, "expired", occasion)
            said.append(ended)
        else:
            late = replace(alert, due_s=0, status="escalated", updated_s=now)
            told = told.with_changed(alert, late)
            said.append(say(late, "escalated", occasion))
    if told.silences:
        told = replace(told, silences=tuple(one for one in told.silences if one.until_s > now))
    since_s = now - max(ENDED_S, occasion.catalogue.thresholds.s("cool_down"))
    if told.closed and told.closed[0].ended_s < since_s:
        told = replace(told, closed=tuple(one for one in told.closed if one.ended_s >= since_s))
    return told, said


def make_room(told: Told, occasion: Occasion) -> Aged:
    """End the oldest of the open alerts, where there are more than are kept, and say so."""
    said: list[Alert] = []
    for alert in told.open[:-OPEN]:  # they stand in the order they were raised in
        told, ended = end(told, alert, "expired", occasion)
        said.append(ended)
    return told, said


def resolve(told: Told, finding: Finding, occasion: Occasion) -> Aged:
    """An obligation was met, if late: the alerts about it are over."""
    said: list[Alert] = []
    for alert in [one for one in told.open if one.rule == finding.rule_id]:
        if finding.phase == "late" or alert.matter == finding.matter:
            told, ended = end(told, alert, "resolved", occasion)
            said.append(ended)
    return told, said


def _is_plainly_said(finding: Finding) -> bool:
    """Whether the customer says that it is put right, or thanks for it, so that hardly any doubt is left."""
    return is_said_by("customer", finding) and finding.p >= PLAIN


def mend_or_wound(told: Told, finding: Finding, occasion: Occasion) -> Told:
    """A mending act starts the quiet time after which alerts count as resolved; a new complaint stops it.

    The quiet is a week; where the customer says so that nobody doubts it, much less: nothing proves a repair better. A
    mere thanks may be for trying, or for a photo asked for.
    """
    if finding.p < 0.5:
        return told
    if finding.code == "C03":
        return replace(told, open=tuple(replace(one, mends_s=0) for one in told.open))
    quiet = "thanked_after" if _is_plainly_said(finding) else "mended_after"
    over_s = occasion.at_s + occasion.catalogue.thresholds.s(quiet)
    mended = [
        one
        for one in told.open
        if finding.code in _rule_mends(occasion.catalogue, one.rule) and (not one.mends_s or over_s < one.mends_s)
    ]
    if not mended:
        return told
    return replace(told, open=tuple(replace(one, mends_s=over_s) if one in mended else one for one in told.open))


def _rule_mends(catalogue: Catalogue, rule_id: str) -> tuple[str, ...]:
    rule = catalogue.rules.by_id.get(rule_id)
    return rule.mended_by if rule else ()


def end(told: Told, alert: Open, status: Status, occasion: Occasion) -> tuple[Told, Alert]:
    """Close an alert for good."""
    closed = Closed(alert.rule, alert.matter, alert.alert_id, occasion.at_s, alert.severity)
    rest = tuple(one for one in told.open if one is not alert)
    told = replace(told, open=rest, closed=(*told.closed, closed)[-CLOSED:])
    return told, say(alert, status, occasion, ended=True)


def _next_s(alert: Open) -> int:
    """When something next happens to it by time alone: what is on its way to be resolved does not escalate."""
    due_s = 0 if alert.mends_s else alert.due_s
    return min([one for one in (due_s, alert.mends_s, alert.expires_s) if one])


def next_due_s(told: Told) -> int | None:
    """When something next happens to any open alert by time alone."""
    return min((_next_s(one) for one in told.open), default=None)
