"""What no rule can wait for, and no story can tell, is said by name, with its line and what was likely meant."""

from pathlib import Path

import pytest

from listener.catalogue import load
from listener.catalogue.cues import Beside
from listener.commands.rules.drafting import first_draft
from listener.rules.checking.advising import advise
from listener.rules.checking.issues import Issue
from listener.rules.checking.linting import lint
from listener.rules.situations import SITUATIONS, takes, understand
from listener.signals import Ear
from tests.rules.builders import CATALOGUE, belief, case_of, said

RULE = """\
id: late
code: F12
title: The parcel came late again
notices:
- when: {when}
  {way}
why: It matters to them a lot
examples:
- {{name: fires, type: basic_exchange, given: [{line}], expect: [F12]}}
- {{name: quiet, type: fling, given: [], expect: []}}
"""
HEARD = "{at: 0 min, customer: {failure: 0.9}}"


def issues(folder: Path, way: str = "says: {failure: 0.6}", line: str = HEARD, when: str = "customer") -> list[Issue]:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "late.yaml").write_text(RULE.format(way=way, line=line, when=when))
    return [issue for issue in lint(load(folder)) if issue.where == "late"]


def test_a_rule_without_a_slip_has_nothing_to_mend(tmp_path: Path) -> None:
    assert issues(tmp_path) == []


@pytest.mark.parametrize("part", ["says", "says_any", "unless_says"])
def test_a_cue_that_nobody_hears_is_refused_with_the_one_that_was_meant(part: str, tmp_path: Path) -> None:
    (one,) = issues(tmp_path, f"{part}: {{complain: 0.6}}")
    assert one.says == "no cue is called 'complain'; did you mean complaint?"
    assert one.at == ("notices", 0, part, "complain")


def test_how_sure_a_cue_must_be_is_a_probability(tmp_path: Path) -> None:
    (one,) = issues(tmp_path, "says: {complaint: 60}")
    assert "60.0 is no probability: write a number from 0 to 1" in one.says


def test_a_cue_that_nothing_tells_yet_may_be_ruled_out_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "heard.yaml").write_text("signals:\n  yawn: {side: firm, by: nothing, means: the firm yawns}\n")
    assert issues(tmp_path, "unless_says: {yawn: 0.6}") == []
    (one,) = issues(tmp_path, "says: {yawn: 0.6}", when="agent")
    assert "nothing tells yawn yet; `listener cues new yawn` begins" in one.says


def test_the_names_that_rules_may_ask_for_are_those_that_the_ear_can_tell() -> None:
    """What is listed is heard, and what is heard is listed, but for what the list itself says nothing tells."""
    told = set(Ear(CATALOGUE)._scorer.column)
    listed = CATALOGUE.cues.heard
    unheard = {name for name, one in listed.items() if isinstance(one, Beside) and one.by == "nothing"}
    assert told == set(listed) - unheard


@pytest.mark.parametrize(
    ("situation", "says"),
    [
        ("named contact Maria", "named contact: nothing may stand behind it, and 'Maria' does"),
        ("complaint opne", "no situation is called 'complaint opne'; did you mean complaint open?"),
        ("tenure over 3 years", "tenure over: '3 years' is not a span of time"),
        ("incident before 30 d damagd", "no failure is called 'damagd'; did you mean damaged?"),
        ("incident before damaged", "incident before: 'damaged' is not a span of time"),
        ("touches some", "touches: 'some' is not a whole number"),
        ("more formal than much", "more formal than: 'much' is not a number"),
        ("wants mostly frends", "wants mostly: 'frends' is no type and no family; did you mean best_friends?"),
        ("wants mostly", "wants mostly: say which types"),
        ("done before F6", "done before: 'F6' is no code of an act"),
        ("done before F06 within 14d", "done before: 'within' is no code of an act"),
        ("done before F06 within 14 days", "done before: '14 days' is not a span of time"),
        ("done here before", "done here before: say which acts"),
        ("speaks as fling much", "speaks as: 'much' is not a number"),
        ("speaks as committed 1.5", "speaks as: 'committed' is a family: say one type"),
    ],
)
def test_an_argument_that_a_situation_has_no_use_for_is_refused(situation: str, says: str, tmp_path: Path) -> None:
    (one,) = issues(tmp_path, f"says: {{failure: 0.6}}\n  if: [has bought, {situation}]")
    assert says in one.says
    assert one.at == ("notices", 0, "if", 1)


def test_every_situation_says_what_it_takes() -> None:
    for name in SITUATIONS:
        example = takes(name).partition("`")[2].partition("`")[0]
        understand(f"{name} {example}".strip())
        assert bool(example) is (name not in BARE), name


BARE = {name for name in SITUATIONS if not takes(name)}


def test_a_family_stands_for_all_of_its_types() -> None:
    case = case_of(said("customer"))
    case.reading = belief("kinship")
    for words, holds in (("wants mostly committed", True), ("wants mostly friendly fling", False)):
        claim, argument, _ = understand(words)
        assert claim(case, argument) is holds, words


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{at: 0 min, customer: {complain: 0.9}}", "no cue is called 'complain'; did you mean complaint?"),
        ("{at: 0 min, customer: {complaint: 9}}", "complaint: 9 is no probability"),
        ("{at: 0 min, customer: complaint}", "write what is heard in it as cues"),
        ("{at: 0 min, custommer: {}}", "a line of `given` has no 'custommer'; did you mean customer?"),
        ("{at: 0 min}", "nobody speaks and nothing is done"),
        ("{at: 0 min, customer: {}, agent: {}}", "both customer and agent speak"),
        ("{at: soon, customer: {}}", "'soon' is not a span of time"),
        ("{at: 0 min, in: mail, customer: {}}", "in is never 'mail'; did you mean email?"),
        ("{at: 0 min, act: service_incidents}", "no kind of act is called 'service_incidents'; did you mean serv"),
        ("{at: 0 min, act: service_incident, details: {incidnt: late}}", "has no detail 'incidnt'; did you mean inc"),
        ("{at: 0 min, act: service_incident, details: {incident: laet}}", "incident is never 'laet'; did you mean"),
        ("{at: 0 min, act: price_changed}", "price_changed needs change_pct, a number"),
    ],
)
def test_a_line_of_a_story_that_cannot_be_played_is_refused(line: str, says: str, tmp_path: Path) -> None:
    told = issues(tmp_path, line=line)
    assert any(says in one.says and one.at[:4] == ("examples", 0, "given", 0) for one in told), told
    assert all(one.says.startswith("'fires': ") for one in told)


def advised(folder: Path, **over: str) -> list[str]:
    issues(folder, **over)
    return [one.says for one in advise(load(folder), {"late"})]


def test_who_writes_a_second_rule_of_a_code_is_told_that_one_of_them_speaks(tmp_path: Path) -> None:
    (says,) = advised(tmp_path)
    assert says.startswith("F12 is noticed by failure too: of an act that both notice one tells, the surer")
    assert "put failure aside: `status: shadow` in rules/failure.yaml of your folder" in says
    for status in ("off", "shadow"):
        (tmp_path / "rules" / "failure.yaml").write_text(f"status: {status}\n")
        assert advised(tmp_path) == []
        assert advise(load(tmp_path), {"late", "failure"}) == [], "what was put aside is not to be brought back"


def test_a_rule_that_waits_for_what_no_other_of_its_code_does_is_in_nobodys_way(tmp_path: Path) -> None:
    """Both can never notice the same act, so there is nothing to choose."""
    act = {"when": "order_cancelled", "way": "where: {by: firm}", "line": "{at: 0 min, act: order_cancelled}"}
    assert advised(tmp_path, **act) == []
    owes = "owes: {when: customer, says: {demand: 0.6}, within: 1 d, settled_by: [named person]}"
    owing = RULE.replace("notices:\n- when: {when}\n  {way}", owes.replace("{", "{{").replace("}", "}}"))
    (tmp_path / "rules" / "late.yaml").write_text(owing.format(line=HEARD))
    assert advise(load(tmp_path), {"late"}) == []


def test_sentences_that_a_draft_leaves_to_the_author_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "rules" / "late.yaml"
    file.parent.mkdir()
    file.write_text(first_draft("late", CATALOGUE.acts.by_code["F26"], CATALOGUE, "order_cancelled"))
    book = load(tmp_path)
    told = [(one.at[-1], book.shelf.line("rules/late.yaml", one.at)) for one in advise(book, {"late"})]
    lines = [text.strip() for text in file.read_text().splitlines()]
    assert [(key, lines[(line or 0) - 1].split(":")[0]) for key, line in told] == [("why", "why"), ("tells", "tells")]


@pytest.mark.parametrize(
    ("code", "key", "says"),
    [
        ("F12", "severity: high", "for another gravity, `severity: {F12: 3}` in types/ID.yaml of your folder"),
        ("F12", "breach_in: [fling]", "`breach_in` is for customers' acts and changes nothing of F12"),
        ("B08", "severity: low", "`severity` changes nothing here: B08 honours a norm"),
        ("C05", "severity: high", None),
        ("C05", "breach_in: [fling]", None),
    ],
)
def test_a_gravity_that_would_not_count_is_refused(code: str, key: str, says: str | None, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    rule = RULE.format(when="customer", way="says: {failure: 0.6}", line=HEARD).replace("F12", code)
    (tmp_path / "rules" / "late.yaml").write_text(f"{rule}{key}\n")
    told = [one for one in lint(load(tmp_path)) if one.where == "late"]
    assert [says in one.says for one in told if says] == ([True] if says else [])
    assert says or told == []


def test_the_gravity_of_a_code_for_a_type_is_changed_in_the_types_file(tmp_path: Path) -> None:
    """As lint and the how-to say."""
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "fling.yaml").write_text("severity: {F12: 3}\n")
    before, after = CATALOGUE.types, load(tmp_path).types
    assert (before.digit("fling", "F12"), after.digit("fling", "F12")) == (0, 3)
    assert before.digit("fling", "F10") == after.digit("fling", "F10")


@pytest.mark.parametrize(
    ("built_in", "says"),
    [
        (
            "partner-treated-as-buyer",
            "whichever is met first tells of it, and the others of this code say nothing for 60 days",
        ),
        ("unanswered", "of what is owed by both one tells, the one that is due first"),
    ],
    ids=["of two mismatches of a code the first met silences the other", "of two things owed the one due first speaks"],
)
def test_who_writes_a_second_rule_of_a_code_is_told_which_of_them_speaks(
    tmp_path: Path, built_in: str, says: str
) -> None:
    (tmp_path / "rules").mkdir()
    mine = (Path("listener/catalogue/data/rules") / f"{built_in}.yaml").read_text()
    (tmp_path / "rules" / "late.yaml").write_text(mine.replace(f"id: {built_in}", "id: late"))
    (one,) = advise(load(tmp_path), {"late"})
    assert says in one.says


def test_what_the_firm_says_is_not_waited_for_in_the_customers_words(tmp_path: Path) -> None:
    assert "scripted is heard when the firm speaks, and this way waits for the customer" in advised(
        tmp_path, way="says: {scripted: 0.6}"
    )
