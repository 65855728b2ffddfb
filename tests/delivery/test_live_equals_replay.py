"""The same recording, live and replayed: the same alerts with the same lives, the same last estimates."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from listener import bus as clients
from listener.model.topics import OUTPUTS
from listener.recording import read, tick
from tests.delivery.harness import ROOT, send

pytestmark = pytest.mark.broker
STORIES = ROOT / "tests" / "stories"
LISTENER = [sys.executable, "-c", "from listener.cli import main; main()"]
BRAND = "acme"


def interleaved() -> list[bytes]:
    """All stories in one file, by time, each customer's in its own order; all of one brand."""
    told = []
    for story in sorted(STORIES.glob("*.jsonl")):
        lines = [line for line in story.read_bytes().splitlines() if line.strip()]
        for recorded, line in zip(read(lines), lines, strict=True):
            entry = orjson.loads(line)
            if entry["value"] and "brand" in entry["value"]:
                entry["value"]["brand"] = BRAND
            told.append((recorded.at, story.name, recorded.line, orjson.dumps(entry)))
    profiles_first = sorted(told, key=lambda t: (b"crm.customers" not in t[3], *t[:3]))
    return [line for _, _, _, line in profiles_first]


UNTIL = datetime(2027, 1, 1, tzinfo=UTC)


def lives(outputs) -> tuple[dict, dict]:
    """Each alert's life, and each customer's last estimate."""
    alerts, estimates = defaultdict(list), {}
    for topic, key, value in outputs:
        if topic == OUTPUTS["alerts"]:
            life = (value["status"], value["severity"], value["updated_at"], value["ended_at"])
            if life not in alerts[value["alert_id"]]:
                alerts[value["alert_id"]].append(life)
        elif topic == OUTPUTS["estimates"]:
            estimates[key] = value
    return dict(alerts), estimates


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    file = tmp_path_factory.mktemp("replay") / "all.jsonl"
    file.write_bytes(b"\n".join(interleaved()))
    command = [*LISTENER, "replay", str(file), "--until", UNTIL.isoformat()]
    done = subprocess.run(command, cwd=ROOT, env=_environ(BRAND=BRAND), capture_output=True, check=True)
    outputs = [orjson.loads(line) for line in done.stdout.splitlines()]
    should_be = lives((o["topic"], o["key"], o["value"]) for o in outputs)
    assert len(should_be[0]) > 10
    return should_be


def started(stage: str, environ, log) -> subprocess.Popen:
    return subprocess.Popen([*LISTENER, stage], cwd=ROOT, env=environ, stderr=log)


def _environ(**told: str) -> dict[str, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("LISTENER_")}
    return bare | {f"LISTENER_{name}": value for name, value in told.items()}


@pytest.mark.parametrize(("relates", "store"), [(1, "memory"), (2, "rocksdb")])
async def test_live_says_what_replay_says(bus, tmp_path: Path, replayed, relates, store):
    recorded = list(read(interleaved()))
    environ = bus.environ(BRAND=BRAND, CLOCK="event", STORE=store, DATA_DIR=str(tmp_path / "stages"))
    with (tmp_path / "log").open("wb") as log:
        stages = [started(stage, environ, log) for stage in ["ingest", *["relate"] * relates]]
        try:
            await send(bus, [*recorded, tick(UNTIL, line=len(recorded))])
            said = await _listen(bus, replayed, patience_s=90)
        finally:
            for stage in stages:
                stage.terminate()
            codes = [stage.wait(30) for stage in stages]
    alerts, estimates = lives(said)
    assert alerts == replayed[0], _differences(alerts, replayed[0]) + (tmp_path / "log").read_text()[-9000:]
    assert estimates == replayed[1], _differences(estimates, replayed[1])
    assert codes == [0] * len(codes)


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
