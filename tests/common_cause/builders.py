"""Alerts of many customers from one act of the firm."""

from datetime import UTC, datetime, timedelta
from typing import Any

from listener.model.outputs import Alert

AT = datetime(2026, 3, 4, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def alert(number: int, status: str = "raised", after: timedelta = timedelta(0), **over: Any) -> Alert:
    """What one customer's alert says, so long after the act; raised at the act unless told otherwise."""
    wanted = over.pop("wanted", "captive")
    share = [{"type": wanted, "p": 0.7}]
    told = {
        "alert_id": f"a-{number}",
        "status": status,
        "kind": "transgression",
        "rule_id": "price-rise-without-notice",
        "rule_version": 1,
        "title": "The price rose with too little notice",
        "severity": "medium",
        "threat": 0.5,
        "confidence": 0.8,
        "customer_id": f"C-{number}",
        "brand": "acme",
        "relationship": {"held": share, "wanted": share, "enacted": share},
        "act": {"code": "F06", "name": "price_rise_without_notice", "by": "firm"},
        "evidence": [
            {"event_id": "rise", "channel": "act", "occurred_at": AT, "role": "firm", "says": "price_changed: tea"}
        ],
        "why": "Wants “locked-in customer” (0.70).",
        "repair": {"role": "fairness_desk", "do": ["cap_or_explain"], "avoid": ["voucher"], "due_at": AT + 24 * HOUR},
        "value_at_risk": {"amount": "10.10", "currency": "USD"},
        "started_at": AT + over.pop("started", timedelta(0)),
        "updated_at": AT + after,
        "suppresses": ["campaign"],
        "cause_event_id": "rise",
        "catalogue": "x",
    }
    return Alert.model_validate(told | over)


def many(count: int = 30, **over: Any) -> list[Alert]:
    """So many customers, hit at once."""
    return [alert(number, **over) for number in range(count)]
