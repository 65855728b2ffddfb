"""The listener's processes while they are put to the test: started, killed, frozen, and started again when they end."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.kafka import Bus
from tests.patience import PATIENT_S, comes_true

ROOT = Path(__file__).parents[2]
BRAND = "acme"
STOP_WITHIN_S = 75
SUPERVISE_S = 0.2
BENT = (sys.executable, "-m", "tests.delivery.bent")
"""The stages as `Bending` says."""
_SERVING = re.compile(rb"serving.*?port=(\d+)")


@dataclass
class Process:
    """One stage; started again after a kill under the same name, with the same disk."""

    bus: Bus
    stage: str
    environ: dict[str, str]
    log: Path
    words: Sequence[str] = BENT
    before_the_end: Callable[["Process"], None] = lambda _: None
    """Told of it before it is killed or stopped."""
    running: subprocess.Popen[bytes] | None = None
    starts: int = 0
    is_wanted: bool = False
    is_frozen: bool = False
    _log_begins: int = 0

    def start(self) -> None:
        self.starts += 1
        self.is_wanted, self.is_frozen = True, False
        self._log_begins = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            command = [*self.words, self.stage]
            self.running = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)

    def kill(self) -> None:
        self.is_wanted = False
        if self.running is not None:
            if self.is_alive:
                self.before_the_end(self)
            self.running.kill()
            self.running.wait()

    def stop(self) -> int:
        self.is_wanted = False
        assert self.running is not None
        self.before_the_end(self)
        self.running.terminate()
        return self.running.wait(STOP_WITHIN_S)

    async def stop_and_wait(self) -> int:
        """As `stop`, while others go on; not before it is up, for a process that is still loading just dies."""
        await self.serves()
        self.is_wanted = False
        return await asyncio.to_thread(self.stop)

    def freeze(self) -> None:
        assert self.running is not None
        self.is_frozen = True
        self.running.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.running is not None
        self.is_frozen = False
        self.running.send_signal(signal.SIGCONT)

    @property
    def is_alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    @property
    def rss_mb(self) -> float:
        """Memory that is really in use, in megabytes; 0 where it cannot be told."""
        try:
            assert self.running is not None
            pages = int(Path(f"/proc/{self.running.pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return 0.0
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    @property
    def port(self) -> int | None:
        """Where this start of it shows metrics and health; None until it says so."""
        with self.log.open("rb") as log:
            log.seek(self._log_begins)
            found = _SERVING.search(log.read(1 << 16))
        return int(found[1]) if found else None

    async def serves(self, within_s: float = PATIENT_S) -> None:
        """Wait until it is up, or has ended before it was."""
        await comes_true(lambda: self.port is not None or not self.is_alive, within_s)

    async def until(self, door: str, within_s: float = PATIENT_S) -> None:
        """Wait until it says so of itself: it is healthy (`healthz`), or ready (`readyz`)."""
        await comes_true(lambda: self.page(door), within_s)

    async def page(self, door: str) -> str:
        """What is behind a door of it; nothing where it does not answer, or not well."""
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"http://127.0.0.1:{self.port}/{door}") as answer,
            ):
                return await answer.text() if answer.status == 200 else ""
        except (aiohttp.ClientError, OSError, ValueError):
            return ""


@dataclass(frozen=True)
class Bending:
    """What is done to the stages from within (`stage.py`, `bent.py`): each field is HARNESS_ and its name there."""

    off: str = ""
    slow: float = 0.0
    drop: int = 0
    core: str = "counting"
    throttled: str = "ingest relate"
    batch: int = 0
    timeout: float = 0.0

    def environ(self) -> dict[str, str]:
        return {f"HARNESS_{name.upper()}": str(value) for name, value in vars(self).items()}


class Stages:
    """The processes of one scenario; whatever happens, all are gone at the end."""

    def __init__(
        self,
        bus: Bus,
        folder: Path,
        *,
        ingests: int = 1,
        relates: int = 1,
        gathers: int = 0,
        store: str = "memory",
        throttle: float = 0.0,
        slowness: float = 0.0,
        overlaid: bool = False,
        words: Sequence[str] = BENT,
        **told: Any,
    ) -> None:
        """`words` start a stage. `told`: how the stages are bent (a field of Bending), or else a setting of theirs."""
        self.bus, self.folder, self._words = bus, folder, words
        self.data, self.overlay = folder / "stages", folder / "overlay"
        self.overlay.mkdir(exist_ok=True)
        self.clock, self.throttle = folder / "clock", folder / "throttle"
        self.throttle.write_text(f"{throttle} {slowness}")
        bending = Bending(**{name: told.pop(name) for name in Bending.__dataclass_fields__ if name in told})
        settings = {"BRAND": BRAND, "CLOCK": "event", "STORE": store, "DATA_DIR": str(self.data)} | told
        settings |= {"CATALOGUE": str(self.overlay)} if overlaid else {}
        files = {"HARNESS_THROTTLE": str(self.throttle), "HARNESS_CLOCK": str(self.clock)}
        self.environ = bus.environ(**settings) | bending.environ() | files
        self.slow_s = bending.slow
        self.said: Callable[[], int] = lambda: 0
        self.before_an_end: Callable[[Process], None] = lambda _: None
        """Told of every process before it is killed or stopped."""
        self.all_sent = asyncio.Event()
        self.broker: Any = None
        self.proxy: Any = None
        self.turn = 0
        """How many turns of the disturbance have begun."""
        self.figures: dict[str, float] = {}
        """What the disturbance measured, for the table of what was seen."""
        self.pace = 0.0
        """How many records are sent a second while it lasts."""
        self.apart: list[Any] = []
        """Records that the disturbance sends itself."""
        self.ended: Counter[tuple[str, int]] = Counter()
        """Processes that ended of themselves, by stage and exit code; a supervisor started them again."""
        names = ["ingest"] * ingests + ["relate"] * relates + ["gather"] * gathers
        self.all = [self._made(stage, n) for n, stage in enumerate(names)]

    def _made(self, stage: str, n: int) -> Process:
        log = self.folder / f"{stage}-{n}.log"
        return Process(self.bus, stage, self.environ, log, self._words, lambda it: self.before_an_end(it))

    def __enter__(self) -> "Stages":
        for process in self.all:
            process.start()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.all:
            process.kill()

    def add(self, stage: str) -> Process:
        """One more of a stage."""
        process = self._made(stage, len(self.all))
        while process.log.exists():
            process.log = process.log.with_name(process.log.stem + "+.log")
        self.all.append(process)
        process.start()
        return process

    def of(self, stage: str) -> list[Process]:
        return [process for process in self.all if process.stage == stage]

    def ends_of(self, stage: str) -> int:
        """How often one of a stage ended of itself."""
        return sum(count for (whose, _), count in self.ended.items() if whose == stage)

    async def supervise(self) -> None:
        """Start again what ended of itself, as whoever runs the listener would."""
        while True:
            for process in list(self.all):
                if process.is_wanted and not process.is_alive:
                    assert process.running is not None
                    self.ended[process.stage, process.running.returncode] += 1
                    process.start()
            await asyncio.sleep(SUPERVISE_S)

    async def at_work(self, patience_s: float = 30.0) -> None:
        """Begin a turn: its share of the input is sent from now on; wait until something came of it.

        The first time until it did: what befalls a system that is not up yet befalls nobody.
        """
        said = self.said()
        limit = time.monotonic() + (patience_s if said else PATIENT_S)
        self.turn += 1
        while self.said() == said and time.monotonic() < limit:
            await asyncio.sleep(0.05)

    async def stop(self) -> list[int | BaseException]:
        """How each ends that lives: with a code, or not within its time."""
        asked = [process for process in self.all if process.is_alive]
        return await asyncio.gather(*(process.stop_and_wait() for process in asked), return_exceptions=True)

    async def hung(self) -> int:
        """How many do not end when asked to."""
        return sum(isinstance(result, subprocess.TimeoutExpired) for result in await self.stop())

    def wipe(self) -> None:
        """Throw away what relate kept on this machine; only while no relate runs."""
        shutil.rmtree(self.data / "relate", ignore_errors=True)

    def logs(self) -> str:
        return "\n".join(f"--- {p.log.name}\n{p.log.read_text()[-3000:]}" for p in self.all if p.log.exists())
