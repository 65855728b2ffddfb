"""What is done in words alone: an idea sold as the firm's own, an answer that would fit anybody, a death told."""

import pytest

from tests.recordings import Recording

IDEA = (
    "Hello, a suggestion from somebody who bakes with your flour every night. You could print the milling date on the "
    "sack and sell the older sacks cheaper to bakeries nearby. We would collect them ourselves."
)


def partner() -> Recording:
    """A partner who has given an idea and got an answer to it."""
    told = Recording().known_since("2019-01-01").wants("business_partners").mail(0.1, IDEA)
    return told.mail(1, "Thank you Ann, we talked it over: the mill likes it, and Jo will ring you on Friday.", "agent")


@pytest.mark.parametrize("author", ["agent", "campaign"])
@pytest.mark.parametrize(
    "news",
    [
        "Our own idea for the autumn: the milling date on every sack, and older sacks sold cheaper to bakeries.",
        "Dreamed up by our product team: sacks with a milling date, and cheaper older sacks for bakeries nearby.",
    ],
)
def test_an_idea_that_comes_out_as_the_firms_own_is_credit_taken(author: str, news: str) -> None:
    assert "F34" in partner().mail(40, news, author, "news").played().loud


@pytest.mark.parametrize(
    "news",
    [
        "Our own idea for the autumn: a rye loaf that keeps for a week, in three shops from Monday.",
        "Ann's suggestion is in the shops: the milling date on every sack, older sacks cheaper for bakeries. Thanks.",
    ],
)
def test_another_idea_and_one_that_names_who_gave_it_are_no_credit_taken(news: str) -> None:
    assert "F34" not in partner().mail(40, news, "agent", "news").played().noticed


LAUNCHED = (
    "New from today: sacks with the milling date on them, and older sacks cheaper for bakeries nearby. Have a look."
)


def launched(news: str) -> Recording:
    """A launch, and the mail that tells of it."""
    return partner().act(40, "product_launched", product="Fresh Sack").mail(40.01, news, "campaign", "news")


def test_the_mail_of_a_launch_that_has_their_idea_in_it_takes_the_credit_for_it() -> None:
    assert "F34" in launched(LAUNCHED).played().loud


def test_the_mail_of_another_launch_and_one_that_names_who_gave_the_idea_take_no_credit() -> None:
    credited = (
        "Ann's suggestion is in the shops: the milling date on every sack, older sacks cheaper for bakeries. Thanks."
    )
    other = "New from today: a rye flour from the oldest field in the valley, ground on stone. Have a look."
    assert "F34" not in launched(other).played().noticed
    assert "F34" not in launched(credited).played().noticed


def answered(reply: str) -> set[str]:
    """What is noticed of an answer to a late train."""
    asked = "The 8.40 has not come and nobody tells us anything, this is the third time this week. Why is it late?"
    return Recording().wants("captive").chat(0.1, asked).chat(0.101, reply, "agent").played(0.1).noticed


@pytest.mark.parametrize(
    "reply",
    [
        "We apologise for any inconvenience. Your journey is important to us.",
        "Thank you for your patience. Please check our website for updates.",
    ],
)
def test_an_answer_that_would_fit_anybody_is_scripted(reply: str) -> None:
    assert "F04" in answered(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Apologies for the delay. We're waiting for the crew, boarding at 9:15.",
        "Sorry about this! It is at the depot, out again before noon.",
    ],
)
def test_an_answer_in_a_forms_tone_that_says_what_is_the_matter_is_not(reply: str) -> None:
    assert "F04" not in answered(reply)


def test_an_order_does_not_answer_who_tells_of_a_death_and_asks() -> None:
    """A plain question is answered by the order that follows it; what a death asks for is answered by a person."""
    death = "My husband died on Tuesday. What happens with his contract now?"
    ordered = Recording().wants("old_friends").mail(0.1, death).act(0.3, "order_placed", order_id="o")
    assert "F02" in ordered.played(3).loud
    reply = "Dear Ann, I am so sorry for your loss. I have closed the contract, there is nothing more for you to do."
    answered_too = Recording().wants("old_friends").mail(0.1, death).mail(0.3, reply, "agent")
    assert "F02" not in answered_too.played(3).noticed
