import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from listener.cli import COMMANDS, listener
from listener.model.inputs import ChatTurn
from tests.pasting import pasted
from tests.patience import PATIENT_S

NOWHERE = {"LISTENER_BOOTSTRAP_SERVERS": "127.0.0.1:1"}
LINE = {
    "topic": "contact.chat.v1",
    "value": {"event_id": "1", "occurred_at": "2026-03-02T09:00:00Z", "customer": {"customer_id": "C"}, "text": "Hi"},
}


def run(*words: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """The command as a shell would run it."""
    words = (sys.executable, "-m", "listener", *words)
    return subprocess.run(
        words, capture_output=True, text=True, input=stdin, env=environ, timeout=PATIENT_S, check=False
    )


def every_command(group: click.Group = listener, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += every_command(command, (*path, name))
    return found


@pytest.mark.parametrize("path", every_command(), ids=" ".join)
def test_help_teaches_with_an_example(path: tuple[str, ...]):
    told = CliRunner().invoke(listener, [*path, "--help"])
    assert told.exit_code == 0
    assert "Example" in told.output
    assert f"listener {path[0]}" in told.output or "listener " in told.output.partition("Example")[2]


@pytest.mark.parametrize("path", [(), *every_command()], ids=" ".join)
def test_help_fits_a_terminal_of_eighty_columns_and_breaks_off_no_sentence(path: tuple[str, ...]):
    told = CliRunner().invoke(listener, [*path, "--help"], terminal_width=80).output
    assert [line for line in told.splitlines()[1:] if len(line) > 80 or line.endswith("...")] == []


@pytest.mark.parametrize("path", every_command(), ids=" ".join)
def test_every_option_says_what_it_is_for(path: tuple[str, ...]):
    command: click.Command | None = listener
    for name in path:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), name)
    assert command is not None
    assert [one.opts for one in command.params if isinstance(one, click.Option) and not one.help] == []


@pytest.mark.parametrize("path", every_command(), ids=" ".join)
def test_its_examples_use_commands_and_options_that_exist(path: tuple[str, ...]):
    told = CliRunner().invoke(listener, [*path, "--help"]).output.partition("Example")[2].partition("\nOptions")[0]
    for example in re.findall(r"(?<![/\w])listener ([^|\n;&)]+)", told):
        command: click.Command = listener
        words = shlex.split(example.replace("'", ""))
        while words and isinstance(command, click.Group):
            command = command.get_command(click.Context(command), words.pop(0)) or pytest.fail(example)
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-") and word != "-"} <= options, example


def test_the_chat_line_in_the_help_of_send_can_be_copied():
    record = pasted(CliRunner().invoke(listener, ["send", "--help"], terminal_width=80).output)[0]
    assert ChatTurn.model_validate(record["value"]).text == "Asked three times now."


def test_every_command_is_named_in_the_help_of_all():
    told = CliRunner().invoke(listener, ["--help"]).output
    assert [name for name in COMMANDS if f"\n  {name} " not in told] == []


def modules_after(*words: str) -> set[str]:
    """What a command has imported by its end."""
    script = (
        "import sys, json\nfrom listener.cli import main\n"
        "try: main()\nexcept SystemExit: pass\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_help_is_quick_because_it_loads_no_command():
    assert not {"faust", "aiokafka", "rich", "numpy", "pydantic"} & modules_after("--help")


@pytest.mark.parametrize("command", [["hear"], ["replay", "--until", "2026-03-03"]], ids=["hear", "replay"])
def test_a_recording_is_played_without_faust_and_without_a_client_of_the_bus(command: list[str], tmp_path: Path):
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(LINE) + "\n")
    assert not {"faust", "aiokafka"} & modules_after(*command, str(file))


def test_an_unknown_setting_is_one_line_and_exit_2():
    done = run("settings", LISTENER_BRNAD="acme")
    assert (done.returncode, done.stderr) == (
        2,
        "listener: LISTENER_BRNAD: no such setting; did you mean LISTENER_BRAND?\n",
    )


@pytest.mark.parametrize(("told", "why"), [("", "it is empty"), (" \n", "it is empty"), (None, "No such file")])
@pytest.mark.parametrize("stage", ["ingest", "relate", "gather"])
def test_a_stage_whose_door_has_no_key_does_not_start(tmp_path: Path, stage: str, told: str | None, why: str):
    """An empty token would be equal to the one that nobody sends."""
    token = tmp_path / "token"
    if told is not None:
        token.write_text(told)
    done = run(stage, LISTENER_TOKEN_FILE=str(token), LISTENER_METRICS_BIND="0.0.0.0:9464", **NOWHERE)
    assert (done.returncode, done.stderr) == (2, done.stderr.splitlines()[0] + "\n")
    assert f"token_file {token}: {why}" in done.stderr


def test_a_command_that_does_not_exist_is_exit_2():
    assert run("sing").returncode == 2


def test_a_path_that_cannot_be_written_is_one_line_and_exit_2(tmp_path: Path):
    (tmp_path / "file").touch()
    done = run("schemas", "write", "--folder", str(tmp_path / "file" / "below"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"listener: {tmp_path}/file/below: Not a directory\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without a device that is always full")
@pytest.mark.parametrize("words", ["rules list", "settings"])
def test_a_full_disk_is_one_line_and_exit_1(words: str):
    command = ["bash", "-c", f"{sys.executable} -m listener {words} > /dev/full"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": os.defpath}, check=False)
    assert (done.returncode, done.stderr) == (1, "listener: No space left on device\n")


def test_where_nobody_can_be_asked_it_says_how_to_say_yes_beforehand():
    done = run("state", "rebuild", **NOWHERE)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "listener: nobody is here to answer; --yes says it beforehand"


def test_whoever_says_no_is_not_told_how_to_say_yes():
    done = run("state", "rebuild", stdin="n\n", **NOWHERE)
    assert (done.returncode, "--yes" in done.stderr) == (130, False)


def test_schemas_in_a_folder_that_is_not_there_are_not_called_out_of_date(tmp_path: Path):
    done = CliRunner().invoke(listener, ["schemas", "check", "--folder", str(tmp_path / "none")])
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{tmp_path}/none' does not exist" in done.stderr


@pytest.mark.parametrize(
    "words",
    [("topics", "plan"), ("watch",), ("send", "-"), ("customer", "show", "C"), ("dlq", "list"), ("ingest",)],
    ids=" ".join,
)
def test_without_a_bus_it_is_one_line_and_exit_3(words: tuple[str, ...]):
    done = run(*words, stdin=json.dumps(LINE), **NOWHERE)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "listener: no Kafka answers at 127.0.0.1:1; `listener broker up` starts one here\n"


def test_nothing_is_sent_of_a_file_with_a_bad_line(tmp_path: Path):
    file = tmp_path / "two.jsonl"
    file.write_text(json.dumps(LINE) + "\n" + json.dumps({"topic": "contact.fax.v1", "value": {}}))
    done = run("send", str(file), **NOWHERE)
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert "contact.fax.v1" in done.stderr


def test_settings_can_be_read_by_a_program():
    done = run("settings", "--json", LISTENER_BRAND="acme")
    told = {one["name"]: one for one in json.loads(done.stdout)}
    assert told["brand"] == {"name": "brand", "value": "acme", "origin": "environment: LISTENER_BRAND"}


def test_a_reader_who_has_had_enough_hears_no_complaint():
    words = ["bash", "-c", f"{sys.executable} -m listener settings | head -1"]
    assert subprocess.run(words, capture_output=True, text=True, env={"PATH": os.defpath}, check=True).stderr == ""
