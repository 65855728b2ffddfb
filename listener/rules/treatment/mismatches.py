"""Mismatches: who wants one thing and has been treated, several times over, as if they wanted another (M01..M12)."""

from typing import NamedTuple

from listener.catalogue.rules import Mismatch, Rule
from listener.model.findings import Finding
from listener.model.ledger import Deed, Proof
from listener.model.spans import DAY_S, seconds
from listener.model.types import TYPE_INDEX
from listener.rules.case import Case, matters
from listener.rules.findings.finding import found
from listener.rules.findings.weighing import belief_for
from listener.rules.situations import deeds_of


def compare(case: Case) -> tuple[Finding, ...]:
    """The mismatches that the treatment of late has made plain; each is said once in 60 days and matter."""
    findings: list[Finding] = []
    if not case.ledger.deeds or case.ledger.deeds[-1].at_s < case.at_s:
        return ()  # nothing new was done
    said = case.ledger.mismatched
    fresh = {deed.code for deed in case.ledger.deeds if deed.at_s == case.at_s}
    for rule in case.catalogue.rules.mismatches:
        if rule.mismatch is None or fresh.isdisjoint(rule.mismatch.conduct):
            continue  # nothing of its kind
        last = said.get(_told_as(rule))
        if last is not None and case.at_s - last < 60 * DAY_S:
            continue
        p, deeds = _mismatch(case, rule)
        if p:
            findings.append(_said(case, rule, p, deeds))
    return tuple(findings)


def _told_as(rule: Rule) -> str:
    """What is said once: a code, by whichever of its rules; one in the shadow says nothing, and keeps none from it."""
    return rule.code if rule.status == "on" else rule.id


class Standing(NamedTuple):
    """How a mismatch stands: who holds the wish, what the treatment is worth, of how many kinds, since how many turns.

    `share` is of the belief, `worth` the sum over the deeds of what the rule gives for each.
    """

    share: float
    worth: float
    kinds: int
    contacts: int
    deeds: tuple[Deed, ...]


def standing(case: Case, want: Mismatch) -> Standing:
    """How it stands with one mismatch now."""
    deeds = deeds_of(case.ledger, " ".join(want.conduct), case.at_s, seconds(want.within))
    belief = belief_for(matters.current(case), case.reading, case.catalogue)
    row = belief[0] if want.track == "wanted" else belief[1]
    return Standing(
        share=float(sum(row[TYPE_INDEX[name]] for name in want.wants)),
        worth=sum(want.conduct[deed.code] * deed.p for deed in deeds if deed.counts),
        kinds=len({deed.code for deed in deeds}),
        contacts=case.ledger.contacts,
        deeds=tuple(deeds),
    )


def _mismatch(case: Case, rule: Rule) -> tuple[float, tuple[Deed, ...]]:
    """How sure the mismatch is, and the deeds that make it; 0 where it is none."""
    want = rule.mismatch
    assert want is not None  # only mismatch rules come here
    if case.ledger.contacts < want.contacts:
        return 0.0, ()  # whatever else stands, which need not be asked
    now = standing(case, want)
    if now.kinds < want.kinds or now.worth < want.needs or now.share < want.share:
        return 0.0, ()
    if case.at_s not in {deed.at_s for deed in now.deeds}:
        return 0.0, ()
    return min(0.95, 0.6 + 0.1 * (now.worth - want.needs)), now.deeds


def _said(case: Case, rule: Rule, p: float, deeds: tuple[Deed, ...]) -> Finding:
    want = rule.mismatch
    assert want is not None  # only mismatch rules come here
    case.amend(mismatched={**case.ledger.mismatched, _told_as(rule): case.at_s})
    proofs = [Proof(deed.event_id, "act", deed.at_s, "firm", deed.code) for deed in deeds[:2] + deeds[2:][-2:]]
    return found(case, rule, round(p, 3), want.tells, cause=deeds[0].event_id, proofs=proofs)
