"""Asking the listener to forget a customer, and seeing that it did."""

from typing import Final

from listener.bus import clients
from listener.bus.names import Names
from listener.bus.requesting import NotSeen, request
from listener.bus.tailing import Tail, Until
from listener.directives import COMPACTED
from listener.model.topics import INPUTS, OUTPUTS
from listener.settings import Settings

__all__ = ["PROFILES", "NotSeen", "erase", "erase_profile", "has_profile"]

TOPICS: Final = tuple(OUTPUTS[topic] for topic in COMPACTED)
PROFILES: Final = INPUTS["crm_customers"]


async def erase(settings: Settings, customer_id: str, by: str | None, wait_s: float | None) -> None:
    """Publish the command and, unless `wait_s` is None, wait until every compacted topic has its tombstone.

    Raises:
        NotSeen: where they did not come within `wait_s` seconds.
    """
    await request(settings, "erase", customer_id, by, wait_s=wait_s, topics=TOPICS, answered=_tombstones)


async def has_profile(settings: Settings, customer_id: str) -> bool:
    """Whether the CRM's topic still tells of this customer: then the listener would know it again."""
    latest: bytes | None = None
    async with Tail(settings, [PROFILES], from_start=True, until=Until(end=True), key=customer_id) as tail:
        async for seen in tail:
            latest = seen.value
    return latest is not None


async def erase_profile(settings: Settings, customer_id: str) -> None:
    """Put the null value on the CRM's topic, which erases the customer there and here."""
    async with clients.started(clients.producer(settings), settings) as producer:
        await producer.send_and_wait(Names(settings).real(PROFILES), None, key=customer_id.encode())


async def _tombstones(tail: Tail) -> None:
    waiting = set(TOPICS)
    async for seen in tail:
        if seen.value is None:
            waiting.discard(seen.topic)
        if not waiting:
            return
