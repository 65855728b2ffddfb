"""The case before the rules: one signal (or one moment), the belief before it, and the ledger so far."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace as amended

from listener.catalogue import Catalogue
from listener.model.inputs import Profile, tenure_s
from listener.model.ledger import Ledger, Proof, Talk, cited, mark_of
from listener.model.reading import Reading
from listener.model.signals import Act, Broadcast, Heard
from listener.model.types import TYPE_INDEX


class Case(msgspec.Struct):
    """What is judged. `side` is who spoke (`customer`, `agent`, `campaign`, `system`) or `act`; `kind` the act's kind.

    `ledger` is the only thing that changes while a case is heard: each step puts the amended one in its place.
    """

    ledger: Ledger
    at: datetime
    reading: Reading
    profile: Profile | None
    catalogue: Catalogue
    event_id: str = ""
    side: str = ""
    kind: str = ""
    channel: str = "act"
    details: Mapping[str, Any] = {}
    says: Mapping[str, float] = {}
    conversation_id: str | None = None
    mark: bytes = b""
    heard: Heard | None = None
    broadcast: str | None = None
    public: bool = False
    excerpt: str = ""
    grievance: float | None = None
    """How aggrieved its words sound, once somebody has asked (grievance.py)."""
    at_s: int = 0
    """Now, in whole seconds since 1970: worked out of `at`."""

    def __post_init__(self) -> None:
        self.at_s = int(self.at.timestamp())

    @property
    def talk(self) -> Talk | None:
        """The conversation it belongs to, as it stood."""
        return self.ledger.talk(self.mark)

    def amend(self, **changes: Any) -> None:
        """Put an amended ledger in place."""
        self.ledger = amended(self.ledger, **changes)

    def cue(self, name: str) -> float:
        """How probable a cue is, 0 where it was not heard."""
        return self.says.get(name, 0.0)

    def loudest(self, names: Iterable[str]) -> float:
        """How probable the most probable of some cues is."""
        says = self.says
        return max([says.get(name, 0.0) for name in names])

    def share(self, *types: str, track: str = "wanted") -> float:
        """How much of the belief these types hold."""
        row = self.reading.of(track)
        return float(sum(row[TYPE_INDEX[name]] for name in types))

    def proof(self, says: str) -> Proof:
        """This event as evidence of something."""
        role = self.side if self.heard else "firm"
        return Proof(self.event_id, self.channel, self.at_s, role, says, cited(self.excerpt))

    def tenure_s(self) -> float:
        """How long they have been a customer: from the profile, else since we first heard of them."""
        return float(tenure_s(self.profile, self.ledger.first_s or self.at_s, self.at_s))


def of_signal(
    ledger: Ledger, signal: Heard | Act | Broadcast, reading: Reading, profile: Profile | None, catalogue: Catalogue
) -> Case:
    """The case a signal makes."""
    if isinstance(signal, Heard):
        return Case(
            ledger,
            signal.occurred_at,
            reading,
            profile,
            catalogue,
            event_id=signal.event_id,
            side=signal.role,
            channel=signal.channel,
            says=signal.signals,
            conversation_id=signal.conversation_id,
            mark=mark_of(signal.conversation_id),
            heard=signal,
            public=signal.public,
            excerpt=signal.excerpt,
        )
    act = signal.data
    return Case(
        ledger,
        signal.occurred_at,
        reading,
        profile,
        catalogue,
        event_id=signal.event_id,
        side="act",
        kind=act.kind,
        details=act.details,
        conversation_id=act.conversation_id,
        mark=mark_of(act.conversation_id),
        broadcast=signal.event_id if isinstance(signal, Broadcast) or act.customer is None else None,
    )
