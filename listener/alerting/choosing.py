"""Choosing what is worth an alert: loud and sure enough, not silenced, no symptom of another, not said already."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import NamedTuple

from msgspec.structs import replace

from listener.alerting.ageing import age, resolve
from listener.alerting.holding_back import Reason, cause_of, held_back, spoken_for_by
from listener.alerting.repairing import avoid_for, due_within
from listener.alerting.saying import SEVERITIES, Who, packed_tops, reason, say
from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.model.findings import Finding
from listener.model.inputs import Profile
from listener.model.ledger import Proof
from listener.model.outputs import Alert
from listener.model.reading import Reading
from listener.model.spans import DAY_S
from listener.model.told import OPEN, RAISED, Open, Told


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


Chosen = tuple[Told, tuple[Alert, ...], tuple[Fate, ...]]
PROOFS = 4
GRAVE = {2: "medium", 3: "high"}
FREE = Held()


def choose(
    told: Told, findings: Sequence[Finding], reading: Reading, profile: Profile | None, who: Who, at: datetime,
    catalogue: Catalogue,
) -> Chosen:  # fmt: skip
    """Let the open alerts age to `at`; then say what the findings make of them. One fate per finding."""
    told, alerts = age(told, at, who, catalogue)
    if not findings:
        return told, tuple(alerts), ()
    said: list[Alert] = list(alerts)
    held: dict[int, Held] = {}
    for n in _causes_first(findings, catalogue):
        finding = findings[n]
        if finding.phase in ("late", "settled"):
            told, more = resolve(told, finding, at, who, catalogue)
            said += more
            continue
        told = _mend_or_wound(told, finding, at, catalogue)
        told, alert, held[n] = _raise(told, finding, reading, profile, who, at, catalogue)
        if alert:
            said.append(alert)
    fates = (Fate(_id_of(told, one), *held.get(n, FREE)) for n, one in enumerate(findings))
    return told, tuple(said), tuple(fates)


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
    told: Told,
    finding: Finding,
    reading: Reading,
    profile: Profile | None,
    who: Who,
    at: datetime,
    catalogue: Catalogue,
) -> tuple[Told, Alert | None, Held]:
    """Raise an alert for a finding, or update the one that stands; else, where it is worth one, why not."""
    rule, severity = catalogue.rules.by_id[finding.rule_id], _severity_of(finding)
    if severity < 0:
        return told, None, FREE
    if reason := held_back(told, finding, rule, severity, at, catalogue):
        speaks = spoken_for_by(told, finding, rule, int(at.timestamp())) if reason == "symptom" else None
        held = Held(reason, speaks.alert_id if speaks else None)
        cause = cause_of(told, finding, rule) if reason == "symptom" else None
        if cause is None or severity <= cause.severity:
            return told, None, held
        finding = _of_one_act(finding)  # it makes its cause as grave as itself
        return *_update(told, cause, finding, severity, reading, who, at, catalogue), held
    if (standing := told.standing(finding.rule_id, finding.matter)) is not None:
        return *_update(told, standing, finding, severity, reading, who, at, catalogue), FREE
    alert = _new(told, finding, rule, severity, reading, profile, who, at, catalogue)
    today = (one for one in told.raised if alert.started_s - one < DAY_S)
    told = replace(told, open=(*told.open, alert)[-OPEN:], raised=(*today, alert.started_s)[-RAISED:])
    return told, say(alert, "raised", at, who, catalogue), FREE


def _new(
    told: Told, finding: Finding, rule: Rule, severity: int, reading: Reading, profile: Profile | None, who: Who,
    at: datetime, catalogue: Catalogue,
) -> Open:  # fmt: skip
    now = int(at.timestamp())
    cause = finding.cause
    if any(closed.alert_id == identify(who, rule.id, cause) for closed in told.closed):
        cause = finding.event_id
    due_s = now + due_within(finding, SEVERITIES[severity], catalogue)
    return Open(
        alert_id=identify(who, rule.id, cause),
        rule=rule.id,
        code=finding.code,
        matter=finding.matter,
        cause=cause,
        severity=severity,
        status="raised",
        started_s=now,
        updated_s=now,
        due_s=due_s,
        repair_due_s=due_s,
        expires_s=now + rule.window_s,
        mends_s=0,
        occurrences=1,
        threat=finding.threat,
        confidence=finding.confidence,
        wanted=finding.wanted,
        why=reason(rule, finding.why, finding.wanted, reading, finding.level, catalogue),
        avoid=avoid_for(finding, catalogue),
        proofs=finding.evidence[:PROOFS],
        broadcast=finding.broadcast,
        critical=finding.critical,
        said_s=now,
        tops=packed_tops(reading),
        at_risk=_at_risk(profile, reading),
    )


def _update(
    told: Told,
    standing: Open,
    finding: Finding,
    severity: int,
    reading: Reading,
    who: Who,
    at: datetime,
    catalogue: Catalogue,
) -> tuple[Told, Alert | None]:
    """One more act of the kind in the matter: more evidence, perhaps graver; said again when that is worth a word."""
    now = int(at.timestamp())
    graver = severity > standing.severity
    proofs = _joined(standing.proofs, finding.evidence)
    told_enough = (
        not graver
        and now - standing.said_s < catalogue.thresholds.s("update_gap")
        and len(proofs) == len(standing.proofs)
    )
    updated = replace(
        standing,
        severity=max(severity, standing.severity),
        occurrences=standing.occurrences + _is_another(standing, finding, catalogue),
        updated_s=now,
        threat=max(standing.threat, finding.threat),
        confidence=max(standing.confidence, finding.confidence),
        proofs=proofs,
        critical=standing.critical or finding.critical,
        mends_s=0,
        said_s=standing.said_s if told_enough else now,
        tops=packed_tops(reading),
    )
    told = replace(told, open=tuple(updated if one is standing else one for one in told.open))
    return told, None if told_enough else say(updated, "updated", at, who, catalogue)


def _of_one_act(finding: Finding) -> Finding:
    """The finding without what else it rests on."""
    return replace(finding, evidence=tuple(one for one in finding.evidence if one.event_id == finding.event_id))


def _is_another(standing: Open, finding: Finding, catalogue: Catalogue) -> bool:
    """Whether it was done once more: a customer's own words, or the other report of one act, only prove it better."""
    own = next((one for one in finding.evidence if one.event_id == finding.event_id), None)
    if own is None:
        return True
    if own.role == "customer" and finding.by == "firm":
        return False
    return not any(one.event_id == own.event_id or _is_other_report(one, own, catalogue) for one in standing.proofs)


def _is_other_report(one: Proof, other: Proof, catalogue: Catalogue) -> bool:
    """Whether one is told by the firm's systems, the other by its words, close enough in time to be one act."""
    if "customer" in (one.role, other.role) or (one.channel == "act") is (other.channel == "act"):
        return False
    near = "same_send_within" if "campaign" in (one.role, other.role) else "same_report_within"
    return abs(one.at_s - other.at_s) <= catalogue.thresholds.s(near)


def _joined(old: tuple[Proof, ...], new: tuple[Proof, ...]) -> tuple[Proof, ...]:
    """The first three proofs and the newest."""
    known = {one.event_id for one in old}
    every = [*old, *(one for one in new if one.event_id not in known)]
    first, later = every[: PROOFS - 1], every[PROOFS - 1 :]
    return (*first, *later[-1:])


def _mend_or_wound(told: Told, finding: Finding, at: datetime, catalogue: Catalogue) -> Told:
    """A mending act starts the quiet week after which alerts count as resolved; a new complaint stops it."""
    now, quiet = int(at.timestamp()), catalogue.thresholds.s("mended_after")
    if finding.p < 0.5:
        return told
    if finding.code == "C03":
        return replace(told, open=tuple(replace(one, mends_s=0) for one in told.open))
    mended = [one for one in told.open if finding.code in _rule_mends(catalogue, one.rule) and not one.mends_s]
    if not mended:
        return told
    return replace(told, open=tuple(replace(one, mends_s=now + quiet) if one in mended else one for one in told.open))


def _rule_mends(catalogue: Catalogue, rule_id: str) -> tuple[str, ...]:
    rule = catalogue.rules.by_id.get(rule_id)
    return rule.mended_by if rule else ()


def identify(who: Who, rule_id: str, cause: str) -> str:
    """The alert's id: it depends on customer, brand, rule and first causing event only (CONTRACT 3)."""
    return sha256("|".join((*who, rule_id, cause)).encode(errors="surrogatepass")).hexdigest()[:32]


def _at_risk(profile: Profile | None, reading: Reading) -> tuple[str, str] | None:
    if profile is None or profile.annual_value is None:
        return None
    risk = profile.annual_value.amount * Decimal(str(round(reading.leaving, 4)))
    return str(risk.quantize(Decimal("0.01"), ROUND_HALF_UP)), profile.annual_value.currency
