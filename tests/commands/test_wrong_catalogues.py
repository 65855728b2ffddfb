"""A catalogue that can't be used ends every command that needs it with one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENT_S

SAMPLE = "listener/demo/sample.jsonl"
NOWHERE = {"LISTENER_BOOTSTRAP_SERVERS": "127.0.0.1:1"}


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    words = (sys.executable, "-m", "listener", *words)
    return subprocess.run(words, capture_output=True, text=True, env=NOWHERE | environ, timeout=PATIENT_S, check=False)


@pytest.mark.parametrize(
    "command", [f"replay {SAMPLE}", f"rules explain {SAMPLE}", "rules lint", "cues list", "relate", "run"]
)
def test_a_file_that_is_not_yaml_is_named_in_one_line(command: str, tmp_path: Path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.yaml").write_text("a: [b\n")
    done = run(*command.split(), LISTENER_CATALOGUE=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "rules/ours.yaml, line 1: what [ opens here is not closed by ]" in done.stderr


def test_what_is_wrong_in_a_file_is_told_without_the_validators_pages(tmp_path: Path):
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "fling.yaml").write_text("colour: red\n")
    done = run("rules", "lint", "--catalogue", str(tmp_path))
    assert done.stderr.count("\n") == 1
    assert "types/fling.yaml: colour: " in done.stderr
    assert "http" not in done.stderr


def test_a_folder_that_is_not_there_is_told_before_anything_is_played():
    done = run("hear", SAMPLE, LISTENER_CATALOGUE="/not/there")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_without_a_broker_run_says_so_once():
    done = run("run")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
