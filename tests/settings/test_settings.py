import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from listener.bus.names import Names, changelog, group
from listener.cli import COMMANDS
from listener.processes.endpoint import STAGES
from listener.settings import Bind, Settings
from listener.settings.origins import BadSettings, effective, load
from listener.settings.values import Stage


def test_the_environment_wins_over_the_file(tmp_path: Path):
    file = tmp_path / "listener.toml"
    file.write_text('brand = "acme"\ngroup = "g"\n[topics]\ncontact_chat = "acme.chat"\ncontact_email = "acme.mail"\n')
    settings = load({"LISTENER_SETTINGS": str(file), "LISTENER_BRAND": "zenith", "LISTENER_TOPICS__CONTACT_CHAT": "z"})
    assert (settings.brand, settings.group) == ("zenith", "g")
    assert settings.topics == {"contact_chat": "z", "contact_email": "acme.mail"}


def test_each_setting_says_where_it_comes_from(tmp_path: Path):
    file = tmp_path / "listener.toml"
    file.write_text('brand = "acme"\n')
    environ = {"LISTENER_SETTINGS": str(file), "LISTENER_KAFKA__SECURITY_PROTOCOL": "SSL"}
    origins = {one.name: one.origin for one in effective(load(environ), environ)}
    assert origins["brand"] == f"file: {file}"
    assert origins["kafka.security_protocol"] == "environment: LISTENER_KAFKA__SECURITY_PROTOCOL"
    assert origins["partitions"] == "default"


def test_a_folder_that_the_machine_names_says_so(tmp_path: Path):
    file = tmp_path / "listener.toml"
    file.write_text('data_dir = "/data"\n')
    for told, origin in (
        ({"XDG_STATE_HOME": "/var/state"}, "environment: XDG_STATE_HOME"),
        ({"XDG_STATE_HOME": "not/absolute"}, "default"),
        ({"XDG_STATE_HOME": "/var/state", "LISTENER_SETTINGS": str(file)}, f"file: {file}"),
    ):
        origins = {one.name: one.origin for one in effective(load(told), told)}
        assert origins["data_dir"] == origin


@pytest.mark.parametrize(
    ("name", "told", "complaint"),
    [
        ("BRNAD", "acme", "LISTENER_BRNAD: no such setting; did you mean LISTENER_BRAND?"),
        ("KAFKA__SASL_PASSWORD", "x", "LISTENER_KAFKA__SASL_PASSWORD: no such setting"),
        ("KAFKA", "{", "LISTENER_KAFKA: not JSON"),
        ("TOPICS__CHAT", "x", "no such topic: chat"),
        ("TOPICS__CONTACT_CHAT", "two words", "a topic's name is"),
        ("OUTPUT_PREFIX", "a/b", "LISTENER_OUTPUT_PREFIX"),
        ("PARTITIONS", "many", "LISTENER_PARTITIONS: Input should be a valid integer"),
        ("LATENESS", "soon", "LISTENER_LATENESS: 'soon' is not a span of time; write 30 s, 10 min"),
        ("LATENESS", "-5 min", "LISTENER_LATENESS: '-5 min' is not a span"),
        ("METRICS_BIND", "9464", "LISTENER_METRICS_BIND: an address to listen on is host:port"),
        ("METRICS_BIND", "0.0.0.0:9464", "beyond loopback: set token_file"),
        ("STAGES", "ingest,sing", "LISTENER_STAGES: Input should be 'ingest', 'relate' or 'gather'"),
        ("STAGES", "portfolio", "LISTENER_STAGES: Input should be 'ingest', 'relate' or 'gather'"),
        ("KAFKA__SECURITY_PROTOCOL", "SASL_SSL", "needs kafka.sasl_username and kafka.sasl_password_file"),
        ("SETTINGS", "/no/such.toml", "LISTENER_SETTINGS=/no/such.toml"),
    ],
)
def test_what_is_unknown_or_ill_formed_is_one_clear_line(name: str, told: str, complaint: str):
    with pytest.raises(BadSettings) as trouble:
        load({f"LISTENER_{name}": told})
    assert complaint in str(trouble.value)
    assert "\n" not in str(trouble.value)


def test_an_unknown_key_of_the_file_is_named_with_the_file(tmp_path: Path):
    file = tmp_path / "listener.toml"
    file.write_text('brnad = "acme"\n')
    with pytest.raises(BadSettings, match=f"brnad in {file}: no such setting"):
        load({"LISTENER_SETTINGS": str(file)})


def test_a_bad_secret_is_not_repeated_in_the_complaint():
    with pytest.raises(BadSettings) as trouble:
        load({"LISTENER_KAFKA__SASL_PASSWORD": "hunter2"})
    assert "hunter2" not in str(trouble.value)


def test_the_environment_is_never_read_behind_the_callers_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LISTENER_BRAND", "acme")
    assert Settings().brand == "default"


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        Settings().brand = "other"


@given(st.integers(1, 999), st.sampled_from([("s", 1), ("min", 60), ("h", 3600), ("d", 86400)]))
def test_spans_are_read_as_people_write_them(number: int, unit: tuple[str, float]):
    settings = load({"LISTENER_LATENESS": f"{number} {unit[0]}"})
    assert settings.lateness == timedelta(seconds=number * unit[1])


def test_the_next_stages_listen_on_the_next_ports():
    assert str(Bind(host="::1", port=9464).later(2)) == "[::1]:9466"
    assert Bind(host="127.0.0.1", port=0).later(2).port == 0


def test_the_prefix_stands_before_all_that_the_listener_writes():
    settings = Settings(output_prefix="eu.", group="g", topics={"contact_chat": "acme.chat", "alerts": "acme.alerts"})
    names = Names(settings)
    assert names.real("contact.chat.v1") == "acme.chat"
    assert names.real("contact.chat.v1.dlq") == "eu.acme.chat.dlq"
    assert names.real("relational.alerts.v1") == "eu.acme.alerts"
    assert changelog(settings) == "eu.g-relate-customers-changelog"
    assert group(settings, "ingest") == "eu.g-ingest"


def test_every_stage_that_may_be_named_is_a_command():
    assert [stage for stage in get_args(Stage) if stage not in COMMANDS] == []
    assert get_args(Stage) == STAGES


def test_state_lies_where_no_cache_is_cleared():
    """And where the machine keeps what programs must not lose, if it says where; a setting wins."""
    assert load({}).data_dir == Path("~/.local/state/listener").expanduser()
    assert load({"XDG_STATE_HOME": "/var/state"}).data_dir == Path("/var/state/listener")
    assert load({"XDG_STATE_HOME": "not/absolute"}).data_dir == load({}).data_dir
    assert load({"XDG_STATE_HOME": "/var/state", "LISTENER_DATA_DIR": "/data"}).data_dir == Path("/data")


@pytest.mark.parametrize(
    ("servers", "is_here"),
    [
        *((here, True) for here in ("localhost:9092", "127.0.0.1:1,[::1]:2", "127.0.0.1", "localhost", "[::1]")),
        *((here, True) for here in ("localhost:9092,", "LOCALHOST:9092")),
        *((far, False) for far in ("kafka:9092", "localhost:1,kafka:2", "kafka", "localhost,kafka")),
    ],
)
def test_a_bus_is_here_where_all_its_servers_are(servers: str, is_here: bool):
    assert Settings(bootstrap_servers=servers).is_bus_here is is_here


def test_importing_the_package_reads_no_setting():
    rooms = "cli", "settings.origins", "bus.clients", "topics", "telemetry"
    script = f"import {', '.join('listener.' + room for room in rooms)}"
    environ = {"LISTENER_BRNAD": "x", "PATH": "", "PYTHONPATH": ":".join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], env=environ, check=False).returncode == 0


def test_an_empty_setting_is_said_to_be_empty() -> None:
    with pytest.raises(BadSettings, match="LISTENER_BRAND: it is empty; write a value, or leave it out"):
        load({"LISTENER_BRAND": ""})


@pytest.mark.parametrize("name", ["relational.signals.v1", "contact.email.v1"])
def test_an_input_cannot_bear_the_name_of_another_topic(name: str):
    """Ingest would read its own output, or one kind of record as another."""
    with pytest.raises(BadSettings, match="two topics can't share a name"):
        load({"LISTENER_TOPICS__CONTACT_CHAT": name})
    both = {"LISTENER_TOPICS__CONTACT_CHAT": "contact.email.v1", "LISTENER_TOPICS__CONTACT_EMAIL": "acme.email"}
    assert load(both).topics["contact_chat"] == "contact.email.v1"


def test_what_cannot_be_read_or_counted_is_said_in_a_line(tmp_path: Path):
    file = tmp_path / "l.toml"
    file.write_bytes(b'brand = "\xff"')
    with pytest.raises(BadSettings, match=r"l\.toml"):
        load({"LISTENER_SETTINGS": str(file)})
    with pytest.raises(BadSettings, match="longer than time can be counted"):
        load({"LISTENER_LATENESS": "1000000000d"})


@pytest.mark.parametrize("name", ["metrics_bind", "web_bind"])
def test_where_a_stage_or_a_page_is_bound_is_a_setting_of_the_contract(name: str) -> None:
    assert getattr(Settings(), name).is_loopback
    with pytest.raises(ValueError, match=f"{name} .* is beyond loopback"):
        Settings(**{name: "0.0.0.0:9000"})
