"""docs/privacy.md and SECURITY.md say what is so."""

import re
from pathlib import Path

import pytest

from listener.bus.rights import processes
from listener.cli import COMMANDS
from listener.settings import KafkaSecurity, Settings
from listener.topics import read
from scripts.privacy_table import PAGE, table

ROOT = Path(__file__).parents[1]
SECURITY = ROOT / "SECURITY.md"


def test_the_table_of_what_is_kept_is_that_of_the_topics():
    """`python -m scripts.privacy_table` writes it."""
    assert table() in PAGE.read_text()


def test_the_longest_time_is_the_longest_of_the_topics():
    longest = max(file.retention.days for file in read() if file.cleanup == "delete")
    assert f"the longest is {longest} days" in PAGE.read_text()


def test_raw_words_are_said_to_stand_where_they_stand():
    """Only inputs and their dead letters have a schema with words in it; signals have none."""
    words = (ROOT / "schemas" / "relational.signals.v1.json").read_text()
    assert '"verbatim"' not in words or "survey" in words
    assert '"rfc822"' not in words


@pytest.mark.parametrize("page", [PAGE, SECURITY], ids=["privacy", "security"])
def test_commands_settings_and_files_that_are_named_exist(page: Path):
    text = page.read_text()
    known = {f"LISTENER_{name.upper()}" for name in Settings.model_fields}
    known |= {f"LISTENER_KAFKA__{name.upper()}" for name in KafkaSecurity.model_fields}
    named = set(re.findall(r"LISTENER_[A-Z_]+[A-Z]", text))
    assert {name for name in named if name not in known and not name.endswith("KAFKA__")} == set()
    assert {word for word in re.findall(r"`listener ([a-z]+)", text) if word not in COMMANDS} == set()
    paths = re.findall(r"`((?:listener|tests|deploy|topics|scripts|docs|requirements)/[\w./-]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_process_with_rights_of_its_own_is_told_of():
    text = SECURITY.read_text()
    assert [name for name in processes() if f"`{name}`" not in text] == []
