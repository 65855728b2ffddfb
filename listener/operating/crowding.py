"""Who the customers are now, as the topics (or a recording of them) tell it: estimates, segments, contact held back."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Final

import orjson

from listener.bus.tailing import Seen, Tail, Until
from listener.hearing.decoding import Unusable, decode
from listener.model.outputs import Estimate
from listener.model.record import Record
from listener.model.topics import INPUTS, OUTPUTS
from listener.model.wire import EARLIEST
from listener.rules.prechecking import Crowd
from listener.settings import Settings

ESTIMATES, ALERTS, PROFILES = OUTPUTS["estimates"], OUTPUTS["alerts"], INPUTS["crm_customers"]
ENDED: Final = ("resolved", "expired")
TopicValue = tuple[str, str, dict[str, Any] | None]
"""A topic by the contract's name, a key, and the value, None for a tombstone."""


async def crowd_on_the_bus(settings: Settings) -> Crowd:
    """Read the compacted estimates and profiles, and the alerts still kept, up to now."""
    async with Tail(settings, (ESTIMATES, PROFILES, ALERTS), from_start=True, until=Until(end=True)) as tail:
        told = [one async for one in tail]
    return crowd_of((one for seen in told for one in _told(seen)), settings.brand)


def _told(seen: Seen) -> Iterator[TopicValue]:
    """What a record says; a profile as ingest would hear it, and nothing where it could not be used."""
    key = (seen.key or b"").decode(errors="replace")
    if seen.topic != PROFILES:
        yield seen.topic, key, orjson.loads(seen.value) if seen.value else None
        return
    record = Record(topic="crm_customers", key=seen.key, value=seen.value, headers=seen.headers, received_at=EARLIEST)
    with suppress(Unusable):
        profile = decode(record).value
        yield seen.topic, key, None if profile is None else profile.model_dump(mode="json")


def crowd_of(told: Iterable[TopicValue], brand: str | None = None) -> Crowd:
    """The newest word on each customer; `brand` leaves out what other brands' listeners say."""
    estimates: dict[str, Estimate] = {}
    segments: dict[str, tuple[str, ...]] = {}
    open_: dict[str, tuple[str, tuple[str, ...]]] = {}
    for topic, key, value in told:
        if value is None:
            estimates.pop(key, None)
            segments.pop(key, None)
        elif value.get("brand") not in (None, brand) and brand is not None:
            continue
        elif topic == ESTIMATES:
            estimates[value["customer_id"]] = Estimate.model_validate(value, extra="ignore")
        elif topic == PROFILES:
            segments[value["customer_id"]] = tuple(value.get("segments") or ())
        elif topic == ALERTS:
            _take(open_, value)
    holds: dict[str, set[str]] = {}
    for customer, words in open_.values():
        holds.setdefault(customer, set()).update(words)
    return Crowd(estimates, segments, {name: tuple(sorted(words)) for name, words in holds.items() if words})


def _take(open_: dict[str, tuple[str, tuple[str, ...]]], alert: dict[str, Any]) -> None:
    """An alert's newest turn: it holds back contact until it ends."""
    if alert.get("status") in ENDED or alert.get("customer_id") is None:
        open_.pop(alert["alert_id"], None)
    else:
        open_[alert["alert_id"]] = alert["customer_id"], tuple(alert.get("suppresses") or ())
