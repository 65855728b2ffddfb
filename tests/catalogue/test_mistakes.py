"""A file that cannot be used says the key, what was likely meant, and the line; each thing once."""

from pathlib import Path

import pytest

from listener.catalogue import CatalogueError, load
from listener.catalogue.mistakes import line_of
from listener.catalogue.near import hint

RULE = """\
id: late
code: F12
title: The parcel came late again
why: It matters to them a lot
{more}
"""


def refused(folder: Path, more: str) -> str:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "late.yaml").write_text(RULE.format(more=more))
    with pytest.raises(CatalogueError) as trouble:
        _ = load(folder).rules
    return str(trouble.value)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("owe: {}", "rules/late.yaml: owe: no such key; did you mean owes? (line 5)"),
        ("statsu: on", "statsu: no such key; did you mean status? (line 5)"),
        ("notices:\n- when: customer\n  onec: talk", "notices.0.onec: no such key; did you mean once? (line 7)"),
        ("notices:\n- when: customer\n  iff: [x]", "notices.0.iff: no such key; did you mean if? (line 7)"),
        ("notices:\n- when: customer\n  once: tlak", "notices.0.once: cannot be 'tlak'; did you mean talk? (line 7)"),
        ("notices:\n- once: talk", "notices.0.when: is missing (line 6)"),
        ("p: 0.9", "p: no such key here; it is one of notices or owes, where it stands further in (line 5)"),
        (
            "notices:\n- when: customer\n  title: x",
            "it is one of the whole, where it stands at the beginning of a line",
        ),
        ("notices:\n  when: customer", "notices: cannot be keys with values: a list is wanted, in brackets"),
        ("mended_by: B08", "mended_by: cannot be 'B08': a list is wanted, in brackets: [one, two]"),
        ("notices:\n- when: customer\n  says: [exit]", "notices.0.says: cannot be a list: names with values"),
        ("notices:\n- when: customer\n  where:", "notices.0.where: is empty; what belongs to it stands behind it"),
        ("notices:\n- when: customer\n  p: high", "notices.0.p: cannot be 'high': a number is wanted (line 7)"),
        ("notices:\n- when: customer\n  p: 90", "notices.0.p: cannot be 90: it may be 1 at most (line 7)"),
        ("version: one", "version: cannot be 'one': a whole number is wanted (line 5)"),
        ("severity: loud", "severity: cannot be 'loud'; there are high, info, low, matrix, medium (line 5)"),
    ],
)
def test_a_mistake_is_told_with_its_key_its_line_and_what_was_meant(more: str, says: str, tmp_path: Path) -> None:
    assert says in refused(tmp_path, more)


def test_the_same_mistake_in_many_stories_is_told_once_and_short(tmp_path: Path) -> None:
    story = "- {name: a%d, type: frend, given: []}"
    told = refused(tmp_path, "examples:\n" + "\n".join(story % n for n in range(5)))
    assert told.count("frend") == 1
    assert "examples.0.type and 4 more: no type has the id 'frend'; did you mean best_friends?" in told
    assert "(lines 6, 7, 8, 9, 10)" in told
    assert len(told.removeprefix(str(tmp_path))) < 200


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("{F99: 2}", "severity: F99 is no act of the firm's, F01 to F35 (line 1)"),
        ("{F26: 7}", "severity: F26: it is 0, 1, 2, 3 or +, and never 7 (line 1)"),
    ],
)
def test_a_gravity_that_is_none_is_told_by_its_code(told: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "fling.yaml").write_text(f"severity: {told}\n")
    with pytest.raises(CatalogueError) as trouble:
        _ = load(tmp_path).types
    assert f"{tmp_path}/types/fling.yaml: {says}" in str(trouble.value)


def test_the_line_is_of_the_file_that_has_the_key(tmp_path: Path) -> None:
    """Of a built-in rule that a folder changes, what is not in the folder's file is in the built-in one."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "failure.yaml").write_text("# ours\nstatus: shadow\n")
    shelf = load(tmp_path).shelf
    assert shelf.line("rules/failure.yaml", ("status",)) == 2
    built_in = shelf.built_in["rules/failure.yaml"].decode().splitlines()
    assert built_in[(shelf.line("rules/failure.yaml", ("notices",)) or 0) - 1].startswith("notices:")


def test_what_is_not_there_has_the_line_of_what_it_should_stand_in() -> None:
    text = b"id: x\nnotices:\n- when: customer\n- {when: agent, says: {\n    a: 1}}\n"
    assert line_of(text, ("notices", 1, "says", "a")) == 5
    assert line_of(text, ("notices", 1, "once")) == 4
    assert line_of(text, ("owes", "when")) is None
    assert line_of(b"a: [", ("a",)) is None


def test_of_what_is_like_nothing_all_is_said_if_it_is_little_and_where_to_look_if_it_is_much() -> None:
    few, many = ["one", "two"], [f"a{n}" for n in range(30)]
    assert hint("xyz", few) == "; there are one, two"
    assert hint("xyz", many, "`listener cues list`") == "; `listener cues list` lists them"
    assert hint("xyz", many) == ""
