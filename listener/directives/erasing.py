"""Forgetting a customer: an empty state, and a tombstone wherever the bus remembers."""

from datetime import datetime
from hashlib import sha256

from listener import alerting
from listener.catalogue import Catalogue
from listener.model.inputs import Command
from listener.model.outcomes import OutputTopic, Step
from listener.model.record import LINK
from listener.model.signals import Commanded, ProfileTold, Signal
from listener.model.state import CustomerState
from listener.telling import teller_of

COMPACTED: tuple[OutputTopic, ...] = ("estimates", "briefings", "advocates")
"""The output topics that remember a customer until a tombstone."""


def is_erasure(signal: Signal) -> bool:
    """Whether a signal asks to forget the customer."""
    by_command = isinstance(signal, Commanded) and signal.data.command == "erase"
    return by_command or (isinstance(signal, ProfileTold) and signal.data is None)


def erase(state: CustomerState, at: datetime, signal: Signal, catalogue: Catalogue) -> Step:
    """Forget the customer, and every id that was merged into it.

    Open alerts are ended first, and the CRM is told so: nobody else would close the cases it holds for them.
    """
    teller = teller_of(state, at, signal.event_id)
    ended = teller.alerts(alerting.forget(state.told, teller.who, max(at, state.at), catalogue))
    others = tuple(teller.pass_on(erasure_of(other, at, signal)) for other in state.known_as)
    return blank(state, at), (*ended, *teller.forgotten(COMPACTED), *others)


def blank(state: CustomerState, at: datetime) -> CustomerState:
    """The state of one who was forgotten: only how far the signals were read is left."""
    return CustomerState(state.customer_id, state.brand, offset=state.offset, at_s=at.timestamp())


def erasure_of(customer_id: str, at: datetime, cause: Signal) -> Commanded:
    """The signal that erases an id which was merged away: that id alone, and nothing where it is not known."""
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
