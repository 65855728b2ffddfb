"""Why a belief moved from one type to another: what speaks for the new one now and did not before."""

import pytest

from listener.model.inputs import SurveyAnswer
from listener.relationship.why_moved import why_moved
from tests.relationship.builders import KNOWN, START, act, after, heard, ordered

BEGUN = after()


def reasons(*signals, fell: str = "basic_exchange", rose: str, since=BEGUN) -> dict[str, float]:
    """What speaks for it, by name, in nats."""
    return {one.what: one.nats for one in why_moved(since, after(*signals), None, KNOWN, fell=fell, rose=rose)}


def test_where_nothing_was_heard_nothing_moved_it() -> None:
    assert reasons(rose="captive") == {}


def test_what_the_firm_did_is_a_reason_for_whom_it_befits() -> None:
    fees = act("fee_charged", 1, what="paper bill", disclosed=False), act("fee_charged", 9, what="paper bill")
    assert "met_fees" in reasons(*fees, rose="captive")
    assert "met_fees" not in reasons(*fees, fell="captive", rose="basic_exchange")


def test_words_that_sound_like_one_are_a_reason_and_come_before_what_weighs_less() -> None:
    loud = heard(1, voices={"fling": 6.0, "basic_exchange": -2.0})
    told = reasons(loud, ordered(2), rose="fling")
    assert next(iter(told)) == "voice"
    assert list(told.values()) == sorted(told.values(), reverse=True)


def test_a_direct_answer_is_the_strongest_reason() -> None:
    answer = SurveyAnswer.model_validate(
        {"event_id": "s", "occurred_at": START, "customer": {"customer_id": "C-1"}, "instrument": "tie",
         "wanted": "captive"}
    )  # fmt: skip
    told = reasons(heard(1, channel="survey", survey=answer), rose="captive")
    assert next(iter(told)) == "answer"


@pytest.mark.parametrize("rose", ["captive", "fling", "marriage_partners"])
def test_only_what_is_new_since_then_counts(rose: str) -> None:
    earlier = heard(1, voices={rose: 6.0})
    assert reasons(earlier, rose=rose, since=after(earlier)) == {}
