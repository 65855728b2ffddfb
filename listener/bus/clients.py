"""Clients of the bus, made from settings: consumer, producer, admin, and what Faust needs to connect the same way."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import (
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    KafkaConnectionError,
    KafkaError,
    NotCoordinatorForGroupError,
)
from aiokafka.structs import OffsetAndMetadata

from listener.bus.credentials import OAUTH, connection, why_refused
from listener.bus.header_names import allow_any_header_name
from listener.bus.names import group
from listener.settings import Settings

Client = TypeVar("Client", AIOKafkaConsumer, AIOKafkaProducer)

COORDINATOR_WITHIN_S = 15.0
SESSION_S = 10.0
"""After so long without a word a member is taken for dead, and others get its partitions."""
LINGER_MS = 5
BATCH_BYTES = 128 * 1024
METADATA_MAX_AGE_MS = 10_000
"""How long a partition that was added to a topic may go unnoticed; aiokafka's own five minutes are a long silence."""
REQUEST_BYTES = 17 * 1024 * 1024
"""The largest record we send: an e-mail of 16 MiB that became a dead letter, with its headers."""


class NoBus(Exception):
    """The bus did not answer."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(f"no Kafka answers at {settings.bootstrap_servers}; `listener broker up` starts one here")


class NotLetIn(NoBus):
    """The bus answered, and would not let us in."""

    def __init__(self, settings: Settings, reason: str) -> None:
        Exception.__init__(self, f"the Kafka at {settings.bootstrap_servers} does not let us in: {reason}")


class FetchesNoMore(Exception):
    """A consumer has stopped fetching, and does not say why."""


class JoinsNoMore(Exception):
    """A consumer takes no more part in its group, and does not say why."""


async def no_bus(settings: Settings) -> NoBus:
    """Why no client could start: nothing is there, or it does not let us in."""
    reason = await why_refused(settings)
    return NoBus(settings) if reason is None else NotLetIn(settings, reason)


def consumer(settings: Settings, stage: str | None, *topics: str, **over: Any) -> AIOKafkaConsumer:
    """A consumer of the stage's group (None: of no group) that commits only when told; start and stop it yourself.

    It reads what is committed: what a producer rolled back never was, and a partition ends where a transaction is open.
    """
    allow_any_header_name()
    told: dict[str, Any] = {
        "group_id": group(settings, stage) if stage else None,
        "enable_auto_commit": False,
        "auto_offset_reset": "earliest",
        "isolation_level": "read_committed",
        "metadata_max_age_ms": METADATA_MAX_AGE_MS,
    }
    return AIOKafkaConsumer(*topics, **connection(settings) | told | over)


def member(settings: Settings, stage: str, name: str, *topics: str, **over: Any) -> AIOKafkaConsumer:
    """A consumer of the stage's group under a name of its own: who is back within the session holds what it held."""
    told = {
        "session_timeout_ms": int(SESSION_S * 1000),
        "heartbeat_interval_ms": int(SESSION_S * 200),
        "group_instance_id": name,
    }
    return consumer(settings, stage, *topics, **told | over)


def must_fetch(consumer: Any) -> None:
    """See that a started consumer still fetches.

    aiokafka fetches in a task of its own. Where that ends of an error nobody foresaw (a connection that closes while it
    is written to, as the broker dies) nothing is said: every later read finds nothing, for ever.

    Raises:
        FetchesNoMore: where it does not; end the process then, and begin again.
    """
    task = consumer._fetcher.error_future
    if task.done() and not task.cancelled():
        raise FetchesNoMore("the consumer's own task has ended") from task.exception()


def must_join(consumer: Any) -> None:
    """See that a started consumer still joins its group; only looks, and so may be asked from any thread.

    aiokafka joins in a task of its own, which an error nobody foresaw ends, and one of Kafka's holds up until somebody
    asks for it, as `getmany` does. A consumer that is not read through it would be given nothing, and wait for ever.

    Raises:
        JoinsNoMore: where it does not; end the process then, and begin again.
    """
    coordinator = consumer._coordinator
    task, trouble = coordinator._coordination_task, coordinator._pending_exception
    if task.done() and not task.cancelled():
        trouble = task.exception()
    if trouble is not None:
        raise JoinsNoMore("the consumer joins its group no more") from trouble


def producer(settings: Settings, **over: Any) -> AIOKafkaProducer:
    """An idempotent producer that waits for all replicas and packs what comes within a few milliseconds."""
    told = {
        "acks": "all",
        "enable_idempotence": True,
        "linger_ms": LINGER_MS,
        "max_batch_size": BATCH_BYTES,
        "max_request_size": REQUEST_BYTES,
    }
    return AIOKafkaProducer(**connection(settings) | told | over)


async def _tried(settings: Settings) -> None:
    """Show a bearer token once before clients rely on it: they would not notice that it is refused, and wait.

    Raises:
        NotLetIn: where it is.
    """
    kafka = settings.kafka
    if kafka.security_protocol.startswith("SASL") and kafka.sasl_mechanism == OAUTH:
        reason = await why_refused(settings)
        if reason is not None:
            raise NotLetIn(settings, reason)


@asynccontextmanager
async def admin(settings: Settings, **over: Any) -> AsyncIterator[AIOKafkaAdminClient]:
    """A started admin client, closed at the end.

    Raises:
        NoBus: where nothing answers.
    """
    await _tried(settings)
    client = AIOKafkaAdminClient(**connection(settings) | over)
    try:
        await client.start()
    except (KafkaConnectionError, OSError) as trouble:
        await client.close()
        raise await no_bus(settings) from trouble
    try:
        yield client
    finally:
        await client.close()


async def group_offsets(admin: AIOKafkaAdminClient, name: str) -> dict[TopicPartition, OffsetAndMetadata]:
    """What a group has committed."""
    offsets: dict[TopicPartition, OffsetAndMetadata] = await _once_there(
        lambda: admin.list_consumer_group_offsets(name)
    )
    return offsets


async def coordinator(admin: AIOKafkaAdminClient, name: str) -> int:
    """The node that keeps a group."""
    node: int = await _once_there(lambda: admin.find_coordinator(name))
    return node


async def _once_there(ask: Callable[[], Awaitable[Any]]) -> Any:
    """The answer of a group's coordinator. A bus that never had a group makes one when first asked, so ask again."""
    deadline = time.monotonic() + COORDINATOR_WITHIN_S
    while True:
        try:
            return await ask()
        except (GroupCoordinatorNotAvailableError, NotCoordinatorForGroupError, GroupLoadInProgressError):
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.05)


@asynccontextmanager
async def started(client: Client, settings: Settings) -> AsyncIterator[Client]:
    """A consumer or producer, started and stopped around what is done with it.

    Raises:
        NoBus: where nothing answers.
    """
    await _tried(settings)
    try:
        await client.start()
    except (KafkaConnectionError, OSError) as trouble:
        await client.stop()
        raise await no_bus(settings) from trouble
    except KafkaError:
        await client.stop()
        raise
    try:
        yield client
    finally:
        await client.stop()
