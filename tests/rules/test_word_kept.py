"""A promise as people give, keep, break and forgive it: whole sentences, from the ear to the alert."""

import pytest

from tests.recordings import Recording

BROKEN = "My coat came back with the wrong lining. This is the second time and I am fed up. When will you put it right?"


def promised(answer: str = "I'm so sorry. We will send the right lining by Friday.") -> Recording:
    """A plain buyer complains on a Monday and is promised something."""
    told = Recording().wants("basic_exchange").mail(0.1, BROKEN)
    return told.mail(0.2, answer, "agent")


def is_broken(told: Recording, days_more: float = 8.0) -> bool:
    """Whether an alert of a broken promise was raised, and nothing has resolved it."""
    alerts = [one for one in told.played(days_more).alerts if one.act.code == "F18"]
    return bool(alerts) and alerts[-1].status != "resolved"


def test_a_day_that_passes_without_what_was_promised_is_a_broken_promise() -> None:
    assert is_broken(promised())


@pytest.mark.parametrize(
    "polite",
    [
        "No worries.",
        "No worries, take your time.",
        "It's fine, thank you.",
        "All good, thanks so much for the quick reply!",
        "Don't worry, I understand.",
        "You are very kind, thank you.",
    ],
)
@pytest.mark.parametrize("day", [3.0, 6.0])
def test_politeness_keeps_no_promise(polite: str, day: float) -> None:
    """Neither before its day nor after."""
    assert is_broken(promised().mail(day, polite))


@pytest.mark.parametrize(
    "word",
    [
        "The lining arrived this morning, thank you.",
        "The parcel came today, just as you promised.",
        "Got it yesterday, all sorted now.",
        "Your courier's been today, all good.",
    ],
)
def test_it_is_kept_where_the_customer_says_that_it_has_come(word: str) -> None:
    assert not is_broken(promised().mail(3.0, word))


@pytest.mark.parametrize(
    "word",
    [
        "Don't bother sending it now, I found one in town.",
        "I no longer need the lining, thank you all the same.",
        "Forget about the lining, please, I mended the old one.",
        "Please, you are forgiven, and it no longer matters.",
    ],
)
def test_it_is_let_go_where_the_customer_says_so_of_it(word: str) -> None:
    assert not is_broken(promised().mail(3.0, word))


def test_another_order_keeps_no_promise_to_somebody_in_trouble() -> None:
    assert is_broken(promised().act(3.0, "order_placed", by="customer", category="socks"))


def test_an_answer_to_another_question_keeps_no_promise() -> None:
    told = promised().mail(3.0, "Do you stock brown laces?", talk="n")
    assert is_broken(told.mail(3.1, "Yes, we have brown laces at 4 euros a pair.", "agent", talk="n"))


def test_the_firm_keeps_it_by_doing_it_and_saying_so() -> None:
    assert not is_broken(promised().mail(3.0, "The right lining left this morning by courier, number 4711.", "agent"))


@pytest.mark.parametrize(
    ("word", "no"),
    [
        ("I'll do the cuff by hand, leave it with me.", "I'm sorry, we can't do that."),
        ("We will replace the lining free of charge.", "I'm afraid that won't be possible after all."),
        ("We'll put a blue one aside for you.", "I know I said we would, but the shop has sold the last one."),
        ("I will waive the alteration fee.", "Unfortunately we are unable to waive the alteration fee."),
        ("I'll mend the strap for you.", "We can't mend the strap, it's against our policy."),
        ("I'll hem the lining for you.", "I'm sorry, we can't do that."),
    ],
)
def test_what_was_to_be_done_some_day_and_is_then_refused_is_a_broken_promise(word: str, no: str) -> None:
    said = promised(word).mail(4.0, no, "agent").played()
    assert "F18" in said.loud
    assert [one.role for one in said.gravest("F18").evidence].count("agent") == 2, "the word, and its being taken back"


@pytest.mark.parametrize(
    ("word", "no"),
    [
        ("We'll look into it and come back to you.", "I'm sorry, we can't do that."),
        ("I'll check with the workshop and let you know.", "I'm afraid that won't be possible."),
        ("We will replace the lining.", "We can't offer a discount on gloves, sorry."),
        ("I'll do the cuff by hand.", "Done, the cuff is finished and on its way."),
        ("I'll do the cuff by hand.", "We won't do that again, I'm sorry it happened."),
        ("I will take that up with the team.", "I'm sorry, we can't do that."),
        ("We will replace the lining.", "I can't do it from here, the branch can."),
        ("We will replace the lining.", "That is not possible online, but in the branch it is."),
    ],
)
def test_a_no_to_what_was_only_to_be_looked_into_or_to_something_else_breaks_no_word(word: str, no: str) -> None:
    assert "F18" not in promised(word).mail(4.0, no, "agent").played().loud


@pytest.mark.parametrize(
    "chase", ["Any news on my coat? I am still waiting.", "Nobody has come back to me about the coat."]
)
def test_who_said_they_would_come_back_and_is_silent_for_a_week_has_broken_their_word(chase: str) -> None:
    word = "We'll look into it and come back to you."
    assert "F18" in promised(word).mail(8.0, chase).played(0.1).loud
    assert "F18" not in promised(word).mail(2.0, chase).played(0.1).loud
    answered = promised(word).mail(5.0, "The workshop had the wrong lining on the shelf.", "agent")
    assert "F18" not in answered.mail(8.0, chase).played(0.1).loud


def test_what_was_taken_back_before_its_day_is_not_found_again_on_it() -> None:
    told = Recording().wants("basic_exchange")
    told.mail(1.0, "My kettle is broken, I am furious and very disappointed. This is a terrible product.")
    told.mail(1.1, "We will refund you the full amount within four days.", "agent")
    told.mail(3.0, "Unfortunately we cannot refund you the full amount.", "agent")
    assert told.mail(11.0, "ok").played().noticed["F18"] == 1
