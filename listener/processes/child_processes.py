"""Stages as child processes under one command: one that leaves takes the others with it, and none outlives us."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from listener.processes.detached import guard

STOP_WITHIN_S: Final = 70.0
"""A little more than a stage gives itself."""


@dataclass(slots=True)
class ChildProcesses:
    """The children. Start some, wait for the first to leave, stop the rest."""

    hands: dict[asyncio.subprocess.Process, str] = field(default_factory=dict)

    async def start(self, stage: str, environ: Mapping[str, str], log: Path | None = None) -> None:
        """Start `listener STAGE`; what it logs goes where ours goes, or to the end of `log`."""
        words = [sys.executable, "-m", "listener", stage]
        out = log.open("ab") if log else None
        try:
            child = await asyncio.create_subprocess_exec(
                *words,
                env=dict(environ),
                stdin=asyncio.subprocess.DEVNULL,
                stderr=out,
                stdout=out,
                start_new_session=True,
            )
        finally:
            if out:
                out.close()
        self.hands[child] = stage
        guard(os.getpid(), ["kill", "-0", str(child.pid)], ["kill", str(child.pid)])

    async def first_to_leave(self) -> tuple[str, int]:
        """Wait for one to leave; its stage and exit code."""
        tasks = {asyncio.ensure_future(child.wait()): child for child in self.hands}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
        left = tasks[done.pop()]
        return self.hands[left], left.returncode or 0

    async def stop(self) -> dict[str, int]:
        """Ask all to end, and end those that do not; each stage's exit code (of several of a name, the worst).

        Who is asked before it listens to such asking dies of it, as it should.
        """
        working = [child for child in self.hands if child.returncode is None]
        for child in working:
            child.terminate()
        if working:
            await asyncio.wait([asyncio.ensure_future(child.wait()) for child in working], timeout=STOP_WITHIN_S)
        codes: dict[str, int] = {}
        for child, stage in self.hands.items():
            if child.returncode is None:
                child.kill()
            code = abs(await child.wait())
            if child in working and code == signal.SIGTERM:
                code = 0
            codes[stage] = max(codes.get(stage, 0), code)
        return codes
