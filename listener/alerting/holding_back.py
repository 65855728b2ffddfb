"""Why a finding becomes no alert: too unsure, silenced, said by another alert, just ended, or too many today."""

from typing import Literal

from listener.alerting.occasion import Occasion
from listener.alerting.saying import MEDIUM
from listener.catalogue.rules import Rule
from listener.model.findings import Finding
from listener.model.outputs import SEVERITIES
from listener.model.spans import DAY_S
from listener.model.told import Open, Told

Reason = Literal["unsure", "doubtful", "shadow", "silenced", "symptom", "cool_down", "cap"]
"""`unsure` of the act; `doubtful` that it is a breach for them; a rule in `shadow`; `silenced` by people; the `symptom`
of what another alert says; `cool_down` after one that has just ended; the `cap` of alerts a day."""


def held_back(told: Told, finding: Finding, rule: Rule, severity: int, occasion: Occasion) -> Reason | None:
    """The reason why nothing is said; None where it is to be said. `severity` is its place among SEVERITIES."""
    limits, now = occasion.catalogue.thresholds, occasion.at_s
    if finding.p < limits.act_p:
        return "unsure"
    if rule.status != "on":
        return "shadow"
    if _is_silenced(told, rule, severity, now):
        return "silenced"
    if told.standing(finding.rule_id, finding.matter) is not None:
        return None  # it is said already, and may be said again
    if severity == MEDIUM and 0 < finding.expected < limits.expected_from:
        return "doubtful"
    if spoken_for_by(told, finding, rule, now) is not None:
        return "symptom"
    if _has_just_ended(told, rule, severity, now, limits.s("cool_down")):
        return "cool_down"
    today = sum(now - started < DAY_S for started in told.raised)
    return "cap" if today >= limits.alerts_a_day and severity < len(SEVERITIES) - 1 else None


def _is_silenced(told: Told, rule: Rule, severity: int, now: int) -> bool:
    """By a silence asked for, or because dispositions taught that this is expected here."""
    return any(
        severity < MEDIUM + silence.levels
        for silence in told.silences
        if silence.until_s > now and silence.rule in ("", rule.id)
    )


def spoken_for_by(told: Told, finding: Finding, rule: Rule, now: int) -> Open | None:
    """The open alert that speaks for this finding: trouble behind strain and distress, or the cause of this act."""
    loud = [one for one in told.open if one.severity >= MEDIUM]
    adds_up = rule.kind in ("strain", "distress")
    speaks = [one for one in loud if adds_up or one.code in rule.silent_while]
    if rule.kind == "distress":
        speaks += [one for one in told.open if now - one.started_s <= DAY_S]
    return next(iter(speaks), None) or cause_of(told, finding, rule)


def cause_of(told: Told, finding: Finding, rule: Rule) -> Open | None:
    """The open alert that tells of the very act: a price that rose unannounced is one matter, not two.

    So it is where two rules notice acts of one code. What a customer says comes back to the act that began it.
    """
    names = {*rule.symptom_of, rule.code}
    is_said = any(proof.event_id == finding.event_id and proof.role == "customer" for proof in finding.evidence)
    acts = {finding.event_id, finding.cause if is_said else finding.event_id}
    return next(
        (
            one
            for one in told.open
            if one.code in names
            and one.rule != rule.id
            and not acts.isdisjoint((one.cause, *(p.event_id for p in one.proofs)))
        ),
        None,
    )


def _has_just_ended(told: Told, rule: Rule, severity: int, now: int, cool_down_s: int) -> bool:
    return any(
        one.rule == rule.id and now - one.ended_s < cool_down_s and severity <= one.severity for one in told.closed
    )
