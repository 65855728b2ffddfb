"""Asking the listener to forget a customer, and seeing that it did."""

import asyncio
import secrets
from datetime import UTC, datetime
from typing import Final

from listener.bus import clients
from listener.bus.names import Names
from listener.bus.tailing import Tail, Until
from listener.commanding import COMPACTED
from listener.model.inputs import Command
from listener.model.topics import INPUTS, OUTPUTS
from listener.settings import Settings

TOPICS: Final = tuple(OUTPUTS[topic] for topic in COMPACTED)
PROFILES: Final = INPUTS["crm_customers"]


class NotSeen(Exception):
    """The tombstones did not come in time; the command stands, and is carried out when the listener runs."""


async def erase(settings: Settings, customer_id: str, by: str | None, wait_s: float | None) -> None:
    """Publish the command and, unless `wait_s` is None, wait until every compacted topic has its tombstone.

    Raises:
        NotSeen: where they did not come within `wait_s` seconds.
    """
    if wait_s is None:
        await _publish(settings, customer_id, by)
        return
    async with Tail(settings, TOPICS, from_start=False, key=customer_id) as tail:
        await _publish(settings, customer_id, by)
        try:
            async with asyncio.timeout(wait_s):
                await _tombstones(tail)
        except TimeoutError:
            raise NotSeen from None


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


async def _publish(settings: Settings, customer_id: str, by: str | None) -> None:
    order = Command(
        command_id=f"erase:{secrets.token_hex(8)}",
        occurred_at=datetime.now(UTC),
        customer_id=customer_id,
        command="erase",
        by=by,
    )
    topic = Names(settings).real(INPUTS["commands"])
    async with clients.started(clients.producer(settings), settings) as producer:
        await producer.send_and_wait(topic, order.model_dump_json(exclude_none=True).encode(), key=customer_id.encode())


async def _tombstones(tail: Tail) -> None:
    waiting = set(TOPICS)
    async for seen in tail:
        if seen.value is None:
            waiting.discard(seen.topic)
        if not waiting:
            return
