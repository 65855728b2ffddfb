"""Nothing is lost and nothing counts twice, whoever is killed and whenever. `make torture` does more of it."""

import pytest

from tests.delivery.disturbing import SCENARIOS
from tests.delivery.harness import FLAWLESS, environ_or, trial

pytestmark = pytest.mark.broker


@pytest.mark.parametrize(
    ("name", "cycles", "events"),
    [("kill", 10, 10_000), ("kill-two", 10, 10_000), ("stop", 3, 2000), ("dropped-fetches", 10, 5000)],
)
async def test_every_event_counts_once(bus, tmp_path, name, cycles, events):
    """Under load, with a backlog at the start, at moments that the seed decides; disks are wiped in some."""
    scenario = SCENARIOS[name]
    made = await trial(
        bus,
        tmp_path,
        scenario.disturb,
        cycles=cycles,
        events=events,
        seed=environ_or("SEED", 1),
        seconds_a_cycle=scenario.seconds_a_cycle,
        **scenario.stages,
    )
    assert made.verdict == FLAWLESS, made.logs
    assert made.result.dead == 0


@pytest.mark.slow
@pytest.mark.parametrize(("name", "off"), [("dropped-fetches", "guard"), ("slow-changelog", "barrier")])
async def test_without_its_protection_the_harness_shows_loss(bus, tmp_path, name, off):
    """What is never seen to fail proves nothing."""
    scenario = SCENARIOS[name]
    given = {"events": 10_000, "seconds_a_cycle": scenario.seconds_a_cycle, "patience_s": 20.0, "off": off}
    made = await trial(bus, tmp_path, scenario.disturb, cycles=12, **given, **scenario.stages)
    assert made.verdict != FLAWLESS
