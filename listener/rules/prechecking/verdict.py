"""How a planned act would fall, before it is done: on whom, which rules it would break, and what to do instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from listener.catalogue import Catalogue
from listener.model.brand_outputs import Exposure, Reaction
from listener.model.inputs import BrandAct
from listener.model.outputs import Estimate
from listener.model.types import TYPES, TypeId
from listener.rules.prechecking.softening import Change, Relief, changes_of, notices_of
from listener.rules.prechecking.what_if import Supposed, suppose

RESCIND_FROM, CONSULT_FROM, NOTICE_FROM = 0.25, 0.10, 0.05
"""The share of customers gravely hurt (digit 3, at p .6 or more) from which the advice hardens (ours)."""
WORTH_TELLING = 0.05
"""A change by which fewer customers than this are spared is not worth a word (ours)."""
Advice = Literal["proceed", "give_notice", "consult", "rescind"]
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

    `fall` is how it falls on all who are meant; `why` is what it is by each code it breaks, `by` the rule that says so.
    `spare` would most probably take it as a breach; for those `on_hold` an open alert holds back this kind of contact.
    `reliefs` are changes of the plan by which it would hurt fewer, the best first.
    """

    reaction: Reaction
    customers: int
    breaks: Mapping[str, tuple[str, ...]]
    spare: tuple[str, ...]
    on_hold: tuple[str, ...]
    segments: Mapping[str, Fall]
    fall: Fall
    why: Mapping[str, str]
    by: Mapping[str, str]
    reliefs: tuple[Relief, ...]


def precheck(
    act: BrandAct, crowd: Crowd, catalogue: Catalogue, as_of: datetime, *, told_ahead: timedelta | None = None
) -> Verdict:
    """Judge the act for each of the 29 types as if it had happened, and weigh that by who its audience is.

    `told_ahead` is how long before it each of them will have had a notice of it, if they will.
    """
    supposed = suppose(act, catalogue, told_ahead=told_ahead)
    levels = supposed.levels
    meant = [one for name, one in sorted(crowd.estimates.items()) if _is_meant(act, name, crowd)]
    shares = _shares(meant)
    scales = _Scales(shares, len(meant), catalogue)
    now = _on_all(shares, len(meant), supposed)
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
        advice=scales.advice(act, supposed, told_ahead),
    )
    kinds = _contact(act)
    return Verdict(
        reaction,
        len(meant),
        supposed.breaks,
        spare=tuple(one.customer_id for one in meant if one.wanted.top and levels[one.wanted.top[0].type] >= 2),
        on_hold=tuple(one.customer_id for one in meant if kinds & set(crowd.holds.get(one.customer_id, ()))),
        segments=_by_segment(meant, crowd, levels),
        fall=now,
        why=supposed.why,
        by=supposed.by,
        reliefs=_reliefs(act, scales, now, told_ahead),
    )


def _shares(meant: Sequence[Estimate]) -> dict[TypeId, float]:
    """How many of the customers are of each type: their beliefs added up."""
    shares = dict.fromkeys(TYPES, 0.0)
    for estimate in meant:
        for name, share in _spread(estimate).items():
            shares[name] += share
    return shares


def _by_segment(meant: Sequence[Estimate], crowd: Crowd, levels: Mapping[str, int]) -> dict[str, Fall]:
    """How it falls on the customers of each segment."""
    segments: dict[str, Fall] = {}
    for estimate in meant:
        for segment in crowd.segments.get(estimate.customer_id, ()):
            segments[segment] = _fallen(segments.get(segment, Fall()), _spread(estimate), levels)
    return dict(sorted(segments.items()))


def _on_all(shares: Mapping[TypeId, float], customers: int, supposed: Supposed) -> Fall:
    """How an act falls on all who are meant by it."""
    one = _fallen(Fall(), shares, supposed.levels)
    return Fall(customers, one.hurt, one.grave)


@dataclass(frozen=True, slots=True)
class _Scales:
    """The customers who are meant, as shares of each type, and what weighs an act on them."""

    shares: Mapping[TypeId, float]
    customers: int
    catalogue: Catalogue

    def fall(self, supposed: Supposed) -> Fall:
        """How an act falls on them."""
        return _on_all(self.shares, self.customers, supposed)

    def advice(self, act: BrandAct, supposed: Supposed, told_ahead: timedelta | None) -> Advice:
        """What to do: where a notice is the thing to give, it is one that is not given yet and that would do."""
        advice = _advice(act, self.fall(supposed), self._is_moral(supposed))
        if advice != "give_notice" or any(self._does(act, ahead) for ahead in notices_of(act, told_ahead)):
            return advice
        return "consult"

    def _does(self, act: BrandAct, ahead: timedelta) -> bool:
        """Whether few or none would mind after a notice so long before."""
        supposed = suppose(act, self.catalogue, told_ahead=ahead)
        return _advice(act, self.fall(supposed), self._is_moral(supposed)) == "proceed"

    def _is_moral(self, supposed: Supposed) -> bool:
        return any("M" in self.catalogue.acts.by_code[code].class_ for code in supposed.breaks)


def _reliefs(act: BrandAct, scales: _Scales, now: Fall, told_ahead: timedelta | None) -> tuple[Relief, ...]:
    """The changes of the plan, each by itself, by which it would hurt fewer; of those that do the same the simplest.

    One that includes another is told where it does more than that.
    """
    found: dict[tuple[float, float], Relief] = {}
    worth: list[tuple[Change, float]] = []
    for change in changes_of(act, told_ahead):
        supposed = suppose(change.act, scales.catalogue, told_ahead=change.told_ahead)
        then = scales.fall(supposed)
        parts = [left for simpler, left in worth if change.includes(simpler)]
        if then.hurt + then.grave < min(parts, default=now.hurt + now.grave) - WORTH_TELLING:
            worth.append((change, then.hurt + then.grave))
            advice = scales.advice(change.act, supposed, change.told_ahead)
            same = round(then.hurt, 1), round(then.grave, 1)
            found.setdefault(same, Relief(change.words, then.hurt, then.grave, advice))
    return tuple(sorted(found.values(), key=lambda one: (one.hurt + one.grave, one.words)))


def _is_meant(act: BrandAct, customer_id: str, crowd: Crowd) -> bool:
    """Whether the act is for this customer: named, in its segment, or one of everybody."""
    if act.customer is not None:
        return act.customer.known_as == customer_id
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


def _advice(act: BrandAct, fall: Fall, moral: bool) -> Advice:
    """Rescind what gravely hurts many (or takes a right from some); consult, or give notice, where fewer mind."""
    grave, hurt = fall.grave / max(fall.customers, 1), fall.hurt / max(fall.customers, 1)
    if grave >= RESCIND_FROM or (moral and grave >= CONSULT_FROM):
        return "rescind"
    if grave >= CONSULT_FROM:
        return "consult"
    if act.kind in CHANGES and (grave >= NOTICE_FROM or hurt >= CONSULT_FROM):
        return "give_notice"
    return "proceed"
