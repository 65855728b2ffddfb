"""Choosing what is worth an alert: loud and sure enough, not silenced, no symptom of another, not said already."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from listener.alerting.against_advice import Done, wound_again
from listener.alerting.ageing import age, make_room, mend_or_wound, resolve
from listener.alerting.carrying import carry
from listener.alerting.holding_back import Reason, cause_of, held_back, spoken_for_by
from listener.alerting.occasion import Occasion, Who
from listener.alerting.raising import new
from listener.alerting.saying import MEDIUM, say
from listener.alerting.updating import is_owned, of_one_act, update
from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.inputs import Profile
from listener.model.outputs import SEVERITIES, Alert
from listener.model.reading import Reading
from listener.model.spans import DAY_S
from listener.model.told import RAISED, Told


class Fate(NamedTuple):
    """What became of a finding: the open alert that carries it, or why it is worth one and has none.

    `held_by` is the open alert that speaks for a symptom.
    """

    alert_id: str | None
    held_back: Reason | None = None
    held_by: str | None = None


class Held(NamedTuple):
    """Why a finding has no alert of its own, and the alert that speaks for it, where one does."""

    reason: Reason | None = None
    by: str | None = None
    of_one_act: bool = False
    """Whether that alert tells of the very act, and so carries this as well."""


Chosen = tuple[Told, tuple[Alert, ...], tuple[Fate, ...]]
GRAVE = {2: "medium", 3: "high"}
FREE = Held()


def choose(
    told: Told, findings: Sequence[Finding], reading: Reading, profile: Profile | None, who: Who, at: datetime,
    catalogue: Catalogue, done: Done | None = None,
) -> Chosen:  # fmt: skip
    """Let the open alerts age to `at`, then raise, update or end alerts by what was `done` and found.

    There is one fate for each finding, in their order.
    """
    occasion = Occasion(who, at, catalogue)
    told, said = age(told, occasion)
    if done is not None and told.open:
        told, worse = wound_again(told, done, occasion)
        said += worse
    held: dict[int, Held] = {}
    for n in _causes_first(findings, catalogue):
        finding = findings[n]
        if finding.phase in ("late", "settled"):
            told, more = resolve(told, finding, occasion)
            said += more
            continue
        told = mend_or_wound(told, finding, occasion)
        told, alert, held[n] = _raise(told, finding, reading, profile, occasion)
        if alert:
            said = [*(one for one in said if not _is_said_anew(one, alert)), alert]
    fates = tuple(_fate(told, one, held.get(n, FREE)) for n, one in enumerate(findings))
    told, ended = make_room(told, occasion)
    return told, (*said, *ended), fates


def _causes_first(findings: Sequence[Finding], catalogue: Catalogue) -> list[int]:
    """What settles, then acts, then what is a symptom of them or only adds up from them. As places in the sequence.

    Of several rules for one code the surest comes first.
    """
    order = {"M": 2, "S": 3, "D": 4}
    begins: dict[str, int] = {}
    surest: dict[str, float] = {}
    for n, one in enumerate(findings):
        begins.setdefault(one.code, n)
        surest[one.rule_id] = max(one.p, surest.get(one.rule_id, 0.0))

    def turn(n: int) -> tuple[bool, int, int, float]:
        one = findings[n]
        rank = order.get(one.code[0], int(bool(catalogue.rules.by_id[one.rule_id].symptom_of)))
        return one.phase not in ("late", "settled"), rank, begins[one.code], -surest[one.rule_id]

    return sorted(range(len(findings)), key=turn)


def _is_said_anew(one: Alert, alert: Alert) -> bool:
    """Whether an alert that was raised at this moment is raised once more, whole."""
    return one.alert_id == alert.alert_id and one.status == alert.status == "raised"


def _fate(told: Told, finding: Finding, held: Held) -> Fate:
    """An alert that tells of the very act carries whatever else was wrong with it."""
    carrier = held.by if held.of_one_act else None
    return Fate(_id_of(told, finding) or carrier, held.reason, held.by)


def _id_of(told: Told, finding: Finding) -> str | None:
    if not finding.is_act or _severity_of(finding) < 0:
        return None
    standing = told.standing(finding.rule_id, finding.matter)
    return standing.alert_id if standing else None


def _severity_of(finding: Finding) -> int:
    """The place of its severity among SEVERITIES; -1 where it is worth no alert."""
    kind, level = finding.code[0], finding.level
    if kind == "F":
        if finding.critical and level >= 2:
            return SEVERITIES.index("critical")
        return SEVERITIES.index(GRAVE[level]) if level >= 2 else -1
    if kind == "B" or not level:
        return SEVERITIES.index("info") if finding.code == "M09" else -1
    if finding.critical and level >= 3:
        return SEVERITIES.index("critical")
    return level


def _raise(
    told: Told, finding: Finding, reading: Reading, profile: Profile | None, occasion: Occasion
) -> tuple[Told, Alert | None, Held]:
    """Raise an alert for a finding, or update the one that stands; else, where it is worth one, why not."""
    rule, severity = occasion.catalogue.rules.by_id[finding.rule_id], _severity_of(finding)
    if severity < 0:
        return told, None, FREE
    if is_owned(finding, occasion.catalogue) and not finding.critical:
        severity = min(severity, MEDIUM)  # whoever owns to it has begun to mend it
    if reason := held_back(told, finding, rule, severity, occasion):
        speaks = spoken_for_by(told, finding, rule, occasion.at_s) if reason == "symptom" else None
        cause = cause_of(told, finding, rule) if reason == "symptom" else None
        held = Held(
            reason,
            speaks.alert_id if speaks else None,
            cause is not None and cause is speaks and cause.code != finding.code,
        )
        if cause is None:
            return told, None, held
        if severity <= cause.severity:
            return *carry(told, cause, finding, occasion), held
        finding = of_one_act(finding)  # it makes its cause as grave as itself
        return *update(told, cause, finding, severity, reading, occasion), held
    if (standing := told.standing(finding.rule_id, finding.matter)) is not None:
        return *update(told, standing, finding, severity, reading, occasion), FREE
    alert = new(told, finding, severity, reading, profile, occasion)
    today = (one for one in told.raised if alert.started_s - one < DAY_S)
    told = replace(told, open=(*told.open, alert), raised=(*today, alert.started_s)[-RAISED:])
    return told, say(alert, "raised", occasion), FREE
