"""What other systems write to us: contacts, acts of the firm, profiles, dispositions, commands (CONTRACT 2)."""

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import to_json

from listener.model.types import TypeId
from listener.model.wire import Handle, Identifier, Incoming, Moment, Money, Name

Text = Annotated[str, Field(max_length=4_000_000)]
Author = Literal["customer", "agent", "bot", "system", "campaign"]


class CustomerRef(Incoming):
    """Who it is about: an id of the CRM's, or a handle that a profile may link."""

    customer_id: Name | None = None
    handle: Handle | None = None

    @model_validator(mode="after")
    def _names_someone(self) -> "CustomerRef":
        if self.customer_id is None and self.handle is None:
            raise ValueError("a customer needs a customer_id or a handle")
        return self

    @property
    def known_as(self) -> str:
        """The id it is known by; that of the handle where nothing else is told and no profile has linked it."""
        return self.customer_id or (self.handle.customer_id if self.handle else "")


class Audience(Incoming):
    """Whom a broadcast act reaches: everyone, or the customers of one segment."""

    everyone: bool = False
    segment: Identifier | None = None

    @model_validator(mode="after")
    def _reaches_someone(self) -> "Audience":
        if not self.everyone and self.segment is None:
            raise ValueError("an audience is everyone or a segment")
        return self


class Event(Incoming):
    """What every contact and every act carries."""

    event_id: Name
    occurred_at: Moment
    brand: Identifier | None = None
    language: Annotated[str, Field(max_length=35)] | None = None


class ChatTurn(Event):
    """One turn of a chat."""

    customer: CustomerRef
    conversation_id: Identifier | None = None
    author: Literal["customer", "agent", "bot", "system"] = "customer"
    text: Text
    agent_id: Identifier | None = None


class VoiceSegment(ChatTurn):
    """A stretch of a telephone transcript."""

    started_at_ms: Annotated[int, Field(ge=0)] | None = None
    ended_at_ms: Annotated[int, Field(ge=0)] | None = None


class Email(Event):
    """An e-mail, parsed by the gateway or raw; with `rfc822` the customer may be found from its addresses."""

    customer: CustomerRef | None = None
    author: Literal["customer", "agent", "system", "campaign"] = "customer"
    message_id: Identifier | None = None
    in_reply_to: Identifier | None = None
    conversation_id: Identifier | None = None
    subject: Annotated[str, Field(max_length=10_000)] | None = None
    text: Text | None = None
    html: Text | None = None
    agent_id: Identifier | None = None
    rfc822: Annotated[str, Field(max_length=16_000_000)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Email":
        if self.text is None and self.html is None and self.rfc822 is None:
            raise ValueError("an e-mail needs text, html or rfc822")
        if self.customer is None and self.rfc822 is None:
            raise ValueError("an e-mail without a customer needs rfc822 to find one")
        return self


class Reach(Incoming):
    """How far a post went; every count is optional."""

    followers: Annotated[int, Field(ge=0)] | None = None
    likes: Annotated[int, Field(ge=0)] | None = None
    reposts: Annotated[int, Field(ge=0)] | None = None
    replies: Annotated[int, Field(ge=0)] | None = None
    views: Annotated[int, Field(ge=0)] | None = None


class SocialPost(Event):
    """A public post or reply; a post of the brand's own that answers nobody carries an audience."""

    customer: CustomerRef | None = None
    audience: Audience | None = None
    author: Literal["customer", "agent", "system"] = "customer"
    post_id: Identifier | None = None
    in_reply_to: Identifier | None = None
    conversation_id: Identifier | None = None
    text: Text
    agent_id: Identifier | None = None
    public: bool = True
    incentivised: bool = False
    reach: Reach | None = None

    @model_validator(mode="after")
    def _concerns_someone(self) -> "SocialPost":
        if self.customer is None and self.audience is None:
            raise ValueError("a post needs a customer or an audience")
        return self


class SurveyAnswer(Event):
    """An answer to a survey or an interview; `held` and `wanted` are direct answers about the relationship."""

    customer: CustomerRef
    instrument: Identifier
    held: TypeId | None = None
    wanted: TypeId | None = None
    ratings: dict[Annotated[str, Field(max_length=128)], float] = Field(default_factory=dict, max_length=64)
    nps: Annotated[int, Field(ge=0, le=10)] | None = None
    verbatim: Text | None = None


LARGEST_DETAILS: Final = 16 * 2**10
"""Bytes of JSON. What the contract names of any kind fits into a tenth of it; an act to everybody is kept once for each
partition until all have heard it, so a flood of large ones must not fill what one record of the changelog holds."""


def _of_some_size(details: dict[str, Any]) -> dict[str, Any]:
    if len(to_json(details)) > LARGEST_DETAILS:
        raise ValueError(f"details are larger than {LARGEST_DETAILS} bytes")
    return details


def _is_a_change(pct: object) -> bool:
    return isinstance(pct, int | float) and abs(pct) < 1_000_000


class BrandAct(Event):
    """Something the firm did, to one customer or to an audience; `details` by kind (CONTRACT 2)."""

    customer: CustomerRef | None = None
    audience: Audience | None = None
    kind: Annotated[str, Field(min_length=1, max_length=128)]
    details: Annotated[dict[str, Any], AfterValidator(_of_some_size)] = Field(default_factory=dict)
    conversation_id: Identifier | None = None

    @model_validator(mode="after")
    def _concerns_someone(self) -> "BrandAct":
        if self.customer is None and self.audience is None:
            raise ValueError("an act needs a customer or an audience")
        if self.kind == "price_changed" and not _is_a_change(self.details.get("change_pct")):
            raise ValueError("price_changed needs details.change_pct, a number of less than a million")
        return self


class Consent(Incoming):
    """What the profile says of consent; it is not an opt-out."""

    marketing: bool | None = None


def _aware(since: date | datetime | None) -> date | datetime | None:
    """A time without an offset is one of UTC, wherever the machine stands."""
    return since.replace(tzinfo=UTC) if isinstance(since, datetime) and since.tzinfo is None else since


class Profile(Incoming):
    """What the CRM knows of a customer (a null value on the topic erases the customer)."""

    customer_id: Name
    brand: Identifier | None = None
    name: Annotated[str, Field(max_length=512)] | None = None
    customer_since: Annotated[date | datetime | None, AfterValidator(_aware)] = None
    segments: tuple[Identifier, ...] = ()
    annual_value: Money | None = None
    industry_prior: Identifier | None = None
    named_contacts: tuple[Annotated[str, Field(max_length=512)], ...] = ()
    handles: tuple[Handle, ...] = ()
    consent: Consent | None = None
    chosen_by: Literal["self", "employer", "landlord", "bundle", "family"] = "self"

    @property
    def since_s(self) -> int | None:
        """When they became a customer, in whole seconds since 1970; a day begins at midnight UTC."""
        since = self.customer_since
        if since is None:
            return None
        return int((since if isinstance(since, datetime) else datetime.combine(since, time(), UTC)).timestamp())


def tenure_s(profile: Profile | None, heard_first_s: int, at_s: int) -> int:
    """How long somebody has been a customer: since the CRM says so, else since they were first heard of."""
    since_s = profile.since_s if profile else None
    return max(0, at_s - (heard_first_s if since_s is None else since_s))


class Disposition(Incoming):
    """What the CRM did with an alert, named by id, or by rule and customer (then the newest open one is meant)."""

    alert_id: Identifier | None = None
    rule_id: Identifier | None = None
    customer_id: Identifier | None = None
    occurred_at: Moment
    by: Identifier | None = None
    disposition: Literal["acknowledged", "resolved", "false_alarm", "expected"]
    reason: Literal["wrong_type", "rule_too_sensitive", "not_a_customer", "already_handled"] | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _names_an_alert(self) -> "Disposition":
        if self.alert_id is None and self.rule_id is None:
            raise ValueError("a disposition needs an alert_id or a rule_id")
        return self


class Command(Incoming):
    """What an operator asks for: erase, merge, silence, override, or rebuild (read again what is still kept)."""

    command_id: Identifier
    occurred_at: Moment
    customer_id: Name
    command: Literal["erase", "merge", "silence", "override", "rebuild"]
    into: Name | None = None
    rule_id: Identifier | None = None
    until: Moment | None = None
    held: TypeId | None = None
    wanted: TypeId | None = None
    by: Identifier | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> "Command":
        if self.command == "merge" and self.into in (None, self.customer_id):
            raise ValueError("a merge needs `into`, another customer")
        if self.command == "override" and self.held is None and self.wanted is None:
            raise ValueError("an override needs held or wanted")
        return self


class TimeTold(Incoming):
    """Time has come to `occurred_at` for everyone: what `listener send --until` writes to the commands."""

    command_id: Identifier
    occurred_at: Moment
    command: Literal["tick"]


Contact = ChatTurn | VoiceSegment | Email | SocialPost | SurveyAnswer
