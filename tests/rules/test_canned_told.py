"""What is a form's answer and what only begins like one: whole sentences, from the ear to the alert."""

import pytest

from tests.recordings import Recording

ASKED = "My three boxes are late for the second time, this is unacceptable. Where are they and when do they come?"


def is_canned(reply: str) -> bool:
    """Whether a demanding patron's complaint has met a canned reply."""
    told = Recording().wants("master_slave").chat(0.1, ASKED).chat(0.102, reply, "agent")
    return "F04" in told.played(0.01).loud


@pytest.mark.parametrize(
    "reply",
    [
        "Thanks for waiting. Your 3 boxes are with the courier, due Thursday 14:00.",
        "Good morning, 42 euros came back to your card, and two boxes go out tonight.",
        "Thank you for your message. The 8:40 is full, the 9:15 has two places left.",
        "Hi there, all three boxes are on shelf 12 in Leeds.",
    ],
)
def test_a_short_answer_with_the_figures_of_this_case_is_no_form(reply: str) -> None:
    assert not is_canned(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Thank you for your patience. Please allow 3 to 5 working days.",
        "Thanks for contacting us. Our lines are open 9 to 5, Monday to Friday. Your call is important to us.",
        "Thank you for getting in touch. We apologise for any inconvenience. Please do not hesitate to contact us.",
    ],
)
def test_figures_that_fit_anybody_are_a_form(reply: str) -> None:
    assert is_canned(reply)
