"""The README does what it says."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import readme_sample

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if ".venv/bin/listener " in line]


def test_its_two_commands_are_targets_of_the_makefile():
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    named = re.findall(r"^make ([a-z-]+)", "\n".join(BLOCKS), flags=re.MULTILINE)
    assert {"run", "test"} <= set(named) <= set(targets)


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_what_it_points_to_is_there(link):
    assert (ROOT / link).exists()


def test_its_own_chat_line_is_a_record_as_the_contract_has_it():
    from listener.model.inputs import ChatTurn

    line = next(line for block in BLOCKS for line in block.splitlines() if line.startswith("echo "))
    record = json.loads(shlex.split(line)[1])
    assert record["topic"] == "contact.chat.v1"
    assert ChatTurn.model_validate(record["value"]).text


def test_its_own_chat_line_is_said_when_the_demo_is_through_and_the_time_passes_that_an_answer_may_take():
    from listener.demo.playing import own_words
    from listener.demo.sample import OWN, Sample

    told = own_words(Sample.of(OWN.read_bytes().splitlines()).until)
    line = next(line for block in BLOCKS for line in block.splitlines() if line.startswith("echo "))
    moments = re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", line)
    assert moments == re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", told)
    assert moments[0] < moments[1]


def test_its_example_without_a_broker_tells_of_broken_rules():
    command = next(line for line in COMMANDS if " replay " in line)
    words = shlex.split(command)
    given = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    arguments = words[words.index(".venv/bin/listener") + 1 :]
    said = subprocess.run(
        [sys.executable, "-m", "listener", *arguments],
        cwd=ROOT,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=True,
    )
    raised = [line for line in said.stdout.splitlines() if '"status":"raised"' in line]
    assert len(raised) > 10


def test_its_sample_of_the_demo_is_what_the_demo_tells_but_for_figures():
    """Figures move with every fit; `python -m scripts.readme_sample` writes all of it again."""
    (stretch, glance), (told, told_of_all) = (parts(text) for text in (readme_sample.shown(), readme_sample.sample()))
    assert stretch == told
    assert sorted(map(wish, glance)) == sorted(map(wish, told_of_all))


def parts(text: str) -> tuple[str, list[str]]:
    """The stretch of the story without its figures, and the lines of everybody at a glance."""
    stretch, _, glance = text.partition(readme_sample.BETWEEN)
    words = re.sub(r"[\d.,]+ (?=%|EUR)|\([\d.]+\)", "", stretch)
    return re.sub(r"\s+│|─+", "", words), glance.strip().splitlines()


def wish(line: str) -> str:
    """Who it is, and what they want."""
    return re.split(r"\s+\d+ %", line)[0]
