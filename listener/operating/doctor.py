"""Looking at everything a listener needs before it is started: each look says what it saw, none stops the others."""

import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import requires, version
from pathlib import Path
from typing import Final, Literal

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from listener import catalogue
from listener.bus import clients, rights
from listener.bus.names import Names
from listener.model.topics import INPUTS
from listener.settings import Settings
from listener.topics import differences, existing, wanted

SKEW_S: Final = 60.0
ROOM_BYTES: Final = 1 << 30
OLD_FOLDER: Final = Path("~/.cache/listener")
"""Where states lay by default until the version after 0.1."""
_EXACT: Final = re.compile(r"(?P<name>[\w-]+)(\[.*\])?==(?P<version>[\w.]+)$")


@dataclass(frozen=True, slots=True)
class Look:
    """One thing looked at."""

    what: str
    state: Literal["well", "ill"]
    saw: str


async def look_around(settings: Settings, processes: Sequence[str] = ()) -> AsyncIterator[Look]:
    """Every look, the ones that need no bus first; rights are those of `processes`, else of the stages."""
    states = (_disk(settings), _state(settings), _old_states(settings))
    for look in (*_versions(), *states, _catalogue(settings), _wire(settings), _replication(settings)):
        yield look
    try:
        async with clients.admin(settings, request_timeout_ms=5000) as admin:
            nodes = (await admin.describe_cluster())["brokers"]
            yield Look("bus", "well", f"{len(nodes)} broker(s) at {settings.bootstrap_servers}")
            yield await _asked("topics", lambda: _topics(settings, admin))
    except clients.NoBus as trouble:
        yield Look("bus", "ill", str(trouble))
        return
    for process in dict.fromkeys(processes or settings.stages):
        if process in rights.processes():
            yield await _asked(f"rights of {process}", _rights(settings, process))
    yield await _asked("clock", lambda: _clock(settings))


def _versions() -> Iterator[Look]:
    yield Look("python", "well" if sys.version_info >= (3, 11) else "ill", platform.python_version())
    for name, pinned in _pinned():
        found = version(name)
        yield Look(name, "well" if found == pinned else "ill", found if found == pinned else f"{found}, not {pinned}")


def _pinned() -> Iterator[tuple[str, str]]:
    """What the shells lean on from within, and the only version of it they were tested with."""
    for needed in requires("listener") or ():
        if match := _EXACT.match(needed):
            yield match["name"], match["version"]


def _disk(settings: Settings) -> Look:
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Look("disk", "well" if free > ROOM_BYTES else "ill", f"{free >> 30} GiB free for {settings.data_dir}")


def _state(settings: Settings) -> Look:
    """Whether what relate writes to disk lies where nothing clears it; in memory it does not matter."""
    folder = settings.data_dir.absolute()
    passing = ".cache" in folder.parts or folder.is_relative_to(tempfile.gettempdir())
    if settings.store == "rocksdb" and passing:
        saw = f"{folder} is cleared now and then, and all states restored from the bus; set LISTENER_DATA_DIR"
        return Look("state", "ill", saw)
    return Look("state", "well", str(folder) if settings.store == "rocksdb" else "in memory")


def _old_states(settings: Settings) -> Look:
    """Whether an older version has left customers on this disk, where no erasure reaches them any more."""
    folder = OLD_FOLDER.expanduser()
    is_left = folder != settings.data_dir.absolute() and any(folder.glob("relate/**/*.db"))
    if is_left:
        saw = f"{folder / 'relate'} holds customers of an older version: stop that where it runs, and delete the folder"
        return Look("old states", "ill", saw)
    return Look("old states", "well", "none is left")


def _catalogue(settings: Settings) -> Look:
    """Whether every file of the knowledge in force can be read."""
    try:
        return Look("catalogue", "well", catalogue.load(settings.catalogue).read_through().version)
    except (catalogue.CatalogueError, OSError, UnicodeError) as trouble:
        return Look("catalogue", "ill", str(trouble))


async def _asked(what: str, look: Callable[[], Awaitable[Look]]) -> Look:
    try:
        return await look()
    except KafkaError as trouble:
        return Look(what, "ill", f"{type(trouble).__name__}: {trouble}")


async def _topics(settings: Settings, admin: AIOKafkaAdminClient) -> Look:
    topics = wanted(settings)
    found = differences(topics, await existing(admin, [topic.name for topic in topics]))
    if not found:
        return Look("topics", "well", f"all {len(topics)} as wanted")
    return Look("topics", "ill", f"{len(found)} differences; `listener topics check` lists them. First: {found[0]}")


def _rights(settings: Settings, process: str) -> Callable[[], Awaitable[Look]]:
    async def look() -> Look:
        refused = await rights.missing(settings, rights.needed(settings, process))
        what = f"rights of {process}"
        return (
            Look(what, "ill", rights.in_words(refused, process)) if refused else Look(what, "well", "all that it needs")
        )

    return look


def _wire(settings: Settings) -> Look:
    """What lies open on the way to the bus."""
    protocol, mechanism = settings.kafka.security_protocol, settings.kafka.sasl_mechanism
    spoken = f"{protocol} {mechanism}" if protocol.startswith("SASL") else protocol
    if protocol.endswith("SSL") or settings.is_bus_here:
        return Look("wire", "well", spoken)
    is_secret_open = protocol == "SASL_PLAINTEXT" and mechanism in ("PLAIN", "OAUTHBEARER")
    what = "what customers write and the secret go" if is_secret_open else "what customers write goes"
    use = "SASL_SSL" if protocol.startswith("SASL") else "SSL or SASL_SSL"
    return Look("wire", "ill", f"{spoken}: {what} over the network in the clear; use {use}")


def _replication(settings: Settings) -> Look:
    """Whether a broker may be lost; of the one on this machine nobody expects it."""
    copies = settings.replication
    if copies > 1 or settings.is_bus_here:
        return Look("replication", "well", f"{copies} of each topic")
    return Look(
        "replication", "ill", "1 of each topic: with a broker go its events, states and alerts; LISTENER_REPLICATION=3"
    )


async def _clock(settings: Settings) -> Look:
    """Records from the future betray a clock that is wrong, here or where they were written."""
    names, ahead = Names(settings), int((time.time() + SKEW_S) * 1000)
    async with clients.admin(settings) as admin:
        there = set(await admin.list_topics())
    places = {TopicPartition(name, 0): ahead for name in names.all_real(INPUTS.values()) if name in there}
    async with clients.started(clients.consumer(settings, None), settings) as consumer:
        later = await consumer.offsets_for_times(places) if places else {}
    if wrong := sorted(place.topic for place, found in later.items() if found is not None):
        return Look(
            "clock", "ill", f"records more than {SKEW_S:g} s ahead of this machine's clock in {', '.join(wrong)}"
        )
    return Look("clock", "well", "no record is ahead of this machine's")
