"""Nothing is lost and nothing counts twice, whatever befalls: some cycles of each. `make torture` does all."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.delivery import disturbing
from tests.delivery.harness import Scenario, Trial, environ_or, trial
from tests.delivery.network import Ways, ways_to_a_broker
from tests.delivery.scenarios import SCENARIOS
from tests.delivery.telling import PAGE, text_of
from tests.delivery.watching import Watch
from tests.kafka import _started, bus_on, create_topics, delete_topics

pytestmark = pytest.mark.broker

SHORT = {
    "kill": 6,
    "kill-two": 6,
    "kill-real": 2,
    "stop": 3,
    "scale": 4,
    "dropped-fetches": 6,
    "broker-kill": 2,
    "net-cut": 3,
    "net-hold": 1,
    "disk-full": 1,
    "disk-damaged": 3,
    "changelog-rubbish": 3,
    "upgrade": 2,
    "merges": 2,
    "partitions": 2,
    "clock": 3,
    "doubles": 2,
    "channels": 2,
    "poison": 3,
    "overload": 1,
}
"""Cycles of each; what is not here takes too long for every change (freeze, relate overloaded, the real core …)."""
EVENTS = 2000
MORE = {"overload": 6000}
CALM = Scenario(disturbing.nothing, "nothing befalls it")
BITES = [("dropped-fetches", "guard"), ("slow-changelog", "barrier"), ("kill", "memory")]


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ways]:
    """A broker that may be stopped and killed, with a way to it that may be cut."""
    made = ways_to_a_broker(tmp_path_factory.mktemp("kafka"), os.getpid())
    _started(made.broker)
    yield made
    made.broker.kill()


async def tried(ways: Ways, folder: Path, scenario: Scenario, cycles: int, **over):
    ways.broker.start()
    bus = bus_on(ways.broker.bootstrap_servers, folder)
    await create_topics(bus.settings)
    told = {
        "cycles": cycles,
        "seed": environ_or("SEED", 1),
        "events": EVENTS,
        "broker": ways.broker,
        "ways": ways,
    } | over
    made = await trial(bus, folder, scenario, **told)
    await delete_topics(bus.settings)
    return made


@pytest.mark.parametrize("name", SHORT)
async def test_every_event_counts_once_and_operations_see_what_happened(ways, tmp_path, name):
    """Under load, with a backlog at the start, at moments that the seed decides."""
    if name == "disk-full" and os.geteuid() != 0:
        pytest.skip("a full disk needs the right to mount a small one")
    made = await tried(ways, tmp_path, SCENARIOS[name], SHORT[name], events=MORE.get(name, EVENTS))
    assert not any(made.verdict.values()), (made.verdict, made.logs)
    assert made.unseen == (), (made.unseen, made.most)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "off"), BITES)
async def test_without_its_protection_the_harness_shows_loss(ways, tmp_path, name, off):
    """What is never seen to fail proves nothing."""
    made = await tried(ways, tmp_path, SCENARIOS[name], 12, events=10_000, patience_s=20.0, off=off)
    assert any(made.verdict.values())


async def test_where_nothing_befalls_nothing_is_seen_of_what_scenarios_assert(ways, tmp_path):
    """Save what a busy machine does by itself: it waits, is slow to answer, uses memory."""
    made = await tried(ways, tmp_path, CALM, 1, events=1000)
    assert made.is_flawless, (made.verdict, made.logs)
    by_itself = re.compile("seconds|outages|rss_mb|away|lag_events>")
    signs = {sign for one in SCENARIOS.values() for sign in one.signs if not sign.startswith("no ")}
    assert [sign for sign in signs if not by_itself.search(sign) and seen_in(made, sign)] == []


def seen_in(made: Trial, sign: str) -> bool:
    watch = Watch(SimpleNamespace())
    watch.most |= made.most
    return watch.sees(sign)


def test_every_scenario_says_what_operations_must_see():
    assert [name for name, scenario in SCENARIOS.items() if not scenario.signs] == []


def test_every_scenario_was_seen_to_bite_without_its_protection():
    """Each names one, and the page has what came of leaving it out: something lost, wrong, or beyond its cap."""
    lines = (line.split("|")[1:-1] for line in text_of(PAGE, "bites").splitlines() if line.startswith("| `"))
    bitten = {name.strip(" `"): any("**" in count for count in counts) for name, _, *counts, _ in lines}
    broken = {line.split("`")[1] for line in text_of(PAGE, "bites").splitlines() if line.endswith("` |")}
    assert [name for name, one in SCENARIOS.items() if not one.off or not (bitten.get(name) or name in broken)] == []
