"""What a step of the core tells the world: values for output topics, in order of decision."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

OutputTopic = Literal[
    "signals", "acts", "estimates", "transitions", "alerts", "briefings", "portfolio", "reactions", "advocates"
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value for one output topic, keyed by customer; a value of None is a tombstone.

    `type` is the CloudEvents type without prefix, e.g. `alert.raised`; `cause` is the id of the event that caused it.
    `id` is deterministic, so that the same input gives the same id whatever is replayed.
    """

    topic: OutputTopic
    customer_id: str
    value: BaseModel | None
    type: str
    id: str
    at: str
    cause: str | None = None
    conversation_id: str | None = None
