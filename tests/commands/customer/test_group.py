"""`customer show` and `history` out of a recording: what a replay of it says of one customer, with no broker."""

import json
from collections.abc import Mapping

import pytest
from click.testing import CliRunner, Result

from listener.cli import listener

SAMPLE = "listener/demo/sample.jsonl"
OURS: Mapping[str, str] = {"LISTENER_BRAND": "fernway", "LISTENER_BOOTSTRAP_SERVERS": "127.0.0.1:1"}


def shown(who: str, *words: str, env: Mapping[str, str] = OURS, command: str = "show") -> Result:
    return CliRunner().invoke(listener, ["customer", command, who, "--recording", SAMPLE, *words], env=dict(env))


@pytest.fixture(scope="module")
def replayed() -> list[dict]:
    done = CliRunner().invoke(listener, ["replay", SAMPLE, "--until", "2026-04-20", "--json"], env=dict(OURS))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [one for one in told if one["key"] == "C-1011" and one["value"]]


def test_it_is_the_last_that_a_replay_says_of_them(replayed: list[dict]) -> None:
    done = shown("C-1011", "--until", "2026-04-20", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    last = {one["topic"]: one["value"] for one in replayed}
    assert told["estimate"] == last["relational.estimates.v1"]
    assert told["briefing"] == last["relational.briefings.v1"]
    alerts = {one["value"]["alert_id"]: one["value"] for one in replayed if one["topic"] == "relational.alerts.v1"}
    assert {one["alert_id"]: one for one in told["alerts"]} == alerts


def test_their_history_is_every_estimate_that_a_replay_says_of_them(replayed: list[dict]) -> None:
    done = shown("C-1011", "--until", "2026-04-20", "--json", command="history")
    assert done.exit_code == 0, done.output
    estimates = [one["value"] for one in replayed if one["topic"] == "relational.estimates.v1"]
    told = [{"as_of": one["as_of"], "wanted": one["wanted"]} for one in json.loads(done.stdout)]
    assert told == [{"as_of": one["as_of"], "wanted": one["wanted"]} for one in estimates]


@pytest.mark.parametrize("command", ["show", "history"])
def test_a_moment_of_the_bus_cannot_be_asked_for(command: str) -> None:
    """Or whoever asks for March would be shown today."""
    done = CliRunner().invoke(listener, ["customer", command, "C-1011", "--until", "2026-03-01"], env=dict(OURS))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--until goes with --recording" in done.stderr


def test_a_history_fits_the_terminal() -> None:
    done = shown("C-1011", env=dict(OURS) | {"COLUMNS": "80"}, command="history")
    assert max(map(len, done.stdout.splitlines())) == 80


def test_a_name_that_is_not_in_it_is_answered_with_one_that_is() -> None:
    done = shown("C-1012")
    assert done.exit_code == 1
    assert "nothing is known of C-1012 in it; did you mean C-1022?" in done.stderr


def test_of_another_brand_it_says_how_to_take_it() -> None:
    done = shown("C-1011", env=dict(OURS) | {"LISTENER_BRAND": "other"})
    assert done.exit_code == 2
    assert "LISTENER_BRAND=fernway would take theirs" in done.stderr
