"""Ingest's core: raw records in, signals or dead letters out, in the same order; pure, and in batches.

decode  ->  is it ours  ->  who is it about  ->  read the text  ->  signals
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

import orjson
from msgspec.structs import replace

from listener.hearing.addressing import customer_of
from listener.hearing.announcing import Announcer, by_alias, place_of
from listener.hearing.decoding import Unusable, decode, happened_at
from listener.hearing.identities import Identities
from listener.model.inputs import BrandAct, Command, Contact, Disposition, Profile, SocialPost, TimeTold
from listener.model.message import Impression, Message, MessageChannel
from listener.model.record import Passed, Record, RecordFate, Understood
from listener.model.signals import Commanded, ProfileTold, Signal
from listener.model.topics import InputTopic
from listener.model.wire import Handle

CHANNELS: Final[dict[InputTopic, MessageChannel]] = {
    "contact_chat": "chat",
    "contact_email": "email",
    "contact_social": "social",
    "contact_voice": "voice",
    "contact_survey": "survey",
}
LONGEST_ID: Final = 512
NO_ADDRESS: Final = "no customer, and no address that is surely one's; own_addresses tells the firm's own from others"


class Listens(Protocol):
    """Anything that can hear: messages in, an impression of each out, in the same order."""

    def listen(self, messages: Sequence[Message], /) -> list[Impression]:
        """The impressions of the messages."""


@dataclass(frozen=True, slots=True)
class _Unread:
    """A contact whose text waits to be read with the rest of its batch."""

    event: Contact
    message: Message
    customer_id: str
    unknown_fields: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """Ingest's ear for one brand.

    `identities` is fed the handles of profiles by whoever holds them ahead; merges it learns here, at their own place.
    `foresight` refuses what claims to happen later than that after it was received (None: time is the recording's own).
    `own_addresses` are the firm's e-mail domains and addresses, which no customer has.
    """

    ear: Listens
    normalise: Callable[[Contact, MessageChannel], Message]
    identities: Identities
    brand: str
    foresight: timedelta | None = None
    own_addresses: tuple[str, ...] = ()

    def hear(self, records: Sequence[Record]) -> list[RecordFate]:
        """What became of each record; one that cannot be used never touches its neighbours."""
        fates: list[RecordFate | _Unread] = [_alone(self._understand, record) for record in records]
        unread = [(n, fate) for n, fate in enumerate(fates) if isinstance(fate, _Unread)]
        for (n, waiting), impression in zip(unread, self._listen([w.message for _, w in unread]), strict=True):
            fates[n] = _alone(self._signal_of, records[n], waiting, impression)
        return fates  # type: ignore[return-value]  # nothing is unread any more

    def _understand(self, record: Record) -> RecordFate | _Unread:
        decoded = decode(record)
        value = decoded.value
        brand = getattr(value, "brand", None)
        if brand is not None and brand != self.brand:
            return Passed(brand)
        at = happened_at(record, decoded, self.foresight)
        signals: tuple[Signal, ...]
        announcer = Announcer(self.brand, record)
        match value:
            case None:
                signals = self._forget(announcer.erased(_key_of_profile(record), at))
            case Profile():
                signals = announcer.profile(value, at)
            case Disposition():
                signals = (announcer.disposition(value, self._disposed_of(record, value)),)
            case Command():
                signals = self._ordered(announcer.command(value))
            case TimeTold():
                signals = (announcer.tick(value),)
            case BrandAct():
                signals = (announcer.act(value, self.identities),)
            case SocialPost(customer=None):
                signals = (announcer.posted(value),)
            case _:
                return self._contact(record, value, decoded.unknown_fields)
        return Understood(signals, decoded.unknown_fields)

    def _contact(self, record: Record, event: Contact, unknown_fields: int) -> _Unread:
        message = replace(self.normalise(event, CHANNELS[record.topic]), brand=self.brand)
        who = self._who(event, message)
        names = self.identities.names.get(who)
        if names:
            message = replace(message, known_names=tuple(dict.fromkeys((*message.known_names, *names))))
        return _Unread(event, message, who, unknown_fields)

    def _who(self, event: Contact, message: Message) -> str:
        if event.customer is not None:
            return self.identities.of(event.customer)
        address = customer_of(message, self.own_addresses)
        if address is None:
            raise Unusable("identity", "NoCustomer", NO_ADDRESS)
        return self.identities.of_handle(Handle(kind="email", value=address))

    def _ordered(self, told: Commanded) -> tuple[Signal, ...]:
        """Whom an order is told to."""
        match told.data:
            case Command(command="erase"):
                return self._forget(told)
            case Command(command="merge", into=str(into)):
                return self._merge(told, into)
        return (told,)

    def _merge(self, told: Commanded, into: str) -> tuple[Signal, ...]:
        """Learn who is who from now on, and tell whom the merged one has become by then.

        A merge of two who are one already is told to nobody: it may overtake on its way what made them one, and part
        them, for each partition knows only what it has read.
        """
        merge = told.customer_id, into, told.heard_at
        if not self.identities.merge(*merge):
            raise Unusable("identity", "Circle", "whom it is merged into was merged into it before")
        if self.identities.is_needless(*merge):
            return ()
        return (told.model_copy(update={"customer_id": self.identities.merged_by(*merge)}),)

    def _forget(self, told: ProfileTold | Commanded) -> tuple[Signal, ...]:
        """An erasure is for the id it names, for whom that has become, and for all who became them.

        Each is told in its own order: what one passes on to another may come late, and would then either be taken for
        an erasure of what came meanwhile, or follow a link that is no more.
        """
        named, who = told.customer_id, self.identities.current(told.customer_id)
        others = dict.fromkeys((named, *self.identities.aliases(who)))
        self.identities.unlink(named, told.heard_at, place_of(told))
        alike = (told.model_copy(update={"customer_id": other}) for other in others if other != who)
        return told.model_copy(update={"customer_id": who}), *(by_alias(one) for one in alike)

    def _disposed_of(self, record: Record, disposition: Disposition) -> str:
        named = disposition.customer_id
        return self.identities.current(named if named is not None else _key(record))

    def _listen(self, messages: Sequence[Message]) -> list[Impression | None]:
        """All at once; where that fails, each by itself, so that only the culprit is left unheard."""
        if not messages:
            return []
        try:
            return list(self.ear.listen(messages))
        except Exception:  # noqa: BLE001  # one text that cannot be read must not silence its neighbours
            return [self._listen_to_one(message) for message in messages]

    def _listen_to_one(self, message: Message) -> Impression | None:
        try:
            return self.ear.listen([message])[0]
        except Exception:  # noqa: BLE001  # this is the one; it becomes a dead letter
            return None

    def _signal_of(self, record: Record, waiting: _Unread, impression: Impression | None) -> RecordFate:
        if impression is None:
            raise Unusable("analyse", "Unheard", "reading the text failed")
        announcer = Announcer(self.brand, record)
        signal = announcer.heard(waiting.event, waiting.message, impression, waiting.customer_id)
        return Understood((signal,), waiting.unknown_fields)


def _alone(make: Callable[..., RecordFate | _Unread], *given: object) -> RecordFate | _Unread:
    """What is made of one record; whatever fails there costs that record, never the stream."""
    try:
        return make(*given)
    except Unusable as trouble:
        return trouble.letter
    except Exception as trouble:  # noqa: BLE001  # a fault of ours
        return Unusable("analyse", type(trouble).__name__, "reading it failed").letter


def _key_of_profile(record: Record) -> str:
    if record.topic != "crm_customers":
        raise Unusable("decode", "Null", "a null means something in crm.customers only")
    return _key(record)


def _key(record: Record) -> str:
    """The customer a record is keyed by, where a serializer has put them into quotes as well."""
    if record.key is None:
        raise Unusable("identity", "NoKey", "no key to tell the customer by")
    try:
        key = unquoted(record.key.decode())
    except UnicodeDecodeError:
        raise Unusable("identity", "KeyNotText", "the key is not UTF-8") from None
    if not 0 < len(key) <= LONGEST_ID:
        raise Unusable("identity", "KeyTooLong", f"a key of {len(key)} characters is no customer_id")
    return key


def unquoted(key: str) -> str:
    """A key as it is meant: serializers of JSON write a text in quotes, and an erasure would be of nobody then.

    >>> unquoted('"C-1"'), unquoted('C-"1"'), unquoted('"')
    ('C-1', 'C-"1"', '"')
    """
    if not key.startswith('"'):
        return key
    try:
        inner = orjson.loads(key)
    except orjson.JSONDecodeError:
        return key
    return inner if isinstance(inner, str) else key
