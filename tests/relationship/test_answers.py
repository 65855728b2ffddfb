"""A direct answer about the relationship, by a customer or an operator."""

from listener import relationship
from listener.model.inputs import Command, SurveyAnswer
from tests.relationship.builders import KNOWN, START, after, heard, share, top


def answered(**told: str) -> SurveyAnswer:
    told = {"event_id": "s", "instrument": "1q"} | told
    return SurveyAnswer.model_validate({"occurred_at": START, "customer": {"customer_id": "C-1"}} | told)


def test_a_direct_answer_sets_its_track() -> None:
    answer = answered(held="basic_exchange", wanted="business_partners")
    tie = after(heard(0, "s", channel="survey", survey=answer))
    assert top(tie) == "business_partners"
    assert top(tie, "held") == "basic_exchange"
    assert share(tie, "business_partners") > 0.8


def test_a_direct_answer_outlasts_the_next_plain_question() -> None:
    answer = answered(wanted="business_partners")
    told = heard(0, "s", channel="survey", survey=answer)
    asked = heard(1, signals={"question": 0.9}, voices={"basic_exchange": 0.5, "business_partners": -0.5})
    assert top(after(told, asked)) == "business_partners"
    assert top(after(asked)) == "basic_exchange"


def test_a_direct_answer_does_not_outlast_half_a_year_of_another_tie() -> None:
    answer = answered(wanted="business_partners")
    plain = {"basic_exchange": 1.0, "business_partners": -1.0}
    story = [heard(20 * n, f"h{n}", signals={"question": 0.9}, voices=plain) for n in range(1, 12)]
    tie = after(heard(0, "s", channel="survey", survey=answer), *story)
    assert top(tie, days=230) != "business_partners"


def test_an_operator_knows_as_well_as_an_answer() -> None:
    order = Command.model_validate(
        {"command_id": "c", "occurred_at": START, "customer_id": "C-1", "command": "override", "held": "old_friends"}
    )
    assert top(relationship.override(None, order, None, START, KNOWN), "held") == "old_friends"
