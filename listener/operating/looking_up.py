"""One customer as the output topics know them: the last estimate, briefing, and every alert at its latest turn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from listener.bus.tailing import Seen, Tail, Until
from listener.model.outcomes import Outcome
from listener.model.outputs import Alert, Briefing, Estimate
from listener.model.topics import OUTPUTS
from listener.settings import Settings

TOPICS: Final = tuple(OUTPUTS[name] for name in ("estimates", "briefings", "alerts"))


@dataclass(frozen=True, slots=True)
class Customer:
    """What is known of one customer; `alerts` by when they began."""

    estimate: Estimate | None
    briefing: Briefing | None
    alerts: tuple[Alert, ...]

    def as_dict(self) -> dict[str, Any]:
        """For a program."""
        return {
            "estimate": self.estimate and self.estimate.model_dump(mode="json", by_alias=True),
            "briefing": self.briefing and self.briefing.model_dump(mode="json", by_alias=True),
            "alerts": [alert.model_dump(mode="json", by_alias=True) for alert in self.alerts],
        }


async def look_up(settings: Settings, customer_id: str) -> Customer:
    """Read what the topics say of this customer, up to now."""
    async with Tail(settings, TOPICS, from_start=True, until=Until(end=True), key=customer_id) as tail:
        return _known([seen async for seen in tail])


def known_in(outcomes: Iterable[Outcome]) -> dict[str, Customer]:
    """What the outcomes of a replay say of each customer they tell of; whoever was erased is not among them."""
    told: dict[str, dict[str, Any]] = {}
    for outcome in outcomes:
        if outcome.topic not in ("estimates", "briefings", "alerts") or not outcome.customer_id:
            continue
        known = told.setdefault(outcome.customer_id, {"alerts": {}})
        value = outcome.value
        if isinstance(value, Alert):
            known["alerts"][value.alert_id] = value
        else:
            known[outcome.topic] = value
    return {
        name: Customer(known["estimates"], known.get("briefings"), _by_age(known["alerts"].values()))
        for name, known in told.items()
        if known.get("estimates") is not None
    }


def _by_age(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    return tuple(sorted(alerts, key=lambda alert: alert.started_at))


def _known(records: Sequence[Seen]) -> Customer:
    estimate: Estimate | None = None
    briefing: Briefing | None = None
    alerts: dict[str, Alert] = {}
    for seen in records:
        value = orjson.loads(seen.value) if seen.value is not None else None
        if seen.topic == OUTPUTS["estimates"]:
            estimate = Estimate.model_validate(value, extra="ignore") if value else None
        elif seen.topic == OUTPUTS["briefings"]:
            briefing = Briefing.model_validate(value, extra="ignore") if value else None
        elif value:
            alerts[value["alert_id"]] = Alert.model_validate(value, extra="ignore")
    return Customer(estimate, briefing, _by_age(alerts.values()))
