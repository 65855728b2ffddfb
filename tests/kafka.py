"""One real Kafka for a whole test run, shared by all workers; for each test topics and groups of its own.

A test marked `broker` asks for `bus`; one that kills its broker asks for `own_kafka`. Where no Kafka can be had they
skip and say why; in CI they fail.
"""

import asyncio
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from listener.broker import CouldNotStart, LocalBroker, NoBroker, passing
from listener.bus import clients
from listener.bus.names import Names
from listener.model.topics import INPUTS
from listener.settings import Settings
from listener.topics import apply, wanted

HOME = pytest.StashKey[Path]()


@dataclass(frozen=True)
class Bus:
    """Topics and groups that no other test knows, on the shared broker."""

    settings: Settings
    prefix: str

    @property
    def names(self) -> Names:
        """From the contract's names to this test's."""
        return Names(self.settings)

    def set(self, **over: Any) -> Settings:
        """The settings, with some changed."""
        return self.settings.model_copy(update=over)

    def environ(self, **over: str) -> dict[str, str]:
        """What a process of the listener needs to work on this bus; `over` without the prefix, e.g. CLOCK="event"."""
        told = {
            "BOOTSTRAP_SERVERS": self.settings.bootstrap_servers,
            "OUTPUT_PREFIX": self.prefix,
            "DATA_DIR": str(self.settings.data_dir),
            "METRICS_BIND": "127.0.0.1:0",
            "PARTITIONS": str(self.settings.partitions),
            **{f"TOPICS__{key.upper()}": name for key, name in self.settings.topics.items()},
            **over,
        }
        return {name: value for name, value in os.environ.items() if not name.startswith("LISTENER_")} | {
            f"LISTENER_{name}": value for name, value in told.items()
        }


def pytest_configure(config: pytest.Config) -> None:
    """The run as a whole, not one of its workers, owns the broker's folder."""
    if not hasattr(config, "workerinput"):
        config.stash[HOME] = Path(tempfile.mkdtemp(prefix="listener-tests-"))


def pytest_configure_node(node: Any) -> None:
    """Tell each worker where the broker lives, and whose it is."""
    node.workerinput["kafka"] = (str(node.config.stash[HOME]), os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the broker, if a test started one."""
    if home := config.stash.get(HOME, None):
        for one in (home, home / "guarded"):
            passing(one).kill()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def kafka(request: pytest.FixtureRequest) -> str:
    """Where the shared broker answers; LISTENER_BOOTSTRAP_SERVERS, where set, is taken instead."""
    if named := os.environ.get("LISTENER_BOOTSTRAP_SERVERS"):
        return named
    worker = getattr(request.config, "workerinput", None)
    home, owner = worker["kafka"] if worker else (request.config.stash[HOME], os.getpid())
    return _started(passing(Path(home), owner)).bootstrap_servers


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[LocalBroker]:
    """A broker of this test's own, to be stopped, killed and started."""
    broker = _started(passing(tmp_path / "kafka"))
    yield broker
    broker.kill()


@pytest.fixture
def bus(kafka: str, tmp_path: Path) -> Iterator[Bus]:
    """All topics of the contract, under names of this test's own; deleted afterwards."""
    made = bus_on(kafka, tmp_path)
    asyncio.run(create_topics(made.settings))
    yield made
    asyncio.run(delete_topics(made.settings))


def bus_on(address: str, folder: Path, **settings: Any) -> Bus:
    """A bus with fresh names; its topics are not created yet."""
    prefix = f"t{uuid.uuid4().hex[:8]}."
    own = {key: prefix + name for key, name in INPUTS.items()}
    told = {"bootstrap_servers": address, "output_prefix": prefix, "topics": own, "data_dir": folder / "data"}
    return Bus(Settings(**told | {"metrics_bind": "127.0.0.1:0"} | settings), prefix)


def _started(broker: LocalBroker) -> LocalBroker:
    try:
        broker.start()
    except (NoBroker, CouldNotStart) as trouble:
        if os.environ.get("CI"):
            pytest.fail(str(trouble))
        pytest.skip(str(trouble))
    return broker


async def create_topics(settings: Settings) -> None:
    """Every topic, under the names of these settings."""
    async with clients.admin(settings) as admin:
        await apply(admin, settings)


async def delete_topics(settings: Settings) -> None:
    """All of them again."""
    async with clients.admin(settings) as admin:
        await admin.delete_topics([topic.name for topic in wanted(settings)])
