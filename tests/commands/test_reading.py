"""What a recording holds and was not heard is told on stderr; results on stdout stay as they are."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.cli import listener
from listener.commands.reading import json_lines
from listener.commands.shared import Trouble
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


def told_by(*words: str, **environ: str) -> tuple[int, str]:
    done = CliRunner(env=environ).invoke(listener, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize("command", ["show", "history"])
def test_until_without_a_recording_is_refused(command: str):
    """Whoever asks for March would be shown today."""
    code, said = told_by("customer", command, "C-1", "--until", "2026-03-01")
    assert (code, "--until goes with --recording" in said) == (2, True)


def test_a_record_nested_deeper_than_can_be_written_is_named_by_its_line(tmp_path: Path):
    deep = '{"topic": "contact.chat.v1", "value": ' + '{"a": ' * 300 + "1" + "}" * 301
    code, said = told_by("hear", written(tmp_path, turn(), deep))
    assert (code, "line 2: nested too deep" in said) == (2, True)


def test_a_file_in_another_charset_is_told_in_one_line(tmp_path: Path):
    file = tmp_path / "latin.jsonl"
    file.write_bytes('{"a": "größe"}\n'.encode("latin-1"))
    with pytest.raises(Trouble, match="line 1: not JSON"):
        list(json_lines(file))


def test_what_cannot_be_written_to_or_is_not_there_is_told_in_one_line(tmp_path: Path):
    plot = str(tmp_path / "nowhere" / "x.svg")
    code, said = told_by("customer", "history", "C", "--recording", written(tmp_path, turn()), "--svg", plot)
    assert (code, f"{plot}: No such file" in said) == (2, True)
    code, said = told_by("schemas", "check", "--folder", str(tmp_path / "nowhere"))
    assert (code, "does not exist" in said) == (2, True)
    code, said = told_by("rules", "lint", "--catalogue", str(tmp_path))
    assert (code, "no catalogue in it" in said) == (2, True)


@pytest.mark.parametrize(("brand", "title"), [("acme", "C, acme"), ("default", "C")])
def test_a_plot_names_the_brand_where_one_was_told(brand: str, title: str, tmp_path: Path):
    plot = tmp_path / "tie.svg"
    words = ("customer", "history", "C", "--recording", written(tmp_path, turn()), "--svg", str(plot))
    assert told_by(*words, LISTENER_BRAND=brand)[0] == 0
    assert f'aria-label="{title}"' in plot.read_text()


def test_a_data_folder_that_cannot_be_made_ends_a_command_in_one_line(tmp_path: Path):
    (tmp_path / "file").touch()
    code, said = told_by("broker", "up", LISTENER_DATA_DIR=str(tmp_path / "file" / "data"))
    assert (code, "Not a directory" in said) == (2, True)
