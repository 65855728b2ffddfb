"""The brokers this machine may keep: `local`, which `listener broker up` starts, and `demo`, fresh for every demo."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from listener.broker.docker import Docker
from listener.broker.engine import Engine
from listener.broker.jars import Jars
from listener.broker.local import LocalBroker

Slot = Literal["local", "demo"]
FOLDER: Final = "broker"

Say = Callable[[str], None]


def silent(_: str) -> None:
    """For those who need not be told what is going on."""


def engines(data_dir: Path, say: Say = silent) -> list[Engine]:
    """The ways of running a Kafka here, the preferred one first."""
    return [Jars(data_dir / FOLDER, say), Docker(say)]


def slot(data_dir: Path, name: Slot = "local", say: Say = silent) -> LocalBroker:
    """The broker of that name; the demo's does not outlive this process."""
    owner = os.getpid() if name == "demo" else None
    return LocalBroker(
        data_dir / FOLDER / name, engines(data_dir, say), owner, well_known_port=name == "local", say=say
    )


def passing(home: Path, data_dir: Path, owner: int | None = None) -> LocalBroker:
    """A broker for a test: a home of its own, the machine's jars, gone with this process (or `owner`) at the latest."""
    return LocalBroker(home, engines(data_dir), owner or os.getpid())
