"""What one alert of one customer says at one change of its life, as far as the brand's alert needs it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import msgspec

from listener.model.outputs import Alert

ORDER: Final = ("raised", "updated", "escalated", "acknowledged", "resolved", "expired")
"""What comes first of two changes of one alert in one second."""
ENDED: Final = frozenset({"resolved", "expired"})


class AlertChange(msgspec.Struct, frozen=True):
    """A change of a customer's alert. No customer is named: the alert's id is enough to count by.

    `types` are the most probable type held, wanted and enacted (empty: not told); `risk` is currency and amount.
    """

    at_s: int
    status: str
    severity: int
    occurrences: int
    alert_id: str
    started_s: int
    due_s: int | None
    types: tuple[str, str, str]
    threat: float
    confidence: float
    role: str | None
    do: tuple[str, ...]
    avoid: tuple[str, ...]
    suppresses: tuple[str, ...]
    risk: tuple[str, Decimal] | None

    @property
    def turn(self) -> tuple[int, int, int, int, str]:
        """Its place in the order of all words, whatever order they came in."""
        return self.at_s, ORDER.index(self.status), self.severity, self.occurrences, self.alert_id

    @property
    def is_open(self) -> bool:
        """Whether the alert goes on after it."""
        return self.status not in ENDED


class Cause(msgspec.Struct, frozen=True):
    """What is the same for everyone hit: the rule, the act that broke it, and how that act is told of."""

    rule: str
    event_id: str
    code: str
    act: str
    by: str
    told: tuple[str, datetime, str, str] | None = None
    """Channel, time, role and what it says, of the act itself."""


def change_of(alert: Alert, severities: tuple[str, ...]) -> AlertChange:
    """What a customer's alert says."""
    tie, risk = alert.relationship, alert.value_at_risk
    return AlertChange(
        at_s=int(alert.updated_at.timestamp()),
        status=alert.status,
        severity=severities.index(alert.severity),
        occurrences=alert.occurrences,
        alert_id=alert.alert_id,
        started_s=int(alert.started_at.timestamp()),
        due_s=int(alert.repair.due_at.timestamp()) if alert.repair.due_at else None,
        types=(_first(tie.held), _first(tie.wanted), _first(tie.enacted)),
        threat=alert.threat,
        confidence=alert.confidence,
        role=alert.repair.role,
        do=alert.repair.do,
        avoid=alert.repair.avoid,
        suppresses=alert.suppresses,
        risk=(risk.currency, risk.amount) if risk else None,
    )


def cause_of(alert: Alert) -> Cause:
    """What a customer's alert says of its cause; no words of anybody are kept."""
    proof = next((one for one in alert.evidence if one.event_id == alert.cause_event_id), None)
    return Cause(
        rule=alert.rule_id,
        event_id=alert.cause_event_id or "",
        code=alert.act.code,
        act=alert.act.name,
        by=alert.act.by,
        told=(proof.channel, proof.occurred_at.astimezone(UTC), proof.role, proof.says) if proof else None,
    )


def _first(shares: tuple[Any, ...]) -> str:
    return shares[0].type if shares else ""
