"""Which repair fits: who handles it, what to do, what would insult, and by when."""

from typing import Any

import pytest

from listener.alerting.repairing import avoid_for, due_within, moves_of, role_of, suppressed
from listener.model.told import Open
from tests.alerting.test_holding_back import found
from tests.rules.builders import CATALOGUE

HOUR, DAY = 3600, 86_400
REPAIRS = CATALOGUE.repairs


def alert(code: str = "F12", wanted: str = "best_friends", **told: Any) -> Open:
    """An alert that is open."""
    facts = {
        "alert_id": "x", "rule": "failure", "code": code, "matter": 1, "cause": "e", "severity": 2, "status": "raised",
        "started_s": 0, "updated_s": 0, "due_s": 0, "repair_due_s": 0, "expires_s": 0, "mends_s": 0, "occurrences": 1,
        "threat": 0.5, "confidence": 0.5, "wanted": wanted, "why": "-",
    }  # fmt: skip
    return Open(**{**facts, **told})


def avoided(code: str = "F12", **told: Any) -> tuple[str, ...]:
    return avoid_for(found(code, "failure", **told), CATALOGUE)


def test_whoever_looks_after_such_a_customer_handles_it() -> None:
    assert role_of(alert(wanted="basic_exchange"), CATALOGUE) == "reliability_desk"
    assert role_of(alert(wanted=""), CATALOGUE) is None


def test_a_customers_own_act_is_nobodys_case_unless_somebody_is_in_danger() -> None:
    assert role_of(alert("C06"), CATALOGUE) is None
    assert role_of(alert("C06", critical=True), CATALOGUE) == role_of(alert(), CATALOGUE) is not None


def test_the_moves_for_such_a_customer_come_before_those_for_the_wound_each_once_five_at_most() -> None:
    friend, failure = REPAIRS.types["best_friends"].do, REPAIRS.wounds["F12"].do
    assert moves_of(alert(), CATALOGUE) == (*friend, *failure)
    assert moves_of(alert(wanted="basic_exchange"), CATALOGUE) == REPAIRS.types["basic_exchange"].do
    six = moves_of(alert("F08"), CATALOGUE)
    assert six == (*friend, *REPAIRS.wounds["F08"].do)[:5]


def test_where_only_the_wound_or_only_the_customer_is_known_that_one_says_what_to_do() -> None:
    assert moves_of(alert(wanted=""), CATALOGUE) == REPAIRS.wounds["F12"].do
    assert moves_of(alert("B01"), CATALOGUE) == REPAIRS.types["best_friends"].do


def test_whatever_a_customer_did_they_are_listened_to_first() -> None:
    assert moves_of(alert("C04"), CATALOGUE) == ("listen_first",)


def test_nobody_whom_outreach_insults_is_reached_out_to() -> None:
    open_door, shut = alert("F02", "basic_exchange"), alert("F02", "basic_exchange", avoid=("outreach",))
    assert "name_a_human" in moves_of(open_door, CATALOGUE)
    assert not set(moves_of(shut, CATALOGUE)) & set(REPAIRS.reaches_out)


def test_what_would_insult_is_what_those_who_may_be_hurt_mind_the_most_probable_first() -> None:
    friend, buyer = REPAIRS.types["best_friends"].avoid, REPAIRS.types["basic_exchange"].avoid
    assert avoided(minds={"best_friends": 0.9}) == friend
    both = avoided(minds={"best_friends": 0.45, "basic_exchange": 0.55})
    assert both[0] == "campaign", "both mind it"
    assert (
        both[1:]
        == tuple(word for word in buyer if word != "campaign")
        + tuple(word for word in friend if word != "campaign")[: 4 - len(buyer)]
    )


def test_what_several_mind_a_little_or_has_hurt_besides_weighs_together() -> None:
    assert avoided(minds={"best_friends": 0.3, "basic_exchange": 0.3}) == ("campaign",)
    friend = REPAIRS.types["old_friends"].avoid
    assert avoided("F16", minds={"captive": 0.5}) == ("policy_restatement", "campaign", "voucher")
    assert avoided("F16", minds={"old_friends": 0.5}) == (*friend, "policy_restatement")


def test_a_rule_restated_insults_whoever_was_charged_or_demoted() -> None:
    for code in ("F20", "F23"):
        assert "policy_restatement" in avoided(code, minds={"old_friends": 0.9})
    assert "policy_restatement" not in avoided("F12", minds={"old_friends": 0.9})


def test_whoever_was_come_too_close_to_is_asked_nothing_personal() -> None:
    assert avoided("F10", minds={"basic_exchange": 0.9})[0] == "community_invite"
    assert "personal_questions" in avoided("F10", minds={"basic_exchange": 0.9})


def test_a_word_is_named_from_two_fifths_on_and_four_at_most() -> None:
    assert avoided(minds={"best_friends": 0.4}) == REPAIRS.types["best_friends"].avoid
    assert avoided(minds={"best_friends": 0.39}) == ()
    assert len(avoided(minds={"one_night_stand": 0.9, "basic_exchange": 0.8})) == 4


def test_more_of_what_has_just_hurt_insults() -> None:
    assert avoided("F08") == ("legal_defence", "public_reply")
    assert avoided("B01") == ()


@pytest.mark.parametrize("form", ["gift_card", "voucher", "credit", "gift", "discount"])
def test_so_does_more_of_the_money_that_was_given_in_place_of_the_fix(form: str) -> None:
    assert set(avoided("F05", details={"form": form})) == {"gift_card", form}
    assert avoided("F12", details={"form": form}) == ()


def test_a_form_of_money_that_has_no_word_of_its_own_names_none() -> None:
    for details in ({}, {"form": "refund"}, {"form": None}):
        assert avoided("F05", details=details) == ("gift_card",)


def test_other_acts_of_the_matter_add_half_as_much() -> None:
    assert avoided("F12", along=("F12", "F08")) == ()
    assert avoided("F12", along=("F07", "F08")) == ("legal_defence",)
    assert avoided("F12", along=("C01", "F08", "F07")) == ("legal_defence",)
    assert avoided("F08", along=("F08",)) == ("legal_defence", "public_reply"), "its own act counts once"
    thrice = avoid_for(found("F04", "failure", along=("F04", "F08", "F07"), minds={"captive": 0.3}), CATALOGUE)
    assert thrice == ("policy_restatement", "scripted_reply", "legal_defence")


def test_a_repair_is_due_by_how_grave_it_is_and_sooner_where_they_wait_less() -> None:
    friend, patron = found("F12", "failure"), found("F12", "failure", wanted="master_slave")
    due = {word: due_within(friend, word, CATALOGUE) for word in ("low", "medium", "high", "critical")}
    assert due == {"low": 7 * DAY, "medium": 3 * DAY, "high": DAY, "critical": 4 * HOUR}
    assert {due_within(patron, word, CATALOGUE) for word in due} == {4 * HOUR}
    patient = found("F12", "failure", wanted="fling")
    assert [due_within(patient, word, CATALOGUE) for word in ("high", "critical")] == [12 * HOUR, 4 * HOUR]
    assert due_within(found("F12", "failure", wanted=""), "high", CATALOGUE) == DAY


def test_only_what_is_contact_can_be_held_back() -> None:
    held = suppressed(alert(avoid=("campaign", "voucher", "winback")), CATALOGUE)
    assert held == ("campaign", "winback")
