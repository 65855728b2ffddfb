"""What people read about the rules is true: the how-to, lint, explain, diff."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.catalogue import load
from listener.catalogue.rules import KINDS
from listener.cli import listener
from listener.commands.telling_rules import first_draft
from listener.model.details import DETAILS
from listener.rules.checking import lint
from listener.rules.situations import SITUATIONS, understand

CATALOGUE = load()
HOWTO = Path(__file__).parents[2] / "docs" / "rules-howto.md"


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(listener, list(words))
    assert result.exit_code == code, result.output
    return result.output


def test_there_is_nothing_to_mend() -> None:
    assert lint(load()) == []


def test_the_how_to_has_the_situations_as_the_command_prints_them() -> None:
    assert run("rules", "situations").strip() in HOWTO.read_text()


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


@pytest.mark.parametrize(
    "way",
    [
        "{when: service_incident, where: {severty: 3}, tells: 'A failure.'}",
        "{when: service_incident, tells: 'A failure of {product}.'}",
        "{when: customer, says: {failure: 0.9}, tells: 'A failure: {incident}.'}",
    ],
)
def test_a_detail_that_no_such_act_has_is_linted(way: str, tmp_path: Path) -> None:
    """A detail misspelt is never told, so the rule would wait for ever."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "failure.yaml").write_text(f"notices: [{way}]\n")
    told = run("rules", "lint", "--catalogue", str(tmp_path), code=1)
    assert "has no detail" in told


def test_every_kind_of_act_has_its_details() -> None:
    assert set(DETAILS) == KINDS


def test_a_survey_without_words_is_explained_too_and_deadlines_fall_due(tmp_path: Path) -> None:
    lines = [
        {"topic": "contact.survey.v1", "key": None, "headers": {}, "value": {
            "event_id": "s1", "occurred_at": "2026-03-02T09:00:00Z", "customer": {"customer_id": "C-1"},
            "instrument": "visit", "nps": 3}},
        {"topic": "contact.email.v1", "key": None, "headers": {}, "value": {
            "event_id": "m1", "occurred_at": "2026-03-03T09:00:00Z", "customer": {"customer_id": "C-1"},
            "author": "customer", "message_id": "<a@b>", "conversation_id": "t",
            "text": "My washing machine is broken and floods the kitchen. When will you send somebody?"}},
    ]  # fmt: skip
    file = tmp_path / "story.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    told = run("rules", "explain", str(file), "--customer", "C-1")
    assert "s1: (survey)" in told
    assert "=>" not in told
    assert "=> raised" in run("rules", "explain", str(file), "--customer", "C-1", "--until", "2026-03-06T00:00:00Z")


@pytest.mark.parametrize("words", ["tenure over 3 years", "contacts over many", "wants mostly friends"])
def test_a_situation_that_cannot_run_is_linted(words: str) -> None:
    """What lint passes must not fall over when it is tried."""
    with pytest.raises(ValueError, match=words.split()[0]):
        understand(words)


def test_a_first_draft_for_any_act_is_sound(tmp_path: Path) -> None:
    """Whatever the code, what a stranger begins with passes lint and its stories hold."""
    (tmp_path / "rules").mkdir()
    for code, act in CATALOGUE.acts.by_code.items():
        name = f"draft-{code.lower()}"
        (tmp_path / "rules" / f"{name}.yaml").write_text(first_draft(name, act, CATALOGUE))
    assert "nothing to mend" in run("rules", "lint", "--catalogue", str(tmp_path))
    drafts = [f"draft-{code.lower()}" for code in CATALOGUE.acts.by_code]
    assert "stories hold" in run("rules", "test", *drafts, "--catalogue", str(tmp_path))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rules", "new", "Late/parcel", "--code", "F12"), "small letters and dashes"),
        (("rules", "new", "demotion", "--code", "F20"), "demotion is built in"),
        (("rules", "new", "late-parcel", "--code", "F99"), "F99 is no act of the taxonomy"),
        (("rules", "test", "late-parcle"), "no rule is called late-parcle"),
        (("cues", "new", "Gift-Request"), "small letters and underscores"),
    ],
    ids=" ".join,
)
def test_what_a_stranger_gets_wrong_is_said_in_a_line(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    words += ("--into", str(tmp_path)) if "new" in words else ()
    result = CliRunner().invoke(listener, list(words))
    assert result.exit_code == 2
    assert told in result.output
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_not_begun_again(tmp_path: Path) -> None:
    for section, words in (("rules", ("late-parcel", "--code", "F12")), ("cues", ("gift_request",))):
        run(section, "new", *words, "--into", str(tmp_path))
        (file,) = (tmp_path / section).glob("*.yaml")
        file.write_text("mine")
        result = CliRunner().invoke(listener, [section, "new", *words, "--into", str(tmp_path)])
        assert (result.exit_code, file.read_text()) == (2, "mine")


def test_a_diff_takes_a_day_for_a_time(tmp_path: Path) -> None:
    (tmp_path / "story.jsonl").write_text("")
    assert "no alert differs" in run("rules", "diff", "-", "-", str(tmp_path / "story.jsonl"), "--until", "2026-03-20")
