"""A process that outlives us, known by its pid and its time of birth, so that no stranger is ever taken for it."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

GUARD = 'while kill -0 "$1" 2>/dev/null; do sleep 1; eval "$2" 2>/dev/null || exit 0; done; eval "$3"'
"""Waits for an owner to be gone, then ends what it owned; goes away by itself when that is gone first."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process somebody started: `born` tells it from another that got the same pid later."""

    pid: int
    born: float

    @classmethod
    def of(cls, pid: int) -> "Running":
        """The process that has this pid now."""
        return cls(pid, psutil.Process(pid).create_time())

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Running":
        """From what `as_dict` gave."""
        return cls(int(told["pid"]), float(told["born"]))

    def as_dict(self) -> dict[str, Any]:
        """For a file."""
        return asdict(self)

    @property
    def process(self) -> psutil.Process | None:
        """The process, if it still lives."""
        with suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.pid)
            if abs(found.create_time() - self.born) < 1.0 and found.status() != psutil.STATUS_ZOMBIE:
                return found
        return None

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process is not None

    def stop(self, patience_s: float = 15.0) -> None:
        """Ask it to end, and end it if it does not."""
        if (found := self.process) is None:
            return
        with suppress(psutil.NoSuchProcess):
            found.terminate()
            try:
                found.wait(patience_s)
            except psutil.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if (found := self.process) is None:
            return
        with suppress(psutil.NoSuchProcess):
            found.kill()
            found.wait(10)


def spawn(words: Sequence[str], folder: Path, log: Path) -> Running:
    """Start a process in a session of its own, so that no terminal's Ctrl-C reaches it; it writes to `log`."""
    with log.open("ab") as out:
        child = subprocess.Popen(
            words, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    child.returncode = 0  # psutil waits for it, Popen need not warn that nobody did
    return Running.of(child.pid)


def guard(owner: int, still: Sequence[str], then: Sequence[str]) -> None:
    """Run `then` once the process `owner` is gone, however it went; give up when `still` fails first."""
    subprocess.Popen(
        ["sh", "-c", GUARD, "guard", str(owner), shlex.join(still), shlex.join(then)],
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ).returncode = 0  # it ends by itself; nobody waits for it
