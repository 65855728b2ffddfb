"""What ingest tells relate: everything that concerns one customer, in one order, with no raw text (CONTRACT 3)."""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from listener.model.inputs import Author, BrandAct, Command, Disposition, Profile, Reach, SurveyAnswer
from listener.model.types import TypeId
from listener.model.wire import Moment, Outgoing, Probability

Channel = Literal["chat", "email", "social", "voice", "survey", "act", "crm"]


class Source(Outgoing):
    """Where on the bus it came from."""

    topic: str
    partition: int
    offset: int


class Said(Outgoing):
    """What every signal carries: whom it concerns, when it happened and when it arrived."""

    event_id: str
    occurred_at: Moment
    heard_at: Moment
    customer_id: str
    brand: str
    source: Source | None = None


class Heard(Said):
    """What was heard in one contact. Scores are probabilities; an absent one was not heard.

    `voices` is how well each relationship type explains the words, as natural-log likelihood ratios against
    the average type; `traits` are countable facts of form (words, sentences, numbered points, "we", imperatives …).
    """

    kind: Literal["heard"] = "heard"
    channel: Channel
    role: Literal["customer", "agent", "bot", "system", "campaign"]
    conversation_id: str | None = None
    language: str | None = None
    sentiment: Annotated[float, Field(ge=-1, le=1)] | None = None
    emotions: dict[str, Probability] = Field(default_factory=dict)
    signals: dict[str, Probability] = Field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = Field(default_factory=dict)
    excerpt: str = ""
    act: str | None = None
    author: Author = "customer"
    agent_id: str | None = None
    in_reply_to: str | None = None
    public: bool = False
    reach: Reach | None = None
    incentivised: bool = False
    register_: Annotated[float, Field(ge=0, le=1, alias="register")] = 0.5
    target: Literal["brand", "rival", "other"] = "brand"
    needs_answer: bool = False
    promise_due_at: Moment | None = None
    offered: int = 0
    topic_key: str | None = None
    sketch: str | None = None
    voices: dict[TypeId, float] = Field(default_factory=dict)
    traits: dict[str, float] = Field(default_factory=dict)
    survey: SurveyAnswer | None = None

    model_config = Outgoing.model_config | {"populate_by_name": True, "serialize_by_alias": True}


class Act(Said):
    """Something the firm did to this customer; `data` is the act as it was reported."""

    kind: Literal["act"] = "act"
    data: BrandAct


class Broadcast(Said):
    """An act to an audience: one copy per partition, key null; `customer_id` is empty."""

    kind: Literal["broadcast"] = "broadcast"
    data: BrandAct


class ProfileTold(Said):
    """The CRM's profile of the customer; `data` null erases."""

    kind: Literal["profile"] = "profile"
    data: Profile | None


class Disposed(Said):
    """What the CRM did with an alert."""

    kind: Literal["disposition"] = "disposition"
    data: Disposition


class Commanded(Said):
    """What an operator asked for."""

    kind: Literal["command"] = "command"
    data: Command


class Wake(Said):
    """This customer's next deadline has come; `occurred_at` is that deadline."""

    kind: Literal["wake"] = "wake"
    data: dict[str, Any] = Field(default_factory=dict)


class Tick(Said):
    """Time has come to `occurred_at` for everyone: one copy per partition."""

    kind: Literal["tick"] = "tick"
    data: dict[str, Any] = Field(default_factory=dict)


class MergeState(Said):
    """What a merged customer was: `data.state` is its state, base64 of the binary value."""

    kind: Literal["merge_state"] = "merge_state"
    data: dict[str, Any] = Field(default_factory=dict)


Signal = Annotated[
    Heard | Act | Broadcast | ProfileTold | Disposed | Commanded | Wake | Tick | MergeState,
    Field(discriminator="kind"),
]
"""One entry of relational.signals."""

SIGNAL: TypeAdapter[Signal] = TypeAdapter(Signal)


def mark_of(signal: Said) -> str:
    """What a customer's state remembers a signal by: an id is one of its own source, of a channel or of commands.

    Profiles, dispositions and what passes between customers have ids of our own making, which no other has.
    """
    match signal:
        case Heard():
            return f"{signal.channel}:{signal.event_id}"
        case Act() | Broadcast() | Commanded():
            return f"{signal.kind}:{signal.event_id}"
    return signal.event_id


def read_signal(value: bytes) -> Signal:
    """A signal as it stands on the bus; fields that a version to come has added are passed over, at any depth.

    Raises:
        ValidationError: where it is none.
    """
    return SIGNAL.validate_json(value, extra="ignore")
