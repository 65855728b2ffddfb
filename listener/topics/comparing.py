"""What is wanted held against what is there. More than is wanted is no difference; less, or other, is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from listener.topics.files import Wanted

AT_LEAST: Final = ("retention.ms", "delete.retention.ms", "max.message.bytes", "min.insync.replicas")
FOR_EVER: Final = -1


@dataclass(frozen=True, slots=True)
class Existing:
    """A topic as it is."""

    name: str
    partitions: int
    replication: int
    config: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A topic that is missing, or one thing about it that is not as wanted."""

    topic: str
    what: Literal["missing", "partitions", "replication", "config"]
    wanted: str
    found: str = ""

    def __str__(self) -> str:
        if self.what == "missing":
            return f"{self.topic}: missing ({self.wanted})"
        return f"{self.topic}: {self.wanted} wanted, {self.found} found"


def differences(wanted: Sequence[Wanted], existing: Mapping[str, Existing]) -> list[Difference]:
    """All differences, topic by topic."""
    return [
        difference
        for topic in wanted
        for difference in (_between(topic, existing[topic.name]) if topic.name in existing else [_missing(topic)])
    ]


def _missing(topic: Wanted) -> Difference:
    config = " ".join(f"{name}={value}" for name, value in topic.config.items())
    return Difference(topic.name, "missing", f"partitions={topic.partitions} replication={topic.replication} {config}")


def _between(topic: Wanted, found: Existing) -> Iterator[Difference]:
    if topic.is_ours and topic.partitions != found.partitions:
        yield Difference(topic.name, "partitions", f"partitions={topic.partitions}", str(found.partitions))
    if found.replication < topic.replication:
        yield Difference(topic.name, "replication", f"replication={topic.replication}", str(found.replication))
    for name, value in topic.config.items():
        if name in found.config and not _is_enough(name, value, found.config[name]):
            yield Difference(topic.name, "config", f"{name}={value}", found.config[name])


def _is_enough(name: str, wanted: str, found: str) -> bool:
    if name not in AT_LEAST:
        return wanted == found
    return int(found) == FOR_EVER or int(found) >= int(wanted)
