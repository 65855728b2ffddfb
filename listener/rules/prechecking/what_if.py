"""An act supposed to be done to each of the 29 types: how grave it would be for whom, which rules it would break."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.inputs import BrandAct
from listener.model.ledger import Ledger
from listener.model.signals import Act
from listener.model.types import TYPES
from listener.rules.judging import judge
from listener.rules.rehearsing import reading_of

KNOWN_FOR: Final = timedelta(days=400)
"""The customer that is supposed has been one for so long, has ordered once and written five times."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """What an act would be: its level (0..3) for each type; by code whom it breaks a rule of, why, and which rule."""

    levels: Mapping[str, int]
    breaks: Mapping[str, tuple[str, ...]]
    why: Mapping[str, str]
    by: Mapping[str, str]


def suppose(act: BrandAct, catalogue: Catalogue, *, told_ahead: timedelta | None = None) -> Supposed:
    """Judge an act as if it had happened, for somebody sure of each type in turn; `told_ahead` by a notice, if any."""
    levels: dict[str, int] = {}
    breaks: dict[str, list[str]] = {}
    tells: dict[str, Finding] = {}
    for name in TYPES:
        grave = [one for one in _found(act, name, catalogue, told_ahead) if _is_breach(one, catalogue)]
        levels[name] = max((one.level for one in grave), default=0)
        for one in sorted(grave, key=lambda one: -one.p):
            breaks.setdefault(one.code, [])
            breaks[one.code] += [name] if name not in breaks[one.code] else []
            tells.setdefault(one.code, one)
    told = {code: tuple(names) for code, names in sorted(breaks.items())}
    why, by = ({code: getattr(tells[code], part) for code in told} for part in ("why", "rule_id"))
    return Supposed(levels, told, why, by)


def _found(act: BrandAct, name: str, catalogue: Catalogue, told_ahead: timedelta | None) -> tuple[Finding, ...]:
    reading = reading_of(name, sure=0.999)
    ledger = Ledger(first_s=int((act.occurred_at - KNOWN_FOR).timestamp()), orders=1, contacts=5)
    if told_ahead is not None:
        notice = _notice_of(act, told_ahead)
        ledger, _ = judge(ledger, _signal(notice), reading, None, catalogue)
        act = act.model_copy(update={"details": {**act.details, "about_event_id": notice.event_id}})
    _, findings = judge(ledger, _signal(act), reading, None, catalogue)
    return findings


def _is_breach(finding: Finding, catalogue: Catalogue) -> bool:
    is_on = catalogue.rules.by_id[finding.rule_id].status == "on"
    return is_on and finding.code.startswith("F") and finding.p >= catalogue.thresholds.act_p and finding.level >= 2


def _signal(act: BrandAct) -> Act:
    at = act.occurred_at
    return Act(event_id=act.event_id, occurred_at=at, heard_at=at, customer_id="-", brand="-", data=act)


def _notice_of(act: BrandAct, ahead: timedelta) -> BrandAct:
    """A notice of this very act, so long before it; the act will name it (`about_event_id`), whatever it says."""
    return act.model_copy(
        update={
            "event_id": f"notice of {act.event_id}",
            "occurred_at": act.occurred_at - ahead,
            "kind": "notice_given",
            "details": {"about": act.kind, "advance_days": ahead.days},
        }
    )
