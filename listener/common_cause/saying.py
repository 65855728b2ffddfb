"""The brand's alert at one moment of its life: how many are hit, of which types, what is at stake, what mends it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from hashlib import sha256
from math import fsum
from typing import Any, Final, cast

from listener.catalogue import Catalogue
from listener.common_cause.alert_change import ENDED, AlertChange, Cause
from listener.common_cause.life_cycle import Snapshot
from listener.model.outputs import (
    SEVERITIES,
    Alert,
    AlertedAct,
    Evidence,
    Gathered,
    Repair,
    Status,
    TopTypes,
    TypeShare,
)
from listener.model.spans import moment
from listener.model.wire import Money

NAMED_TYPES: Final = 3
"""So many types are named in the sentence; `counts` has them all."""


def say(cause: Cause, stand: Snapshot, brand: str, catalogue: Catalogue) -> Alert:
    """The alert as things stood, for the world. What is at stake and what mends it is that of those still open."""
    rule, everyone = catalogue.rules.by_id.get(cause.rule), stand.members
    at_stake = tuple(word for word in everyone if word.is_open) or everyone
    title, at = rule.title if rule else cause.rule, moment(stand.at_s)
    severities = Counter(SEVERITIES[word.severity] for word in everyone)
    wanted = Counter(word.types[1] for word in everyone if word.types[1])
    risk = _risk(at_stake)
    gathered = Gathered(
        customers=len(everyone),
        open=sum(word.is_open for word in everyone),
        severities={name: severities[name] for name in reversed(SEVERITIES) if severities[name]},
    )
    return Alert(
        alert_id=identify(brand, cause.rule, cause.event_id),
        status=cast(Status, stand.status),
        kind=rule.kind if rule else "transgression",
        rule_id=cause.rule,
        rule_version=rule.version if rule else 0,
        title=f"{len(everyone)} customers at once: {title[:1].lower()}{title[1:]}",
        severity=SEVERITIES[max(word.severity for word in at_stake)],
        threat=_mean(word.threat for word in at_stake),
        confidence=_mean(word.confidence for word in at_stake),
        customer_id=None,
        brand=brand,
        relationship=_relationship(everyone),
        act=AlertedAct(code=cause.code, name=cause.act, by=cast(Any, cause.by)),
        evidence=_evidence(cause),
        why=_why(cause, gathered, wanted, risk, catalogue),
        repair=_repair(at_stake),
        value_at_risk=Money(currency=risk[0][0], amount=risk[0][1]) if risk else None,
        started_at=moment(stand.raised_s),
        updated_at=at,
        ended_at=at if stand.status in ENDED else None,
        suppresses=() if stand.status in ENDED else _by_share(at_stake, "suppresses", at_least=0.0),
        cause_event_id=cause.event_id,
        counts=dict(_ranked(wanted)),
        gathered=gathered,
        catalogue=catalogue.version,
    )


def identify(brand: str, rule: str, cause_event_id: str) -> str:
    """The alert's id: it depends on brand, rule and cause only, as a customer's does on theirs (CONTRACT 3)."""
    return sha256(f"{brand}|{rule}|{cause_event_id}".encode(errors="surrogatepass")).hexdigest()[:32]


def _repair(words: Sequence[AlertChange]) -> Repair:
    """The repair for the lot: who most need, what half of them need, by when the first is due; nothing that any minds.

    Where no move suits half of them, those of the largest group.
    """
    roles = _ranked(Counter(word.role for word in words if word.role))
    do = _by_share(words, "do", at_least=0.5)
    if not do:
        do = min(Counter(word.do for word in words).items(), key=lambda pair: (-pair[1], pair[0]))[0]
    due = min((word.due_s for word in words if word.due_s), default=None)
    return Repair(
        role=roles[0][0] if roles else None,
        do=do,
        avoid=_by_share(words, "avoid", at_least=0.0),
        due_at=moment(due) if due else None,
    )


def _by_share(words: Sequence[AlertChange], name: str, *, at_least: float) -> tuple[str, ...]:
    """What so large a share of the members have in common, the commonest first."""
    counted = Counter(one for word in words for one in getattr(word, name))
    return tuple(one for one, count in _ranked(counted) if count >= at_least * len(words))


def _relationship(words: Sequence[AlertChange]) -> TopTypes:
    """The three commonest types of each track, with the share of the members whose likeliest it is."""
    tracks = []
    for track in range(3):
        counted = Counter(word.types[track] for word in words if word.types[track])
        tracks.append(
            tuple(TypeShare(type=cast(Any, name), p=round(n / len(words), 3)) for name, n in _ranked(counted)[:3])
        )
    return TopTypes(held=tracks[0], wanted=tracks[1], enacted=tracks[2])


def _risk(words: Sequence[AlertChange]) -> list[tuple[str, Decimal]]:
    """What is at stake in each currency, the commonest currency first."""
    counted = Counter(word.risk[0] for word in words if word.risk)
    return [
        (currency, sum((word.risk[1] for word in words if word.risk and word.risk[0] == currency), Decimal(0)))
        for currency, _ in _ranked(counted)
    ]


def _why(
    cause: Cause, gathered: Gathered, wanted: Counter[str], risk: Iterable[tuple[str, Decimal]], catalogue: Catalogue
) -> str:
    """The reason in words and numbers."""
    act = f"One act of {cause.told[1]:%-d %B %Y}" if cause.told else "One act"
    still = f"{gathered.open} are still open" if gathered.open else "none is open any more"
    told = f"{act} gave {gathered.customers} customers this alert; {still}."
    ranked = [(catalogue.types.by_id[cast(Any, name)].display, count) for name, count in _ranked(wanted)]
    named = [f"{count} as “{name}”" for name, count in ranked[:NAMED_TYPES]]
    others = sum(count for _, count in ranked[NAMED_TYPES:])
    named += [f"{others} otherwise"] if others else []
    if named:
        told += f" They want to be met: {', '.join(named)}."
    told += f" How grave it is for them: {', '.join(f'{n} {name}' for name, n in gathered.severities.items())}."
    if stakes := " and ".join(f"{amount:,.2f} {currency}" for currency, amount in risk):
        told += f" At risk in all: {stakes} a year."
    return told[:600]


def _evidence(cause: Cause) -> tuple[Evidence, ...]:
    if cause.told is None:
        return ()
    channel, at, role, says = cause.told
    return (Evidence(event_id=cause.event_id, channel=channel, occurred_at=at, role=role, says=says),)


def _ranked(counted: Counter[Any]) -> list[tuple[Any, int]]:
    """The commonest first, equals by name."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _mean(numbers: Iterable[float]) -> float:
    told = sorted(numbers)  # in one order, or the last digit would depend on who came first
    return round(fsum(told) / len(told), 3)
