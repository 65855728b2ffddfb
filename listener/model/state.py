"""All that is kept of one customer between signals: a small versioned binary value."""

from datetime import UTC, datetime

import msgspec

from listener.model.inputs import Profile
from listener.model.ledger import Ledger
from listener.model.tie import TieState
from listener.model.told import Told

VERSION = 1
RECENT = 64
"""How many event ids are remembered, to know a duplicate that comes under another offset."""


class CustomerState(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One customer: belief, what is owed, what was told, and how far the log was read into it.

    Fields are only ever appended, so that every released version can be read for ever. `at_s` is the event time of
    the newest signal, seconds since 1970; `offset` the offset in relational.signals it was built to (-1: none);
    `recent` a ring of 8-byte digests of the latest event ids; `merged_into` the customer this one became.
    """

    customer_id: str
    brand: str
    version: int = VERSION
    at_s: float = 0.0
    heard: int = 0
    offset: int = -1
    recent: bytes = b""
    profile: bytes = b""
    tie: TieState | None = None
    ledger: Ledger = Ledger()
    told: Told = Told()
    merged_into: str | None = None
    swept_s: float = 0.0
    estimated: bytes = b""

    @property
    def at(self) -> datetime:
        """Event time of the newest signal heard."""
        return datetime.fromtimestamp(self.at_s, UTC)
