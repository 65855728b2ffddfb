"""What befalls what is kept: a disk that is full or damaged, a changelog with rubbish in it or of another version."""

import asyncio
import contextlib
import os
import random
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from listener.bus import clients
from listener.bus.names import changelog
from listener.model.state import PACKED, CustomerState, packed, unpacked
from listener.relate.bookmark import KEY, Bookmark
from tests.delivery.stages import ROOT, Process, Stages
from tests.patience import PATIENT_S, comes_true

TINY = "2m"
RULE = ROOT / "listener" / "catalogue" / "data" / "rules" / "abuse-of-staff.yaml"
RUBBISH = (b"", b"\xc1 not a state", b"\x00" * 2000, msgspec.msgpack.encode(["C-1"]), msgspec.msgpack.encode({"a": 1}))


@contextlib.contextmanager
def tiny_disk(folder: Path) -> Iterator[None]:
    """A file system of its own at `folder`, of two megabytes; needs the right to mount.

    Raises:
        PermissionError: where that is not given.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={TINY}", "tmpfs", str(folder)], capture_output=True)
    if done.returncode:
        raise PermissionError("a full disk needs the right to mount a small one")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


async def full_disk(stages: Stages, chance: random.Random, cycles: int) -> None:
    """Relate's disk has no room; it ends and is started again in vain until there is some."""
    (relate,) = stages.of("relate")
    await _stopped(relate)
    stages.wipe()
    with tiny_disk(stages.data / "relate"):
        relate.start()
        for _ in range(cycles):
            await _serving(relate)
            fill, ends = stages.data / "relate" / "fill", stages.ends_of("relate")
            with contextlib.suppress(OSError), fill.open("wb", buffering=0) as file:
                while True:
                    file.write(b"\0" * 4096)
            await asyncio.sleep(chance.uniform(2.0, 5.0))
            limit = time.monotonic() + 30.0  # on a busy machine it may not have come to write anything yet
            while stages.ends_of("relate") == ends and time.monotonic() < limit:
                await asyncio.sleep(0.1)
            fill.unlink()
            await asyncio.sleep(chance.uniform(0.5, 1.5))
        await _stopped(relate)
    stages.wipe()
    relate.start()


async def damage(stages: Stages, chance: random.Random, cycles: int) -> None:
    """While relate is dead some of its files are overwritten, cut short or lost; at last where none can miss it."""
    for _ in range(cycles - 1):
        await stages.at_work()
        await asyncio.sleep(chance.uniform(0.0, 1.5))
        relate = chance.choice(stages.of("relate"))
        if chance.random() < 0.5:
            await _stopped(relate)  # what is in memory goes to files that can be damaged
        relate.kill()
        files = [file for file in (stages.data / "relate").rglob("*") if file.is_file() and file.parent.suffix == ".db"]
        for file in chance.sample(files, min(len(files), 4)):
            _spoil(file, chance)
        relate.start()
        await _serving(relate)
    await stages.at_work()
    await _damage_for_all_to_see(stages)


async def _damage_for_all_to_see(stages: Stages) -> None:
    """What chance picks may be a log that nobody reads, or files of a partition that another relate is given.

    So none runs while every store loses its beginning, and whoever comes back alone is given all partitions.
    """
    first, *others = stages.of("relate")
    for relate in (first, *others):
        await _stopped(relate)
        relate.kill()
    for file in (stages.data / "relate").rglob("*.db/CURRENT"):
        file.write_bytes(b"cut")
    first.start()
    await first.until("readyz")
    for relate in others:
        relate.start()
        await _serving(relate)


def _spoil(file: Path, chance: random.Random) -> None:
    size = file.stat().st_size
    match chance.randrange(3):
        case 0:
            file.unlink()
        case 1:
            os.truncate(file, size // 2)
        case _:
            with file.open("r+b") as opened:
                opened.seek(size // 3)
                opened.write(os.urandom(max(1, min(size // 2, 4096))))


async def rubbish(stages: Stages, chance: random.Random, cycles: int) -> None:
    """Somebody overwrites states in the changelog, and relate restores them; at last everybody's, for all to see."""
    for n in range(cycles):
        await stages.at_work()
        relate = stages.of("relate")[0]
        if n % 2:
            relate.kill()
        else:  # what it did is committed, and is not read again by itself
            await _stopped(relate)
        stages.wipe()
        held = await _states(stages)
        customers = sorted(place for place in held if place[1] != KEY)
        chosen = customers if n == cycles - 1 else chance.sample(customers, min(len(customers), 25))
        if n % 3 == 1:  # a partition whose bookmark is lost is built anew, and none of its rubbish is met
            chosen += [place for place in held if place[1] == KEY][:2]
        if n % 3 != 2:  # else it stands behind what is good, and that holds
            await _write(stages, dict.fromkeys(chosen))  # as if what was good had been compacted away
        await _write(stages, {place: chance.choice(RUBBISH) for place in chosen})
        relate.start()
        await _serving(relate)


async def other_versions(stages: Stages, chance: random.Random, cycles: int) -> None:
    """Every state is written as the version before would have, or as one to come would: fewer fields, or more."""
    for n in range(cycles):
        await stages.at_work()
        relate = stages.of("relate")[0]
        await _stopped(relate)
        stages.wipe()
        held = {place: _whole(place[1], value) for place, value in (await _states(stages)).items()}
        await _write(stages, dict.fromkeys(held))
        await _write(stages, {place: _older(value) if n % 2 else _newer(value) for place, value in held.items()})
        relate.start()
        await _serving(relate)


def _whole(key: bytes, value: bytes) -> bytes:
    """As this version writes it: what a turn before made older may not have been written since."""
    return (Bookmark if key == KEY else CustomerState).from_bytes(value).to_bytes()


def _older(value: bytes) -> bytes:
    """As before values were packed, and before the last fields that hold nothing of this customer were there."""
    fields = msgspec.msgpack.decode(unpacked(value))
    while fields and fields[-1] in ([], None, -1, {}):
        fields.pop()
    return msgspec.msgpack.encode(fields)


def _newer(value: bytes) -> bytes:
    """As with fields that nobody knows yet."""
    fields = msgspec.msgpack.encode([*msgspec.msgpack.decode(unpacked(value)), "of a version to come", {"a": [1]}])
    return packed(fields) if value.startswith(PACKED) else fields


async def clock_steps(stages: Stages, chance: random.Random, cycles: int) -> None:
    """The wall clock of every process jumps by an hour, forth or back; some are killed meanwhile; it stays wrong."""
    await _all_serving(stages)  # who is not up yet cannot see it jump
    await stages.at_work()
    for n in range(cycles):
        stages.clock.write_text(str((3600, 0, -3600, 0)[n % 4]))
        await asyncio.sleep(chance.uniform(3.0, 4.0))
        if chance.random() < 0.3:
            victim = chance.choice(stages.all)
            victim.kill()
            victim.start()
    await _all_serving(stages)
    stages.clock.write_text("-7200")  # and there it stays


async def _all_serving(stages: Stages) -> None:
    await asyncio.gather(*(_serving(process) for process in stages.all))


async def catalogues(stages: Stages, chance: random.Random, cycles: int) -> None:
    """The firm's overlay is replaced while all run: by another, by one that cannot be read, and back; with restarts."""
    for n in range(cycles):
        laid = stages.overlay / RULE.parent.name / RULE.name
        laid.parent.mkdir(exist_ok=True)
        laid.write_text("{{{ no" if n % 2 else f"{RULE.read_text()}\n# the same in other bytes: {n}\n")
        await asyncio.sleep(chance.uniform(1.0, 2.0))
        victim = chance.choice(stages.all)
        await _stopped(victim)
        victim.start()
        ended, limit = stages.ended.total(), time.monotonic() + 20
        while n % 2 and stages.ended.total() == ended and time.monotonic() < limit:
            await asyncio.sleep(0.1)  # it cannot be read, and the process must say so and end
        laid.unlink()
        await _serving(victim)


async def _stopped(process: Process) -> None:
    if process.is_alive:
        await process.stop_and_wait()


async def _serving(process: Process, within_s: float = PATIENT_S) -> None:
    """Up; while a supervisor starts it again where it ends before."""
    await comes_true(lambda: process.port is not None, within_s)


Where = tuple[int, bytes]


async def _states(stages: Stages) -> dict[Where, bytes]:
    """The last value of every key of the changelog."""
    settings, held = stages.bus.settings, dict[Where, Any]()
    consumer = clients.consumer(settings, None, changelog(settings))
    async with clients.started(consumer, settings):
        while not (mine := consumer.assignment()):
            await asyncio.sleep(0.05)
        ends = await consumer.end_offsets(list(mine))
        while any([await consumer.position(tp) < end for tp, end in ends.items()]):
            for tp, records in (await consumer.getmany(timeout_ms=200)).items():
                held |= {(tp.partition, record.key): record.value for record in records}
    return {place: value for place, value in held.items() if value}


async def _write(stages: Stages, values: Mapping[Where, bytes | None]) -> None:
    settings = stages.bus.settings
    async with clients.started(clients.producer(settings), settings) as producer:
        for (partition, key), value in values.items():
            await producer.send(changelog(settings), value, key=key, partition=partition)
        await producer.flush()
