"""What a demo plays on: a fresh broker of its own, or the bus the settings name; topics; the stages."""

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from listener.broker import passing
from listener.broker.slots import DEMOS, FOLDER
from listener.bus import clients
from listener.processes.child_processes import ChildProcesses
from listener.processes.endpoint import workers
from listener.processes.worker_slot import take_slot
from listener.settings import Bind, Settings
from listener.topics import apply

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything stands; `logs` is where the children write."""

    settings: Settings
    children: ChildProcesses
    logs: Path


@asynccontextmanager
async def stage(settings: Settings, say: Say) -> AsyncIterator[Stage]:
    """Put all of it up, in a slot no other demo has, and take it down again at the end.

    Raises:
        NoBroker: where no Kafka can be had.
    """
    slot = take_slot(settings.data_dir, DEMOS)
    broker = None if settings.is_bus_named else passing(slot.folder / FOLDER, say=say)
    if broker is not None:
        broker.kill()  # one left by a demo that was killed
        broker.wipe()
        say("starting a Kafka of the demo's own …")
        broker.start()
        settings = settings.model_copy(update={"bootstrap_servers": broker.bootstrap_servers})
    children = ChildProcesses()
    try:
        async with clients.admin(settings) as admin:
            await apply(admin, settings)
        work = fresh(slot.folder / "work")
        say(f"starting {', '.join(settings.stages)} …")
        for name, bind in workers(_beside_others(settings)):
            await children.start(name, _environ(settings, bind, work), work / f"{name}.log")
        yield Stage(settings, children, work)
    finally:
        await children.stop()
        if broker is not None:
            broker.stop()


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _beside_others(settings: Settings) -> Settings:
    """No probe looks for a demo, but another listener may be up, and what is asked for be its port: any free one."""
    return settings.model_copy(update={"metrics_bind": settings.metrics_bind.model_copy(update={"port": 0})})


def _environ(settings: Settings, bind: Bind, work: Path) -> dict[str, str]:
    own = {"BOOTSTRAP_SERVERS": settings.bootstrap_servers, "BRAND": settings.brand, "CLOCK": settings.clock}
    own |= {"METRICS_BIND": str(bind), "DATA_DIR": str(work)}
    return dict(os.environ) | {f"LISTENER_{name}": told for name, told in own.items()}
