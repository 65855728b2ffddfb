"""All customers at once, folded signal by signal: what the shells do with the core's step and wake."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from typing import cast

from msgspec.structs import replace

from listener.model.outcomes import Outcome, Step
from listener.model.outputs import Alert
from listener.model.record import LINK
from listener.model.signals import Broadcast, Commanded, Said, Signal, Tick, Wake
from listener.model.state import CustomerState


def nothing(_: Iterable[Alert]) -> Iterator[Outcome]:
    """Gathers nothing: for those who look at single customers only."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Core:
    """The pure functions of a customer, with the catalogue inside them, and the brand whose customers they are.

    `gather` makes, of the alerts of all customers, those of the brand.
    """

    brand: str
    step: Callable[[CustomerState, Signal], Step]
    wake: Callable[[CustomerState, datetime], Step]
    next_due: Callable[[CustomerState], datetime | None]
    gather: Callable[[Iterable[Alert]], Iterator[Outcome]] = nothing

    def begin(self, customer_id: str) -> CustomerState:
        """The state of somebody of whom nothing was ever heard."""
        return CustomerState(customer_id, self.brand)


def is_idle_link(signal: Said) -> bool:
    """Whether a signal asks no more than to merge a handle into its owner: nothing, where the handle was never met."""
    return isinstance(signal, Commanded) and signal.event_id.startswith(LINK)


def is_blank(state: CustomerState) -> bool:
    """Whether a state says nothing that a new one would not: an erased customer leaves no trace."""
    if state.tie is not None:
        return False
    return replace(state, offset=-1, broadcast_offset=-1, at_s=0.0) == CustomerState(state.customer_id, state.brand)


@dataclass(slots=True)
class Book:
    """Every customer's state in memory, in the order they were first heard of; what `listener replay` folds into."""

    core: Core
    states: dict[str, CustomerState] = field(default_factory=dict)

    def take(self, signal: Signal) -> Iterator[Outcome]:
        """What one signal changes; a broadcast reaches everyone known, a tick wakes everyone due."""
        if isinstance(signal, Tick):
            yield from self.advance(signal.occurred_at)
        elif isinstance(signal, Broadcast):
            for customer_id in list(self.states):
                yield from self._fold(customer_id, signal)
        elif signal.customer_id in self.states or not is_idle_link(signal):
            yield from self._fold(signal.customer_id, signal)

    def advance(self, until: datetime) -> Iterator[Outcome]:
        """Let everything fall due up to `until` and including it, the earliest first, whoever's it is."""
        queue: list[tuple[datetime, str]] = []
        for customer_id in self.states:
            self._expect(queue, customer_id, until)
        while queue:
            due, customer_id = heappop(queue)
            yield from self._fold(customer_id, self._wake(customer_id, due))
            self._expect(queue, customer_id, until)

    def _expect(self, queue: list[tuple[datetime, str]], customer_id: str, until: datetime) -> None:
        state = self.states.get(customer_id)
        due = None if state is None else self.core.next_due(state)
        if due is not None and due <= until:
            heappush(queue, (due, customer_id))

    def _wake(self, customer_id: str, due: datetime) -> Wake:
        return Wake(event_id="", occurred_at=due, heard_at=due, customer_id=customer_id, brand=self.core.brand)

    def _fold(self, customer_id: str, signal: Signal) -> Iterator[Outcome]:
        state = self.states.get(customer_id) or self.core.begin(customer_id)
        state, outcomes = self.core.step(state, signal)
        if is_blank(state):
            self.states.pop(customer_id, None)
        else:
            self.states[customer_id] = state
        for outcome in outcomes:
            if outcome.topic == "signals":  # what a merged customer was, or what still comes under its id
                yield from self.take(cast(Signal, outcome.value))
            else:
                yield outcome
