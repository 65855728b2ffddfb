"""Kafka in a container, told from the words that would be said to Docker: a stand-in writes them down."""

import json
import os
import signal
from pathlib import Path

import psutil
import pytest

from listener.broker.docker import CLUSTER, IMAGE, Docker
from listener.broker.engine import CouldNotStart
from listener.broker.jars import Jars
from listener.broker.ports import Ports
from listener.processes.detached import Running, spawn
from tests.patience import PATIENT_S

DOCKER = """#!/bin/sh
printf '%s\\n' "$*" >> "{log}"
case "$1" in
  inspect) echo "{state}" ;;
  run) {run} ;;
esac
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What was said to Docker, line by line."""
    return stand_in(tmp_path, monkeypatch)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, state: str = "true", run: str = "echo id") -> Path:
    log, binary = folder / "asked", folder / "bin" / "docker"
    binary.parent.mkdir(exist_ok=True)
    binary.write_text(DOCKER.format(log=log, state=state, run=run))
    binary.chmod(0o755)
    monkeypatch.setenv("PATH", f"{binary.parent}:{os.environ['PATH']}")
    return log


def test_only_this_machine_can_reach_it(asked: Path, tmp_path: Path):
    Docker(print).start(tmp_path, Ports(19092, 19093))
    told = next(line for line in asked.read_text().splitlines() if line.startswith("run "))
    assert "--publish 127.0.0.1:19092:19092" in told
    assert told.endswith(IMAGE)


def test_it_is_configured_as_the_one_from_jars_is(asked: Path, tmp_path: Path):
    Docker(print).start(tmp_path, Ports(19092, 19093))
    told = asked.read_text()
    for setting in (
        "KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://127.0.0.1:19092",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE=false",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS=0",
        f"CLUSTER_ID={CLUSTER}",
    ):
        assert setting in told


def test_its_data_outlive_its_container(asked: Path, tmp_path: Path):
    container = Docker(print).start(tmp_path, Ports(19092, 19093))
    container.kill()
    container.stop()
    told = asked.read_text()
    assert ":/var/lib/kafka/data" in told
    assert "volume rm" not in told
    assert "rm -fv" not in told


def test_it_is_found_again_by_what_was_written_down(asked: Path, tmp_path: Path):
    container = Docker(print).start(tmp_path, Ports(19092, 19093))
    again = Docker(print).find(json.loads(json.dumps(container.as_dict())))
    assert again == container
    assert again.is_alive


def test_what_docker_complains_of_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    stand_in(tmp_path, monkeypatch, run="echo no such image >&2; exit 125")
    with pytest.raises(CouldNotStart, match="no such image"):
        Docker(print).start(tmp_path, Ports(19092, 19093))


def test_an_old_java_is_not_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert Jars(tmp_path, print).missing() == "Java 17 or newer"


def test_a_stranger_with_the_same_pid_is_left_alone(tmp_path: Path):
    """Pids come round again; a file may remember one that is somebody else's by now."""
    ours = spawn(["sleep", "30"], tmp_path, tmp_path / "log")
    stale = Running(ours.pid, ours.born - 3600)
    assert not stale.is_alive
    stale.kill()
    assert ours.is_alive
    os.kill(ours.pid, signal.SIGKILL)
    psutil.Process(ours.pid).wait(PATIENT_S)
    assert not ours.is_alive
