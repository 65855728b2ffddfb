"""What the rim hands to the core: one raw record of an input topic, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from listener.model.signals import Signal
from listener.model.topics import InputTopic
from listener.model.wire import EARLIEST

DeadLetterStage = Literal["decode", "schema", "identity", "analyse", "relate"]
"""Where a record could not be used; the value of a dead letter's `listener.stage` header."""

EVERYONE: Final = ""
"""The customer of a signal that concerns all: a broadcast act, a tick."""
LINK: Final = "link:"
"""How the ids begin of the merges that profiles ask for: whoever was met under a handle is the customer who owns it."""

Headers = tuple[tuple[str, bytes | None], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it was received. `received_at` is the record's own timestamp; no clock is asked."""

    topic: InputTopic
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    partition: int = 0
    offset: int = 0
    received_at: datetime = EARLIEST


@dataclass(frozen=True, slots=True)
class Understood:
    """A record that means something: its signals, in order (a profile may link handles, which are signals too)."""

    signals: tuple[Signal, ...]
    unknown_fields: int = 0


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that is not ours to judge: another brand's, and whose."""

    brand: str = ""
    reason: Literal["other_brand"] = "other_brand"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A record that cannot be used, and why; `message` never quotes what a customer wrote."""

    stage: DeadLetterStage
    error: str
    message: str


RecordFate = Understood | Passed | DeadLetter
"""What became of one record."""
