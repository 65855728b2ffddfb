"""Saying an alert: the whole of it at every change of its life, from what is kept of it."""

from collections.abc import Iterator
from typing import Any, Final

from listener.alerting.occasion import Occasion
from listener.alerting.repairing import moves_of, role_of, suppressed
from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.model.findings import Finding
from listener.model.ledger import Proof
from listener.model.outputs import SEVERITIES, Alert, Status
from listener.model.reading import Reading
from listener.model.spans import moment
from listener.model.told import Open
from listener.model.types import TYPE_INDEX, TYPES, Track

MEDIUM: Final = SEVERITIES.index("medium")
HARDLY: Final = 0.05
"""A type believed in less than this is not named to staff as what a customer perhaps is (ours)."""
_PACKED: Final[tuple[Track, ...]] = ("held", "wanted", "enacted")


def say(alert: Open, status: Status, occasion: Occasion, *, ended: bool = False) -> Alert:
    """The alert as it stands, for the world."""
    at, catalogue = occasion.at, occasion.catalogue
    rule = catalogue.rules.by_id.get(alert.rule)
    customer, brand = occasion.who
    told = {  # checked as a whole, and once
        "alert_id": alert.alert_id,
        "status": status,
        "kind": rule.kind if rule else "transgression",
        "rule_id": alert.rule,
        "rule_version": rule.version if rule else 0,
        "title": rule.title if rule else alert.rule,
        "severity": SEVERITIES[alert.severity],
        "threat": round(alert.threat, 3),
        "confidence": round(alert.confidence, 3),
        "customer_id": customer,
        "brand": brand,
        "relationship": _tops(alert.tops),
        "act": {
            "code": alert.code,
            "name": catalogue.acts.name(alert.code),
            "by": "customer" if alert.code[0] in "CD" else "firm",
        },
        "evidence": tuple(_evidence(one) for one in alert.proofs),
        "why": alert.why,
        "repair": _repair(alert, catalogue),
        "value_at_risk": dict(zip(("amount", "currency"), alert.at_risk, strict=True)) if alert.at_risk else None,
        "started_at": moment(alert.started_s),
        "updated_at": at,
        "ended_at": at if ended else None,
        "occurrences": alert.occurrences,
        "suppresses": suppressed(alert, catalogue) if not ended else (),
        "cause_event_id": alert.broadcast,
        "catalogue": catalogue.version,
    }
    return Alert.model_validate(told)


def packed_tops(reading: Reading) -> bytes:
    """The three most probable types of each track in 18 bytes."""
    pairs: Iterator[tuple[str, float]] = (pair for track in _PACKED for pair in reading.top(track))
    return bytes(byte for name, p in pairs for byte in (TYPE_INDEX[name], round(p * 255)))


def _repair(alert: Open, catalogue: Catalogue) -> dict[str, Any]:
    """Who mends it, how and by when, and what would insult."""
    due = moment(alert.repair_due_s) if alert.repair_due_s else None
    return {
        "role": role_of(alert, catalogue),
        "do": moves_of(alert, catalogue),
        "avoid": alert.avoid,
        "due_at": due,
    }


def _tops(packed: bytes) -> dict[str, Any]:
    if len(packed) != 18:
        return {}
    shares = [{"type": TYPES[packed[i]], "p": round(packed[i + 1] / 255, 3)} for i in range(0, 18, 2)]
    return {track: shares[3 * n : 3 * n + 3] for n, track in enumerate(_PACKED)}


def _evidence(proof: Proof) -> dict[str, Any]:
    return {
        "event_id": proof.event_id,
        "channel": proof.channel,
        "occurred_at": moment(proof.at_s),
        "role": proof.role,
        "says": proof.says,
        "excerpt": proof.excerpt,
    }


def reason(rule: Rule, finding: Finding, catalogue: Catalogue) -> str:
    """Why, in words with numbers: what they want, what happened, and how grave that is for such a customer."""
    grave = {1: "an irritation", 2: "a breach", 3: "a grave breach"}.get(finding.level)
    told = finding.why or f"{rule.title}."
    tail = f" For them this is {grave}." if grave and rule.code.startswith("F") else ""
    return f"{_seen_as(finding, catalogue)} {told}{tail}"[:400]


def _seen_as(finding: Finding, catalogue: Catalogue) -> str:
    """The tie by the neutral name that staff know it by, as sure as it was when the act was judged.

    It is that of whoever minds, which need not be settled; one that hardly anybody would believe in is not named.
    """
    if finding.sure < HARDLY:
        return "Not settled."
    seen = "Seen as" if finding.sure >= 0.5 else "Not settled; perhaps"
    return f"{seen} “{catalogue.types.by_id[finding.wanted].display}” ({finding.sure:.2f})."
