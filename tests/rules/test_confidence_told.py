"""What is private told of as shown to others: a breach of confidence, not only an exposure; asking about it is none."""

import pytest

from tests.recordings import Recording


def noticed(text: str) -> set[str]:
    """Which alerts at medium or above come at once of one letter."""
    return Recording().wants("basic_exchange").mail(0.1, text).played(0.2).loud


@pytest.mark.parametrize(
    "text",
    [
        "There's the scan report of some other lady in the letter you sent me.",
        "You uploaded my appeal to your website with my home address and my diagnosis.",
        "The seller put my phone number in his answer to my review.",
        "Someone from accounts called my employer and told them I'm behind with the loan.",
        "I asked you not to ring the house because of the surprise party, and now they know.",
        "Im Umschlag lag der Befund eines fremden Mannes.",
        "Publicaron mi dirección y mi diagnóstico en su página.",
        "你们把我的住址发到网上了",
    ],
)
def test_what_is_private_shown_to_others_is_a_breach_of_confidence(text: str) -> None:
    assert "F08" in noticed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who can see my order history?",
        "I put my address in the review by mistake, how do I edit it?",
        "Please print my name on the box.",
        "My wife found out about the present because I left the receipt on the table.",
        "Please send my results to my doctor.",
    ],
)
def test_a_question_about_privacy_and_ones_own_slip_are_none(text: str) -> None:
    assert "F08" not in noticed(text)


def test_who_asked_for_cover_and_was_shown_is_let_down_whatever_they_call_it() -> None:
    told = Recording().wants("secret_affair").mail(0.1, "Plain box please, nobody at home may know about this.")
    told = told.mail(3, "My husband saw it, the logo is all over the parcel.")
    assert "F08" in told.played(0.2).loud
