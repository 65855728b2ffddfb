"""What `rules explain` says of a recording is what happened, and can be read by whoever did not write the rules."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.cli import listener
from listener.commands.explaining_recordings import recording_in_words
from listener.commands.shared import Trouble
from listener.settings import Settings
from tests.rules.builders import CATALOGUE

WHO = {"customer": {"customer_id": "C-1"}}
ASKED = "My washing machine is broken and floods the kitchen. When will you send somebody?"


def act(event_id: str, at: str, kind: str, **details: object) -> dict:
    value = {"event_id": event_id, "occurred_at": at, **WHO, "kind": kind, "details": details}
    return {"topic": "brand.acts.v1", "key": "C-1", "headers": {}, "value": value}


def mail(event_id: str, at: str, text: str, author: str = "customer") -> dict:
    value = {"event_id": event_id, "occurred_at": at, **WHO, "author": author, "message_id": f"<{event_id}@x>",
             "conversation_id": "t", "text": text}  # fmt: skip
    return {"topic": "contact.email.v1", "key": None, "headers": {}, "value": value}


def wants(kind: str, at: str = "2026-03-01T09:00:00Z") -> dict:
    value = {"event_id": "s0", "occurred_at": at, **WHO, "instrument": "tie", "wanted": kind}
    return {"topic": "contact.survey.v1", "key": None, "headers": {}, "value": value}


@pytest.fixture
def explain(tmp_path: Path):
    """The telling of a recording, with one catalogue for all: reading it anew each time costs seconds."""

    def run(*lines: dict, until: str | None = None, every: bool = False, customer: str | None = None) -> str:
        file = written(tmp_path, *lines)
        end = datetime.fromisoformat(until) if until else None
        return "\n".join(recording_in_words(file, customer, every, CATALOGUE, Settings(), end))

    return run


def written(folder: Path, *lines: dict) -> Path:
    file = folder / "story.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def block(told: str, beginning: str) -> str:
    """The block that begins with this moment."""
    (found,) = [one for one in told.split("\n\n") if one.startswith(beginning)]
    return found


UNTIL = "2026-06-01T00:00:00+00:00"


def test_what_is_raised_stands_with_its_time_under_the_moment_it_belongs_to(explain) -> None:
    told = explain(wants("captive"), mail("m1", "2026-03-02T09:00:00Z", ASKED), until=UNTIL)
    assert "=>" not in block(told, "2026-03-02 09:00")
    late = block(told, "2026-03-03 09:00  time ran out")
    assert "F02 unanswered: nothing settled what was owed for m1 since 2026-03-02 09:00" in late
    assert "=> 2026-03-03 09:00 raised, high" in late


def test_a_deadline_is_the_one_that_applies_and_says_what_would_settle_it(explain) -> None:
    told = explain(wants("captive"), mail("m1", "2026-03-02T09:00:00Z", ASKED))
    owed = next(line for line in told.splitlines() if "something is owed" in line)
    assert "due 2026-03-03 09:00, else a grave breach for them; settled by human turn, " in owed
    assert "10 min" not in told


def test_what_settled_it_is_said_and_whether_in_time(explain) -> None:
    asked, answer = mail("m1", "2026-03-02T09:00:00Z", ASKED), "A fitter comes today between 14:00 and 16:00, Jo."
    soon = explain(wants("captive"), asked, mail("m2", "2026-03-02T11:00:00Z", answer, "agent"), until=UNTIL)
    assert "F02 unanswered: this settles what is owed for m1 since 2026-03-02 09:00 (human turn), in time" in soon
    late = explain(wants("captive"), asked, mail("m2", "2026-03-04T11:00:00Z", answer, "agent"), until=UNTIL)
    assert "(human turn), late: it was due 2026-03-03 09:00" in late
    assert "resolved 2026-03-04 11:00" in late.split("In the end")[1]


def test_what_an_act_leaves_owed_is_said_too(explain) -> None:
    order = act("a1", "2026-03-02T10:00:00Z", "campaign_sent", purpose="news")
    told = explain(wants("captive"), mail("m1", "2026-03-02T09:00:00Z", ASKED), order)
    assert "F02 unanswered: this settles nothing of what is owed for m1" in block(told, "2026-03-02 10:00")


def test_what_the_customer_writes_meanwhile_is_no_try_to_settle_it(explain) -> None:
    again = mail("m2", "2026-03-02T10:00:00Z", "The water is in the hall by now.")
    told = explain(wants("captive"), mail("m1", "2026-03-02T09:00:00Z", ASKED), again)
    assert "settles nothing" not in told


def test_an_alert_that_is_resolved_says_what_ended_it(explain) -> None:
    asked = mail("m1", "2026-03-02T09:00:00Z", ASKED)
    answer = mail("m2", "2026-03-04T11:00:00Z", "A fitter comes today between 14:00 and 16:00, Jo.", "agent")
    late = explain(wants("captive"), asked, answer, until=UNTIL)
    assert "resolved, high: The customer's question or complaint went unanswered (F02). What was owed has come" in late
    word = {"occurred_at": "2026-03-03T10:00:00Z", "rule_id": "unanswered", "disposition": "resolved"}
    disposed = {"topic": "crm.dispositions.v1", "key": "C-1", "headers": {}, "value": word}
    crm = block(explain(wants("captive"), asked, disposed, until=UNTIL), "2026-03-03 10:00")
    assert crm.startswith("2026-03-03 10:00  CRM disposes of an alert: resolved")
    assert "(F02). CRM says so" in crm


def test_an_act_held_back_by_its_cause_says_which_alert_tells_of_it(explain) -> None:
    rise = act("a1", "2026-03-02T09:00:00Z", "price_changed", product="membership", change_pct=25, scope="all",
               announced_at="2026-03-02T09:00:00Z", effective_at="2026-03-05T09:00:00Z")  # fmt: skip
    told = explain(wants("close_siblings"), rise)
    line = next(line for line in told.splitlines() if line.startswith("  F24"))
    assert "no alert of its own: the open alert F06 price-rise-without-notice" in line


def test_conditions_are_words_and_no_language_of_machines(explain) -> None:
    rise = act("a1", "2026-03-02T09:00:00Z", "price_changed", change_pct=25, scope="new_customers", reason_given=False)
    told = explain(wants("captive"), rise, mail("m1", "2026-03-03T09:00:00Z", ASKED), every=True)
    assert not any(strange in told for strange in ("True", "False", "None", "{'", "marriage_partners", "_"))
    assert "yes  change pct is above 0 (told: 25)" in told
    assert "NO   scope is all or existing customers (told: new customers)" in told


def test_any_of_several_cues_shows_the_bound_of_each(explain) -> None:
    told = explain(wants("captive"), mail("m1", "2026-03-02T09:00:00Z", ASKED))
    lines = [line for line in told.splitlines() if "any one of" in line]
    assert lines
    assert all("(needs 0." in line for line in lines)


def test_a_treatment_that_adds_up_shows_how_far_it_has_come(explain) -> None:
    promotion = act("a1", "2026-03-02T09:00:00Z", "compensation_issued", form="voucher", requested=False)
    told = explain(wants("business_partners"), mail("m1", "2026-03-02T08:00:00Z", ASKED), promotion)
    assert "NO   was treated otherwise, worth" in told


def test_whoever_is_not_in_it_is_said_not_to_be(explain) -> None:
    with pytest.raises(Trouble, match="is called 'NOPE'; it tells of C-1") as told:
        explain(wants("captive"), customer="NOPE")
    assert told.value.exit_code == 2


def test_a_life_is_summed_up_at_the_end_and_so_is_a_quiet_one(explain) -> None:
    asked = mail("m1", "2026-03-02T09:00:00Z", ASKED)
    told = explain(wants("captive"), asked, until=UNTIL, customer="C-1").split("In the end: ")[1]
    assert "F02 unanswered, high, customer C-1: raised 2026-03-03 09:00, escalated" in told
    quiet = explain(wants("captive"), asked).split("In the end: ")[1]
    assert quiet.startswith("no alert")
    assert "--until" in quiet


@pytest.mark.parametrize("name", ["F10", "f10", "overfamiliar"])
def test_a_rule_is_known_by_its_id_and_by_its_code(name: str) -> None:
    done = CliRunner().invoke(listener, ["rules", "explain", name])
    assert (done.exit_code, done.stdout.splitlines()[0][:16]) == (0, "F10 overfamiliar")


def test_a_rule_says_which_cues_are_alternatives_and_what_they_mean() -> None:
    told = CliRunner().invoke(listener, ["rules", "explain", "unanswered"]).stdout
    assert "heard: unanswered, at least 0.6\n     heard, any one of: complaint (at least 0.35), " in told
    assert "10 min in a live chat" in told
    assert "complaint: the customer says that something the firm did" in told
    assert "about the brand: The feeling is about the brand" in told
    assert "human turn: A human of the firm speaks to the customer." in told
    assert not any(strange in told for strange in ("{", "True", "_"))


def test_a_long_recording_says_that_it_is_being_played(tmp_path: Path) -> None:
    file = written(tmp_path, wants("captive"))
    for words in (["rules", "explain", str(file)], ["rules", "diff", "-", "-", str(file)]):
        assert "1 records …" in CliRunner().invoke(listener, words).stderr
