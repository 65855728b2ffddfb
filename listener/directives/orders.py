"""Orders of operators, and what the CRM did with an alert, carried out on the state of one customer."""

from datetime import datetime

from msgspec.structs import replace

from listener import alerting, relationship
from listener.catalogue import Catalogue
from listener.directives.erasing import erase
from listener.directives.merging import merge_away
from listener.model.outcomes import Step
from listener.model.record import LINK
from listener.model.signals import Commanded, Disposed, Signal
from listener.model.state import CustomerState
from listener.telling import teller_of


def override(state: CustomerState, signal: Commanded, catalogue: Catalogue) -> CustomerState:
    """Believe what an operator says the relationship is."""
    tie = relationship.override(state.tie, signal.data, state.profile, _now(state, signal), catalogue)
    return replace(state, tie=tie)


def dispose(state: CustomerState, signal: Disposed, catalogue: Catalogue) -> Step:
    """The CRM took an alert up, closed it, or taught us that it was wrong."""
    teller = teller_of(state, _now(state, signal), signal.event_id)
    told, alerts = alerting.dispose(state.told, signal.data, teller.who, teller.at, catalogue)
    return replace(state, told=told), teller.alerts(alerts)


def command(state: CustomerState, signal: Commanded, catalogue: Catalogue) -> Step:
    """Carry out what an operator asked for."""
    order, now = signal.data, _now(state, signal)
    match order.command:
        case "erase" if signal.event_id.startswith(LINK):
            return state, ()  # who was merged away is meant, and this one is somebody anew
        case "erase":
            return erase(state, now, signal, catalogue)
        case "silence":
            return replace(state, told=alerting.silence(state.told, order)), ()
        case "merge" if order.into in (state.customer_id, *state.known_as):
            return state, ()  # they are one customer already
        case "merge":
            return merge_away(state, order.into or "", now, signal)
        case "rebuild" | "override":  # relate has done the one by now, the pipeline the other
            return state, ()


def _now(state: CustomerState, signal: Signal) -> datetime:
    """A late signal finds no time elapsed."""
    return max(signal.occurred_at, state.at)
