"""What may stand behind a situation's name: what is no argument of it is said when the rule is read."""

import pytest

from listener.rules.situations import takes, understand
from listener.rules.situations.arguments import Done, done
from tests.rules.builders import DAY

anew = understand.__wrapped__
"""What a rule's words mean, whatever was understood before."""


@pytest.mark.parametrize(
    "words",
    [
        "tenure over 30 d", "contacts under 3", "contacts over 12", "more formal than 0.3", "more formal than -1",
        "wants mostly fling", "wants mostly fling committed", "done before F06",
        "done before F06 B01 within 14 d times 2", "done here before F04 C03 M01 S01 D01",
        "speaks as fling 1.5", "speaks as fling -2", "in public",
        "incident before 14 d", "incident before 14 d damaged wrong_item",
        "notice given", "notice given 30 d", "apologised here", "apologised here 2", "not in public",
    ],
)  # fmt: skip
def test_what_a_situation_takes_is_understood(words: str) -> None:
    claim, argument, wanted = anew(words)
    assert wanted is not words.startswith("not ")
    assert words.removeprefix("not ").endswith(argument)
    assert claim.__doc__


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("tenure over", "'' is not a span of time"),
        ("tenure over soon", "tenure over: 'soon' is not a span of time"),
        ("contacts under", "'' is not a whole number"),
        ("contacts under 2.5", "contacts under: '2.5' is not a whole number"),
        ("contacts under -1", "'-1' is not a whole number"),
        ("touches many", "'many' is not a whole number"),
        ("more formal than much", "more formal than: 'much' is not a number"),
        ("wants mostly", "wants mostly: say which types: `listener rules types` lists them"),
        ("wants mostly flings", "'flings' is no type and no family"),
        ("wants mostly fling flings", "'flings' is no type and no family"),
        ("done before", "done before: say which acts, by their codes, like F06"),
        ("done before F6", "'F6' is no code"),
        ("done before F06 within 3 weeks", "is not a span of time"),
        ("done here before G01", "'G01' is no code"),
        ("done here before", "say which acts"),
        ("speaks as fling", "'' is not a number"),
        ("speaks as fling loud", "'loud' is not a number"),
        ("speaks as committed 2", "'committed' is a family: say one type"),
        ("speaks as flings 2", "'flings' is no type"),
        ("in public places", "in public: nothing may stand behind it, and 'places' does"),
        ("incident before damaged", "'damaged' is not a span of time"),
        ("incident before", "'' is not a span of time"),
        ("notice given soon", "notice given: 'soon' is not a span of time"),
        ("apologised here often", "'often' is not a whole number"),
        ("in publik", "no situation is called 'in publik'"),
        ("not in publik", "no situation is called 'in publik'"),
        ("in publicity", "no situation is called 'in publicity'"),
    ],
)
def test_what_it_does_not_take_is_said_with_its_name(words: str, says: str) -> None:
    with pytest.raises(ValueError, match=says.replace("(", r"\(")) as trouble:
        anew(words)
    assert str(trouble.value).startswith(("no situation is called", words.removeprefix("not ").split()[0]))


def test_the_longest_name_that_fits_is_meant() -> None:
    claim, argument, _ = understand("promise of this talk overdue")
    assert (claim.__name__, argument) == ("promise_of_this_talk_overdue", "")
    assert understand("opted out of another channel within 30 d")[1] == "30 d"
    assert understand("opted out")[1] == ""


def test_the_book_of_situations_says_what_each_takes() -> None:
    assert takes("tenure over") == "a span: `30 d`"
    assert takes("wants mostly") == "types or families: `fling committed`"
    assert takes("notice given") == "a span: `30 d`, or nothing"
    assert takes("in public") == ""


@pytest.mark.parametrize(
    ("argument", "means"),
    [
        ("F06", Done("F06", 90 * DAY, 1)),
        ("F06 F24", Done("F06 F24", 90 * DAY, 1)),
        ("F06 within 14 d", Done("F06", 14 * DAY, 1)),
        ("F06 times 3", Done("F06", 90 * DAY, 3)),
        ("F06 F24 within 12 h times 2", Done("F06 F24", DAY // 2, 2)),
    ],
)
def test_acts_done_before_are_once_within_ninety_days_where_nothing_else_is_said(argument: str, means: Done) -> None:
    assert done.__wrapped__(argument) == means
