"""`rules test` says of the rules named how each story ends, and whose alert would tell of the act on the bus."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.cli import listener


def tried(folder: Path, *words: str, code: int = 0) -> str:
    done = CliRunner().invoke(listener, ["rules", "test", *words, "--catalogue", str(folder)])
    assert done.exit_code == code, done.output
    return done.output


def begun(folder: Path, name: str, act: str) -> Path:
    CliRunner().invoke(listener, ["rules", "new", name, "--code", act, "--into", str(folder)])
    return folder / "rules" / f"{name}.yaml"


@pytest.mark.parametrize(
    ("name", "act", "other"), [("late-parcel", "F12", "failure"), ("kept-word", "F18", "broken-promise")]
)
def test_where_the_built_in_rule_tells_of_the_act_the_author_is_told(
    name: str, act: str, other: str, tmp_path: Path
) -> None:
    begun(tmp_path, name, act)
    told = tried(tmp_path, name)
    assert f"(fires, level 3; {act} told by {other})" in told
    assert f"to have {name} tell of it, put {other} aside" in told
    assert f"{name} is in shadow" in told


def test_with_the_built_in_rule_put_aside_ones_own_tells(tmp_path: Path) -> None:
    begun(tmp_path, "late-parcel", "F12")
    (tmp_path / "rules" / "failure.yaml").write_text("status: shadow\n")
    assert "told by" not in tried(tmp_path, "late-parcel")
    told = [json.loads(line) for line in tried(tmp_path, "late-parcel", "--json").splitlines() if line[0] == "{"]
    assert [(one["told_by"], one["held_back"]) for one in told] == [("late-parcel", None), (None, None), (None, None)]


def test_the_surer_rule_speaks(tmp_path: Path) -> None:
    rule = begun(tmp_path, "late-parcel", "F12")
    rule.write_text(rule.read_text().replace("p: 0.9", "p: 1.0"))
    (tmp_path / "rules" / "failure.yaml").write_text(
        "notices: [{when: service_incident, where: {incident: [late]}, p: 0.8}]\nexamples: []\n"
    )
    assert "told by" not in tried(tmp_path, "late-parcel")


def test_a_story_that_cannot_be_played_is_named_with_its_line(tmp_path: Path) -> None:
    rule = begun(tmp_path, "late-parcel", "F12")
    rule.write_text(rule.read_text().replace("act: service_incident", "acts: service_incident", 1))
    told = tried(tmp_path, "late-parcel", code=1)
    line = next(n for n, text in enumerate(rule.read_text().splitlines(), 1) if "acts: " in text)
    assert (
        f"rules/late-parcel.yaml, line {line}: 'it fires': a line of `given` has no 'acts'; did you mean act?" in told
    )


def test_a_name_misspelt_is_answered_with_the_one_that_was_meant(tmp_path: Path) -> None:
    begun(tmp_path, "late-parcel", "F12")
    told = tried(tmp_path, "late-parcle", code=2)
    assert "no rule is called late-parcle; did you mean late-parcel?" in told
