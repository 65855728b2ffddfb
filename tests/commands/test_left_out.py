"""What a recording holds and was not heard is told on stderr; results on stdout stay as they are."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENT_S

SAMPLE = "listener/demo/sample.jsonl"


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    words = (sys.executable, "-m", "listener", *words)
    return subprocess.run(words, capture_output=True, text=True, env=environ, timeout=PATIENT_S, check=False)


@pytest.mark.parametrize("command", ["replay", "hear", "rules explain"])
def test_another_brands_recording_is_said_to_be_one(command: str):
    done = run(*command.split(), SAMPLE, LISTENER_BRAND="somebody-else")
    assert (done.returncode, done.stdout) == (0, "")
    assert "0 heard, 106 of another brand" in done.stderr
    assert "LISTENER_BRAND" in done.stderr


def test_what_cannot_be_used_is_counted_by_cause(tmp_path: Path):
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"topic": "contact.chat.v1", "value": {"event_id": "1"}}))
    assert "1 record, 0 heard, 1 could not be used (schema: " in run("hear", str(file)).stderr


def test_no_act_is_judged_by_no_estimates(tmp_path: Path):
    act, none = tmp_path / "act.json", tmp_path / "none.jsonl"
    act.write_text('{"event_id": "1", "occurred_at": "2026-03-02T09:00:00Z", "kind": "price_change", "details": {}}')
    none.write_text("")
    done = run("precheck", str(act), "--estimates", str(none))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
