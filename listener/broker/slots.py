"""The brokers of this machine: the one `listener broker up` starts, and those that pass with whoever made them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from listener.broker.docker import Docker
from listener.broker.engine import Engine
from listener.broker.jars import Jars
from listener.broker.local import LocalBroker

FOLDER: Final = "broker"
DEMOS: Final = "demo"

Say = Callable[[str], None]


def silent(_: str) -> None:
    """For those who need not be told what is going on."""


def jars_folder() -> Path:
    """Where Kafka's jars lie: what can be had again is in the machine's cache (XDG Base Directory Specification)."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if home.startswith("/") else Path("~/.cache").expanduser()) / "listener" / FOLDER


def engines(say: Say = silent) -> list[Engine]:
    """The ways of running a Kafka here, the preferred one first."""
    return [Jars(jars_folder(), say), Docker(say)]


def lasting(data_dir: Path, say: Say = silent) -> LocalBroker:
    """The one that stays until it is told to stop, at the well-known port where that is free."""
    return LocalBroker(data_dir / FOLDER / "local", engines(say), well_known_port=True, say=say)


def passing(home: Path, owner: int | None = None, say: Say = silent) -> LocalBroker:
    """One for a test or a demo: with a home of its own, and gone with this process (or `owner`) at the latest."""
    return LocalBroker(home, engines(say), owner or os.getpid(), say=say)


def running(data_dir: Path) -> LocalBroker | None:
    """The one a person at this machine means: the newest demo that runs, else the lasting one."""
    demos = sorted((data_dir / DEMOS).glob(f"*/{FOLDER}"), key=lambda home: home.stat().st_mtime, reverse=True)
    for broker in (*(passing(home) for home in demos), lasting(data_dir)):
        if broker.status().is_running:
            return broker
    return None
