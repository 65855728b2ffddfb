"""What the CRM and operators say about a customer: profiles, dispositions, merges, overrides, silences, erasure."""

from base64 import b64decode, b64encode
from datetime import datetime
from hashlib import sha256
from itertools import accumulate
from typing import Final

from msgspec.structs import replace

from listener import alerting, relationship, rules
from listener.catalogue import Catalogue
from listener.model.inputs import Command, Profile
from listener.model.outcomes import OutputTopic, Step
from listener.model.record import LINK
from listener.model.signals import Commanded, Disposed, MergeState, ProfileTold, Signal
from listener.model.state import CustomerState, both_recent
from listener.telling import Teller

NAMES_BYTES: Final = 64 * 2**10
"""Bytes of ids that became a customer, thousands of them: all are remembered, so that its erasure reaches each. A
state is one record of the changelog, and a bus takes a megabyte of one; an id beyond is erased at once (`merge_in`)."""
COMPACTED: tuple[OutputTopic, ...] = ("estimates", "briefings", "advocates")
"""The output topics that remember a customer until a tombstone."""


def take_profile(state: CustomerState, signal: ProfileTold) -> CustomerState:
    """Learn what the CRM knows. The first profile tells where belief begins."""
    assert signal.data is not None  # that would be an erasure
    now = max(signal.occurred_at, state.at)
    return replace(state, profile_json=_kept(signal.data), tie=relationship.acquaint(state.tie, now))


def _kept(profile: Profile) -> bytes:
    """What is kept of a profile: all but the handles."""
    return profile.model_copy(update={"handles": ()}).model_dump_json(exclude_defaults=True).encode()


def is_repeat(state: CustomerState, signal: Signal) -> bool:
    """Whether it was heard before; a profile that comes back to what it said once is news where another came between.

    A profile's id is its value (CONTRACT 2), so a customer who is gold again would stay basic.
    """
    if not state.has_heard(signal.event_id):
        return False
    return not isinstance(signal, ProfileTold) or signal.data is None or _kept(signal.data) == state.profile_json


def was_told_of(state: CustomerState) -> bool:
    """Whether anything was said of this customer: of those the CRM lists and nobody ever heard, nothing is."""
    return state.tie is not None and state.tie.engaged > 0


def override(state: CustomerState, signal: Commanded, catalogue: Catalogue) -> CustomerState:
    """Believe what an operator says the relationship is."""
    now = max(signal.occurred_at, state.at)
    return replace(state, tie=relationship.override(state.tie, signal.data, state.profile, now, catalogue))


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
            return erase(state, now, signal, catalogue)
        case "silence":
            return replace(state, told=alerting.silence(state.told, order)), ()
        case "merge" if order.into in (state.customer_id, *state.known_as):
            return state, ()  # they are one already
        case "merge":
            return _merge_away(state, order.into or "", now, signal)
        case "rebuild" | "override":  # relate has done the one by now, the pipeline the other
            return state, ()


def is_erasure(signal: Signal) -> bool:
    """Whether a signal asks to forget the customer."""
    by_command = isinstance(signal, Commanded) and signal.data.command == "erase"
    return by_command or (isinstance(signal, ProfileTold) and signal.data is None)


def erase(state: CustomerState, at: datetime, signal: Signal, catalogue: Catalogue) -> Step:
    """Forget the customer: an empty state, tombstones wherever the bus remembers, and the same for who became it.

    What is open ends first, and is told to have ended: the CRM holds a case that nobody else would close.
    """
    speaker = teller(state, at, signal.event_id)
    ended = speaker.alerts(alerting.forget(state.told, max(at, state.at), speaker.who, catalogue))
    others = tuple(speaker.pass_on(_erasure(other, at, signal)) for other in state.known_as)
    return _blank(state, at), (*ended, *speaker.forgotten(COMPACTED), *others)


def _blank(state: CustomerState, at: datetime) -> CustomerState:
    return CustomerState(state.customer_id, state.brand, offset=state.offset, at_s=at.timestamp())


def _erasure(customer_id: str, at: datetime, cause: Signal) -> Commanded:
    """An erasure of an id that was merged away: for that id alone, and nothing where it is not known."""
    mark = LINK + sha256(f"{cause.event_id}|{customer_id}".encode(errors="surrogatepass")).hexdigest()[:32]
    order = Command(command_id=mark, occurred_at=at, customer_id=customer_id, command="erase")
    return Commanded(
        event_id=mark,
        occurred_at=at,
        heard_at=cause.heard_at,
        customer_id=customer_id,
        brand=cause.brand,
        data=order,
    )


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
    """What comes under the id of a merged customer belongs to the one it became; an erasure is for both.

    A profile that claims a handle says whose it is from now on, and nothing of whoever had it before: numbers are given
    out again, families share an address. What was heard under it stays where it is.
    """
    if isinstance(signal, Commanded) and signal.event_id.startswith(LINK):
        if is_erasure(signal):  # it comes from the one it became
            return _blank(state, signal.occurred_at), ()
        state = replace(state, recent=state.remembering(signal.event_id))  # told again it is no new claim
        if signal.data.into == state.merged_into:
            return state, ()
        return _merge_away(state, signal.data.into or "", max(signal.occurred_at, state.at), signal)
    renamed = signal.model_copy(update={"customer_id": state.merged_into})
    passed = teller(state, signal.occurred_at, signal.event_id).pass_on(renamed)
    if is_erasure(signal):
        return _blank(state, signal.occurred_at), (passed,)
    return replace(state, recent=state.remembering(signal.event_id)), (passed,)


def is_back(state: CustomerState, signal: Signal) -> bool:
    """Whether a customer's own state comes back to it: it was handed round in a circle, and nobody else has it."""
    return isinstance(signal, MergeState) and signal.data["from"] == state.customer_id


def merge_in(state: CustomerState, signal: MergeState, catalogue: Catalogue) -> Step:
    """Take in what a merged customer was: belief, what is owed, and its open alerts, which keep their ids.

    The oldest of names too many for one state are erased where they stand, since no later erasure would find them.
    """
    other = CustomerState.from_bytes(b64decode(signal.data["state"]))
    now = max(signal.occurred_at, state.at, other.at)
    met = dict.fromkeys((*state.known_as, *other.known_as, other.customer_id))
    names = tuple(name for name in met if name != state.customer_id)
    kept = _newest(names)
    speaker = teller(state, now, signal.event_id)
    let_go = tuple(speaker.pass_on(_erasure(name, now, signal)) for name in names[: len(names) - len(kept)])
    one = replace(
        state,
        merged_into=None,
        at_s=now.timestamp(),
        heard=state.heard + other.heard,
        recent=both_recent(state.recent, other.recent),
        profile_json=state.profile_json or other.profile_json,
        tie=relationship.merge(state.tie, other.tie, now, catalogue),
        ledger=rules.merge(state.ledger, other.ledger, catalogue),
        told=alerting.merge(state.told, other.told, rules.numbering(state.ledger, other.ledger, catalogue)),
        known_as=kept,
    )
    return one, let_go


def _newest(names: tuple[str, ...]) -> tuple[str, ...]:
    """As many of the last names as one state may hold."""
    sizes = accumulate(len(name.encode(errors="surrogatepass")) for name in reversed(names))
    return names[len(names) - sum(size <= NAMES_BYTES for size in sizes) :]


def teller(state: CustomerState, at: datetime, cause: str) -> Teller:
    """Who speaks for this customer now."""
    return Teller(state.customer_id, state.brand, at, cause)
