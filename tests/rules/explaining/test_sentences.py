"""Conditions as sentences: what was found, and what was needed."""

import re

import pytest

from listener.catalogue.rules import Condition
from listener.rules.explaining import sentences
from listener.rules.explaining.account import conditions
from listener.rules.explaining.naming import CUES
from listener.rules.situations import SITUATIONS, holds
from listener.rules.situations.vocabulary import SENTENCES
from tests.rules.builders import CATALOGUE, case_of, debt, done, said, where_owed

WAYS: list[Condition] = [
    way
    for rule in CATALOGUE.rules.by_id.values()
    for way in (*rule.notices, *([rule.owes] if rule.owes else []))
]  # fmt: skip
CASES = (
    case_of(said("customer", in_="email", complaint=0.9, humour=0.8), where_owed(debt())),
    case_of(said("agent", scripted=0.9, talk="t")),
    case_of(done("price_changed", change_pct=25, scope="new_customers")),
)
STRANGE = re.compile(r"[{}\[\]_|]|\b(?:True|False|None|times \d|within \d+ d)\b|not heard:|must stay|(?<!\d)\.\d")


def test_every_condition_of_every_rule_is_a_sentence() -> None:
    told = {line.words for case in CASES for way in WAYS for line in conditions(case, way)}
    assert [words for words in sorted(told) if STRANGE.search(words) or words != words.strip()] == []


def test_whatever_a_rule_asks_for_has_a_line_and_a_way_that_asks_nothing_has_one_too() -> None:
    for way in WAYS:
        asked = len(way.where) + len(way.says) + bool(way.says_any) + len(way.unless_says) + len(way.if_)
        assert len([*conditions(CASES[0], way)]) == max(1, asked)


def test_every_situation_is_said_both_ways() -> None:
    assert SENTENCES.keys() == SITUATIONS.keys()
    assert all(re.search(r"\[[^|]+\|[^\]]+\]", sentence) for sentence in SENTENCES.values())


def test_every_cue_that_a_rule_waits_for_has_a_name() -> None:
    cues = {cue for way in WAYS for cue in (*way.says, *way.says_any, *way.unless_says)}
    assert {cue for cue in cues if cue.partition(":")[0] not in CUES} == set()


def test_a_situation_that_is_not_as_needed_says_both() -> None:
    (case, *_) = CASES
    assert sentences.situation("in a letter", case) == "it is an e-mail"
    assert sentences.situation("not in a letter", case) == "it is an e-mail; needed: it is not an e-mail"


def test_a_figure_stands_beside_what_it_decides() -> None:
    (case, *_) = CASES
    assert sentences.situation("contacts under 2", case) == "fewer than 2 turns of theirs had been heard before (0)"
    assert re.fullmatch(
        r"what they want is (?:mostly|mostly not) the tie of a locked-in customer or novelty seeker "
        r"\((?:0\.\d+|just under 0\.5|not at all) of the belief, less than 0\.5 needed\)",
        sentences.situation("not wants mostly captive fling", case),
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("done before F06 within 14 d", "in the 14 days before, this was not noticed: F06 price rise without notice"),
        (
            "done before F06 within 14 d times 2",
            "in the 14 days before, this was noticed fewer than 2 times: F06 price",
        ),
        ("incident before 30 d", "no failure was reported in the 30 days before"),
        ("incident before 1 d lost wrong_item", "no failure (lost or wrong item) was reported in the 1 day before"),
        ("notice given 30 d", "a notice of this did not reach them at least 30 days before"),
        ("notice given", "a notice of this did not reach them ahead"),
        (
            "has heard from the firm",
            "the firm had not spoken to them, or failed them, before this, nor do they say so",
        ),
        ("speaks as captive 2", "the words do not fit a locked-in customer better than the average customer (a fit of"),
    ],
)
def test_arguments_are_said_as_people_say_them(words: str, told: str) -> None:
    (case, *_) = CASES
    assert not holds(words, case)
    assert sentences.situation(words, case).startswith(told)


def test_what_falls_short_by_a_hair_does_not_look_as_if_it_met_what_is_needed() -> None:
    assert sentences.at_least("complaint", 0.498, 0.5) == "heard a complaint: just under 0.5, at least 0.5 needed"
    assert sentences.at_least("complaint", 0.0, 0.5) == "heard a complaint: not at all, at least 0.5 needed"


def test_how_sure_it_is_is_said_in_words_and_in_the_figures_that_rules_are_written_in() -> None:
    """“Likely” begins where an alert may come of it."""
    assert sentences.surely(CATALOGUE.thresholds.act_p) == "likely (0.6)"
    assert [sentences.surely(p) for p in (0.594, 0.599, 1.0, 0.0)] == [
        "perhaps (0.59)", "likely (0.6)", "almost certain (1)", "hardly (0)",
    ]  # fmt: skip


def test_what_was_heard_stands_with_the_words_it_was_heard_in() -> None:
    case = case_of(said("customer", complaint=0.9, failure=0.8))
    way = next(way for way in WAYS if {"complaint", "failure"} <= way.says.keys())
    quoted = {line.heard: line.where for line in conditions(case, way, {"failure": "it broke"}) if line.heard}
    assert quoted == {"a failure reported": " in “it broke”", "a complaint": " in the whole text"}
    assert {line.where for line in conditions(case, way)} == {""}


def test_what_the_report_of_an_act_says_already_is_not_a_reason_beside_others() -> None:
    case = case_of(done("price_changed", change_pct=25, scope="all"))
    for way in WAYS:
        lines = [*conditions(case, way)] if way.when == "price_changed" else []
        reported = [line for line in lines if line.words.startswith("reported:") and line.held]
        assert all(line.tells is not bool(way.says or way.says_any or way.if_) for line in reported)


def test_what_is_heard_is_named_in_alphabetical_order() -> None:
    """Or nobody finds where a cue is named, or that it is named already."""
    assert list(CUES) == sorted(CUES)
