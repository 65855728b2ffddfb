"""An alert that stands, told of once more: one more act or only better proof, graver or not, worth a word or not."""

from msgspec.structs import replace

from listener.alerting.occasion import Occasion
from listener.alerting.saying import packed_tops, say
from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.ledger import Proof
from listener.model.outputs import Alert
from listener.model.reading import Reading
from listener.model.told import PROOFS, Open, Told


def update(
    told: Told, standing: Open, finding: Finding, severity: int, reading: Reading, occasion: Occasion
) -> tuple[Told, Alert | None]:
    """One more act of the kind in the matter: more evidence, perhaps graver; said again when that is worth a word.

    The firm that owns what failed proves it: by that nothing gets graver, and no repair is undone.
    """
    now, catalogue = occasion.at_s, occasion.catalogue
    owned = is_owned(finding, catalogue)
    severity = min(severity, standing.severity) if owned else severity
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
        threat=standing.threat if owned else max(standing.threat, finding.threat),
        confidence=max(standing.confidence, finding.confidence),
        proofs=proofs,
        critical=standing.critical or finding.critical,
        mends_s=standing.mends_s if owned else 0,
        said_s=standing.said_s if told_enough else now,
        tops=packed_tops(reading),
    )
    told = told.with_changed(standing, updated)
    return told, None if told_enough else say(updated, "updated", occasion)


def of_one_act(finding: Finding) -> Finding:
    """The finding without what else it rests on."""
    return replace(finding, evidence=tuple(one for one in finding.evidence if one.event_id == finding.event_id))


def is_said_by(role: str, finding: Finding) -> bool:
    """Whether words of the customer's, or of the firm's, are what it was found in."""
    return any(one.event_id == finding.event_id and one.role == role for one in finding.evidence)


def is_owned(finding: Finding, catalogue: Catalogue) -> bool:
    """Whether the firm owns to what it delivered: of an outcome (class O) its words are the proof, not the act."""
    act = catalogue.acts.by_code.get(finding.code)
    return act is not None and act.class_ == "O" and is_said_by("agent", finding)


def _is_another(standing: Open, finding: Finding, catalogue: Catalogue) -> bool:
    """Whether it was done once more: a customer's own words, or the other report of one act, only prove it better."""
    own = next((one for one in finding.evidence if one.event_id == finding.event_id), None)
    if own is None:
        return True
    if own.role == "customer" and finding.by == "firm":
        return False
    return not any(one.event_id == own.event_id or is_other_report(one, own, catalogue) for one in standing.proofs)


def is_other_report(one: Proof, other: Proof, catalogue: Catalogue) -> bool:
    """Whether one is told by the firm's systems, the other by its words, close enough in time to be one act."""
    if "customer" in (one.role, other.role) or (one.channel == "act") is (other.channel == "act"):
        return False
    near = "same_send_within" if "campaign" in (one.role, other.role) else "same_report_within"
    return abs(one.at_s - other.at_s) <= catalogue.thresholds.s(near)


def with_proof(old: tuple[Proof, ...], new: Proof) -> tuple[Proof, ...]:
    """The proofs of an alert with one more."""
    return _joined(old, (new,))


def _joined(old: tuple[Proof, ...], new: tuple[Proof, ...]) -> tuple[Proof, ...]:
    """The first three proofs and the newest."""
    known = {one.event_id for one in old}
    every = [*old, *(one for one in new if one.event_id not in known)]
    first, later = every[: PROOFS - 1], every[PROOFS - 1 :]
    return (*first, *later[-1:])
