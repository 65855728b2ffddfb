"""How a planned act would fall, before it is done: on whom, which rules it would break, and what to do instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from listener.catalogue import Catalogue
from listener.model.inputs import BrandAct
from listener.model.ledger import Ledger
from listener.model.outputs import Estimate, Exposure, Reaction
from listener.model.signals import Act
from listener.model.types import TYPES, TypeId
from listener.rules import judge
from listener.rules.rehearsing import reading_of

RESCIND_FROM, CONSULT_FROM, NOTICE_FROM = 0.25, 0.10, 0.05
"""The share of customers gravely hurt (digit 3, at p .6 or more) from which the advice hardens (ours)."""
CHANGES = ("price_changed", "terms_changed", "product_retired", "range_repositioned", "partnership_announced")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a planned act would do: the reaction to expect, the rules it would break and for whom, whom to spare."""

    reaction: Reaction
    breaks: Mapping[str, tuple[str, ...]]
    spare: tuple[str, ...]


def precheck(act: BrandAct, estimates: Iterable[Estimate], catalogue: Catalogue, as_of: datetime) -> Verdict:
    """Judge the act for each of the 29 types as if it had happened, and weigh that by who the customers are.

    `spare` names the customers whose most probable wish would take it as a breach.
    """
    levels, codes = _levels(act, catalogue)
    shares: dict[str, float] = dict.fromkeys(TYPES, 0.0)
    spare: list[str] = []
    customers = 0
    for estimate in estimates:
        customers += 1
        rest = 1.0 - sum(one.p for one in estimate.wanted.top)
        for one in estimate.wanted.top:
            shares[one.type] += one.p
        for name in TYPES:
            shares[name] += max(0.0, rest) / len(TYPES)
        if estimate.wanted.top and levels[estimate.wanted.top[0].type] >= 2:
            spare.append(estimate.customer_id)
    grave = sum(shares[name] for name in TYPES if levels[name] >= 3) / max(customers, 1)
    hurt = sum(shares[name] for name in TYPES if levels[name] >= 2) / max(customers, 1)
    exposure: dict[TypeId, Exposure] = {
        name: Exposure(customers=round(shares[name], 2), severity=float(levels[name])) for name in TYPES if levels[name]
    }
    reaction = Reaction(
        act_id=act.event_id,
        brand=act.brand or "",
        kind=act.kind,
        announced_at=act.occurred_at,
        as_of=as_of,
        exposure=exposure,
        advice=_advice(act, grave, hurt, any("M" in catalogue.acts.by_code[c].class_ for c in codes if c[0] == "F")),
    )
    return Verdict(reaction, codes, tuple(sorted(spare)))


def _levels(act: BrandAct, catalogue: Catalogue) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """How grave it is for each type, and which codes it breaks for which types."""
    levels: dict[str, int] = {}
    breaks: dict[str, list[str]] = {}
    for name in TYPES:
        signal = Act(
            event_id=act.event_id,
            occurred_at=act.occurred_at,
            heard_at=act.occurred_at,
            customer_id="-",
            brand="-",
            data=act,
        )
        known = Ledger(first_s=int(act.occurred_at.timestamp()) - 400 * 86_400, orders=1, contacts=5)
        _, findings = judge(known, signal, reading_of(name, catalogue, sure=0.999), None, catalogue)
        told = [
            one
            for one in findings
            if one.code.startswith("F") and one.p >= catalogue.thresholds.act_p and one.level >= 2
        ]
        levels[name] = max((one.level for one in told), default=0)
        for one in told:
            breaks.setdefault(one.code, []).append(name)
    return levels, {code: tuple(names) for code, names in sorted(breaks.items())}


def _advice(act: BrandAct, grave: float, hurt: float, moral: bool) -> str:
    """Rescind what gravely hurts many (or takes a right from some); consult, or give notice, where fewer mind."""
    if grave >= RESCIND_FROM or (moral and grave >= CONSULT_FROM):
        return "rescind"
    if grave >= CONSULT_FROM:
        return "consult"
    if act.kind in CHANGES and (grave >= NOTICE_FROM or hurt >= CONSULT_FROM):
        return "give_notice"
    return "proceed"
