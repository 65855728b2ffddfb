"""What people read about the rules is true: the how-to, lint, explain, diff."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.catalogue import load
from listener.cli import listener
from listener.rules.checking import lint
from listener.rules.situations import SITUATIONS, understand

HOWTO = Path(__file__).parents[2] / "docs" / "rules-howto.md"


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(listener, list(words))
    assert result.exit_code == code, result.output
    return result.output


def test_there_is_nothing_to_mend() -> None:
    assert lint(load()) == []


def test_the_how_to_names_every_situation() -> None:
    told = HOWTO.read_text()
    assert [name for name in SITUATIONS if f"| `{name}` |" not in told] == []


def test_every_situation_says_what_it_means() -> None:
    assert all(claim.__doc__ for claim in SITUATIONS.values())


def test_a_first_draft_works_as_it_is(tmp_path: Path) -> None:
    """A stranger's five minutes begin with something that holds."""
    run("rules", "new", "late-parcel", "--code", "F12", "--into", str(tmp_path))
    assert "3 stories hold" in run("rules", "test", "late-parcel", "--catalogue", str(tmp_path))
    assert "nothing to mend" in run("rules", "lint", "--catalogue", str(tmp_path))


def test_an_overlay_changes_only_the_keys_it_names(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "demotion.yaml").write_text("status: off\n")
    told = [json.loads(line) for line in run("rules", "list", "--json", "--catalogue", str(tmp_path)).splitlines()]
    (demotion,) = [one for one in told if one["id"] == "demotion"]
    assert (demotion["status"], demotion["code"]) == ("off", "F20")


def test_a_broken_rule_is_named_and_not_a_stack_trace(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "demotion.yaml").write_text("colour: red\n")
    result = CliRunner().invoke(listener, ["rules", "list", "--catalogue", str(tmp_path)])
    assert result.exit_code == 2
    assert "demotion.yaml" in result.output


@pytest.mark.parametrize("rule", ["tone-deaf-campaign", "ignored-suggestion", "partner-treated-as-buyer"])
def test_a_rule_explains_itself(rule: str) -> None:
    assert "why" not in run("rules", "explain", rule).splitlines()[0]
    assert "grave breach:" in run("rules", "explain", "tone-deaf-campaign")


@pytest.mark.parametrize("words", ["tenure over 3 years", "contacts over many", "wants mostly friends"])
def test_a_situation_that_cannot_run_is_linted(words: str) -> None:
    """What lint passes must not fall over when it is tried."""
    with pytest.raises(ValueError, match=words.split()[0]):
        understand(words)
