import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from listener.broker import NoBroker, passing
from listener.broker.local import LocalBroker
from listener.broker.ports import HOST, remembered
from listener.broker.probe import answers
from tests.kafka import _started
from tests.patience import PATIENT_S

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBroker]:
    """A broker that is only looked at."""
    broker = _started(passing(tmp_path_factory.mktemp("broker") / "kafka"))
    yield broker
    broker.kill()


def test_it_answers_when_start_returns(started: LocalBroker):
    host, port = started.bootstrap_servers.split(":")
    assert answers(host, int(port))


def test_only_this_machine_can_reach_it(started: LocalBroker):
    config = (started.home / "server.properties").read_text()
    listeners = next(line for line in config.splitlines() if line.startswith("listeners="))
    assert all(f"//{HOST}:" in listener for listener in listeners.split(","))


def test_after_a_kill_it_is_back_where_it_was(own_kafka: LocalBroker):
    before = own_kafka.bootstrap_servers
    assert own_kafka.kill()
    assert not own_kafka.status().is_running
    assert own_kafka.start() == before


def test_a_second_start_finds_the_first(started: LocalBroker):
    other = passing(started.home)
    assert other.start() == started.bootstrap_servers
    assert (started.home / "running.json").read_text()


def test_a_port_somebody_took_meanwhile_is_given_up(own_kafka: LocalBroker):
    own_kafka.stop()
    taken = remembered(own_kafka.home / "ports.json")
    assert taken is not None
    with socket.create_server((HOST, taken.clients)):
        assert own_kafka.start() != taken.bootstrap_servers
        assert own_kafka.status().is_ready


def test_it_does_not_outlive_its_owner(tmp_path: Path):
    """Even one that is killed without a word leaves no Kafka behind."""
    script = (
        "import signal, sys; from pathlib import Path; from listener.broker import passing\n"
        "passing(Path(sys.argv[1])).start(); print('up', flush=True); signal.pause()"
    )
    words = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"up\n"
        running = passing(tmp_path)._running()
        assert running is not None
        os.kill(owner.pid, signal.SIGKILL)
    process = running.running.process
    if process is not None:
        process.wait(PATIENT_S)
    assert not running.is_alive


def test_without_java_and_docker_one_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(NoBroker, match=r"set LISTENER_BOOTSTRAP_SERVERS .* install Java 17 or newer, or Docker"):
        passing(tmp_path / "home").start()
