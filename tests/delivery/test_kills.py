"""Nothing is lost and nothing counts twice, whoever is killed and whenever."""

import asyncio
import os

import pytest

from tests.delivery.harness import FLAWLESS, Listening, Stages, environ_or, expected, flood, send, torment

pytestmark = pytest.mark.broker
CYCLES = environ_or("CYCLES", 8)
SEED = environ_or("SEED", 1)
EVENTS = environ_or("EVENTS", 4000)


async def run(bus, folder, *, cycles=CYCLES, events=EVENTS, patience_s=90.0, **stages):
    recorded = flood(events, customers=200, seed=SEED)
    should_be = expected(recorded)
    half = len(recorded) // 2
    await send(bus, recorded[:half])  # a backlog at the start
    pace = (events - half) / max(1.0, cycles * 1.2)
    with Stages(bus, folder, **stages) as made:
        async with Listening(bus).open() as listening:
            await asyncio.gather(send(bus, recorded[half:], per_second=pace), torment(made, cycles, SEED))
            await listening.until(lambda r: r.against(should_be) == FLAWLESS, patience_s)
            return listening.result.against(should_be), listening.result, made.logs()


OFF = os.environ.get("OFF")


@pytest.mark.skipif(
    OFF is None, reason="by hand: OFF=guard,drain,recovery or OFF=barrier, to see what each protects from"
)
async def test_without_protection_it_shows(bus, tmp_path):
    """The harness bites: with a protection left out, events are lost or counted twice."""
    verdict, _, _ = await run(bus, tmp_path, off=OFF, patience_s=20.0)
    assert verdict != FLAWLESS
    print(f"without {OFF}: {verdict}")


@pytest.mark.parametrize(("relates", "store"), [(1, "memory"), (2, "rocksdb")])
async def test_every_event_counts_once_through_kills(bus, tmp_path, relates, store):
    """Ingest or relate is killed at random moments under load, with a backlog at the start; disks are wiped in some."""
    verdict, result, logs = await run(bus, tmp_path, relates=relates, store=store)
    assert verdict == FLAWLESS, logs
    assert result.dead == 0
