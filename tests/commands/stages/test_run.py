"""`listener run` with its real children."""

import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from tests.kafka import Bus
from tests.patience import PATIENT_S

pytestmark = pytest.mark.broker
STAGES = {"ingest", "relate", "gather"}


@pytest.fixture
def running(bus: Bus) -> Iterator[subprocess.Popen[str]]:
    """The command, once all its children serve their health."""
    words = [sys.executable, "-m", "listener", "run"]
    with subprocess.Popen(words, env=bus.environ(), stderr=subprocess.PIPE, text=True) as process:
        serving: set[str] = set()
        assert process.stderr is not None
        while len(serving) < len(STAGES) and (line := process.stderr.readline()):
            serving |= {stage for stage in STAGES if "serving" in line and f"stage={stage}" in line}
        yield process
        process.kill()


def children(process: subprocess.Popen[str]) -> dict[str, psutil.Process]:
    return {
        child.cmdline()[-1]: child for child in psutil.Process(process.pid).children() if "listener" in child.cmdline()
    }


def test_told_to_stop_it_stops_all_in_order(running: subprocess.Popen[str]):
    stages = children(running)
    assert set(stages) == STAGES
    running.terminate()
    assert running.wait(PATIENT_S) == 0
    assert not any(stage.is_running() for stage in stages.values())


def test_one_that_dies_takes_the_others_down(running: subprocess.Popen[str]):
    """So that a supervisor starts all again; half a listener would look alive."""
    stages = children(running)
    stages["relate"].kill()
    assert running.wait(PATIENT_S) == 1
    assert not any(stage.is_running() for stage in stages.values())
    assert running.stderr is not None
    assert "relate ended by itself" in running.stderr.read()
