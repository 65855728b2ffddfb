"""Noticing: of all the ways a rule knows, the surest; each rule once; only what the signal can set off."""

import pytest

from listener.model.findings import Finding
from listener.model.ledger import Deed, Ledger, Mark, mark_of
from listener.model.signals import Act, Heard
from listener.rules.findings.noticing import notice
from tests.rules.builders import OPENED, case_of, done, said


def noticed(signal: Heard | Act, ledger: Ledger | None = None) -> dict[str, Finding]:
    """What is noticed in a signal, by code."""
    found = notice(case_of(signal, ledger))
    assert len({one.rule_id for one in found}) == len(found), "each rule once"
    return {one.code: one for one in found}


def test_an_act_is_noticed_by_its_kind_and_told_in_the_words_of_the_way_it_was_noticed() -> None:
    (failure,) = noticed(done("service_incident", incident="late", severity=2)).values()
    assert (failure.code, failure.p, failure.why) == ("F12", 0.95, "A failure: late.")
    small = done("service_incident", incident="late", severity=1, avoidable=True)
    told = noticed(small, Ledger(contacts=1))["F12"]
    assert (told.p, told.why) == (0.65, "A small failure: late.")
    assert noticed(small)["F12"].p == 0.58, "of somebody who never spoke it is no more than noted"
    assert noticed(done("order_placed")) == {}


@pytest.mark.parametrize(("rival", "p"), [(0.9, 0.9), (0.5, 0.5), (0.49, None)])
def test_words_are_as_sure_as_the_cue_from_where_the_rule_asks(rival: float, p: float | None) -> None:
    told = noticed(said("customer", names_rival=rival)).get("C01")
    assert (told.p if told else None) == p


@pytest.mark.parametrize(("failure", "p"), [(0.9, 0.585), (0.6, 0.52), (0.5, 0.52), (0.49, None)])
def test_what_failed_is_noted_when_it_is_likelier_than_not(failure: float, p: float | None) -> None:
    """But never so surely that a calm word of it would be an alert (.6)."""
    told = noticed(said("customer", failure=failure)).get("F12")
    assert (told.p if told else None) == p


def test_of_several_ways_the_surest_counts_whichever_cue_set_it_off() -> None:
    cues = {"failure": 0.9, "failure:late": 0.8, "complaint": 0.9}
    after_one = Ledger(incident=Mark("e", OPENED, "late"))
    calm, angry = said("customer", **cues), said("customer", **cues, negative_emotion=0.8)
    assert noticed(calm)["F12"].p == 0.585
    assert noticed(calm, after_one)["F12"].p == pytest.approx(0.95 * 0.8)
    assert noticed(angry)["F12"].p == 0.8
    backwards = said("customer", negative_emotion=0.8, **dict(reversed(cues.items())))
    assert noticed(backwards)["F12"].why == noticed(angry)["F12"].why


def test_a_side_is_heard_for_what_that_side_can_do() -> None:
    assert "F17" in noticed(said("agent", rude=0.9))
    assert noticed(said("customer", rude=0.9)) == noticed(said("bot", rude=0.9)) == {}
    assert "C01" in noticed(said("customer", rival_praise=0.9))
    assert "C01" not in noticed(said("agent", rival_praise=0.9))


def test_what_is_noticed_is_told_in_order_of_code() -> None:
    turn = said("customer", rival_praise=0.9, failure=0.9, complaint=0.9, unanswered=0.9)
    codes = list(noticed(turn))
    assert codes == sorted(codes)
    assert {"C01", "C03", "F02", "F12"} <= set(codes)


def test_how_sure_it_is_is_kept_to_four_places() -> None:
    assert noticed(said("customer", failure=0.87777))["F12"].p == 0.5706


def test_a_way_that_counts_once_in_a_conversation_does_so() -> None:
    ledger = Ledger(deeds=(Deed("C01", OPENED, 1, 90, 0, mark_of("t"), "before"),))
    case = case_of(said("customer", "1 h", rival_praise=0.9), ledger)
    notice(case)
    assert [one.counts for one in case.ledger.deeds] == [True, False]
