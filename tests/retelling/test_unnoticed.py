"""Where a reader may expect something and nothing came, it is said what was heard, and what a rule lacked to speak."""

from listener.retelling.unnoticed import nearest_to, nothing_came
from listener.retelling.verdicts import RuleVerdict
from listener.rules.explaining.account import Line
from tests.retelling.telling import act, asked, block, explained, wants, whole

HEARD = Line("heard a complaint", held=True, heard="a complaint", where=" in “so”")
FAR, NEAR = Line("heard anger: hardly", held=False, lack=0.6), Line("heard anger: nearly", held=False, lack=0.1)
FALSE = Line("it is said in public; needed: it is not", held=False, brief="it is said in public")


def quiet(code: str, *lines: Line) -> RuleVerdict:
    return RuleVerdict(code, f"{code} Something", "not noticed", (("", lines),), is_news=False, lack=1.0)


def test_what_was_heard_is_told_with_the_one_condition_that_was_lacking() -> None:
    told = nothing_came("customer", {"complaint": 0.7}, [quiet("F12", HEARD, FALSE)])
    assert told == (
        "heard a complaint (0.7), and nothing came of it: nearest was F12 Something, but it is said in public"
    )


def test_where_something_of_weight_came_of_it_nothing_more_is_said() -> None:
    assert not nothing_came(
        "customer", {"complaint": 0.7}, [RuleVerdict("F02", "F02 Late", "a breach"), quiet("F12", HEARD)]
    )


def test_that_they_speak_up_is_not_all_that_a_reader_asks_for() -> None:
    noted = RuleVerdict("C03", "C03 Speaks up", "no alert", is_slight=True)
    assert nothing_came("customer", {"complaint": 0.7}, [noted]).startswith(
        "heard a complaint (0.7), and nothing came of it"
    )


def test_what_another_act_of_theirs_was_told_for_is_not_told_again() -> None:
    leaving = Line("heard that they leave", held=True, heard="that they leave")
    noted = RuleVerdict("C05", "C05 Is leaving", "no alert", (("", (leaving,)),), is_slight=True)
    assert not nothing_came("customer", {"exit": 0.7}, [noted])


def test_what_is_hardly_heard_or_no_matter_is_not_told() -> None:
    assert not nothing_came("customer", {"complaint": 0.4, "praise": 0.9}, [quiet("F12", HEARD, FALSE)])
    assert not nothing_came("system", {"complaint": 0.9}, [quiet("F12", HEARD, FALSE)])


def test_a_rule_that_waits_for_what_was_heard_is_nearer_and_then_what_is_nearly_so() -> None:
    other = Line("heard a jest", held=True, heard="a jest")
    assert "F12" in nearest_to("a complaint", [quiet("F04", other, NEAR), quiet("F12", HEARD, FAR)])
    assert not nearest_to("a complaint", [quiet("F04", other, NEAR)])
    assert "F12" in nearest_to("a complaint", [quiet("F04", HEARD, FAR), quiet("F12", HEARD, FALSE)])
    assert "F12" in nearest_to("a complaint", [quiet("F04", HEARD, FALSE), quiet("F12", HEARD, NEAR)])


def test_an_act_of_the_firm_says_why_nothing_came_of_it_only_where_something_came_of_the_same_before() -> None:
    told = nothing_came("act", {}, [quiet("F03", HEARD, FALSE)], done={"F03"})
    assert told == "nothing came of it this time: nearest was F03 Something, but it is said in public"
    assert not nothing_came("act", {}, [quiet("F03", HEARD, FALSE)], done={"F12"})


def test_how_long_a_complaint_counts_as_open_is_told_where_it_decides() -> None:
    first, later = (act(f"p{n}", f"2026-0{n}-02T10:00:00Z", "campaign_sent", purpose="promotion") for n in (3, 4))
    told = whole(explained(wants("captive"), asked(), first, later))
    assert "still open (made 60 minutes ago; while unanswered it counts for 31 days)" in told
    assert "nothing came of it this time" not in block(told, "2026-03-02 10:00")
