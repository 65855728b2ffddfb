"""From an input event to the signals that relate is told: one method for each kind of input."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from listener.hearing.identities import ANYWHERE, Identities
from listener.hearing.masking import act_without_secrets, survey_without_words
from listener.model.inputs import (
    BrandAct,
    Command,
    Contact,
    Disposition,
    Email,
    Event,
    Profile,
    SocialPost,
    SurveyAnswer,
    TimeTold,
)
from listener.model.message import Impression, Message
from listener.model.record import EVERYONE, LINK, Record
from listener.model.signals import Act, Broadcast, Commanded, Disposed, Heard, ProfileTold, Signal, Source, Tick
from listener.model.topics import INPUTS
from listener.signals.redaction.redact import opaque


@dataclass(frozen=True, slots=True)
class Announcer:
    """Makes signals for one brand out of one record."""

    brand: str
    record: Record

    @property
    def source(self) -> Source:
        """Where the record stood."""
        return Source(topic=INPUTS[self.record.topic], partition=self.record.partition, offset=self.record.offset)

    def heard(self, event: Contact, message: Message, impression: Impression, customer_id: str) -> Heard:
        """A contact and what was heard in it; the words themselves stay behind."""
        survey = survey_without_words(event, message.known_names) if isinstance(event, SurveyAnswer) else None
        agent, answered = getattr(event, "agent_id", None), message.in_reply_to
        if isinstance(event, Email | SocialPost):
            answered = answered or event.in_reply_to
        return Heard(
            **self._common(event.event_id, event.occurred_at, customer_id),
            channel=message.channel,
            role=message.role,
            author=getattr(event, "author", "customer"),
            agent_id=opaque(agent) if agent else None,
            conversation_id=opaque(talk) if (talk := conversation_of(event, message)) else None,
            in_reply_to=opaque(answered) if answered else None,
            public=isinstance(event, SocialPost) and event.public,
            reach=event.reach if isinstance(event, SocialPost) else None,
            incentivised=isinstance(event, SocialPost) and event.incentivised,
            survey=survey,
            **_impressed(impression),
        )

    def act(self, act: BrandAct, identities: Identities) -> Signal:
        """Something the firm did, to one customer or to many; secrets in its details stay behind."""
        if act.customer is None:
            masked = act_without_secrets(act, brand=self.brand)
            return Broadcast(**self._common(act.event_id, act.occurred_at, EVERYONE), data=masked)
        who = identities.of(act.customer)
        masked = act_without_secrets(act, identities.names.get(who, ()), self.brand)
        return Act(**self._common(act.event_id, act.occurred_at, who), data=masked)

    def posted(self, post: SocialPost) -> Broadcast:
        """A post of the brand's own that answers nobody: an act towards its audience."""
        act = BrandAct(
            event_id=post.event_id,
            occurred_at=post.occurred_at,
            audience=post.audience,
            kind="post_published",
            details={"post_id": post.post_id, "public": post.public},
            conversation_id=post.conversation_id,
        )
        return Broadcast(**self._common(post.event_id, post.occurred_at, EVERYONE), data=act_without_secrets(act))

    def profile(self, profile: Profile, at: datetime) -> tuple[Signal, ...]:
        """What the CRM knows; and for every handle, a merge of whoever was met under it into this customer."""
        signal = ProfileTold(**self._common(self.id_by_value(), at, profile.customer_id), data=profile)
        handles = sorted({handle.customer_id for handle in profile.handles})
        claim = _hash(_bytes(profile.customer_id), *(_bytes(one) for one in handles))
        met_as = (handle.customer_id for handle in profile.handles)
        others = (handle for handle in met_as if handle != profile.customer_id)  # a CRM may name them as we did
        return (signal, *(self._linked(one, profile.customer_id, claim, at) for one in others))

    def erased(self, customer_id: str, at: datetime) -> ProfileTold:
        """A null profile: forget the customer."""
        return ProfileTold(**self._common(self.id_by_value(), at, customer_id), data=None)

    def disposition(self, disposition: Disposition, customer_id: str) -> Disposed:
        """What the CRM did with an alert; what somebody noted beside it stays behind."""
        bare = disposition.model_copy(update={"note": None, "by": opaque(disposition.by) if disposition.by else None})
        return Disposed(**self._common(self.id_by_value(), disposition.occurred_at, customer_id), data=bare)

    def command(self, command: Command) -> Commanded:
        """What an operator asked for; it goes to the id he named, whatever that has become."""
        order = command.model_copy(update={"by": opaque(command.by)}) if command.by else command
        return Commanded(**self._common(command.command_id, command.occurred_at, command.customer_id), data=order)

    def tick(self, tick: TimeTold) -> Tick:
        """Time has come for everyone."""
        return Tick(**self._common(tick.command_id, tick.occurred_at, EVERYONE))

    def id_by_value(self) -> str:
        """The id of a record that has none: a hash of its key and value (CONTRACT 2)."""
        return _hash(self.record.key or b"", self.record.value or b"null")

    def _linked(self, handle: str, customer_id: str, claim: str, at: datetime) -> Commanded:
        """The merge of one handle. Its id is made of all the handles, so that a nightly export repeats no merge."""
        mark = _hash(claim.encode(), _bytes(handle))
        merge = Command(
            command_id=LINK + mark,  # no handle in it: ids are remembered where an erasure does not reach
            occurred_at=at,
            customer_id=handle[:512],
            command="merge",
            into=customer_id,
        )
        return self.command(merge)

    def _common(self, event_id: str, occurred_at: datetime, customer_id: str) -> dict[str, object]:
        return {
            "event_id": event_id,
            "occurred_at": occurred_at,
            "heard_at": self.record.received_at,
            "customer_id": customer_id,
            "brand": self.brand,
            "source": self.source,
        }


def place_of(erasure: ProfileTold | Commanded) -> tuple[float, float]:
    """Where a null profile stood among the profiles; commands stand elsewhere."""
    if isinstance(erasure, Commanded) or erasure.source is None:
        return ANYWHERE
    return erasure.source.partition, erasure.source.offset


def by_alias(erasure: ProfileTold | Commanded) -> ProfileTold | Commanded:
    """The same erasure for the id that it names, under an id of its own: another signal of the same record."""
    mark = _hash(_bytes(erasure.event_id), _bytes(erasure.customer_id))
    return erasure.model_copy(update={"event_id": mark})


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")


def _hash(*parts: bytes) -> str:
    return sha256(b"|".join(parts)).hexdigest()[:32]


def conversation_of(event: Event, message: Message) -> str | None:
    """The conversation a contact belongs to: as it says, else the message or post it answers, else itself."""
    named: str | None = getattr(event, "conversation_id", None)
    if named is None and isinstance(event, Email):
        named = message.in_reply_to or event.in_reply_to or message.message_id or event.message_id
    if named is None and isinstance(event, SocialPost):
        named = event.in_reply_to or event.post_id
    return named


def _impressed(impression: Impression) -> dict[str, object]:
    names = ("language", "sentiment", "emotions", "signals", "spans", "excerpt", "register_", "target", "needs_answer")
    more = ("promise_due_at", "offered", "topic_key", "sketch", "voices", "traits")
    return {name: getattr(impression, name) for name in names + more}
