"""A recorded stream through both cores in event time, with no broker: what live would have decided."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from listener.book import Book, Core
from listener.hearing import Hearing, Identities
from listener.hearing.decoding import Unusable, decode
from listener.model.inputs import Profile
from listener.model.outcomes import Outcome
from listener.model.record import DeadLetter, Passed, Record, Understood
from listener.model.signals import Heard

BATCH = 256
"""Records heard at once; what is decided does not depend on it."""


def replay(records: list[Record], until: datetime | None, hearing: Hearing, core: Core) -> Iterator[Outcome]:
    """All outcomes in order of decision: first what the records cause, then what falls due up to `until`."""
    read_ahead(records, hearing.identities, hearing.brand)
    book = Book(core)
    for fate in hear(records, hearing):
        if isinstance(fate, Understood):
            for signal in fate.signals:
                yield from book.take(signal)
    if until is not None:
        yield from book.advance(until)


def hear(records: list[Record], hearing: Hearing) -> Iterator[Understood | Passed | DeadLetter]:
    """What became of each record."""
    for start in range(0, len(records), BATCH):
        yield from hearing.hear(records[start : start + BATCH])


def heard_in(fates: Iterable[Understood | Passed | DeadLetter]) -> Iterator[Heard]:
    """Only what was heard in contacts."""
    for fate in fates:
        if isinstance(fate, Understood):
            yield from (signal for signal in fate.signals if isinstance(signal, Heard))


def read_ahead(records: Iterable[Record], identities: Identities, brand: str) -> None:
    """Take the handles of all profiles before the first contact, as ingest does."""
    for record in records:
        if record.topic == "crm_customers" and record.value is not None:
            try:
                profile = decode(record).value
            except Unusable:
                continue
            if isinstance(profile, Profile) and profile.brand in (None, brand):
                identities.link(profile, record.received_at)
