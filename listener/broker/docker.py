"""Kafka in a container, where there is no Java: the project's own image, published on loopback only."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from listener.broker import recipe
from listener.broker.engine import CouldNotStart, Engine, RunningKafka
from listener.broker.ports import HOST, Ports
from listener.processes.detached import guard

IMAGE = "apache/kafka:4.4.0"
DATA = "/var/lib/kafka/data"
CLUSTER = "bGlzdGVuZXItYnJva2VyMQ"
"""The same for every broker of ours: each has storage of its own, so none can meet another."""


def _docker(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["docker", *words], capture_output=True, text=True)


@dataclass(frozen=True, slots=True)
class Container(RunningKafka):
    """A Kafka that runs in a container."""

    container: str

    @property
    def is_alive(self) -> bool:
        """Whether the container runs."""
        return _docker("inspect", "-f", "{{.State.Running}}", self.container).stdout.strip() == "true"

    def stop(self) -> None:
        """SIGTERM, and wait; the volume keeps the data."""
        _docker("stop", "--time", "15", self.container)
        _docker("rm", "-f", self.container)

    def kill(self) -> None:
        """SIGKILL."""
        _docker("rm", "-f", self.container)

    def end_with(self, owner: int, file: Path) -> None:
        """End when the process `owner` does."""
        guard(owner, ["test", "-e", str(file)], ["docker", "rm", "-f", self.container])

    def as_dict(self) -> dict[str, object]:
        """For the file that remembers it."""
        return {"engine": Docker.name, "container": self.container}


@dataclass(frozen=True, slots=True)
class Docker(Engine):
    """Docker, or what answers to its name."""

    say: Callable[[str], None]

    name = "docker"

    def missing(self) -> str | None:
        """What must be installed or started first, or None."""
        if shutil.which("docker") is None:
            return "Docker"
        return None if _docker("info").returncode == 0 else "a Docker daemon that runs"

    def start(self, home: Path, ports: Ports) -> RunningKafka:
        """Run the image with a volume of this home's own."""
        name = "listener-broker-" + hashlib.sha256(str(home).encode()).hexdigest()[:12]
        _docker("rm", "-f", name)
        told = recipe.properties(ports, DATA, bind="0.0.0.0") | {  # noqa: S104  # inside the container; see publish
            "controller.quorum.voters": f"1@{HOST}:{ports.controller}"
        }
        told.pop("controller.quorum.bootstrap.servers")
        environment = [f"-eKAFKA_{key.upper().replace('.', '_')}={value}" for key, value in told.items()]
        publish = f"{HOST}:{ports.clients}:{ports.clients}"
        self.say(f"starting {IMAGE} with Docker …")
        done = _docker(
            *("run", "--detach", "--name", name, "--publish", publish, "--volume", f"{name}:{DATA}"),
            *(f"-eCLUSTER_ID={CLUSTER}", "-eKAFKA_HEAP_OPTS=-Xms256m -Xmx256m", *environment, IMAGE),
        )
        if done.returncode:
            raise CouldNotStart(f"Docker could not run {IMAGE}:\n{done.stderr[-2000:]}")
        return Container(name)

    def find(self, told: dict[str, object]) -> RunningKafka:
        """The container a file remembers."""
        return Container(str(told["container"]))

    def complaint(self, home: Path) -> str:
        """The last lines of its log."""
        name = "listener-broker-" + hashlib.sha256(str(home).encode()).hexdigest()[:12]
        done = _docker("logs", "--tail", "15", name)
        return done.stdout + done.stderr
