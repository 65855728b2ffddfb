"""What a recording holds and was not heard is told on stderr; results on stdout stay as they are."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.cli import listener
from tests.patience import PATIENT_S

SAMPLE = "listener/demo/sample.jsonl"


def run(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    words = (sys.executable, "-m", "listener", *words)
    return subprocess.run(words, capture_output=True, text=True, env=environ, timeout=PATIENT_S, check=False)


READERS = pytest.mark.parametrize("command", ["replay", "hear", "hear --explain", "rules explain", "rules diff - -"])


def turn(**over: object) -> dict:
    value = {"event_id": "1", "occurred_at": "2026-03-02T09:00:00Z", "customer": {"customer_id": "C"}, "text": "Hello."}
    return {"topic": "contact.chat.v1", "value": {k: v for k, v in (value | over).items() if v is not None}}


def written(folder: Path, *lines: object) -> str:
    file = folder / "told.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return str(file)


@READERS
def test_another_brands_recording_is_said_to_be_one_and_how_to_take_it(command: str):
    done = run(*command.split(), SAMPLE, LISTENER_BRAND="somebody-else")
    assert (done.returncode, done.stdout) == (2, "")
    assert "106 records, 0 heard, 106 of another brand" in done.stderr
    assert "106 of fernway; ours is somebody-else: LISTENER_BRAND=fernway would take theirs" in done.stderr


@READERS
def test_an_empty_file_is_no_recording(command: str, tmp_path: Path):
    done = CliRunner().invoke(listener, [*command.split(), written(tmp_path)])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "told.jsonl: no record in it; a recording is a line of JSON a record, like {" in done.stderr


def test_what_cannot_be_used_is_told_by_its_line_and_field(tmp_path: Path):
    file = written(tmp_path, turn(), "", turn(customer=None), turn(occurred_at="yesterday"), turn(brand="acme"))
    done = run("hear", file)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "4 records, 1 heard, 1 of another brand, 2 could not be used" in done.stderr
    assert "  1 of acme; ours is default: LISTENER_BRAND=acme would take theirs" in done.stderr
    assert "  line 3, contact.chat.v1: customer: Field required (schema: " in done.stderr
    assert "  line 4, contact.chat.v1: occurred_at: " in done.stderr


def test_of_many_that_cannot_be_used_the_first_are_told_and_the_rest_counted(tmp_path: Path):
    done = run("hear", written(tmp_path, *[turn(text=None)] * 9))
    assert done.returncode == 2
    assert "9 records, 0 heard, 9 could not be used" in done.stderr
    assert done.stderr.count("text: Field required") == 5
    assert "  and 4 more" in done.stderr


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 2: not JSON ("),
        ("[1]", 'line 2: a JSON list, not {"topic"'),
        ('{"value": {}}', "line 2: topic missing; a record is {"),
        ('{"topic": "contact.chat.v1"}', "line 2: value missing; a record is {"),
        ('{"topic": "contact.chat", "value": {}}', "'contact.chat' is no input topic; did you mean contact.chat.v1?"),
        ('{"topic": "relational.acts.v1", "value": {}}', "relational.acts.v1 is what the listener says, and not what"),
        ('{"topic": "contact.chat.v1", "value": {}, "headers": [1]}', "line 2: headers: a JSON list, not an object"),
    ],
)
def test_a_line_that_is_no_record_is_told_by_its_number_and_field(line: str, says: str, tmp_path: Path):
    done = CliRunner().invoke(listener, ["hear", written(tmp_path, turn(), line)])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr


def test_no_act_is_judged_by_no_estimates(tmp_path: Path):
    act, none = tmp_path / "act.json", tmp_path / "none.jsonl"
    act.write_text('{"event_id": "1", "occurred_at": "2026-03-02T09:00:00Z", "kind": "price_change", "details": {}}')
    none.write_text("")
    done = run("precheck", str(act), "--estimates", str(none))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
