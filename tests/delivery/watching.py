"""What operations would see meanwhile: the metrics and the health of every process, looked at twice a second."""

import asyncio
import re
from collections import defaultdict
from typing import Final

import aiohttp

from tests.delivery.stages import Process, Stages
from tests.patience import PATIENT_S

LOOK_S: Final = 0.5
ANSWER_WITHIN_S: Final = 1.0
_LINE: Final = re.compile(r"^(listener_\w+?)(?:_total)?(?:\{([^}]*)\})? ([0-9.eE+-]+|NaN)$", re.MULTILINE)


class Watch:
    """The greatest value each metric was seen at, by stage, and how often a process did not answer or was not ready."""

    def __init__(self, stages: Stages) -> None:
        self._stages = stages
        self.most: dict[str, float] = defaultdict(float)

    async def until(self, sign: str, within_s: float = PATIENT_S) -> None:
        """Look until a sign is seen, and only at what is seen from now on."""
        self.most.clear()
        looking = asyncio.create_task(self.run())
        try:
            async with asyncio.timeout(within_s):
                while not self.sees(sign):
                    await asyncio.sleep(LOOK_S / 5)  # between two looks
        finally:
            looking.cancel()

    async def run(self) -> None:
        """Look until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)) as session:
            while True:
                await asyncio.gather(*(self._look(session, process) for process in list(self._stages.all)))
                await asyncio.sleep(LOOK_S)

    async def _look(self, session: aiohttp.ClientSession, process: Process) -> None:
        self._note(f"{process.stage}:rss_mb", process.rss_mb)
        port = process.port
        if port is None:
            self._note(f"{process.stage}:away", 1)
            return
        try:
            async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                told = await answer.json()
                for fact, holds in told.items():
                    if not holds and fact != "ok":
                        self._note(f"{process.stage}:not {fact}", 1)
            async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                if answer.status != 200:
                    self._note(f"{process.stage}:ill", 1)
            async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                self._read(process.stage, await answer.text())
        except (aiohttp.ClientError, TimeoutError, OSError):
            self._note(f"{process.stage}:away", 1)

    def _read(self, stage: str, page: str) -> None:
        sums: dict[str, float] = defaultdict(float)
        for name, labels, value in _LINE.findall(page):
            outcome = re.search(r'outcome="(\w+)"', labels or "")
            sums[f"{stage}:{name}" + (f"{{{outcome[1]}}}" if outcome else "")] += float(value)
        for name, value in sums.items():
            if "_created" in name or "_bucket" in name:
                continue
            self._note(name, value)

    def _note(self, name: str, value: float) -> None:
        self.most[name] = max(self.most[name], abs(value))

    def sees(self, sign: str) -> bool:
        """Whether a sign was seen: `relate:not recovered`, `ingest:lag>500`, never more than `ingest:rss_mb<300`."""
        return any(self._sees(one) for one in sign.split("|"))

    def _sees(self, sign: str) -> bool:
        if sign.startswith("no "):
            return not self.most.get(sign.removeprefix("no "))
        name, is_cap, most = sign.partition("<")
        if is_cap:
            return 0.0 < self.most.get(name, 0.0) < float(most)
        name, _, least = sign.partition(">")
        return self.most.get(name, 0.0) > float(least or 0)
