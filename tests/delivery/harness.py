"""One scenario on a real broker: an input, a system, what befalls it; what came of it held against the replay."""

import asyncio
import os
import random
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from listener.broker.local import LocalBroker
from listener.bus import clients
from listener.bus.sending import Publisher
from listener.envelopes.recording import Recorded
from tests.delivery.inputs import Input, expected, flood, plain
from tests.delivery.listening import FLAWLESS, Listening, Result
from tests.delivery.network import Proxy, Ways
from tests.delivery.stages import BRAND, Process, Stages
from tests.delivery.waiting import waits
from tests.delivery.watching import Watch
from tests.kafka import Bus

__all__ = ["BRAND", "FLAWLESS", "Listening", "Process", "Result", "Stages", "expected", "flood", "send", "trial"]

Disturb = Callable[[Stages, random.Random, int], Awaitable[None]]
Make = Callable[[int, int], Input]
QUIET_S = 15.0
"""So long a system that was left alone says nothing only where it has no more to say: sessions last ten seconds."""


def environ_or(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


async def send(
    bus: Bus,
    recorded: Sequence[Recorded],
    per_second: float | None = None,
    share: Callable[[], float] = lambda: 1.0,
) -> list[tuple[Recorded, int]]:
    """Publish as `listener send` does, no more than `share` of it so far; each with the bus's stamp, in ms."""
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        publisher, begun, sent = Publisher(producer, bus.names), time.monotonic(), []
        for n, one in enumerate(recorded):
            if per_second is not None and n / per_second > time.monotonic() - begun:
                await asyncio.sleep(n / per_second - (time.monotonic() - begun))
            while n > share() * len(recorded):
                await asyncio.sleep(0.05)
            sent.append(await publisher.put(one))
        return [(one, told.timestamp) for one, told in zip(recorded, await asyncio.gather(*sent), strict=True)]


@dataclass(frozen=True)
class Scenario:
    """A disturbance, the system it befalls, what is put in meanwhile, and what operations must see of it."""

    disturb: Disturb
    meaning: str
    stages: dict[str, Any] = field(default_factory=dict)
    make: Make = plain
    cycles: int = 10
    seconds_a_cycle: float = 1.5
    events_a_second: float = 80.0
    backlog: float = 0.5
    """What part of the events lies on the bus before anything starts."""
    patience_s: float = 90.0
    signs: tuple[str, ...] = ()
    tells_waits: bool = False
    """Whether it is told how long customers wait for their alerts."""
    by_turns: bool = False
    """Whether each turn of the disturbance waits for something to come of its own share of the input."""
    off: str = ""
    """The protection without which the scenario shows loss; empty: see docs/promise.md."""

    def events(self, cycles: int) -> int:
        """How many keep the system busy for so many cycles."""
        return int(max(2000, cycles * self.seconds_a_cycle * self.events_a_second / (1 - self.backlog)))


@dataclass
class Trial:
    """What came of one run."""

    verdict: dict[str, int]
    result: Result
    logs: str
    ended: dict[tuple[str, int], int]
    most: dict[str, float]
    records: int
    unseen: tuple[str, ...] = ()

    @property
    def is_flawless(self) -> bool:
        return not any(self.verdict.values()) and not self.unseen

    @property
    def doubled(self) -> int:
        """How often something was said again, under the same id: what a reader knows as a repeat."""
        return self.result.said - sum(len(told) for told in self.result.alerts.values())


@dataclass(frozen=True)
class Play:
    """How a scenario is to be gone through."""

    cycles: int
    seed: int = 1
    events: int = 4000
    patience_s: float | None = None
    off: str = ""
    broker: LocalBroker | None = None
    ways: Ways | None = None


async def trial(bus: Bus, folder: Path, scenario: Scenario, **play: Any) -> Trial:
    """Some events as a backlog, the others while the stages are disturbed; then wait for what should come of it."""
    how = Play(**play)
    given = await asyncio.to_thread(scenario.make, how.events, how.seed)
    waiting = int(len(given.sent) * scenario.backlog)
    sent = await send(bus, given.sent[:waiting])
    async with AsyncExitStack() as stack:
        made, listening = await _set_up(stack, bus, folder, scenario, how)
        made.apart, made.said = given.apart, lambda: listening.result.said
        watch = Watch(made)
        beside = [asyncio.create_task(made.supervise()), asyncio.create_task(watch.run())]
        stack.callback(lambda: [task.cancel() for task in beside])
        later, cut_short = await _go_through(made, scenario, how, given.sent[waiting:])
        made.throttle.write_text("0 0")
        patience = scenario.patience_s if how.patience_s is None else how.patience_s
        quiet_s = QUIET_S if how.off else inf  # what is lost never comes, and is not waited for
        await listening.until(lambda r: r.against(given.expected) == FLAWLESS, patience, quiet_s)
        await asyncio.sleep(1.0)  # what is said too often would come now, and there is nothing to wait for
        for task in beside:
            task.cancel()
        await watch.look_once_more(() if how.off else scenario.signs)
        verdict = listening.result.against(given.expected) | {"hung": cut_short + await made.hung()}
        watch.most |= made.figures | (waits([*sent, *later], listening.result.first) if scenario.tells_waits else {})
        unseen = tuple(sign for sign in scenario.signs if not watch.sees(sign))
        records = len(given.sent) + len(given.apart)
        return Trial(verdict, listening.result, made.logs(), dict(made.ended), dict(watch.most), records, unseen)


async def _set_up(
    stack: AsyncExitStack, bus: Bus, folder: Path, scenario: Scenario, how: Play
) -> tuple[Stages, Listening]:
    told = dict(scenario.stages)
    by_proxy = told.pop("by_proxy", False)
    if by_proxy and how.ways is not None:
        told["BOOTSTRAP_SERVERS"] = how.ways.through_proxy
    made = stack.enter_context(Stages(bus, folder, off=how.off, **told))
    made.broker = how.broker
    listening = await stack.enter_async_context(Listening(bus).open())
    if by_proxy and how.ways is not None:
        made.proxy = await stack.enter_async_context(Proxy(how.ways).open())
    return made, listening


async def _go_through(
    made: Stages, scenario: Scenario, how: Play, live: Sequence[Recorded]
) -> tuple[list[tuple[Recorded, int]], int]:
    """Send and disturb at once. The second is 1 where something did not come up, or did not end as it should."""
    made.pace = len(live) / max(1.0, how.cycles * scenario.seconds_a_cycle)
    is_done = asyncio.Event()

    def share() -> float:
        return 1.0 if is_done.is_set() or not scenario.by_turns else made.turn / how.cycles

    async def disturbing() -> int:
        try:
            await scenario.disturb(made, random.Random(how.seed), how.cycles)
        except (TimeoutError, AssertionError) as trouble:
            print(f"the disturbance ended early: {trouble!r}", file=sys.stderr, flush=True)
            return 1
        finally:
            is_done.set()
        return 0

    async def sending() -> list[tuple[Recorded, int]]:
        sent = await send(made.bus, live, made.pace, share)
        made.all_sent.set()
        return sent

    sent, cut_short = await asyncio.gather(sending(), disturbing())
    return sent, cut_short
