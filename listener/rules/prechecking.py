"""How a planned act would fall, before it is done: on whom, which rules it would break, and what to do instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


_CONTACT_OF = {
    "promotion": ("campaign",),
    "news": ("campaign",),
    "loyalty": ("campaign", "loyalty_pitch"),
    "community": ("campaign", "community_invite"),
    "winback": ("campaign", "winback"),
    "survey": ("survey",),
}
"""What a send of each purpose is, in the words alerts hold contact back by."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The customers as they are believed to be now, their segments, and the contact that open alerts hold back."""

    estimates: Mapping[str, Estimate]
    segments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fall:
    """How it falls on one segment: its customers, and how many of them are hurt, and gravely (expected counts)."""

    customers: int = 0
    hurt: float = 0.0
    grave: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a planned act would do: the reaction to expect, the rules it would break and for whom, whom to spare.

    `spare` would most probably take it as a breach; for those `on_hold` an open alert holds back this kind of contact.
    """

    reaction: Reaction
    customers: int
    breaks: Mapping[str, tuple[str, ...]]
    spare: tuple[str, ...]
    on_hold: tuple[str, ...]
    segments: Mapping[str, Fall]


def precheck(act: BrandAct, crowd: Crowd, catalogue: Catalogue, as_of: datetime) -> Verdict:
    """Judge the act for each of the 29 types as if it had happened, and weigh that by who its audience is."""
    levels, codes = _levels(act, catalogue)
    meant = [one for name, one in sorted(crowd.estimates.items()) if _is_meant(act, name, crowd)]
    shares = dict.fromkeys(TYPES, 0.0)
    segments: dict[str, Fall] = {}
    for estimate in meant:
        belief = _spread(estimate)
        for name, share in belief.items():
            shares[name] += share
        for segment in crowd.segments.get(estimate.customer_id, ()):
            segments[segment] = _fallen(segments.get(segment, Fall()), belief, levels)
    every = _fallen(Fall(), shares, levels)
    number = max(len(meant), 1)
    moral = any("M" in catalogue.acts.by_code[code].class_ for code in codes)
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
        advice=_advice(act, every.grave / number, every.hurt / number, moral),
    )
    spare = tuple(one.customer_id for one in meant if one.wanted.top and levels[one.wanted.top[0].type] >= 2)
    kinds = _contact(act)
    on_hold = tuple(one.customer_id for one in meant if kinds & set(crowd.holds.get(one.customer_id, ())))
    return Verdict(reaction, len(meant), codes, spare, on_hold, dict(sorted(segments.items())))


def _is_meant(act: BrandAct, customer_id: str, crowd: Crowd) -> bool:
    """Whether the act is for this customer: named, in its segment, or one of everybody."""
    if act.customer is not None and act.customer.customer_id is not None:
        return act.customer.customer_id == customer_id
    segment = act.audience.segment if act.audience else None
    return segment is None or segment in crowd.segments.get(customer_id, ())


def _spread(estimate: Estimate) -> dict[TypeId, float]:
    """An estimate tells its three most probable types; the rest is spread evenly."""
    rest = max(0.0, 1.0 - sum(one.p for one in estimate.wanted.top)) / len(TYPES)
    told = {one.type: one.p for one in estimate.wanted.top}
    return {name: told.get(name, 0.0) + rest for name in TYPES}


def _fallen(so_far: Fall, belief: Mapping[TypeId, float], levels: Mapping[str, int]) -> Fall:
    """One more customer (or all at once) added to how it falls."""
    hurt = sum(share for name, share in belief.items() if levels[name] >= 2)
    grave = sum(share for name, share in belief.items() if levels[name] >= 3)
    return Fall(so_far.customers + 1, so_far.hurt + hurt, so_far.grave + grave)


def _contact(act: BrandAct) -> set[str]:
    """The kinds of contact that the act would be; a change of price or terms is none."""
    if act.kind == "campaign_sent":
        return set(_CONTACT_OF.get(str(act.details.get("purpose") or "promotion"), ("campaign",)))
    if act.kind == "outreach_made":
        return {"outreach", "call"} if act.details.get("channel") == "phone" else {"outreach"}
    return set()


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
