"""What a way of running Kafka must offer: jars on Java, or a container."""

from pathlib import Path
from typing import Protocol

from listener.broker.ports import Ports


class CouldNotStart(Exception):
    """A broker was tried and did not come up; the message says what it complained of."""


class RunningKafka(Protocol):
    """A Kafka that was started."""

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        ...

    def stop(self) -> None:
        """Let it end in order; data stay."""
        ...

    def kill(self) -> None:
        """End it as a power cut would; data stay."""
        ...

    def end_with(self, owner: int, file: Path) -> None:
        """See to it that it ends when the process `owner` does; `file` is there as long as it runs."""
        ...

    def as_dict(self) -> dict[str, object]:
        """For the file that remembers it."""
        ...


class Engine(Protocol):
    """A way of running Kafka on this machine."""

    name: str

    def missing(self) -> str | None:
        """What must be installed before it can work, or None."""
        ...

    def start(self, home: Path, ports: Ports) -> RunningKafka:
        """Start one that keeps all it has in `home`; it need not answer yet."""
        ...

    def find(self, told: dict[str, object]) -> RunningKafka:
        """The one a file remembers."""
        ...

    def complaint(self, home: Path) -> str:
        """What it said last."""
        ...
