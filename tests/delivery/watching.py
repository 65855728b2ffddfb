"""What operations would see meanwhile: the metrics and the health of every process, looked at twice a second.

A look can miss what passes quickly. So what scenarios assert is what stays: counters, the time a process was born, what
its supervisor had to do; looked at once more, with patience, before the end. Counters die with their process: it is
looked at right before it is killed or stopped as well.
"""

import asyncio
import contextlib
import random
import re
import time
import urllib.request
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import aiohttp

from listener.ingest.worker import MEASURE_S
from tests.delivery.stages import Process, Stages
from tests.patience import PATIENT_S

LOOK_S: Final = 0.5
ANSWER_WITHIN_S: Final = 1.0
SETTLED_WITHIN_S: Final = 30 * MEASURE_S
SPREAD_S: Final = 0.05
"""Longer than a batch of the counting core takes."""
BORN: Final = "process_start_time_seconds"
_LINE: Final = re.compile(
    r"^(listener_\w+|process_start_time_seconds)(?:\{([^}]*)\})? ([0-9.eE+-]+|NaN)$", re.MULTILINE
)
_LABEL: Final = re.compile(r'(\w+)="([^"]*)"')
_TELLING: Final = ("outcome", "reason")
"""Labels whose values are told apart: `listener_offset_gaps{mended}`."""


class Watch:
    """The greatest value each metric was seen at, by stage, and what stood in the way of its doors.

    Of a histogram, how many were above each bound (`listener_bus_ack_seconds{>1.0}`); of the lag, the highest number
    of a partition as well. `restarts` of a stage: how often one of its processes was seen with another time of birth.
    A door is `away`, or `not` something, only once it has said that it is ready: coming up is nothing to see.
    """

    def __init__(self, stages: Stages) -> None:
        self._stages = stages
        stages.before_an_end = self.look_before_the_end
        self.most: dict[str, float] = defaultdict(float)
        self._born: dict[Path, float] = {}
        self._was_ready: set[Path] = set()

    async def until(self, sign: str, within_s: float = PATIENT_S) -> None:
        """Look until a sign is seen, and only at what is seen from now on."""
        self.most.clear()
        async with asyncio.timeout(within_s), _session() as session:
            while not self.sees(sign):
                await self._look_at_all(session)
                await asyncio.sleep(LOOK_S / 5)  # between two looks: a page rings nobody's bell

    async def run(self) -> None:
        """Look until cancelled."""
        async with _session() as session:
            while True:
                await self._look_at_all(session)
                await asyncio.sleep(LOOK_S)

    def look_before_the_end(self, process: Process) -> None:
        """At a process that is about to be killed or stopped, where it answers as fast as it would be looked at anyway.

        One that has just answered stands between two batches. It goes on for a moment of chance, so that kills do not
        all fall there.
        """
        if process.port is None or process.is_frozen:
            return
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{process.port}/metrics", timeout=LOOK_S) as page,
        ):
            self._read(process, page.read().decode())
            time.sleep(random.uniform(0.0, SPREAD_S))

    async def look_once_more(self, signs: Sequence[str] = (), within_s: float = PATIENT_S) -> None:
        """At every process that lives, however long it takes to answer; and at what the supervisor has done.

        A sign that is not seen yet may come with the next measurements.
        """
        for stage in {stage for stage, _ in self._stages.ended}:
            self._note(f"{stage}:ended", self._stages.ends_of(stage))
        async with asyncio.timeout(within_s), _session() as session:
            for process in list(self._stages.all):
                while process.is_alive and not await self._look(session, process):
                    await asyncio.sleep(LOOK_S / 5)
            limit = time.monotonic() + SETTLED_WITHIN_S
            while not all(self.sees(sign) for sign in signs) and time.monotonic() < limit:
                await asyncio.sleep(LOOK_S)
                await self._look_at_all(session)

    async def _look_at_all(self, session: aiohttp.ClientSession) -> None:
        await asyncio.gather(*(self._look(session, process) for process in list(self._stages.all)))

    async def _look(self, session: aiohttp.ClientSession, process: Process) -> bool:
        """Whether it answered."""
        self._note(f"{process.stage}:rss_mb", process.rss_mb)
        port = process.port
        try:
            if port is None:
                raise ConnectionError
            async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                self._ask(process, await answer.json())
            async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                if answer.status != 200:
                    self._note(f"{process.stage}:ill", 1)
            async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                self._read(process, await answer.text())
        except (aiohttp.ClientError, TimeoutError, OSError):
            if process.log in self._was_ready:
                self._note(f"{process.stage}:away", 1)
            return False
        return True

    def _ask(self, process: Process, told: Mapping[str, bool]) -> None:
        if told["ok"]:
            self._was_ready.add(process.log)
        for fact, holds in told.items():
            if not holds and fact != "ok" and process.log in self._was_ready:
                self._note(f"{process.stage}:not {fact}", 1)

    def _read(self, process: Process, page: str) -> None:
        sums: dict[str, float] = defaultdict(float)
        for name, labels, value in _LINE.findall(page):
            told = dict(_LABEL.findall(labels))
            if name == BORN:
                self._note_birth(process, float(value))
            elif name.endswith("_bucket"):
                sums[f"{name.removesuffix('_bucket')}{{>{told['le']}}}"] -= float(value)
            elif not name.endswith("_created"):
                which = "".join(f"{{{told[label]}}}" for label in _TELLING if label in told)
                sums[name.removesuffix("_total") + which] += float(value)
                if "partition" in told:
                    self._note(f"{process.stage}:{name}{{partition}}", float(told["partition"]))
        for name, value in sums.items():
            above = sums.get(f"{name.partition('{')[0]}_count", 0.0) if "{>" in name else 0.0
            self._note(f"{process.stage}:{name}", above + value)

    def _note_birth(self, process: Process, born: float) -> None:
        if self._born.setdefault(process.log, born) != born:
            self._born[process.log] = born
            self.most[f"{process.stage}:restarts"] += 1

    def _note(self, name: str, value: float) -> None:
        self.most[name] = max(self.most[name], abs(value))

    def sees(self, sign: str) -> bool:
        """Whether a sign was seen: `relate:restarts`, `ingest:lag>500`, never more than `ingest:rss_mb<300`."""
        return any(self._sees(one) for one in sign.split("|"))

    def _sees(self, sign: str) -> bool:
        if sign.startswith("no "):
            return not self.most.get(sign.removeprefix("no "))
        name, _, least = sign.rpartition(">") if re.search(r">[\d.]+$", sign) else (sign, "", "0")
        name, is_cap, most = name.partition("<")
        if is_cap:
            return 0.0 < self.most.get(name, 0.0) < float(most)
        return self.most.get(name, 0.0) > float(least)


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN_S))
