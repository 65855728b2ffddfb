"""A folder and a name for this worker, which it has again after a restart, and shares with no other on the machine."""

import fcntl
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

MOST_WORKERS: Final = 256


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker keeps its store, and what the group knows it by. Held until the process ends, however it ends."""

    folder: Path
    name: str
    lock: IO[str]


def take_place(data_dir: Path, stage: str) -> Place:
    """The first place nobody holds.

    Raises:
        RuntimeError: where all are held.
    """
    for n in range(MOST_WORKERS):
        folder = data_dir / stage / str(n)
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        lock.write(str(os.getpid()))
        lock.flush()
        return Place(folder, f"{stage}-{socket.gethostname()}-{n}", lock)
    raise RuntimeError(f"{MOST_WORKERS} workers hold {data_dir / stage} already")
