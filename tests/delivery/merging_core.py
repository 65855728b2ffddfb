"""A core that counts and takes merges and erasures as the listener does, and says the same in whatever order they come.

Every event raises an alert that depends on nothing else, so that each loss is seen; an estimate is the count, so that
each double is, and each that an erasure should have reached.
"""

from hashlib import sha256

from msgspec.structs import replace

from listener import directives
from listener.book import Core
from listener.catalogue import Catalogue
from listener.model.outcomes import Outcome, Step
from listener.model.signals import Commanded, Heard, MergeState, Signal, mark_of
from listener.model.state import CustomerState
from tests.shell_fakes import Told


def merging_core(brand: str, knowledge: Catalogue) -> Core:
    def step(state: CustomerState, signal: Signal) -> Step:
        if not directives.is_erasure(signal) and directives.is_repeat(state, signal):
            return state, ()
        if state.merged_into is not None and not directives.is_back(state, signal):
            return directives.pass_on(state, signal)
        outcomes: tuple[Outcome, ...] = ()
        match signal:
            case Heard():
                state = replace(state, at_s=signal.occurred_at.timestamp(), heard=state.heard + 1)
                outcomes = (_alert(state, signal), _estimate(state))
            case Commanded():
                state, outcomes = directives.command(state, signal, knowledge)
            case MergeState():
                state, outcomes = directives.merge_in(state, signal, knowledge)
                outcomes = (*outcomes, _estimate(state))
        if directives.is_erasure(signal):
            return state, outcomes
        return replace(state, recent=state.remembering(mark_of(signal))), outcomes

    return Core(brand, step, lambda state, now: (state, ()), lambda state: None)


def _alert(state: CustomerState, signal: Heard) -> Outcome:
    told = Told(customer_id="", count=1, of="event", alert_id=sha256(signal.event_id.encode()).hexdigest()[:32])
    at, cause = signal.occurred_at.isoformat(), signal.event_id
    return Outcome("alerts", state.customer_id, told, "alert.raised", told.alert_id, at, cause)


def _estimate(state: CustomerState) -> Outcome:
    told = Told(customer_id=state.customer_id, count=state.heard, of="estimate", alert_id="")
    id_ = sha256(f"{state.customer_id}|{state.heard}|{state.at_s}".encode()).hexdigest()[:32]
    return Outcome("estimates", state.customer_id, told, "estimate.revised", id_, state.at.isoformat())
