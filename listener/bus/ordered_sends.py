"""Sending in the order of each customer: what one lives through gets onto the bus in that order, whatever fails.

A bus keeps the order within a partition and none across them: a broker that comes back takes the partitions one by
one, and who reads meanwhile hears the later record first. So a record waits until what concerns the same customer is
acknowledged, unless that goes to the same partition. Customers do not wait for each other.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final

from listener.envelopes.recording import Recorded
from listener.hearing.decoding import Input, Unusable, decode
from listener.hearing.identities import Identities
from listener.model.inputs import Command, CustomerRef, Disposition, Profile, TimeTold
from listener.model.record import EVERYONE

MANY: Final = 10_000
"""Customers that are remembered before those of whom nothing is on its way are forgotten."""
Route = tuple[str, bytes]
"""Topic and key: the same always go to the same partition. Without a key no two do."""


class OrderedSends:
    """What is on its way, by whom it concerns; of each route the last, for the bus takes a route in its order.

    Merges are known as far as they went by here. Whoever is named by a handle may be anybody, for a profile that
    stands on the bus already may say so: such a record waits for all, as one to an audience does.
    """

    def __init__(self) -> None:
        self._last: dict[str, tuple[Route | None, asyncio.Future[Any]]] = {}
        self._identities = Identities()

    async def take(
        self, record: Recorded, send: Callable[[], Coroutine[Any, Any, asyncio.Future[Any]]]
    ) -> asyncio.Future[Any]:
        """Send a record when it may go; what tells of its acknowledgement.

        Raises:
            Exception: where the bus refused what it waits for.
        """
        whom, route = self._whom(record), None if record.key is None else (record.topic, record.key)
        for sent in self._ahead(whom, route):
            await sent
        sent = await send()
        self._last |= dict.fromkeys(whom, (route, sent))
        if EVERYONE in whom or len(self._last) > MANY:
            self._last = {who: told for who, told in self._last.items() if not told[1].done()}
        return sent

    def _ahead(self, whom: set[str], route: Route | None) -> set[asyncio.Future[Any]]:
        """What must be acknowledged before."""
        before = self._last.keys() if EVERYONE in whom else (*whom, EVERYONE)
        told = (self._last[who] for who in before if who in self._last)
        return {sent for on, sent in told if on is None or on != route}

    def _whom(self, record: Recorded) -> set[str]:
        """Whom a record concerns, after all merges."""
        try:
            value = decode(record.as_record()).value
        except Unusable:  # a later version of the listener may make more of it
            return {EVERYONE}
        whom = {self._identities.current(who) for who in _named(record, value)}
        if isinstance(value, Command) and value.command == "merge" and value.into is not None:
            whom.add(self._identities.current(value.into))
            self._identities.merge(value.customer_id, value.into, record.at)
        return whom


def _named(record: Recorded, value: Input | None) -> Iterable[str]:
    key = (record.key or b"").decode(errors="surrogateescape")
    match value:
        case None:
            return (key,)
        case Profile() | Command():
            return key, value.customer_id
        case Disposition():
            return key, value.customer_id or key
        case TimeTold():
            return (EVERYONE,)
    ref: CustomerRef | None = value.customer
    return (EVERYONE if ref is None or ref.customer_id is None else ref.customer_id,)
