"""Schemas are the models', and a change that breaks someone is seen."""

import copy
import json
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

from listener.envelopes.recording import read
from listener.model.topics import INPUTS, OUTPUTS
from listener.schemas import breaches, read_schemas, schemas
from listener.shipped import shipped
from tests.shell_fakes import chat
from tests.stories_told import interleaved, replayed

CHAT, ALERT = "contact.chat.v1.json", "relational.alerts.v1.json"


def changed(name, change):
    new = copy.deepcopy(schemas())
    change(new[name])
    return [breach.what for breach in breaches(schemas(), new)]


def test_every_topic_has_its_schema_and_each_is_one():
    made = schemas()
    assert {name.removesuffix(".json") for name in made} == {*INPUTS.values(), *OUTPUTS.values()}
    for schema in made.values():
        Draft202012Validator.check_schema(schema)


def test_the_files_are_the_models():
    assert read_schemas(shipped("schemas")) == schemas()


def test_a_new_optional_field_breaks_nobody():
    assert changed(CHAT, lambda s: s["properties"].update(mood={"type": "string"})) == []
    assert changed(ALERT, lambda s: s["properties"].update(mood={"type": "string"})) == []


@pytest.mark.parametrize(
    ("name", "change", "what"),
    [
        (CHAT, lambda s: s["required"].append("agent_id"), "is required now"),
        (CHAT, lambda s: s["properties"].pop("agent_id"), "is gone"),
        (CHAT, lambda s: s["properties"]["author"]["enum"].remove("bot"), "no longer takes bot"),
        (CHAT, lambda s: s["properties"]["text"].update(type="integer"), "no longer takes string"),
        (ALERT, lambda s: s["properties"].pop("why"), "is gone"),
        (ALERT, lambda s: s["required"].remove("why"), "may be missing now"),
        (ALERT, lambda s: s["properties"]["why"].update(type="integer"), "may now be integer"),
    ],
)
def test_what_breaks_a_reader_or_a_writer_is_told(name, change, what):
    assert what in changed(name, change)


def test_a_lost_schema_is_told():
    new = schemas()
    del new[CHAT]
    assert [breach.what for breach in breaches(schemas(), new)] == ["is gone"]


def test_a_chat_turn_of_the_contract_validates():
    assert list(Draft202012Validator(schemas()[CHAT]).iter_errors(chat("hello"))) == []


def test_every_input_and_output_of_all_stories_validates():
    validators = {name.removesuffix(".json"): Draft202012Validator(schema) for name, schema in schemas().items()}
    for recorded in read(interleaved()):
        if recorded.value is not None:
            validators[recorded.topic].validate(json.loads(recorded.value))
    outputs = replayed()
    assert len(outputs) > 500
    for output in outputs:
        if output["value"] is not None:
            validators[output["topic"]].validate(output["value"])


def test_two_replays_of_all_stories_print_the_same_bytes(tmp_path):
    """In processes of their own, with different seeds for whatever hashes by chance."""
    file = tmp_path / "all.jsonl"
    file.write_bytes(b"\n".join(interleaved()))
    command = [
        sys.executable,
        "-c",
        "from listener.cli import main; main()",
        "replay",
        str(file),
        "--until",
        "2027-01-01T00:00:00Z",
    ]
    runs = [
        subprocess.run(
            command, env={"LISTENER_BRAND": "acme", "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0]
    assert runs[0] == runs[1]
