"""What people read about the rules is true: the how-to, lint, explain, diff."""

import json
import re
from copy import copy
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from listener.catalogue import load
from listener.catalogue.rules import Example, Mismatch, Notice, Owes, Rule, RuleBook
from listener.cli import listener
from listener.commands.rules.drafting import first_draft, ways
from listener.rules.checking.linting import lint
from listener.rules.rehearsing import rehearse, speaks
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
    assert "grave breach (level 3):" in run("rules", "explain", "tone-deaf-campaign")


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


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("{incident: laet}", "incident is never 'laet': it is one of "),
        ("{incident: [late, lots]}", "incident is never 'lots'"),
        ("{severity: grave}", "severity is never 'grave': it is a number"),
        ("{severity: {over: 1}}", "takes a number above, below or both"),
        ("{avoidable: 'yes'}", "avoidable is never 'yes': it is yes or no"),
        ("{incident: {above: 1}}", "above and below are for numbers"),
    ],
)
def test_a_detail_that_is_never_so_is_linted(where: str, says: str, tmp_path: Path) -> None:
    """A word misspelt is never told, so the rule would wait for ever."""
    (tmp_path / "rules").mkdir()
    way = f"{{when: service_incident, where: {where}, tells: 'A failure.'}}"
    (tmp_path / "rules" / "failure.yaml").write_text(f"notices: [{way}]\n")
    assert says in run("rules", "lint", "--catalogue", str(tmp_path), code=1)


def test_the_how_to_has_the_types_as_the_command_prints_them() -> None:
    assert run("rules", "types").strip() in HOWTO.read_text()


def test_the_how_to_has_how_grave_each_act_is_as_the_command_prints_it() -> None:
    assert run("rules", "gravity").strip() in HOWTO.read_text()


def test_the_table_of_gravity_is_that_of_the_catalogue_in_force(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "fling.yaml").write_text("severity: {F01: 3, F02: 0, F03: +}\n")
    (fling,) = [line for line in run("rules", "gravity", "--catalogue", str(tmp_path)).splitlines() if "fling" in line]
    assert [cell.strip() for cell in fling.split("|")][2:5] == ["3", "·", "+"]


def test_the_how_tos_rule_of_one_thing_after_another_works_as_it_stands(tmp_path: Path) -> None:
    (told,) = re.findall(r"<!-- trouble-twice:start -->\n```yaml\n(.+?)```", HOWTO.read_text(), re.DOTALL)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "trouble-twice.yaml").write_text(told)
    assert "3 stories hold" in run("rules", "test", "trouble-twice", "--catalogue", str(tmp_path))
    assert "nothing to mend" in run("rules", "lint", "--catalogue", str(tmp_path))


def test_the_how_to_lists_every_detail_and_every_word_it_may_hold() -> None:
    told: dict[str, dict[str, frozenset[str]]] = {}
    for line in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| (`.+) \|$", HOWTO.read_text(), re.MULTILINE):
        kinds, details = re.findall(r"`(\w+)`", line[0]), re.findall(r"`(\w+)`\*?(?: \(([^)]*)\))?", line[1])
        told |= {
            kind: {name: frozenset(re.findall(r"[a-z_]+(?=, |$)", words)) for name, words in details} for kind in kinds
        }
    for kind, known in CATALOGUE.kinds.items():
        assert set(told[kind]) == {name for name in known if name != "about_event_id"}, kind
        for name, words in known.items():
            assert not isinstance(words, frozenset) or name == "channel" or told[kind][name] == words, (kind, name)


def test_the_how_to_names_every_key_of_a_rule() -> None:
    """What can be written and is told nowhere is written by nobody."""
    words = HOWTO.read_text()
    keys = {key for part in (Rule, Notice, Owes, Mismatch, Example) for key in part.model_json_schema()["properties"]}
    assert [key for key in sorted(keys) if f"{key}:" not in words and f"`{key}`" not in words] == []


@pytest.mark.parametrize("words", ["tenure over 3 years", "contacts over many", "wants mostly friends"])
def test_a_situation_that_cannot_run_is_linted(words: str) -> None:
    """What lint passes must not fall over when it is tried."""
    with pytest.raises(ValueError, match=words.split()[0]):
        understand(words)


@pytest.mark.parametrize("way", [None, *ways(CATALOGUE)])
def test_a_first_draft_of_any_kind_is_sound(way: str | None) -> None:
    """Whatever the code, as the built-in rule has it; and whatever way of noticing it is asked for."""
    acts = CATALOGUE.acts.by_code
    for act in acts.values() if way is None else (acts["F12"], acts["B08"], acts["M01"]):
        rule = Rule.model_validate(yaml.safe_load(first_draft("draft-one", act, CATALOGUE, way)))
        book = copy(CATALOGUE)
        book.__dict__["rules"] = RuleBook({rule.id: rule, **CATALOGUE.rules.by_id})
        assert [issue for issue in lint(book) if issue.where == rule.id] == []
        for example in rule.examples:
            fires, _ = speaks(rule, rehearse(example, book))
            assert fires is (rule.code in example.expect), (act.code, example.name)


@pytest.mark.parametrize(
    ("code", "way", "begins"),
    [
        ("F06", None, "when: price_changed"),
        ("F12", None, "when: service_incident"),
        ("F04", None, "when: agent"),
        ("F02", None, "owes:\n  when: customer"),
        ("F18", None, "within: promise"),
        ("M01", None, "wants: [business_partners, teammates]"),
        ("F12", "customer", "when: customer"),
        ("F23", "owed", "owes:"),
    ],
)
def test_a_first_draft_is_of_the_kind_that_is_asked_for(code: str, way: str | None, begins: str) -> None:
    assert begins in first_draft("draft-one", CATALOGUE.acts.by_code[code], CATALOGUE, way)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("rules", "new", "Late/parcel", "--code", "F12"), "small letters and dashes"),
        (("rules", "new", "demotion", "--code", "F20"), "demotion is built in"),
        (("rules", "new", "late-parcel", "--code", "F99"), "F99 is no act of the taxonomy"),
        (("rules", "new", "late-parcel", "--code", "F12", "--when", "parcel_late"), "is no way to notice an act"),
        (("rules", "explain", "late-parcle"), "no rule, no code of one and no file"),
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
    chat = {"event_id": "1", "occurred_at": "2026-03-02T09:00:00Z", "customer": {"customer_id": "C"}, "text": "Hello."}
    (tmp_path / "story.jsonl").write_text(json.dumps({"topic": "contact.chat.v1", "value": chat}))
    assert "no alert differs" in run("rules", "diff", "-", "-", str(tmp_path / "story.jsonl"), "--until", "2026-03-20")
