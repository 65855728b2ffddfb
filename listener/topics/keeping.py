"""The topics of a bus: looked at, and created where missing; nothing here deletes, shrinks or alters one."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

from listener.settings import Settings
from listener.topics.comparing import Existing
from listener.topics.files import Wanted, wanted

SHOWN_WITHIN_S: Final = 15.0
LOOK_S: Final = 0.05


class Refused(Exception):
    """The bus would not create a topic; says which, and why."""


async def existing(admin: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, Existing]:
    """Those of `names` that exist, as they are."""
    present = sorted(set(await admin.list_topics()) & set(names))
    if not present:
        return {}
    told = await admin.describe_topics(present)
    configs = await _configs(admin, present)
    return {
        topic["topic"]: Existing(
            name=topic["topic"],
            partitions=len(topic["partitions"]),
            replication=min(len(partition["replicas"]) for partition in topic["partitions"]),
            config=configs.get(topic["topic"], {}),
        )
        for topic in told
    }


async def apply(admin: AIOKafkaAdminClient, settings: Settings) -> list[str]:
    """Create what is missing of all that is wanted; the names of what was created."""
    topics = wanted(settings)
    there = await existing(admin, [topic.name for topic in topics])
    return await create(admin, [topic for topic in topics if topic.name not in there])


async def create(admin: AIOKafkaAdminClient, topics: Sequence[Wanted]) -> list[str]:
    """Create these, and wait until the bus shows them; the names of those that were new.

    Raises:
        Refused: at the first that the bus would not create.
    """
    if not topics:
        return []
    answer = await admin.create_topics(
        [
            NewTopic(
                name=topic.name,
                num_partitions=topic.partitions,
                replication_factor=topic.replication,
                topic_configs=dict(topic.config),
            )
            for topic in topics
        ]
    )
    created = []
    for name, code, *message in answer.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise Refused(f"{name}: {message[0] if message and message[0] else error.__name__}")
        if not code:
            created.append(name)
    with suppress(TimeoutError):
        await asyncio.wait_for(_are_shown(admin, created), SHOWN_WITHIN_S)
    return created


async def _are_shown(admin: AIOKafkaAdminClient, names: Sequence[str]) -> None:
    """A controller creates; brokers hear of it a moment later, a busy one seconds later."""
    while not set(names) <= set(await admin.list_topics()):  # noqa: ASYNC110  # the bus rings nobody's bell
        await asyncio.sleep(LOOK_S)


async def _configs(admin: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, Mapping[str, str]]:
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    found: dict[str, Mapping[str, str]] = {}
    for response in await admin.describe_configs(asked):
        for _code, _message, _type, name, entries in response.resources:
            found[name] = {entry[0]: entry[1] for entry in entries}
    return found
