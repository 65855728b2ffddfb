"""What the CRM and operators say about a customer: profiles, dispositions, merges, overrides, silences, erasure."""

from base64 import b64decode, b64encode
from datetime import datetime

from msgspec.structs import replace

from listener import alerting, relationship, rules
from listener.catalogue import Catalogue
from listener.model.outcomes import Outcome, OutputTopic
from listener.model.signals import Commanded, Disposed, MergeState, ProfileTold, Signal
from listener.model.state import CustomerState
from listener.telling import Teller

Step = tuple[CustomerState, tuple[Outcome, ...]]

COMPACTED: tuple[OutputTopic, ...] = ("estimates", "briefings", "advocates")
"""The output topics that remember a customer until a tombstone."""


def take_profile(state: CustomerState, signal: ProfileTold, catalogue: Catalogue) -> Step:
    """Learn what the CRM knows; a null profile erases. The first profile tells where belief begins."""
    if signal.data is None:
        return erase(state, signal.occurred_at, signal.event_id)
    profile = signal.data.model_copy(update={"handles": ()})
    now = max(signal.occurred_at, state.at)
    tie = relationship.acquaint(state.tie, profile, now, catalogue)
    return replace(state, profile_json=profile.model_dump_json(exclude_defaults=True).encode(), tie=tie), ()


def dispose(state: CustomerState, signal: Disposed, catalogue: Catalogue) -> Step:
    """The CRM took an alert up, closed it, or taught us that it was wrong."""
    now = max(signal.occurred_at, state.at)
    told, alerts = alerting.dispose(state.told, signal.data, now, (state.customer_id, state.brand), catalogue)
    return replace(state, told=told), teller(state, now, signal.event_id).alerts(alerts)


def command(state: CustomerState, signal: Commanded, catalogue: Catalogue) -> Step:
    """Carry out what an operator asked for."""
    order, now = signal.data, max(signal.occurred_at, state.at)
    match order.command:
        case "erase":
            return erase(state, now, signal.event_id)
        case "silence":
            return replace(state, told=alerting.silence(state.told, order, now)), ()
        case "override":
            tie = relationship.override(state.tie, order, state.profile, now, catalogue)
            return replace(state, tie=tie), ()
        case "merge":
            return _merge_away(state, order.into or "", now, signal)


def erase(state: CustomerState, at: datetime, cause: str) -> Step:
    """Forget the customer: an empty state, and tombstones wherever the bus remembers."""
    blank = CustomerState(state.customer_id, state.brand, offset=state.offset, at_s=at.timestamp())
    return blank, teller(state, at, cause).forgotten(COMPACTED)


def _merge_away(state: CustomerState, into: str, now: datetime, signal: Commanded) -> Step:
    """Hand everything to the customer this one turned out to be; what still comes under the old id is passed on."""
    speaker = teller(state, now, signal.event_id)
    handed = MergeState(
        event_id=f"{signal.event_id}:merge_state",
        occurred_at=now,
        heard_at=signal.heard_at,
        customer_id=into,
        brand=state.brand,
        data={"state": b64encode(state.to_bytes()).decode(), "from": state.customer_id},
    )
    gone = CustomerState(
        state.customer_id, state.brand, offset=state.offset, at_s=now.timestamp(), recent=state.recent, merged_into=into
    )
    return gone, (speaker.pass_on(handed), *speaker.forgotten(COMPACTED))


def pass_on(state: CustomerState, signal: Signal) -> Step:
    """What comes under the id of a merged customer belongs to the one it became; an erasure is for both."""
    renamed = signal.model_copy(update={"customer_id": state.merged_into})
    passed = teller(state, signal.occurred_at, signal.event_id).pass_on(renamed)
    return replace(state, recent=state.remembering(signal.event_id)), (passed,)


def merge_in(state: CustomerState, signal: MergeState, catalogue: Catalogue) -> Step:
    """Take in what a merged customer was: belief, what is owed, and its open alerts, which keep their ids."""
    other = CustomerState.from_bytes(b64decode(signal.data["state"]))
    now = max(signal.occurred_at, state.at, other.at)
    return replace(
        state,
        at_s=now.timestamp(),
        heard=state.heard + other.heard,
        profile_json=state.profile_json or other.profile_json,
        tie=relationship.merge(state.tie, other.tie, now, catalogue),
        ledger=rules.merge(state.ledger, other.ledger),
        told=alerting.merge(state.told, other.told),
    ), ()


def teller(state: CustomerState, at: datetime, cause: str) -> Teller:
    """Who speaks for this customer now."""
    return Teller(state.customer_id, state.brand, at, cause)
