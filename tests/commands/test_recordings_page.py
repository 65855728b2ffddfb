"""docs/recordings.md shows a recording that works as it stands, and says what a broken one is told."""

import re
from pathlib import Path

from click.testing import CliRunner

from listener.cli import listener
from listener.envelopes.recording import read
from listener.hearing.decoding import MODELS, decode
from listener.model.topics import INPUTS

PAGE = Path("docs/recordings.md").read_text()
EXAMPLE = re.search(r"<<'END'\n(.*?)END\n", PAGE, re.DOTALL)[1]  # type: ignore[index]  # the page has one


def test_the_smallest_recording_is_read_whole() -> None:
    records = [one.as_record() for one in read(EXAMPLE.splitlines())]
    assert [decode(record).unknown_fields for record in records] == [0, 0, 0]


def test_what_is_told_of_a_line_that_cannot_be_read_is_as_the_page_has_it(tmp_path: Path) -> None:
    *before, chat = EXAMPLE.splitlines()
    broken = re.sub(r'"customer": \{[^}]*\}, ', "", chat)
    (tmp_path / "story.jsonl").write_text("\n".join([*before, broken]))
    done = CliRunner().invoke(listener, ["hear", str(tmp_path / "story.jsonl")])
    shown = re.search(r"listener: (story.jsonl: .*?)```", PAGE, re.DOTALL)
    assert shown is not None
    assert done.stderr.replace(f"{tmp_path}/", "") == shown[1]


def test_every_field_that_the_page_names_is_one_of_its_topic() -> None:
    topics = {name: key for key, name in INPUTS.items()}
    for line in re.findall(r"^\| (`(?:contact|brand|crm)\..*)$", PAGE, re.MULTILINE):
        names, told = line.split(" | ")[:2]
        for topic in re.findall(r"`([a-z.0-9]+)`", names):
            fields = set(MODELS[topics[topic]].model_fields)
            named = set(re.findall(r"`([a-z_]+)`", told))
            assert named <= fields, topic
