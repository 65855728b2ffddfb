"""What the doctor says before there is a bus to ask."""

from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest

from listener.operating.doctor import Look, _clock, _old_states, _replication, _state, _wire
from listener.settings import Settings
from tests.kafka import Bus

FAR = "kafka-1:9092,kafka-2:9092"
SECRET = {"sasl_username": "u", "sasl_password_file": Path("p")}


def settings(servers: str = FAR, **told: Any) -> Settings:
    return Settings(bootstrap_servers=servers, **told)


def wire(servers: str, protocol: str, mechanism: str = "SCRAM-SHA-512") -> Look:
    secret = SECRET if protocol.startswith("SASL") else {}
    return _wire(settings(servers, kafka={"security_protocol": protocol, "sasl_mechanism": mechanism, **secret}))


@pytest.mark.parametrize(
    ("protocol", "mechanism", "says"),
    [
        (
            "PLAINTEXT",
            "PLAIN",
            "PLAINTEXT: what customers write goes over the network in the clear; use SSL or",
        ),
        ("SASL_PLAINTEXT", "SCRAM-SHA-512", "what customers write goes over the network in the clear; use SASL_SSL"),
        ("SASL_PLAINTEXT", "PLAIN", "what customers write and the secret go over the network in the clear"),
    ],
)
def test_words_in_the_clear_are_ill_beyond_this_machine(protocol: str, mechanism: str, says: str) -> None:
    look = wire(FAR, protocol, mechanism)
    assert (look.state, says in look.saw) == ("ill", True)
    assert wire("localhost:9092,127.0.0.1:9093", protocol, mechanism).state == "well"


@pytest.mark.parametrize("protocol", ["SSL", "SASL_SSL"])
def test_what_is_encrypted_is_well_anywhere(protocol: str) -> None:
    assert wire(FAR, protocol).state == "well"


def test_one_copy_of_each_topic_is_ill_beyond_this_machine() -> None:
    assert _replication(settings()).state == "ill"
    assert _replication(settings(replication=3)).state == "well"
    assert _replication(settings("localhost:9092")).state == "well"


@pytest.mark.parametrize("folder", ["/home/u/.cache/listener", f"{gettempdir()}/listener"])
def test_states_on_disk_are_ill_where_a_machine_clears_up(folder: str) -> None:
    assert _state(settings(store="rocksdb", data_dir=folder)).state == "ill"
    assert _state(settings(store="memory", data_dir=folder)).state == "well"
    assert _state(settings(store="rocksdb", data_dir="/var/lib/listener")).state == "well"
    assert _state(settings(store="rocksdb")).state == "well"


def test_customers_that_an_older_version_left_on_this_disk_are_ill(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    old = tmp_path / ".cache" / "listener"
    (old / "relate" / "0").mkdir(parents=True)
    (old / "relate" / "0" / "lock").touch()
    assert _old_states(settings()).state == "well", "in memory it left nothing but its place"
    (old / "relate" / "0" / "v1" / "tables" / "states-3.db").mkdir(parents=True)
    look = _old_states(settings())
    assert (look.state, str(old / "relate") in look.saw) == ("ill", True)
    assert _old_states(settings(data_dir=old)).state == "well", "it is in force, and looked at as such"


@pytest.mark.broker
async def test_the_clock_is_looked_at_by_the_topics_there_are(bus: Bus) -> None:
    """One that is missing is the topics' own trouble; asked of, it is waited for, and the clock is called ill."""
    missing = bus.set(topics=bus.settings.topics | {"contact_chat": bus.prefix + "nobody.made.this"})
    assert await _clock(missing) == Look("clock", "well", "no record is ahead of this machine's")
