"""A batch of one partition of the signals, folded into its customers: pure, and the same however it is cut.

Nothing here sends, stores or asks the time. What must happen is in the `Plan`, and its order is the kernel's affair.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

import msgspec
from msgspec.structs import replace
from pydantic import ValidationError

from listener.book import Core, is_blank, is_idle_link
from listener.directives import is_erasure, let_go
from listener.envelopes.dead_letters import ATTEMPT
from listener.model.outcomes import Outcome
from listener.model.record import DeadLetterStage
from listener.model.signals import Broadcast, Commanded, MergeState, Signal, Tick, Wake, read_signal
from listener.model.state import CustomerState
from listener.relate.bookmark import KEY, Bookmark, Pending

LATEST_ONLY: Final = frozenset({"estimates", "briefings", "advocates"})
"""Outputs that say what holds now: of several in one batch only a customer's last is sent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the signals."""

    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...] = ()

    @classmethod
    def of(cls, record: Any) -> "Entry":
        """From a record as Faust gives it, or as aiokafka does."""
        headers = record.headers or ()
        pairs = headers.items() if isinstance(headers, Mapping) else headers
        return cls(record.offset, record.key, record.value, tuple((name, value or b"") for name, value in pairs))

    @property
    def is_retried(self) -> bool:
        """Whether it comes back from the dead letters: its place was read before, and it was not heard then."""
        return any(name == ATTEMPT for name, _ in self.headers)


class Decision(NamedTuple):
    """An outcome, and the signal it comes from with its offset."""

    outcome: Outcome
    signal: Signal
    offset: int


@dataclass(frozen=True, slots=True)
class Dead:
    """A record that relate could not use, or a stored state that is none (`offset` -1)."""

    entry: Entry
    error: str
    message: str
    stage: DeadLetterStage = "relate"


@dataclass(slots=True)
class Plan:
    """What a batch of one partition leads to."""

    partition: int
    decisions: list[Decision] = field(default_factory=list)
    dead: list[Dead] = field(default_factory=list)
    states: dict[bytes, CustomerState | None] = field(default_factory=dict)
    bookmark: Bookmark = field(default_factory=Bookmark)
    heard: dict[Literal["heard", "duplicate"], int] = field(default_factory=dict)
    unusable: set[bytes] = field(default_factory=set)
    """Keys whose stored value is none, or that an operator asks for: to be rebuilt, and the batch folded anew."""
    _outgoing: list[Decision] = field(default_factory=list)

    def outgoing(self) -> Sequence[Decision]:
        """The outcomes to send, in order of decision, once all is folded; what a later one replaces is left out."""
        if not self._outgoing:
            last = {(t.outcome.topic, t.outcome.customer_id): n for n, t in enumerate(self.decisions)}
            self._outgoing = [
                decision
                for n, decision in enumerate(self.decisions)
                if decision.outcome.topic not in LATEST_ONLY
                or last[decision.outcome.topic, decision.outcome.customer_id] == n
            ]
        return self._outgoing

    def gone(self) -> Iterator[str]:
        """Who is no customer any more: erased, or merged into another."""
        for key, state in self.states.items():
            if state is None or state.merged_into is not None:
                yield key.decode(errors="surrogatepass")

    def writes(self) -> Iterator[tuple[bytes, bytes | None]]:
        """What to store, customers first and the bookmark last, so that it is never ahead of them."""
        for key, state in self.states.items():
            yield key, None if state is None else state.to_bytes()
        yield KEY, self.bookmark.to_bytes()

    def set_aside(self, key: bytes, stored: bytes | None, trouble: Exception, message: str) -> None:
        """Keep what was stored under a key and is not usable, and note that it is to be made anew."""
        self.dead.append(Dead(Entry(-1, key, stored), type(trouble).__name__, message))
        self.unusable.add(key)

    def count(self, signal: Signal, outcome: Literal["heard", "duplicate"]) -> None:
        """Note what became of a signal; signals of our own making are not counted."""
        if signal.source is not None:
            self.heard[outcome] = self.heard.get(outcome, 0) + 1


@dataclass(slots=True)
class Folding:
    """The fold of one batch of one partition over what `read` says is stored."""

    core: Core
    read: Callable[[bytes], bytes | None]
    plan: Plan

    def take(self, entry: Entry) -> None:
        """Hear one record; one that can't be heard is set aside and touches nothing else."""
        bookmark = self.plan.bookmark
        if entry.offset <= bookmark.built_to:
            return
        bookmark.built_to = entry.offset
        try:
            signal = read_signal(entry.value or b"")
        except ValidationError as trouble:
            self.plan.dead.append(Dead(entry, "ValidationError", f"no signal: {trouble.error_count()} errors"))
            return
        if not entry.is_retried and bookmark.is_repeat(signal):
            self.plan.count(signal, "duplicate")
        elif isinstance(signal, Broadcast | Tick) and not bookmark.has_room_for(entry.value or b""):
            self.plan.dead.append(Dead(entry, "TooMuchForEveryone", "until those before were told; retry it then"))
        elif isinstance(signal, Broadcast | Tick):
            bookmark.pending.append(Pending(entry.offset, entry.value or b""))
            self.plan.count(signal, "heard")
        else:
            self._take_for_one(signal, entry)

    def _take_for_one(self, signal: Signal, entry: Entry) -> None:
        bookmark, key = self.plan.bookmark, signal.customer_id.encode(errors="surrogatepass")
        if bookmark.is_forgotten(signal):
            self._let_go(signal, entry)
            return
        if is_erasure(signal):
            bookmark.note_erasure(signal, entry.offset)
        state = self._state(key)
        if state is None:
            if is_idle_link(signal) or isinstance(signal, Wake):
                return
            state = self.core.begin(signal.customer_id)
        elif state.offset >= entry.offset:
            return
        else:
            for waiting in bookmark.after(state.offset):
                state = self._step(state, read_signal(waiting.signal), entry)
        if isinstance(signal, Commanded) and signal.data.command == "rebuild":
            self.plan.unusable.add(key)
        was_heard = not isinstance(signal, Wake) and state.has_taken(signal)
        self.plan.count(signal, "duplicate" if was_heard else "heard")
        state = self._step(state, signal, entry)
        self.plan.states[key] = None if is_blank(state) else replace(state, offset=entry.offset)

    def _let_go(self, signal: Signal, entry: Entry) -> None:
        """What was on its way while its customer was erased; the ids in it are erased where they stand."""
        self.plan.count(signal, "heard")
        if not isinstance(signal, MergeState):
            return
        try:
            self.plan.decisions.extend(Decision(one, signal, entry.offset) for one in let_go(signal))
        except (msgspec.DecodeError, ValueError, KeyError) as trouble:
            self.plan.dead.append(Dead(entry, type(trouble).__name__, "the merged state is no state"))

    def _step(self, state: CustomerState, signal: Signal, entry: Entry) -> CustomerState:
        try:
            state, outcomes = self.core.step(state, signal)
        except Exception as trouble:  # noqa: BLE001  # a fault of ours must cost one signal, not the partition
            self.plan.dead.append(Dead(entry, type(trouble).__name__, f"{signal.kind} could not be taken in"))
            return state
        self.plan.decisions.extend(Decision(outcome, signal, entry.offset) for outcome in outcomes)
        return state

    def _state(self, key: bytes) -> CustomerState | None:
        """What is believed of a customer; a stored value that is no state is set aside, and belief begins anew."""
        if key in self.plan.states:
            return self.plan.states[key]
        stored = self.read(key)
        if stored is None:
            return None
        try:
            return stored_state(key, stored)
        except (msgspec.DecodeError, ValueError) as trouble:
            self.plan.set_aside(key, stored, trouble, "the stored state is no state")
            self.plan.states[key] = None
            return None


def stored_state(key: bytes, stored: bytes) -> CustomerState:
    """The state stored under a key.

    Raises:
        msgspec.DecodeError: where it is none.
        ValueError: where it is another customer's.
    """
    state = CustomerState.from_bytes(stored)
    if state.customer_id.encode(errors="surrogatepass") != key:
        raise ValueError("another customer's")
    return state


def fold(partition: int, entries: Sequence[Entry], read: Callable[[bytes], bytes | None], core: Core) -> Plan:
    """What a batch of one partition leads to, given what is stored."""
    plan = Plan(partition)
    try:
        plan.bookmark = Bookmark.from_bytes(read(KEY))
    except (msgspec.DecodeError, ValueError) as trouble:
        plan.set_aside(KEY, read(KEY), trouble, "the bookmark is none")
    folding = Folding(core, read, plan)
    for entry in entries:
        folding.take(entry)
    return plan


def times_due(plan: Plan, next_due: Callable[[CustomerState], datetime | None]) -> dict[str, datetime | None]:
    """When each customer of the batch wants to be woken now."""
    return {
        key.decode(errors="surrogatepass"): next_due(state) for key, state in plan.states.items() if state is not None
    }
