"""Asking the listener to do something for a customer, and seeing on the bus that it did."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Literal

from listener.bus import clients
from listener.bus.names import Names
from listener.bus.tailing import Tail
from listener.model.inputs import Command
from listener.model.topics import INPUTS
from listener.settings import Settings


class NotSeen(Exception):
    """What should have come did not come in time; the command stands, and is carried out when the listener runs."""


async def request(
    settings: Settings,
    command: Literal["erase", "rebuild"],
    customer_id: str,
    by: str | None,
    *,
    wait_s: float | None,
    topics: Sequence[str],
    answered: Callable[[Tail], Awaitable[object]],
) -> None:
    """Publish a command and, unless `wait_s` is None, follow the customer in `topics` until it was `answered`.

    Raises:
        NotSeen: where it was not within `wait_s` seconds.
    """
    if wait_s is None:
        await _publish(settings, command, customer_id, by)
        return
    async with Tail(settings, topics, from_start=False, key=customer_id) as tail:
        await _publish(settings, command, customer_id, by)
        try:
            async with asyncio.timeout(wait_s):
                await answered(tail)
        except TimeoutError:
            raise NotSeen from None


async def _publish(settings: Settings, command: Literal["erase", "rebuild"], customer_id: str, by: str | None) -> None:
    order = Command(
        command_id=f"{command}:{secrets.token_hex(8)}",
        occurred_at=datetime.now(UTC),
        customer_id=customer_id,
        command=command,
        by=by,
    )
    topic = Names(settings).real(INPUTS["commands"])
    async with clients.started(clients.producer(settings), settings) as producer:
        await producer.send_and_wait(topic, order.model_dump_json(exclude_none=True).encode(), key=customer_id.encode())
