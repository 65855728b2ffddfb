"""Rehearsing a rule's examples: a short story goes through the real rules and alerts, for a type that is given.

The belief is held still (nine tenths on the example's type), so that what is tested is the rule and nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listener.catalogue import Catalogue
from listener.catalogue.rules import Example, Rule
from listener.model.findings import Finding
from listener.model.inputs import BrandAct, Profile
from listener.model.ledger import Ledger
from listener.model.reading import Reading
from listener.model.signals import Act, Heard
from listener.model.spans import span
from listener.model.types import TYPE_INDEX, TYPES
from listener.rules.case import Case, of_signal
from listener.rules.judging import assess, due, judge, next_due

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
SURE = 0.9
WHO = {"customer_id": "C-1", "brand": "acme", "heard_at": BEGIN}
SIDES = ("customer", "agent", "campaign", "system", "bot")


@dataclass(frozen=True, slots=True)
class Noted:
    """One finding of a rehearsal, and when."""

    at: datetime
    finding: Finding


def rehearse(example: Example, catalogue: Catalogue, watch: Callable[[Case], None] = lambda _: None) -> Iterator[Noted]:
    """All the rules find in an example, in order; `watch` sees the case of each line before it, and that of the end."""
    ledger, profile = Ledger(), _profile(example)
    reading = reading_of(example.type)
    end = BEGIN + span(example.until)
    for n, line in enumerate(example.given):
        signal = signal_of(line, n)
        ledger, woken = _sleep(ledger, signal.occurred_at, reading, profile, catalogue)
        yield from woken
        now = replace(reading, distress=float(line.get("distress", 0.0)), engagement=line.get("engagement", "steady"))
        watch(of_signal(ledger, signal, now, profile, catalogue))
        ledger, judged = judge(ledger, signal, now, profile, catalogue)
        ledger, assessed = assess(ledger, signal, now, profile, catalogue)
        yield from (Noted(signal.occurred_at, one) for one in judged + assessed)
    ledger, woken = _sleep(ledger, end, reading, profile, catalogue)
    yield from woken
    watch(Case(ledger, end, reading, profile, catalogue))


def _sleep(
    ledger: Ledger, until: datetime, reading: Reading, profile: Profile, catalogue: Catalogue
) -> tuple[Ledger, list[Noted]]:
    noted: list[Noted] = []
    while (at := next_due(ledger)) is not None and at <= until:
        ledger, missed = due(ledger, at, reading, profile, catalogue)
        ledger, assessed = assess(ledger, at, reading, profile, catalogue)
        noted += [Noted(at, one) for one in missed + assessed]
    return ledger, noted


def _profile(example: Example) -> Profile:
    since = BEGIN - span(example.tenure) if example.tenure else None
    return Profile(customer_id="C-1", customer_since=since, named_contacts=example.named_contacts)


def reading_of(name: str, sure: float = SURE) -> Reading:
    """A belief that is sure of one type on both the wanted and the held track."""
    row: NDArray[np.float64] = np.full(len(TYPES), (1 - sure) / (len(TYPES) - 1))
    row[TYPE_INDEX[name]] = sure
    flat = np.full(len(TYPES), 1 / len(TYPES))
    return Reading(
        p=np.array([row, row, flat]), unsettled=(0.2, 0.2, 1.0), valence=0.0, intimacy=0.3, intensity=0.3, power=0.0,
        strength=0.5, distress=0.0, engagement="steady", leaving=0.1, because=(),
    )  # fmt: skip


def signal_of(line: Mapping[str, Any], n: int) -> Heard | Act:
    """One line of an example as the signal it stands for: an act, or what one side said.

    >>> signal_of({"at": "1 h", "act": "order_placed"}, 0).data.kind
    'order_placed'
    """
    at = BEGIN + span(str(line.get("at", "0 s")))
    if "act" in line:
        data: dict[str, Any] = {
            "event_id": f"e{n}",
            "occurred_at": at,
            "kind": line["act"],
            "details": line.get("details", {}),
        }
        data |= {"audience": {"everyone": True}} if line.get("everyone") else {"customer": {"customer_id": "C-1"}}
        return Act(event_id=f"e{n}", occurred_at=at, data=BrandAct(**data, conversation_id=line.get("talk")), **WHO)
    side = next(name for name in SIDES if name in line)
    promise = line.get("promise")
    channel = line.get("in", "chat")
    return Heard(
        event_id=f"e{n}",
        occurred_at=at,
        channel=channel,
        role=side,
        author=side,
        agent_id=line.get("agent_id"),
        conversation_id=line.get("talk", f"talk{n}"),
        signals=line[side] or {},
        needs_answer=bool(line.get("needs_answer")),
        public=bool(line.get("public", channel == "social")),
        target=line.get("target", "brand"),
        offered=int(line.get("offered", 0)),
        sketch=line.get("sketch"),
        traits={"questions": float(line.get("asks", 0))},
        promise_due_at=at + span(promise) if promise else None,
        register_=float(line.get("register", 0.5)),
        excerpt=str(line.get("words") or ", ".join(line[side] or {})),
        **WHO,
    )


def speaks(rule: Rule, noted: Iterator[Noted]) -> tuple[bool, int]:
    """Whether the rule's act was noticed surely enough, at a level that says something; and the highest level.

    A breach by the firm speaks from level 2, a customer's from 1; what honours a norm speaks when noticed.
    """
    mine = [
        one.finding for one in noted if one.finding.rule_id == rule.id and one.finding.is_act and one.finding.p >= 0.6
    ]
    level = max((one.level for one in mine), default=0)
    if rule.code[0] == "F":
        return level >= 2, level
    return bool(mine) if rule.severity in ("matrix", "info") else level >= 1, level
