"""What adds up and what shows: strain of small slights (S01), distress (D01), a customer who turns away (C02)."""

from collections.abc import Sequence

from msgspec.structs import replace as changed

from listener.model.findings import Finding
from listener.model.ledger import Proof
from listener.model.spans import DAY_S
from listener.rules.case import Case, matters
from listener.rules.case.grievance import troubled
from listener.rules.findings.finding import found

BREAKS = ("F",)


def add_strain(case: Case, findings: Sequence[Finding]) -> None:
    """Add the digits of the firm's acts, each code once per matter, to what is left of earlier slights."""
    limits, ledger = case.catalogue.thresholds, case.ledger
    added = 0.0
    for finding in findings:
        if not finding.code.startswith(BREAKS) or not finding.is_act or not finding.level or finding.p < limits.act_p:
            continue
        deeds = [d for d in case.ledger.deeds if d.code == finding.code and d.matter == finding.matter]
        added += finding.level if len([d for d in deeds if d.level]) <= 1 or not finding.matter else 0
    if added:
        left = ledger.strain_at(case.at_s, limits.s("strain_half_life"))
        case.amend(strain=round(left + added, 3), strain_s=case.at_s)


def strained(case: Case) -> tuple[Finding, ...]:
    """S01: slights that reach 5 together; it re-arms below 3."""
    limits, rule = case.catalogue.thresholds, case.catalogue.rules.of_code("S01")
    now = case.ledger.strain_at(case.at_s, limits.s("strain_half_life"))
    if case.ledger.strained:
        if now < limits.strain_clears:
            case.amend(strained=False)
        return ()
    if now < limits.strain_raises or rule is None or rule.status == "off":
        return ()
    case.amend(strained=True)
    slights = [d for d in case.ledger.deeds if d.code.startswith(BREAKS) and d.level][-4:]
    proofs = [Proof(d.event_id, "act", d.at_s, "firm", d.code) for d in slights]
    codes = ", ".join(dict.fromkeys(d.code for d in slights))
    return (found(case, rule, 0.9, f"Small slights add up to {now:.1f}: {codes}.", proofs=proofs),)


def distressed(case: Case) -> tuple[Finding, ...]:
    """D01: distress of .7 or more that the firm has caused; it re-arms below .5."""
    limits, rule = case.catalogue.thresholds, case.catalogue.rules.of_code("D01")
    distress = case.reading.distress
    if case.ledger.distressed:
        if distress < limits.distress_clears:
            case.amend(distressed=False)
        return ()
    if distress < limits.distress_raises or rule is None or rule.status == "off" or case.side != "customer":
        return ()
    cause = _our_part(case, limits.s("distress_cause_within"))
    if not cause:
        return ()
    case.amend(distressed=True)
    return (found(case, rule, round(distress, 3), f"Distress stands at {distress:.2f}, and {cause}."),)


NEWCOMER = 2
"""Up to so many turns a customer's words are all there is to go by; later, distress wants an act as its cause."""


GRIEVED = 0.6
"""How surely the customer's own words must tell both distress and a grievance, for the firm to have a part (ours)."""


def _our_part(case: Case, within_s: int) -> str:
    """What the firm has to do with it, empty for nothing: its own act of late or, of somebody new, their words."""
    if min(case.cue("distress"), troubled(case)) < GRIEVED:
        return ""
    lately = [d for d in case.ledger.deeds if d.code.startswith(BREAKS) and case.at_s - d.at_s <= within_s]
    sure = case.catalogue.thresholds.act_p
    if any(d.level and d.p >= sure for d in lately) or any(one.breached and one.p >= sure for one in case.ledger.debts):
        return "the firm is its cause"
    new = case.ledger.contacts <= NEWCOMER and case.channel != "email" and case.tenure_s() < 90 * DAY_S
    return "they bring it to the firm" if new and case.ledger.about_brand else ""


PACE_KNOWN = 30 * DAY_S
"""How long a customer must have been heard of before their moves can be said to grow rarer (ours: some usual gaps)."""


def turned_away(case: Case) -> tuple[Finding, ...]:
    """C02: the customer dials down; said once until they are steady again.

    Whoever has been heard for less than a month has no pace yet that could slacken.
    """
    rule = case.catalogue.rules.of_code("C02")
    known = case.at_s - (case.ledger.first_s or case.at_s) >= PACE_KNOWN  # asked first: the belief need not be read
    now = known and case.reading.engagement == "dialling_down"
    if now == case.ledger.dialled_down:
        return ()
    case.amend(dialled_down=now)
    if not now or rule is None or rule.status == "off":
        return ()
    return (found(case, rule, 0.7, "Their conduct speaks for wanting less of the tie."),)


def muted(case: Case, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """A customer's breaches weigh nothing while a breach by the firm is open, and speaking ill in jest is none."""
    if not any(f.code.startswith("C") for f in findings):
        return tuple(findings)
    matter = matters.current(case)
    firm = matter is not None and any(code.startswith("F") for code in matter.codes)
    firm = firm or any(debt.breached for debt in case.ledger.debts)
    recent = any(d.code[0] == "F" and d.level >= 2 and case.at_s - d.at_s <= 30 * DAY_S for d in case.ledger.deeds)
    if not (firm or recent):
        return tuple(findings)
    return tuple(_weightless(f) if f.code.startswith("C") and f.code not in ("C06", "C07") else f for f in findings)


def _weightless(finding: Finding) -> Finding:
    return changed(finding, level=0)
