"""Two ids that turn out to be one customer: the state of the one is handed to the other, and so is what still comes."""

from base64 import b64decode, b64encode
from datetime import datetime
from hashlib import sha256
from itertools import accumulate
from typing import Final

from msgspec.structs import replace

from listener import alerting, relationship, rules
from listener.catalogue import Catalogue
from listener.directives.erasing import COMPACTED, blank, erasure_of, is_erasure
from listener.model.outcomes import Outcome, Step
from listener.model.record import LINK
from listener.model.signals import Commanded, MergeState, Signal, mark_of
from listener.model.state import CustomerState, both_recent
from listener.telling import teller_of

NAMES_BYTES: Final = 64 * 2**10
"""The most bytes of ids that became one customer, thousands of them: all are remembered, so that its erasure reaches
each. A state is one record of the changelog, and a bus takes a megabyte of one; an id beyond is erased at once."""
ROUNDS: Final = 3
"""How often one id passes on the same signal: merges that cross on their way hand it round until one is back."""


def merge_away(state: CustomerState, into: str, now: datetime, signal: Commanded) -> Step:
    """Hand everything to the customer this one turned out to be; what still comes under the old id is passed on."""
    teller = teller_of(state, now, signal.event_id)
    mark = sha256(f"{signal.event_id}|{state.customer_id}".encode(errors="surrogatepass")).hexdigest()[:32]
    handed = MergeState(
        event_id=f"{mark}:merge_state",  # of this customer alone: one command's id may stand over many merges
        occurred_at=now,
        heard_at=signal.heard_at,
        customer_id=into,
        brand=state.brand,
        data={"state": b64encode(state.to_bytes()).decode(), "from": state.customer_id},
    )
    gone = replace(blank(state, now), recent=state.recent, merged_into=into)
    return gone, (teller.pass_on(handed), *teller.forgotten(COMPACTED))


def pass_on(state: CustomerState, signal: Signal) -> Step:
    """What comes under the id of a merged customer belongs to the one it became; an erasure is for both.

    A profile that claims a handle says whose it is from now on, and nothing of whoever had it before: numbers are given
    out again, families share an address. What was heard under it stays where it is.
    """
    if isinstance(signal, Commanded) and signal.event_id.startswith(LINK):
        if is_erasure(signal):  # it comes from the one it became
            return blank(state, signal.occurred_at), ()
        state = replace(state, recent=state.remembering(signal.event_id))  # heard again it is no new claim
        if signal.data.into == state.merged_into:
            return state, ()
        return merge_away(state, signal.data.into or "", max(signal.occurred_at, state.at), signal)
    renamed = signal.model_copy(update={"customer_id": state.merged_into})
    passed = teller_of(state, signal.occurred_at, signal.event_id).pass_on(renamed)
    if is_erasure(signal):
        return blank(state, signal.occurred_at), (passed,)
    rounds = (f"passed on {n}:{mark_of(signal)}" for n in range(ROUNDS))
    mark = next((mark for mark in rounds if not state.has_heard(mark)), None)
    return (state, ()) if mark is None else (replace(state, recent=state.remembering(mark)), (passed,))


def is_back(state: CustomerState, signal: Signal) -> bool:
    """Whether a customer's own state comes back to it: it was handed round in a circle, and nobody else has it."""
    return isinstance(signal, MergeState) and signal.data["from"] == state.customer_id


def merge_in(state: CustomerState, signal: MergeState, catalogue: Catalogue) -> Step:
    """Take in what a merged customer was: belief, what is owed, and its open alerts, which keep their ids.

    Where there are more names than one state may hold, the oldest are erased where they stand: no later erasure would
    find them.
    """
    other = CustomerState.from_bytes(b64decode(signal.data["state"]))
    now = max(signal.occurred_at, state.at, other.at)
    met = dict.fromkeys((*state.known_as, *other.known_as, other.customer_id))
    names = tuple(name for name in met if name != state.customer_id)
    kept = _newest(names)
    teller = teller_of(state, now, signal.event_id)
    let_go = tuple(teller.pass_on(erasure_of(name, now, signal)) for name in names[: len(names) - len(kept)])
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


def let_go(signal: MergeState) -> tuple[Outcome, ...]:
    """A state that comes to somebody who was erased since: erase the ids that are in it, where they stand."""
    other = CustomerState.from_bytes(b64decode(signal.data["state"]))
    teller = teller_of(other, signal.occurred_at, signal.event_id)
    names = (*other.known_as, other.customer_id)
    return tuple(teller.pass_on(erasure_of(name, signal.occurred_at, signal)) for name in names)


def _newest(names: tuple[str, ...]) -> tuple[str, ...]:
    """As many of the last names as one state may hold."""
    sizes = accumulate(len(name.encode(errors="surrogatepass")) for name in reversed(names))
    return names[len(names) - sum(size <= NAMES_BYTES for size in sizes) :]
