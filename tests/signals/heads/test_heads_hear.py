"""What the trained heads hear, in texts that nothing was trained on or written from."""

import pytest

from tests.signals.test_ear import hear, p

KIND_LETTERS = [
    "Dear all at the stables,\n\nyou asked how Juno is doing. She has settled in, eats for two and has made "
    "friends with "
    "the goat. We had a fright in the first week, when the gate was left open and she was gone for an hour, "
    "but she came "
    "back by herself as if she had been to the shops.\n\nOur girl rides her every day after school. Thank you "
    "for finding "
    "her for us, and for the honest word about the knee. Come and see them both in the summer.\n\nWarmly, Ines",
    "Hello Karl,\n\nthe lamp you mended is back on my desk, and I wanted you to know that the light it gives "
    "is the same "
    "as when I wrote my first book under it. I had given up on it, three workshops had sent me away. You took a week, "
    "a pot of glue and, I suspect, most of your evenings.\n\nThere is a copy of the new book in the post for "
    "you.\n\nM.",
]
CROSS_LETTER = (
    "Dear Sir or Madam,\n\nin May I bought a fridge from you. In June it began to leak. In July your man "
    "came, looked at it, "
    "and said that he would order a part. It is now October. I have written three times, and the only answer "
    "I got was a "
    "survey asking how pleased I was.\n\nThe kitchen floor is ruined. I want to hear from somebody who will "
    "put this right."
)


@pytest.mark.parametrize("letter", KIND_LETTERS, ids=["the horse", "the lamp"])
def test_a_long_kind_letter_holds_no_complaint(letter: str) -> None:
    said = hear(letter, channel="email").signals
    assert max(said.get(s, 0.0) for s in ("complaint", "negative_emotion", "distress", "dissatisfaction")) < 0.5


def test_a_long_cross_letter_does() -> None:
    said = hear(CROSS_LETTER, channel="email").signals
    assert said["complaint"] >= 0.5
    kind = (hear(letter, channel="email").signals.get("dissatisfaction", 0.0) for letter in KIND_LETTERS)
    assert said["dissatisfaction"] > max(kind)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("You have done nothing at all, this is outrageous.", "Wonderful, that did it, thank you so much!"),
        ("Still no answer and still no internet.", "Ok, I'll wait for the engineer then, thanks."),
    ],
)
def test_dissatisfaction_knows_the_worse_turn_from_the_better(worse: str, better: str) -> None:
    assert p("dissatisfaction", worse) > p("dissatisfaction", better)


@pytest.mark.parametrize("said", ["No.", "No, thanks.", "Nothing else.", "My policy number is 55120.", "Two adults."])
def test_a_plain_turn_is_no_ill_feeling(said: str) -> None:
    assert max(p("complaint", said), p("negative_emotion", said)) < 0.5


def test_a_post_about_life_is_no_complaint_to_a_firm() -> None:
    assert p("complaint", "my sister took my good jumper again, so annoying", channel="social") < 0.5
