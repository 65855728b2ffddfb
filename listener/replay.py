"""A recorded stream through both cores in event time, with no broker: what live would have decided."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from listener.book import Book, Core
from listener.hearing import Hearing, Identities
from listener.hearing.decoding import Unusable, decode
from listener.hearing.listening import Listens
from listener.model.inputs import Profile
from listener.model.message import Impression, Message
from listener.model.outcomes import Outcome
from listener.model.outputs import Alert
from listener.model.record import Record, RecordFate, Understood
from listener.model.signals import Heard
from listener.signals import Ear, explain

BATCH = 256
"""Records heard at once; what is decided does not depend on it."""


Watch = Callable[[RecordFate], None]


def unwatched(_: RecordFate) -> None:
    """Watches nothing: for those who need not know what became of each record."""


def replay(
    records: list[Record], until: datetime | None, hearing: Hearing, core: Core, watch: Watch = unwatched
) -> Iterator[Outcome]:
    """All outcomes in order of decision: first what the records cause, then what falls due up to `until`.

    Then what the whole brand has to be told, once every customer is known. `watch` is told what became of each record.
    """
    of_one_cause: list[Alert] = []
    for outcome in _decided(records, until, hearing, core, watch):
        if outcome.topic == "alerts" and isinstance(alert := outcome.value, Alert) and alert.cause_event_id is not None:
            of_one_cause.append(alert)
        yield outcome
    yield from core.gather(of_one_cause)


def _decided(
    records: list[Record], until: datetime | None, hearing: Hearing, core: Core, watch: Watch
) -> Iterator[Outcome]:
    """All outcomes of single customers, in order of decision."""
    read_ahead(records, hearing.identities, hearing.brand)
    book = Book(core)
    for fate in hear(records, hearing):
        watch(fate)
        if isinstance(fate, Understood):
            for signal in fate.signals:
                yield from book.take(signal)
    if until is not None:
        yield from book.advance(until)


def hear(records: list[Record], hearing: Hearing) -> Iterator[RecordFate]:
    """What became of each record."""
    for start in range(0, len(records), BATCH):
        yield from hearing.hear(records[start : start + BATCH])


def heard_in(fates: Iterable[RecordFate]) -> Iterator[Heard]:
    """Only what was heard in contacts."""
    for fate in fates:
        if isinstance(fate, Understood):
            yield from (signal for signal in fate.signals if isinstance(signal, Heard))


def explained(
    records: list[Record], hearing: Hearing, watch: Watch = unwatched
) -> Iterator[tuple[Heard, dict[str, Any]]]:
    """What was heard in each contact, and why (listener/signals/explaining.py)."""
    read_ahead(records, hearing.identities, hearing.brand)
    noting = _Noting(hearing.ear)
    ears = dataclasses.replace(hearing, ear=noting)
    for record in records:
        fates = ears.hear([record])
        watch(fates[0])
        for heard in heard_in(fates):
            yield heard, explain(cast(Ear, hearing.ear), noting.last)


class _Noting:
    """An ear that remembers which message it heard last."""

    def __init__(self, ear: Listens) -> None:
        self._ear = ear
        self.last: Message

    def listen(self, messages: Sequence[Message], /) -> list[Impression]:
        """What the ear hears; the message is noted."""
        self.last = messages[-1]
        return self._ear.listen(messages)


def read_ahead(records: Iterable[Record], identities: Identities, brand: str) -> None:
    """Take the handles of all profiles before the first contact, as ingest does."""
    for record in records:
        if record.topic == "crm_customers" and record.value is not None:
            try:
                profile = decode(record).value
            except Unusable:
                continue
            if isinstance(profile, Profile) and profile.brand in (None, brand):
                identities.link(profile, record.received_at, (record.partition, record.offset))
