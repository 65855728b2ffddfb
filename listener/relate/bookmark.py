"""How far one partition of the signals was read, and what of it still concerns everyone.

Customers know by their own offset what they have heard. The bookmark knows the rest: which records of the inputs
were heard already (a restarted ingest sends some again, under new offsets), and which broadcasts and ticks have
not yet reached every customer. It is a function of the log alone, written after the customers of its batch.
"""

import sys
from hashlib import blake2b
from typing import Final

import msgspec
from msgspec.structs import replace

from listener.directives import is_erasure
from listener.model.signals import MergeState, Said, Signal, Wake
from listener.model.topics import OUTPUTS
from listener.model.wire import LATEST

KEY: Final = b"\xff\xfebookmark"
"""Where the table keeps it; no customer's id, which is UTF-8, begins with these bytes."""

LARGEST_PENDING: Final = 512 * 2**10
"""Bytes of what concerns everyone that may wait: a bookmark is one record, and a bus takes a megabyte of one. That is
eight hundred acts to everybody before any sweep is through; what comes beyond is a dead letter, to be retried."""
ERASED: Final = "erased/"
"""How places begin that stand for who was erased: a hash of the id, and when."""
MOST_ERASED: Final = 500
ERASED_S: Final = 7 * 86400.0
"""How many erasures are remembered, and for how long: as long as the signals, and the inputs, keep what came before."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """How far a partition of an input was heard: its newest offset, and the ids of the events heard from that one.

    `latest_s` is the latest time any of its records was received at: what is older in offset and yet was received
    later is no repeat, but the beginning of a topic that was made anew.
    """

    offset: int
    event_ids: tuple[str, ...] = ()
    latest_s: float = 0.0


class Pending(msgspec.Struct, frozen=True, array_like=True):
    """A signal for everyone that not every customer has heard yet: its offset, and the signal as it came."""

    offset: int
    signal: bytes


class Bookmark(msgspec.Struct, array_like=True):
    """The state of a partition. `built_to` is the last offset that is in it.

    Inputs are read in order and sent in order, so a record is new exactly when it lies beyond what was heard of its
    partition, however often and however late it is sent again.
    """

    version: int = 1
    built_to: int = -1
    places: dict[str, Place] = {}
    pending: list[Pending] = []

    def is_repeat(self, signal: Said) -> bool:
        """Whether this signal's record was heard before; notes it if not."""
        source = signal.source
        if source is None:
            return False
        where, received_s = f"{source.topic}/{source.partition}", signal.heard_at.timestamp()
        place = self.places.get(where) or Place(-1)
        latest_s = max(place.latest_s, received_s)
        if source.offset == place.offset and signal.event_id not in place.event_ids:
            self.places[where] = Place(source.offset, (*place.event_ids, signal.event_id), latest_s)
            return False
        if source.offset <= place.offset and received_s <= place.latest_s:
            return True
        self.places[where] = Place(source.offset, (signal.event_id,), latest_s)
        return False

    def note_erasure(self, signal: Signal, offset: int) -> None:
        """Remember when this customer was erased: what came before may still be on its way, by another partition.

        A time that a broken clock gave would swallow whatever comes.
        """
        if signal.heard_at >= LATEST:
            return
        at_s, place = signal.heard_at.timestamp(), _erased(signal.customer_id)
        gone = [one for one, told in self.places.items() if one.startswith(ERASED) and told.latest_s + ERASED_S < at_s]
        self.places.pop(place, None)
        self.places[place] = Place(offset, (), at_s)
        erased = [one for one in self.places if one.startswith(ERASED) and one not in gone]
        for one in (*gone, *erased[:-MOST_ERASED]):
            del self.places[one]

    def is_forgotten(self, signal: Signal) -> bool:
        """Whether this came to the bus before its customer was erased, and is to be forgotten like all that did.

        A merge and an erasure in one millisecond come from somebody who means them in this order. What is passed on by
        who was merged into them after it is not of the one who was erased.
        """
        place = _erased(signal.customer_id)
        erased = self.places.get(place)
        if erased is None or isinstance(signal, Wake):
            return False
        at_s, by = signal.heard_at.timestamp(), _passed_on_from(signal)
        if is_erasure(signal):
            return at_s < erased.latest_s or (at_s == erased.latest_s and by is not None)
        if by in erased.event_ids:
            return False
        if not isinstance(signal, MergeState):
            return at_s < erased.latest_s
        if at_s > erased.latest_s and by is not None:
            self.places[place] = replace(erased, event_ids=(*erased.event_ids, by))
        return at_s <= erased.latest_s

    def has_room_for(self, signal: bytes) -> bool:
        """Whether this, which concerns everyone, can be kept until everyone has heard it."""
        return len(signal) + sum(len(waiting.signal) for waiting in self.pending) <= LARGEST_PENDING

    def after(self, offset: int) -> list[Pending]:
        """What concerns everyone and came after `offset`."""
        return [waiting for waiting in self.pending if waiting.offset > offset]

    def to_bytes(self) -> bytes:
        """The value as it is stored."""
        return _ENCODER.encode(self)

    @staticmethod
    def from_bytes(value: bytes | None) -> "Bookmark":
        """The bookmark a stored value holds; no value is the beginning."""
        return Bookmark() if value is None else _DECODER.decode(value)


def heard_to(value: bytes | None) -> int:
    """How far in the signals a partition's state was built, by its stored bookmark; endless where that is none.

    Such a state is made anew from the signals (`rebuilding.py`), as far as the group has read.
    """
    try:
        return Bookmark.from_bytes(value).built_to
    except (msgspec.DecodeError, ValueError):
        return sys.maxsize - 1


def _erased(customer_id: str) -> str:
    return ERASED + blake2b(customer_id.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _passed_on_from(signal: Said) -> str | None:
    """The partition of the signals that another customer passed it on from; what one passes on comes in its order."""
    source = signal.source
    return str(source.partition) if source is not None and source.topic == OUTPUTS["signals"] else None


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Bookmark)
