"""The project's own stories, all in one recording, and what the replay of it says."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from listener.envelopes.recording import read

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "tests" / "stories"
LISTENER = [sys.executable, "-c", "from listener.cli import main; main()"]
BRAND = "acme"
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)


@cache
def interleaved() -> tuple[bytes, ...]:
    """All stories by time, each customer's in its own order, profiles first; all of one brand."""
    told = []
    for story in sorted(STORIES.glob("*.jsonl")):
        lines = [line for line in story.read_bytes().splitlines() if line.strip()]
        for recorded, line in zip(read(lines), lines, strict=True):
            entry = orjson.loads(line)
            if entry["value"] and "brand" in entry["value"]:
                entry["value"]["brand"] = BRAND
            told.append(
                (entry["topic"] != "crm.customers.v1", recorded.at, story.name, recorded.line, orjson.dumps(entry))
            )
    return tuple(line for *_, line in sorted(told))


@cache
def replayed() -> list[dict[str, Any]]:
    """What `listener replay` prints for it, until long after its end."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.jsonl"
        file.write_bytes(b"\n".join(interleaved()))
        command = [*LISTENER, "replay", str(file), "--until", UNTIL.isoformat()]
        done = subprocess.run(command, cwd=ROOT, env=environ(BRAND=BRAND), capture_output=True, check=True)
    return [orjson.loads(line) for line in done.stdout.splitlines()]


def environ(**told: str) -> dict[str, str]:
    """This process's environment, with these settings of the listener's and no others."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("LISTENER_")}
    return bare | {f"LISTENER_{name}": value for name, value in told.items()}
