"""What a step of the core tells the world: values for output topics, in order of decision."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal

import msgspec
import orjson
from pydantic import BaseModel

from listener.model.state import CustomerState

OutputTopic = Literal[
    "signals", "acts", "estimates", "transitions", "alerts", "briefings", "portfolio", "reactions", "advocates"
]


class Draft(msgspec.Struct, frozen=True):
    """A value as it will stand on the bus: every field of its `model`, by its name there and in the model's order.

    The model checks it whenever somebody asks for the value, as replay does and the tests do of all that is ever told;
    the bus is given the fields as they are.
    """

    model: type[BaseModel]
    fields: dict[str, Any]

    def checked(self) -> Any:
        """The value itself, an instance of its model."""
        return self.model.model_validate(self.fields)


Value = BaseModel | Draft
Content = Value | Callable[[], Value] | None
"""A value, what makes it, or nothing: a tombstone."""


class Outcome(msgspec.Struct, frozen=True, dict=True):
    """One value for one output topic, keyed by customer (`key` where it is of no one); a value of None is a tombstone.

    `content` is the value, or what makes it: an estimate is decided at every signal, and asked for at a batch's last.

    `type` is the CloudEvents type without prefix, e.g. `alert.raised`; `cause` is the id of the event that caused it.
    `id` is deterministic, so that the same input gives the same id whatever is replayed.
    """

    topic: OutputTopic
    customer_id: str
    content: Content
    type: str
    id: str
    at: str
    cause: str | None = None
    conversation_id: str | None = None
    key: str | None = None

    @cached_property
    def made(self) -> Value | None:
        """The value, made when it is first asked for."""
        return self.content() if callable(self.content) else self.content

    @cached_property
    def value(self) -> BaseModel | None:
        """The value, checked by its model."""
        made: BaseModel | None = self.made.checked() if isinstance(self.made, Draft) else self.made
        return made

    @property
    def body(self) -> bytes | None:
        """The value as it stands on the bus."""
        made = self.made
        if isinstance(made, Draft):
            return orjson.dumps(made.fields, option=orjson.OPT_UTC_Z)
        return None if made is None else made.model_dump_json(by_alias=True).encode()


Step = tuple[CustomerState, tuple[Outcome, ...]]
"""What one signal, or one deadline, makes of a customer: the state after it, and what the world is told."""
