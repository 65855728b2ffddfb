"""Small stand-ins for the parts that the shells are given: an ear that hears words, a core that counts and alerts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson
from msgspec.structs import replace
from pydantic import BaseModel

from listener.book import Core, Step
from listener.hearing import Hearing, Identities
from listener.model.inputs import Contact
from listener.model.message import Impression, Message, MessageChannel
from listener.model.outcomes import Outcome
from listener.model.record import Record
from listener.model.signals import Signal, Tick, Wake
from listener.model.state import CustomerState
from listener.model.topics import InputTopic

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class WordEar:
    """Hears a signal for every word it knows; refuses the word it is told to choke on."""

    words: tuple[str, ...] = ("complaint", "exit")
    chokes_on: str = "\x00"

    def listen(self, messages: Sequence[Message]) -> list[Impression]:
        if any(self.chokes_on in message.text for message in messages):
            raise RuntimeError("choked")
        return [Impression(signals={word: 1.0 for word in self.words if word in m.text}) for m in messages]


def plain(event: Contact, channel: MessageChannel) -> Message:
    """An event as a message, with nothing cleaned."""
    text = getattr(event, "text", None) or getattr(event, "verbatim", None) or ""
    return Message(text=text, channel=channel, role=getattr(event, "author", "customer"), occurred_at=event.occurred_at)


def hearing(**over: Any) -> Hearing:
    return Hearing(**({"ear": WordEar(), "normalise": plain, "identities": Identities(), "brand": "acme"} | over))


def record(topic: InputTopic, value: Any, **over: Any) -> Record:
    """A record as it would arrive; `value` is made JSON unless it is bytes or None."""
    raw = value if value is None or isinstance(value, bytes) else orjson.dumps(value)
    return Record(**({"topic": topic, "key": None, "value": raw, "received_at": NOON} | over))


def chat(text: str = "hello", customer: str | dict[str, Any] = "C-1", **over: Any) -> dict[str, Any]:
    mark = sha256(f"{text[:99]}{customer}{over}".encode()).hexdigest()[:8]
    return {
        "event_id": f"t-{mark}",
        "occurred_at": "2026-03-02T11:59:00Z",
        "customer": {"customer_id": customer} if isinstance(customer, str) else customer,
        "author": "customer",
        "text": text,
    } | over


def act(kind: str = "campaign_sent", customer: str | None = "C-1", **over: Any) -> dict[str, Any]:
    whom = {"audience": {"everyone": True}} if customer is None else {"customer": {"customer_id": customer}}
    return {"event_id": "a-1", "occurred_at": "2026-03-02T11:00:00Z", "kind": kind, "details": {}} | whom | over


class Told(BaseModel):
    """What the counting core says: how many it has heard of a customer, and of what."""

    customer_id: str
    count: int
    of: str
    alert_id: str


PATIENCE = timedelta(hours=24)


def counting_core(brand: str = "acme") -> Core:
    """A core that counts: every event raises an alert with the running count; a day of silence raises one more.

    The count makes every loss and every double seen; the deadline makes every wake-up seen.
    """

    def step(state: CustomerState, signal: Signal) -> Step:
        if isinstance(signal, Wake | Tick):
            return wake(state, signal.occurred_at)
        if state.has_heard(signal.event_id):
            return state, ()
        state, fallen = wake(state, signal.occurred_at)
        at = max(state.at_s, signal.occurred_at.timestamp())
        state = replace(state, at_s=at, heard=state.heard + 1, recent=state.remembering(signal.event_id))
        state = replace(state, profile_json=b"awaiting")
        return state, (*fallen, _told(state, signal.event_id, "event"), _estimate(state))

    def wake(state: CustomerState, now: datetime) -> Step:
        due = next_due(state)
        if due is None or due > now:
            return state, ()
        state = replace(state, profile_json=b"")
        return state, (_told(state, f"due:{due.isoformat()}", "silence"), _estimate(state))

    return Core(brand, step, wake, next_due)


def next_due(state: CustomerState) -> datetime | None:
    return state.at + PATIENCE if state.profile_json else None


def _told(state: CustomerState, cause: str, of: str) -> Outcome:
    alert_id = sha256(f"{state.customer_id}|{of}|{cause}".encode()).hexdigest()[:32]
    value = Told(customer_id=state.customer_id, count=state.heard, of=of, alert_id=alert_id)
    return Outcome("alerts", state.customer_id, value, "alert.raised", f"{alert_id}", state.at.isoformat(), cause)


def _estimate(state: CustomerState) -> Outcome:
    value = Told(customer_id=state.customer_id, count=state.heard, of="estimate", alert_id="")
    id_ = sha256(f"{state.customer_id}|{state.heard}|{state.at_s}".encode()).hexdigest()[:32]
    return Outcome("estimates", state.customer_id, value, "estimate.revised", id_, state.at.isoformat())
