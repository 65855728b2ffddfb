"""The account of a signal: each way by which a rule noticed its act, or the nearest one, and every condition of it."""

import pytest

from listener.rules.explaining import phrasing
from listener.rules.explaining.absence import owings, settlings
from listener.rules.explaining.account import account
from listener.rules.findings.noticing import notice
from listener.rules.rehearsing import signal_of
from tests.rules.builders import CATALOGUE, case_of, debt, done, said, where_owed


def of_rule(case, name: str, near: bool = True):
    return next((one for one in account(case, near=near) if one.rule.id == name), None)


def test_every_way_by_which_an_act_was_noticed_is_told_the_surest_first() -> None:
    """Two ways lead to F02 here: they say that nobody answers, and they complain of service."""
    told = of_rule(case_of(said("customer", unanswered=0.9, complaint=0.8, **{"failure:service": 0.95})), "unanswered")
    assert told is not None
    assert [way.number for way in told.ways] == [1, 5]
    assert told.ways[0].p > told.ways[1].p
    assert all(line.held for way in told.ways for line in way.lines)


def test_where_nothing_was_noticed_the_nearest_way_is_told_with_what_it_lacks() -> None:
    told = of_rule(case_of(said("customer", unanswered=0.5, complaint=0.8)), "unanswered")
    assert told is not None
    assert (told.fired, len(told.ways), told.of) == (False, 1, 5)
    assert [line.words for line in told.ways[0].lines if not line.held] == [
        "heard that nobody answers: perhaps (0.5), at least 0.6 needed"
    ]


@pytest.mark.parametrize(
    "signal",
    [
        said("customer", unanswered=0.9, complaint=0.8),
        said("agent", scripted=0.9, exit_maze=0.8),
        done("price_changed", change_pct=25, scope="existing_customers"),
        done("service_incident", incident="late", severity=3),
    ],
)
def test_the_account_says_what_the_rules_did(signal) -> None:
    fired = {(one.rule.id, one.p) for one in account(case_of(signal), near=False) if one.fired}
    assert fired == {(one.rule_id, round(one.p, 3)) for one in notice(case_of(signal))}


def test_a_rule_of_which_no_cue_was_heard_is_nowhere_near() -> None:
    quiet = case_of(said("customer", gratitude=0.9))
    assert of_rule(quiet, "public-shaming") is None
    assert of_rule(quiet, "public-shaming", near=False) is not None


def test_a_situation_turned_round_that_fails_says_that_it_is_so() -> None:
    way = next(way for way in CATALOGUE.rules.by_id["money-instead-of-the-fix"].notices if "not in a letter" in way.if_)
    heard = dict.fromkeys((*way.says, *way.says_any), 0.9)
    told = of_rule(case_of(said("customer", in_="email", **heard)), "money-instead-of-the-fix")
    assert told is not None
    assert "it is an e-mail; needed: it is not an e-mail" in {
        line.words for way in told.ways for line in way.lines if not line.held
    }


def test_what_is_owed_has_the_deadline_of_its_own_channel() -> None:
    def due_s(channel: str) -> int | None:
        case = case_of(said("customer", in_=channel, needs_answer=True, complaint=0.9, asks=1))
        owed = next(one for one in owings(case) if one.rule.id == "unanswered")
        return owed.due_s and owed.due_s - case.at_s

    assert (due_s("email"), due_s("chat")) == (86_400, 600)


def test_a_promise_without_a_day_is_owed_by_none() -> None:
    owed = next(
        one for one in owings(case_of(signal_of({"agent": {"promise": 0.95}}, 0))) if one.rule.id == "broken-promise"
    )
    assert owed.due_s is None
    assert owed.lines[-1].words == "no day is named by which"
    assert not owed.lines[-1].held


def test_asking_again_in_the_same_talk_joins_what_is_owed() -> None:
    case = case_of(said("customer", "1 h", in_="email", needs_answer=True, complaint=0.9), where_owed(debt()))
    owed = next(one for one in owings(case) if one.rule.id == "unanswered")
    assert owed.joins is not None
    assert owed.joins.cause == "idea"


@pytest.mark.parametrize(
    ("signal", "by"),
    [(said("agent", "2 h", concrete=0.9), "human turn"), (said("customer", "2 h", complaint=0.9), None)],
)
def test_what_settles_something_owed_is_named(signal, by: str | None) -> None:
    (one,) = settlings(case_of(signal, where_owed(debt())))
    assert one.by == by


def test_codes_and_types_are_called_by_the_names_people_know() -> None:
    assert phrasing.situation("done before F06 within 14 d", CATALOGUE) == (
        "done before [F06 price rise without notice] within 14 d"
    )
    assert phrasing.situation("not wants mostly captive fling", CATALOGUE) == (
        "not wants mostly [locked-in customer or novelty seeker]"
    )
