"""All that is kept of one customer between signals: a small versioned binary value."""

from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import zip_longest
from typing import Final

import msgspec
from cramjam import DecompressionError, lz4
from msgspec.structs import replace

from listener.model.inputs import Profile
from listener.model.ledger import Ledger
from listener.model.signals import Said, mark_of
from listener.model.tie import TieState
from listener.model.told import Told

VERSION: Final = 2
"""2 since values are packed; before that they stood as msgpack writes them."""
PACKED: Final = b"\x02"
"""What a packed value begins with; one that is not begins with the head of an array."""
LARGEST: Final = 1 << 20
"""Bytes that no state comes near: what claims to be larger is damaged, and no room is made for it."""
DIGEST_BYTES = 6
RECENT = 48
"""How many event ids are remembered, to know a duplicate that comes under another offset."""


class CustomerState(msgspec.Struct, frozen=True, array_like=True):
    """One customer: belief, what is owed, what was told, and how far the log was read into it.

    Fields are only ever appended, each with a default, so that every released version can be read for ever.
    `at_s` is the event time of the newest signal in seconds since 1970 (UTC); `offset` the offset in
    relational.signals it was built to (-1: none); `recent` a ring of digests of the latest event ids;
    `merged_into` the customer this one became; `known_as` those that became this one, so that an erasure finds them.
    """

    customer_id: str
    brand: str
    version: int = VERSION
    at_s: float = 0.0
    heard: int = 0
    offset: int = -1
    recent: bytes = b""
    profile_json: bytes = b""
    tie: TieState | None = None
    ledger: Ledger = Ledger()
    told: Told = Told()
    merged_into: str | None = None
    broadcast_offset: int = -1
    known_as: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """Event time of the newest signal heard."""
        return datetime.fromtimestamp(self.at_s, UTC)

    @property
    def profile(self) -> Profile | None:
        """What the CRM knows of the customer, without the handles."""
        return _profile(self.profile_json) if self.profile_json else None

    def has_heard(self, event_id: str) -> bool:
        """Whether this event is among the latest that were heard."""
        mark, place = digest(event_id), -1
        while (place := self.recent.find(mark, place + 1)) >= 0:
            if place % DIGEST_BYTES == 0:
                return True
        return False

    def has_taken(self, signal: Said) -> bool:
        """The same of a signal; before there were marks of each source, the bare id was remembered."""
        return self.has_heard(mark_of(signal)) or self.has_heard(signal.event_id)

    def remembering(self, event_id: str) -> bytes:
        """The ring of recent ids with this one in it."""
        return (self.recent + digest(event_id))[-RECENT * DIGEST_BYTES :]

    def to_bytes(self) -> bytes:
        """The value as it is stored: msgpack, fields by position, packed."""
        return packed(_ENCODER.encode(self))

    @staticmethod
    def from_bytes(value: bytes) -> "CustomerState":
        """The state a stored value holds.

        Raises:
            msgspec.DecodeError: where the value is not a state of any released version.
        """
        state = _DECODER.decode(unpacked(value))
        return state if state.version == VERSION else replace(state, version=VERSION)


def packed(fields: bytes) -> bytes:
    """What repeats among the fields stands once: ids of events, excerpts, names of rules (LZ4)."""
    return PACKED + bytes(lz4.compress_block(fields))


def unpacked(value: bytes) -> bytes:
    """The fields of a stored value by position, in msgpack.

    Raises:
        msgspec.DecodeError: where it is packed and damaged.
    """
    if not value.startswith(PACKED):
        return value
    if int.from_bytes(value[1:5], "little") > LARGEST:
        raise msgspec.DecodeError("no state is so large")
    try:
        return bytes(lz4.decompress_block(value[1:]))
    except DecompressionError as trouble:
        raise msgspec.DecodeError(str(trouble)) from None


def both_recent(mine: bytes, theirs: bytes) -> bytes:
    """One ring out of two: the newest of each by turns, as many as a ring holds."""
    size = DIGEST_BYTES
    rings = [[ring[n : n + size] for n in range(0, len(ring), size)][::-1] for ring in (mine, theirs)]
    newest_first = dict.fromkeys(mark for pair in zip_longest(*rings) for mark in pair if mark)
    return b"".join([*newest_first][:RECENT][::-1])


@lru_cache(maxsize=64)
def digest(event_id: str) -> bytes:
    """Six bytes that stand for an event id: one in 10^12 chance that two of a ring's neighbours agree."""
    return blake2b(event_id.encode(errors="surrogatepass"), digest_size=DIGEST_BYTES).digest()


@lru_cache(maxsize=256)
def _profile(stored: bytes) -> Profile:
    """A profile is read again with every signal, and seldom changes."""
    return Profile.model_validate_json(stored)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(CustomerState)
