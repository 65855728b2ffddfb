"""`rules diff`, a rule's `off | shadow | on`, and the schema that editors read."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from listener.cli import listener
from listener.commands.reading import records_of
from listener.commands.rules.comparing import Play, differences
from listener.model.outputs import Alert, AlertedAct, Repair
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.rules.builders import CATALOGUE

ASKED = "My washing machine is broken and floods the kitchen. When will you send somebody?"
RULES = Path("listener/catalogue/data/rules")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A mail that waits too long for its answer."""
    who = {"customer": {"customer_id": "C-1"}}
    survey = {"event_id": "s", "occurred_at": "2026-03-01T09:00:00Z", **who, "instrument": "tie", "wanted": "captive"}
    mail = {"event_id": "m", "occurred_at": "2026-03-02T09:00:00Z", **who, "author": "customer", "message_id": "<m@x>",
            "conversation_id": "t", "text": ASKED}  # fmt: skip
    lines = [("contact.survey.v1", survey), ("contact.email.v1", mail)]
    file = tmp_path / "story.jsonl"
    file.write_text("".join(json.dumps({"topic": t, "key": None, "headers": {}, "value": v}) + "\n" for t, v in lines))
    return file


def overlay(folder: Path, rule: str, words: str) -> Path:
    (folder / "ours" / "rules").mkdir(parents=True)
    (folder / "ours" / "rules" / f"{rule}.yaml").write_text(words)
    return folder / "ours"


def differ(*words: str) -> list[dict]:
    done = CliRunner().invoke(listener, ["rules", "diff", *words, "--until", "2026-03-20", "--json"])
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == (1 if told else 0), done.output
    return told


def test_an_alert_of_a_rule_in_the_shadow_vanishes_and_of_one_out_of_it_appears(story: Path, tmp_path: Path) -> None:
    ours = str(overlay(tmp_path, "unanswered", "status: shadow\n"))
    (gone,) = differ("-", ours, str(story))
    assert (gone["what"], gone["code"], gone["severity"], gone["customer_id"]) == ("vanishes", "F02", "high", "C-1")
    (come,) = differ(ours, "-", str(story))
    assert (come["what"], come["rule_id"]) == ("appears", "unanswered")


def test_an_alert_that_ends_otherwise_changes(story: Path, tmp_path: Path) -> None:
    (one,) = differ("-", str(overlay(tmp_path, "unanswered", "window: 3 d\n")), str(story))
    assert (one["what"], one["at"]) == ("changes", "2026-03-03T09:00:00+00:00")
    assert one["moved"] == {"status": {"from": "escalated", "to": "expired 2026-03-06 09:00"}}


def in_words(*words: str) -> list[str]:
    done = CliRunner().invoke(listener, ["rules", "diff", *words, "--until", "2026-03-20"])
    assert done.exit_code == 1, done.output
    return done.stdout.splitlines()


def alert(alert_id: str, code: str, began: int, ended: int | None = None, customer: str = "C-1") -> Alert:
    """One that was raised on a day of March and ended on another."""
    day = datetime(2026, 3, 1, tzinfo=UTC)
    return Alert.model_construct(
        alert_id=alert_id, customer_id=customer, rule_id="ours", severity="medium", status="raised", title="", why="",
        act=AlertedAct(code=code, name="x", by="firm"), repair=Repair(role="desk", do=(), avoid=()), occurrences=1,
        started_at=day.replace(day=began), ended_at=None if ended is None else day.replace(day=ended),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (alert("a", "F02", 3), alert("b", "F02", 5), ["changes"]),
        (alert("a", "F02", 3, 5), alert("b", "F02", 5), ["changes"]),
        (alert("a", "F02", 3, 4), alert("b", "F02", 5), ["vanishes", "appears"]),
        (alert("a", "F02", 3), alert("b", "F04", 3), ["vanishes", "appears"]),
        (alert("a", "F02", 3), alert("b", "F02", 3, customer="C-2"), ["vanishes", "appears"]),
        (alert("a", "F02", 3), alert("b", "F02", 3), []),
    ],
)
def test_one_that_vanishes_and_one_that_appears_are_one_where_both_tell_of_the_same_act(
    old: Alert, new: Alert, what: list[str]
) -> None:
    """Of one customer and one code, and open at the same time; where nothing moved but the id nothing is told."""
    told = differences(Play(CATALOGUE, {old.alert_id: old}), Play(CATALOGUE, {new.alert_id: new}))
    assert [one.what for one in told] == what


def test_of_several_the_nearest_in_time_are_one() -> None:
    old = {one.alert_id: one for one in (alert("a", "F02", 3), alert("b", "F02", 9))}
    new = {one.alert_id: one for one in (alert("c", "F02", 10), alert("d", "F02", 4))}
    told = differences(Play(CATALOGUE, old), Play(CATALOGUE, new))
    assert [(one.before.alert_id, one.after.alert_id) for one in told] == [("a", "d"), ("b", "c")]


def test_a_number_that_moves_is_one_line_that_says_from_what_to_what(story: Path, tmp_path: Path) -> None:
    ours = overlay(tmp_path, "unanswered", "title: Nobody answered the customer\n")
    (ours / "types").mkdir()
    (ours / "types" / "captive.yaml").write_text("severity: {F02: 2}\n")
    first, *rest = in_words("-", str(ours), str(story))
    assert first == "changes   2026-03-03 09:00  C-1  F02 unanswered, medium"
    assert [line.strip() for line in rest] == [
        "severity: high -> medium",
        "title: The customer's question or complaint went unanswered -> Nobody answered the customer",
        "why: “For them this is a grave breach.” -> “For them this is a breach.”",
        "mend it by: 2026-03-04 09:00 -> 2026-03-06 09:00",
        "1 changes, 0 as before",
    ]


def test_an_alert_that_appears_is_told_with_its_day_and_why(story: Path, tmp_path: Path) -> None:
    first, *rest = in_words(str(overlay(tmp_path, "unanswered", "status: shadow\n")), "-", str(story))
    assert first == "appears   2026-03-03 09:00  C-1  F02 unanswered, high"
    said = " ".join(" ".join(rest).split())
    assert "had no person's answer to the matter in time." in said
    assert "Open at the end, escalated." in said


def test_of_a_folder_every_recording_is_played_and_all_are_summed_up(story: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "recordings").mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        (folder / name).write_text(story.read_text())
    told = in_words("-", str(overlay(tmp_path, "unanswered", "status: shadow\n")), str(folder))
    assert [line for line in told if line.endswith(".jsonl:")] == [f"{folder}/a.jsonl:", f"{folder}/b.jsonl:"]
    assert told[-2:] == ["in 2 recordings: 2 vanish, 0 as before", "  F02 unanswered: 2 vanish"]


def test_a_folder_without_a_recording_is_said_to_be_one(tmp_path: Path) -> None:
    done = CliRunner().invoke(listener, ["rules", "diff", "-", "-", str(tmp_path)])
    assert (done.exit_code, "no recording in it" in done.stderr) == (2, True)


def test_of_several_recordings_one_of_another_brand_is_passed_over_and_of_one_it_is_the_end(
    story: Path, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.jsonl"
    strange.write_text(story.read_text().replace('"event_id"', '"brand": "other", "event_id"'))
    ours = str(overlay(tmp_path, "unanswered", "status: shadow\n"))
    assert in_words("-", ours, str(story), str(strange))[-1] == "1 vanishes, 0 as before"
    done = CliRunner().invoke(listener, ["rules", "diff", "-", ours, str(strange)])
    assert (done.exit_code, "2 of another brand" in done.stderr) == (2, True)


LATE = """\
id: late-parcel
code: F12
title: A parcel came late
status: STATUS
notices:
- {when: service_incident, where: {incident: [INCIDENT]}, tells: 'The parcel was {incident}.', p: 0.9}
why: They had planned their day around it
"""


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """Somebody who minds hears that their parcel is late."""
    who = {"customer": {"customer_id": "C-1"}}
    survey = {"event_id": "s", "occurred_at": "2026-03-01T09:00:00Z", **who, "instrument": "tie", "wanted": "captive"}
    act = {"event_id": "a", "occurred_at": "2026-03-02T09:00:00Z", **who, "kind": "service_incident",
           "details": {"incident": "late", "severity": 3}}  # fmt: skip
    file = tmp_path / "late.jsonl"
    lines = [("contact.survey.v1", survey), ("brand.acts.v1", act)]
    file.write_text("".join(json.dumps({"topic": topic, "value": value}) + "\n" for topic, value in lines))
    return file


@pytest.mark.parametrize(
    ("status", "incident", "says"),
    [
        ("on", "late", "F12 late-parcel noticed 1 act told by failure, not by it; to have late-parcel tell of it, put"),
        ("shadow", "late", "F12 late-parcel noticed 1 act and raised nothing: it is in shadow; write `status: on`"),
        ("on", "lost", "F12 late-parcel noticed nothing here; `listener rules explain late-parcel FILE` says"),
    ],
)
def test_an_author_sees_why_a_rule_of_theirs_says_nothing(
    status: str, incident: str, says: str, late: Path, tmp_path: Path
) -> None:
    words = LATE.replace("STATUS", status).replace("INCIDENT", incident)
    done = CliRunner().invoke(
        listener,
        ["rules", "diff", "-", str(overlay(tmp_path, "late-parcel", words)), str(late), "--until", "2026-03-20"],
    )
    assert (done.exit_code, done.stdout) == (0, "no alert differs\n")
    assert says in done.stderr


def test_with_the_built_in_rule_put_aside_ones_own_tells_of_the_same_act(late: Path, tmp_path: Path) -> None:
    ours = overlay(tmp_path, "late-parcel", LATE.replace("STATUS", "on").replace("INCIDENT", "late"))
    (ours / "rules" / "failure.yaml").write_text("status: shadow\n")
    (one,) = differ("-", str(ours), str(late))
    assert (one["what"], one["moved"]["rule"]) == ("changes", {"from": "failure", "to": "late-parcel"})


def test_the_same_rules_differ_in_nothing(story: Path, tmp_path: Path) -> None:
    assert differ("-", str(overlay(tmp_path, "unanswered", "version: 7\n")), str(story)) == []


@pytest.mark.parametrize(("status", "noted"), [("on", [None]), ("shadow", ["shadow"]), ("off", [])])
def test_a_rule_in_the_shadow_is_noted_and_one_that_is_off_is_not(
    status: str, noted: list[str | None], story: Path, tmp_path: Path
) -> None:
    from listener.catalogue import load

    book = CATALOGUE if status == "on" else load(overlay(tmp_path, "unanswered", f"status: {status}\n"))
    records = records_of(story)
    until = records[-1].received_at.replace(day=20)
    outcomes = replay(records, until, hearing_of(Settings(), book), core_of(Settings(), book))
    acts = [one.value for one in outcomes if one.topic == "acts"]
    assert [one.held_back for one in acts if one.code == "F02"] == noted


def test_every_built_in_rule_is_as_the_schema_for_editors_has_it() -> None:
    schema = json.loads(CliRunner().invoke(listener, ["rules", "schema"]).stdout)
    check = jsonschema.Draft202012Validator(schema)
    for file in RULES.glob("*.yaml"):
        told = yaml.safe_load(file.read_text())
        told["status"] = {True: "on", False: "off"}.get(told.get("status"), told.get("status", "on"))
        assert [one.message for one in check.iter_errors(told)] == [], file.name


@pytest.mark.parametrize(
    "wrong", [{"colour": "red"}, {"status": "loud"}, {"notices": [{"whne": "customer"}]}, {"severity": 3}]
)
def test_what_is_no_rule_is_none_to_the_schema_either(wrong: dict) -> None:
    schema = json.loads(CliRunner().invoke(listener, ["rules", "schema"]).stdout)
    rule = yaml.safe_load((RULES / "demotion.yaml").read_text()) | wrong
    assert not jsonschema.Draft202012Validator(schema).is_valid(rule)
