"""One file a topic: what it is for, its key, schema, partitions, retention, who writes and who reads it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from listener.bus.names import Names, changelog
from listener.model.topics import DEAD, INPUTS
from listener.settings import Settings, Span
from listener.shipped import shipped

CHANGELOG = "{changelog}"
_BYTES = re.compile(r"(\d+) MiB")


def _bytes(told: object) -> object:
    match = _BYTES.fullmatch(told) if isinstance(told, str) else None
    return int(match[1]) << 20 if match else told


class TopicFile(BaseModel):
    """A file of `topics/`. `partitions: default` is what LISTENER_PARTITIONS says; `largest` the largest record.

    `tombstones` is how long a compacted topic tells at least of what was erased, where Kafka's day is too short.
    A name with `{topic}` in it stands for one topic for each in `of`; `{changelog}` for what relate calls its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    purpose: str
    key: str
    schema_: str | None
    partitions: int | Literal["default"]
    retention: Span | Literal["for ever"]
    cleanup: Literal["delete", "compact"]
    tombstones: Span | None = None
    largest: Annotated[int, BeforeValidator(_bytes)] | None = None
    writers: tuple[str, ...]
    readers: tuple[str, ...]
    of: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The contract's names of the topics this file speaks of."""
        return tuple(self.name.format(topic=topic) for topic in self.of) or (self.name,)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A topic as it should be on this bus. `is_ours`: the listener writes it, so its partitions are ours to say."""

    name: str
    default: str
    partitions: int
    replication: int
    config: Mapping[str, str]
    is_ours: bool


def read() -> list[TopicFile]:
    """Every file of `topics/`, in order of name."""
    files = sorted(shipped("topics").glob("*.yaml"))
    return [TopicFile.model_validate(_renamed(yaml.safe_load(file.read_text()))) for file in files]


def wanted(settings: Settings) -> list[Wanted]:
    """Every topic by the name it has on this bus."""
    return [topic for file in read() for topic in _wanted(file, settings)]


def _renamed(told: dict[str, object]) -> dict[str, object]:
    return {"schema_" if key == "schema" else key: value for key, value in told.items()}


def _wanted(file: TopicFile, settings: Settings) -> Iterator[Wanted]:
    names = Names(settings)
    for default in file.names:
        yield Wanted(
            name=changelog(settings) if default == CHANGELOG else names.real(default),
            default=default,
            partitions=settings.partitions if file.partitions == "default" else file.partitions,
            replication=settings.replication,
            config=_config(file, settings.replication),
            is_ours=default not in INPUTS.values() and not default.endswith(DEAD),
        )


def _config(file: TopicFile, replication: int) -> dict[str, str]:
    config: dict[str, str] = {"cleanup.policy": file.cleanup}
    if isinstance(file.retention, timedelta):
        config["retention.ms"] = _ms(file.retention)
    if file.tombstones is not None:
        config["delete.retention.ms"] = _ms(file.tombstones)
    if file.largest is not None:
        config["max.message.bytes"] = str(file.largest)
    if replication >= 3:
        config["min.insync.replicas"] = "2"
    return config


def _ms(time: timedelta) -> str:
    return str(int(time.total_seconds() * 1000))
