"""The same recording, live and replayed: the same alerts with the same lives, the same last estimates."""

import asyncio
import json
import time
from collections import defaultdict
from pathlib import Path

import pytest

from listener.bus import clients
from listener.envelopes.recording import read, tick
from listener.model.topics import OUTPUTS
from tests.delivery.harness import Stages, send
from tests.patience import PATIENT_S
from tests.stories_told import BRAND, LISTENER, UNTIL, interleaved, replayed

pytestmark = pytest.mark.broker


def lives(outputs) -> tuple[dict, dict]:
    """Each alert's life, and each customer's last estimate."""
    alerts, estimates = defaultdict(list), {}
    for topic, key, value in outputs:
        if topic == OUTPUTS["alerts"] and value["customer_id"] is not None:  # the brand's: test_gather.py
            life = (value["status"], value["severity"], value["updated_at"], value["ended_at"])
            if life not in alerts[value["alert_id"]]:
                alerts[value["alert_id"]].append(life)
        elif topic == OUTPUTS["estimates"]:
            estimates[key] = value
    return dict(alerts), estimates


@pytest.fixture(scope="module")
def should_be():
    told = lives((o["topic"], o["key"], o["value"]) for o in replayed())
    assert len(told[0]) > 10
    return told


@pytest.mark.parametrize(("relates", "store"), [(1, "memory"), (2, "rocksdb")])
async def test_live_says_what_replay_says(bus, tmp_path: Path, should_be, relates, store):
    recorded = list(read(interleaved()))
    with Stages(bus, tmp_path, relates=relates, store=store, words=LISTENER, BRAND=BRAND) as stages:
        await send(bus, [*recorded, tick(UNTIL, line=len(recorded))])
        said = await _listen(bus, should_be, patience_s=PATIENT_S)
        codes = await stages.stop()
    alerts, estimates = lives(said)
    versions = {told["catalogue"] for told in (*estimates.values(), *should_be[1].values())}
    assert len(versions) == 1, "the catalogue changed while the test ran"
    assert alerts == should_be[0], _differences(alerts, should_be[0]) + stages.logs()
    assert estimates == should_be[1], _differences(estimates, should_be[1])
    assert codes == [0] * (1 + relates)


async def _listen(bus, should_be, patience_s: float):
    """All outputs, until they are what they should be or patience ends."""
    topics = [bus.names.real(OUTPUTS[topic]) for topic in ("alerts", "estimates")]
    said, limit = [], time.monotonic() + patience_s
    async with clients.started(clients.consumer(bus.settings, None, *topics), bus.settings) as consumer:
        while time.monotonic() < limit and lives(said) != should_be:
            for tp, records in (await consumer.getmany(timeout_ms=500)).items():
                topic = bus.names.default(tp.topic)
                said += [(topic, r.key.decode(), r.value and json.loads(r.value)) for r in records]
            await asyncio.sleep(0)
    return said


def _differences(one: dict, other: dict) -> str:
    keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
    shown = [f"{key}:\n  live   {one.get(key)}\n  replay {other.get(key)}" for key in keys[:3]]
    return f"{len(keys)} differ of {len(other)}\n" + "\n".join(shown) + "\n"
