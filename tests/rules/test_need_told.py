"""Needs as people tell them: deaths in soft words, allergies, small children in the cold; from the ear to the alert."""

import pytest

from tests.recordings import Recording


def told(text: str, wants: str = "complete_strangers") -> set[str]:
    """Which alerts at medium or above come of one letter that nobody answers for two days."""
    return Recording().wants(wants).mail(0.1, text).played(2.0).loud


@pytest.mark.parametrize(
    "text",
    [
        "Dad slipped away in the early hours of Sunday. The contract is in his name.",
        "She went very quietly, in the chair by the window. Her card still comes here.",
        "Mum has gone now and I'm seeing to her bills.",
        "The stroke took her, in the end. I have her phone and her bill.",
        "We buried my brother on Thursday. His account is 4711.",
        "He never came home from the hospital. The line is still in his name.",
        "We lost Grandpa in March and the letters keep coming.",
    ],
)
def test_a_death_in_soft_words_is_owed_an_answer_whoever_they_are(text: str) -> None:
    assert "F02" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "We lost the parcel slip on Tuesday, it must be in the van.",
        "The blue one is gone now.",
        "He went on holiday on the 28th, in his own car.",
        "Dad's gone to the shop, he will be back at four.",
        "She left us a voicemail on Tuesday.",
        "My brother is gone for two weeks.",
        "He didn't make it to the appointment on Friday.",
    ],
)
def test_who_is_only_out_or_what_is_only_lost_is_no_death(text: str) -> None:
    assert "F02" not in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The oat milk came as almond milk again and my son can't have almonds.",
        "You sent the wrong bread, my mother is coeliac and nearly ate it.",
        "No heating since Sunday and I have a toddler here.",
        "The hot water is still broken, and there is a newborn in the house.",
    ],
)
def test_what_fails_somebody_in_need_is_a_breach_whoever_they_are(text: str) -> None:
    assert "F12" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The oat milk came as almond milk again and my son likes almonds.",
        "You sent the wrong bread and it was stale.",
        "No heating since Sunday.",
    ],
)
def test_the_same_failure_without_a_need_only_irritates_a_stranger(text: str) -> None:
    assert "F12" not in told(text)


def leaves(text: str, *, since: float = 0.0, wants: str = "business_partners") -> bool:
    """Whether it is heard as leaving, from somebody who has been heard of for so many days."""
    recording = Recording().wants(wants).chat(0.1, "Good morning, we set up the account today.")
    return "C05" in recording.mail(since + 0.5, text).played(1.0).noticed


@pytest.mark.parametrize(
    "text",
    [
        "All switched.",
        "We've switched over, all done, looking forward to it.",
        "We are both switched over now, that was easy!",
        "Moved over to you from our old supplier, no trouble at all.",
    ],
)
def test_a_newcomer_who_says_that_all_is_switched_has_come(text: str) -> None:
    assert not leaves(text)


@pytest.mark.parametrize("text", ["All switched.", "We've switched over, all done, looking forward to it."])
def test_who_has_long_been_a_customer_and_says_so_has_gone(text: str) -> None:
    assert leaves(text, since=200.0)


@pytest.mark.parametrize("text", ["We've switched to another supplier.", "I've cancelled my account."])
def test_a_newcomer_who_names_where_to_has_gone_as_well(text: str) -> None:
    assert leaves(text)


@pytest.mark.parametrize(
    "text",
    [
        "We switched to you from Voltex three years ago. I am cancelling my contract now, I have signed with another"
        " provider.",
        "Please cancel my contract. We moved to you for the price and it was a mistake, we are leaving for good.",
        "I switched to you from Voltex three years ago and now I am leaving you for good.",
    ],
)
@pytest.mark.parametrize("since", [0.0, 400.0])
def test_who_once_came_over_and_now_leaves_is_leaving(text: str, since: float) -> None:
    assert leaves(text, since=since)


@pytest.mark.parametrize(
    "text",
    ["We moved over to you from BT three years ago and have loved it.", "I switched to you in May, what is my tariff?"],
)
def test_who_has_long_been_here_and_tells_of_coming_does_not_leave(text: str) -> None:
    assert not leaves(text, since=400.0)
