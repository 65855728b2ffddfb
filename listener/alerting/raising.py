"""A new alert: what it is called, what is kept of it, how soon the repair is due, what is at stake."""

from hashlib import sha256

from listener.alerting.occasion import Occasion, Who
from listener.alerting.repairing import avoid_for, due_within
from listener.alerting.saying import packed_tops, reason
from listener.model.findings import Finding
from listener.model.inputs import Profile
from listener.model.outputs import SEVERITIES
from listener.model.reading import Reading
from listener.model.told import PROOFS, Open, Told


def new(
    told: Told, finding: Finding, severity: int, reading: Reading, profile: Profile | None, occasion: Occasion
) -> Open:
    """The alert that a finding is worth; what was told of its cause before, and is over, gets another id."""
    now, who, catalogue, cause = occasion.at_s, occasion.who, occasion.catalogue, finding.cause
    rule = catalogue.rules.by_id[finding.rule_id]
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
        why=reason(rule, finding, catalogue),
        avoid=avoid_for(finding, catalogue),
        proofs=finding.evidence[:PROOFS],
        broadcast=finding.broadcast,
        critical=finding.critical,
        said_s=now,
        tops=packed_tops(reading),
        at_risk=_at_risk(profile, reading),
    )


def identify(who: Who, rule_id: str, cause: str) -> str:
    """The alert's id: it depends on customer, brand, rule and first causing event only (CONTRACT 3)."""
    return sha256("|".join((*who, rule_id, cause)).encode(errors="surrogatepass")).hexdigest()[:32]


def _at_risk(profile: Profile | None, reading: Reading) -> tuple[str, str] | None:
    if profile is None or profile.annual_value is None:
        return None
    risk = profile.annual_value.times(reading.leaving)
    return str(risk.amount), risk.currency
