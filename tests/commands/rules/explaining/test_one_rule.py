"""`rules explain RULE`: the rule in words; over a recording, where something came of it, and where it nearly did."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from listener.cli import listener
from listener.commands.shared import Trouble
from tests.retelling.telling import ANSWER, UNTIL, act, asked, explained, mail, wants, whole, written
from tests.rules.builders import CATALOGUE

STORY = (
    wants("captive"),
    asked(),
    mail("m2", "2026-03-02T10:00:00Z", ANSWER, "agent"),
    mail("m3", "2026-03-05T09:00:00Z", "Thank you, it runs again.", conversation_id="u"),
    act("a1", "2026-03-06T09:00:00Z", "order_placed", by="customer"),
)


@pytest.fixture(autouse=True)
def one_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the catalogue and making an ear of it anew costs seconds."""
    monkeypatch.setattr("listener.commands.rules.group.book_with", lambda overlay: CATALOGUE)


def run(*words: str) -> Result:
    return CliRunner().invoke(listener, ["rules", "explain", *words])


@pytest.mark.parametrize("name", ["F10", "f10", "overfamiliar"])
def test_a_rule_is_known_by_its_id_and_by_its_code(name: str) -> None:
    done = run(name)
    assert (done.exit_code, done.stdout.splitlines()[0][:16]) == (0, "F10 overfamiliar")


def test_a_rule_says_which_cues_are_alternatives_and_what_they_mean() -> None:
    told = run("unanswered").stdout
    assert "heard: unanswered, at least 0.6\n     heard, any one of: complaint (at least 0.4), " in told
    assert "10 min in a live chat" in told
    assert "complaint: the customer says that something the firm did" in told
    assert "about the brand: The feeling is about the brand" in told
    assert "human turn: A human of the firm speaks to the customer" in told
    assert not any(strange in told for strange in ("{", "True", "_"))


@pytest.mark.parametrize(
    "words", [("--customer", "C-1"), ("--until", "2026-06-01"), ("--all",), ("--text",)], ids=" ".join
)
def test_what_is_asked_of_a_recording_wants_one(words: tuple[str, ...]) -> None:
    """Silently ignored, it would be taken for an answer about that customer."""
    done = run("F10", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "ask for a recording: `rules explain F10 FILE`" in done.stderr


def test_over_a_recording_customer_and_until_count(tmp_path: Path) -> None:
    file = str(written(tmp_path, wants("captive"), asked()))
    late = run(file, "f02", "--customer", "C-1", "--until", "2026-03-04").stdout
    assert "2026-03-03 09:00  time is up" in late
    assert "time is up" not in explained(wants("captive"), asked(), rule="F02")
    with pytest.raises(Trouble, match="is called 'NOPE'"):
        explained(wants("captive"), asked(), rule="F02", customer="NOPE")


def test_two_files_or_two_rules_are_too_many(tmp_path: Path) -> None:
    file = str(written(tmp_path, wants("captive")))
    for words in (("F02", "F10", file), ("F02", file, file)):
        assert run(*words).exit_code == 2


def test_where_something_came_of_it_every_condition_is_told() -> None:
    told = explained(*STORY, until=UNTIL, rule="F02")
    news, missed = told.split("It was asked at")
    assert "Something came of it at 2 moments:" in news
    assert "    · owed by 2026-03-03 09:00" in news
    assert "yes it is said to the firm" in news
    assert "F02: settled in time" in news
    assert "F12" not in told
    assert "2026-03-05 09:00" in missed
    assert "To do about F02, as of 2026-06-01" in missed


def test_a_way_is_named_by_what_it_says_and_found_in_the_rules_file_by_its_number() -> None:
    told = explained(*STORY, until=UNTIL, rule="F12")
    ways = re.findall(r"“([^”]+)” \(way (\d+) in the rule's file\)", whole(told))
    in_the_file = " ".join(run("F12").stdout.split())
    assert ways != []
    for says, number in ways:
        assert f"{number}. “{says}”, when " in in_the_file


def test_a_level_that_a_story_may_name_is_tied_to_its_words() -> None:
    told = run("F10").stdout
    assert all(
        f"{words} (level {n}): " in told for n, words in enumerate(("nothing", "irritation", "breach", "grave breach"))
    )


def test_of_what_came_to_nothing_the_nearest_are_told_in_order_of_time() -> None:
    many = [mail(f"q{n}", f"2026-03-1{n}T09:00:00Z", f"Thank you for the {n} towels.") for n in range(5)]
    told = explained(*many, rule="F02")
    heads = [line[:10] for line in told.splitlines() if line.startswith("2026")]
    assert "Nothing came of it.\n" in told
    assert "It was asked at 5 moments; the 3 at which it came nearest (`--all` shows all):" in told
    assert (len(heads), heads) == (3, sorted(heads))
    everything = explained(*many, rule="F02", every=True)
    assert len([line for line in everything.splitlines() if line.startswith("2026")]) == 5


def test_what_came_nearer_is_told_before_what_was_far_off() -> None:
    """An answer that only half sounds canned is nearer to a canned reply than a parcel's number."""
    far = [
        mail(f"a{n}", f"2026-03-1{n}T09:00:00Z", f"Parcel 4711{n} is at your door today, Jo.", "agent")
        for n in range(4)
    ]
    near = mail("b1", "2026-03-20T09:00:00Z", "We apologise for any inconvenience this may have caused.", "agent")
    told = explained(*far, near, rule="F35")
    assert "b1" in told


def test_a_rule_that_is_never_asked_says_what_it_waits_for() -> None:
    told = explained(wants("captive"), rule="B02").replace("\n", " ")
    assert "It was asked at nothing in this recording: it is asked when the firm reports: notice given." in told


@pytest.mark.parametrize(
    ("code", "asked"), [("D01", "distress is 0.7 or more"), ("S01", "add up to 5 or more"), ("C02", "for 30 days")]
)
def test_what_no_single_act_sets_off_says_when_it_is_told(code: str, asked: str) -> None:
    told = explained(wants("captive"), rule=code).replace("\n", " ")
    assert "it is asked when" in told
    assert asked in told.split("it is asked when")[1]
