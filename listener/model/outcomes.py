"""What a step of the core tells the world: values for output topics, in order of decision."""

from collections.abc import Callable
from functools import cached_property
from typing import Literal

import msgspec
from pydantic import BaseModel

OutputTopic = Literal[
    "signals", "acts", "estimates", "transitions", "alerts", "briefings", "portfolio", "reactions", "advocates"
]


class Outcome(msgspec.Struct, frozen=True, dict=True):
    """One value for one output topic, keyed by customer (`key` where it is of no one); a value of None is a tombstone.

    `told` is the value, or what makes it: an estimate is decided at every signal and asked for at a batch's last only.

    `type` is the CloudEvents type without prefix, e.g. `alert.raised`; `cause` is the id of the event that caused it.
    `id` is deterministic, so that the same input gives the same id whatever is replayed.
    """

    topic: OutputTopic
    customer_id: str
    told: BaseModel | Callable[[], BaseModel] | None
    type: str
    id: str
    at: str
    cause: str | None = None
    conversation_id: str | None = None
    key: str | None = None

    @cached_property
    def value(self) -> BaseModel | None:
        """What is told, made when it is first asked for."""
        return self.told() if callable(self.told) else self.told
