"""`listener hear --explain` says which phrase and which features spoke; without it nothing changes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.cli import listener
from listener.commands.hearing.in_words import in_words

SAID = "I've asked three times now, mail ann.lee@private.example. I want my money back."


@pytest.fixture
def recording(tmp_path: Path) -> str:
    value = {
        "event_id": "t-17",
        "occurred_at": "2026-03-02T09:14:05Z",
        "customer": {"customer_id": "C-1"},
        "text": SAID,
    }
    file = tmp_path / "chat.jsonl"
    file.write_text(json.dumps({"topic": "contact.chat.v1", "key": None, "value": value}) + "\n")
    return str(file)


def hear(*arguments: str) -> str:
    done = CliRunner().invoke(listener, ["hear", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_each_signal_names_its_phrase_its_words_and_its_features(recording: str) -> None:
    told = json.loads(hear(recording, "--explain", "--json"))
    assert (told["event_id"], told["role"], told["channel"]) == ("t-17", "customer", "chat")
    repeated = told["signals"]["repeat_effort"]
    assert repeated["said"] == "I've asked three times"
    assert "{contacted}" in repeated["phrase"]
    assert SAID[slice(*repeated["span"])] == "I've asked three times"
    assert all(isinstance(weight, float) and word for word, weight in told["signals"]["complaint"]["features"])


def test_it_reads_as_words(recording: str) -> None:
    told = hear(recording, "--explain")
    assert "t-17  2026-03-02 09:14  chat, customer" in told
    assert '"I\'ve asked three times"  by the phrase:' in told
    assert "head: " in told


def test_an_explanation_keeps_no_secret(recording: str) -> None:
    for told in (hear(recording, "--explain"), hear(recording, "--explain", "--json")):
        assert not {"ann", "lee", "private"} & set(told.replace('"', " ").replace(",", " ").split())


def test_the_scores_are_those_of_hear(recording: str) -> None:
    plain = json.loads(hear(recording))
    told = json.loads(hear(recording, "--explain", "--json"))
    assert {signal: one["p"] for signal, one in told["signals"].items()} == plain["signals"]


def test_of_an_empty_text_nothing_is_said() -> None:
    assert in_words({"language": None, "sentiment": None, "target": None, "signals": {}}) == "nothing is said in it"
