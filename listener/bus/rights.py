"""What each process may do on the bus (`deploy/acls`), and which of it the bus does not let it do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import yaml
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupAuthorizationFailedError, TopicAuthorizationFailedError
from pydantic import BaseModel, ConfigDict, TypeAdapter

from listener.bus import clients
from listener.bus.authorized_operations import OPERATIONS, AskGroup, AskTopics
from listener.bus.names import Names, changelog, group
from listener.model.topics import DEAD, INPUTS, OUTPUTS
from listener.settings import Settings
from listener.shipped import shipped

Operation = Literal["read", "write", "describe", "describe_configs", "create"]
Kind = Literal["topic", "group"]
SIGNALS: Final = OUTPUTS["signals"]
BY_PORTFOLIO: Final = frozenset({OUTPUTS["portfolio"], OUTPUTS["reactions"]})
NOT_THERE: Final = 3
"""Kafka's code for a topic that is not on the bus: what may be done to it the bus cannot say."""

NOT_TOLD: Final = -(1 << 31)
"""What Kafka answers of a group that was never there, once it lets us describe it."""


class Line(BaseModel):
    """A line of the file: what may be done to one name, or to a set of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    of: str
    may: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """One thing a process must be let do; `name` as it is on this bus."""

    kind: Kind
    name: str
    operation: Operation

    def __str__(self) -> str:
        return f"{self.operation} {self.kind} {self.name}"


_FILE: Final = TypeAdapter(dict[str, tuple[Line, ...]])


@cache
def processes() -> dict[str, tuple[Line, ...]]:
    """Every kind of process the file knows, with its lines."""
    return _FILE.validate_python(yaml.safe_load((shipped("acls") / "processes.yaml").read_text()))


def needed(settings: Settings, process: str) -> list[Right]:
    """All that a process must be let do, by the names of this bus."""
    return sorted(
        {
            Right(line.kind, name, operation)
            for line in processes()[process]
            for name in _named(settings, line)
            for operation in line.may
        }
    )


async def missing(settings: Settings, rights: Iterable[Right]) -> list[Right]:
    """Those that the bus does not let us have; a topic that is not there is nobody's to refuse."""
    wanted = list(rights)
    async with clients.admin(settings) as admin:
        topics = await _on_topics(admin, sorted({right.name for right in wanted if right.kind == "topic"}))
        groups = {r.name: await _on_group(admin, r.name) for r in wanted if r.kind == "group"}
    return [right for right in wanted if not _is_let(right, topics if right.kind == "topic" else groups)]


def in_words(found: Sequence[Right], process: str) -> str:
    """One line that names what is missing.

    >>> in_words([Right("topic", "relational.signals.v1", "write")], "ingest")
    'the bus does not let ingest: write topic relational.signals.v1; deploy/acls says what it needs'
    """
    return f"the bus does not let {process}: {', '.join(map(str, found))}; deploy/acls says what it needs"


def _named(settings: Settings, line: Line) -> list[str]:
    if line.kind == "group":
        return [group(settings, line.of)]
    names = Names(settings)
    return [changelog(settings) if one == "changelog" else names.real(one) for one in _set(line.of)]


def _set(of: str) -> Iterator[str]:
    outputs = [name for name in OUTPUTS.values() if name != SIGNALS]
    told = [name for name in outputs if name not in BY_PORTFOLIO]
    sets = {
        "inputs": list(INPUTS.values()),
        "input_dead_letters": [name + DEAD for name in INPUTS.values()],
        "dead_letters": [name + DEAD for name in (*INPUTS.values(), SIGNALS)],
        "told": told,
        "outputs": outputs,
    }
    sets["all"] = [*sets["inputs"], SIGNALS, *outputs, *sets["dead_letters"], "changelog"]
    yield from sets.get(of, [of])


def _is_let(right: Right, known: dict[str, frozenset[str] | None]) -> bool:
    may = known.get(right.name)
    return may is None or right.operation in may


async def _on_topics(admin: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, frozenset[str] | None]:
    answer = await admin._send_request(AskTopics(names))
    return {
        name: None if error == NOT_THERE else _operations(0 if _refused(error) else bits)
        for error, name, _, _, bits in answer.topics
    }


async def _on_group(admin: AIOKafkaAdminClient, name: str) -> frozenset[str] | None:
    try:
        node = await clients.coordinator(admin, name)
    except GroupAuthorizationFailedError:
        return frozenset()
    ((error, *_, bits),) = (await admin._send_request(AskGroup(name), node)).groups
    return None if bits == NOT_TOLD else _operations(0 if _refused(error) else bits)


def _refused(error: int) -> bool:
    return error in (TopicAuthorizationFailedError.errno, GroupAuthorizationFailedError.errno)


def _operations(bits: int) -> frozenset[str]:
    return frozenset(name for name, bit in OPERATIONS.items() if bits >> bit & 1)
