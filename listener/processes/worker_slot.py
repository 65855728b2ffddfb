"""A folder and a name for this worker, which it has again after a restart, and shares with no other on the machine."""

import fcntl
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST_WORKERS: Final = 256


@dataclass(frozen=True, slots=True)
class WorkerSlot:
    """Where a worker keeps its store, and what the group knows it by. Held until the process ends, however it ends.

    `lock` is a bare file descriptor: a file object would be closed, and the slot given away, once nobody refers to it.
    """

    folder: Path
    name: str
    lock: int


def take_slot(data_dir: Path, stage: str) -> WorkerSlot:
    """The first slot nobody holds.

    Raises:
        RuntimeError: where all are held.
    """
    for n in range(MOST_WORKERS):
        folder = data_dir / stage / str(n)
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            continue
        os.truncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        return WorkerSlot(folder, f"{stage}-{socket.gethostname()}-{n}", lock)
    raise RuntimeError(f"{MOST_WORKERS} workers hold {data_dir / stage} already")
