"""A story shows the words in which something was heard, as an alert's evidence would: short, and without secrets."""

from tests.retelling.telling import asked, block, explained, mail, wants, whole


def test_what_was_heard_stands_in_its_words() -> None:
    told = block(explained(wants("captive"), asked()), "2026-03-02 09:00")
    assert "heard a plain request in “When will you send somebody?”" in told
    assert "it tells of something that failed" in told
    rude = mail("m1", "2026-03-02T09:00:00Z", "The tap drips. Your fitter was rude to my wife. It is the hall tap.")
    assert "heard a complaint in “Your fitter was rude to my wife”" in whole(explained(wants("captive"), rude))


def test_what_no_phrase_says_is_heard_in_the_whole_text() -> None:
    paid = mail("m1", "2026-03-02T09:00:00Z", "It was not on the screen when I paid and not on the slip.")
    assert "heard a complaint in the whole text" in whole(explained(wants("captive"), paid, every=True))


def test_what_no_phrase_says_stands_in_the_sentence_that_says_most_of_it() -> None:
    text = "I came in April. It was not on the screen when I paid and not on the slip. The meter is in the hall."
    told = whole(explained(wants("captive"), mail("m1", "2026-03-02T09:00:00Z", text), every=True))
    assert "heard a complaint in “It was not on the screen when I paid and not on the slip”" in told


LETTER = (
    "We came in April. " * 30 + "It is 11 degrees in my daughter's room, she is two. When will you send somebody? Jo"
)


def test_of_a_long_text_what_was_heard_is_shown_and_the_whole_text_where_it_is_wanted() -> None:
    lines = wants("captive"), mail("m1", "2026-03-02T09:00:00Z", LETTER)
    cut, uncut = (block(explained(*lines, text=text), "2026-03-02 09:00") for text in (False, True))
    assert "“…We came in April." in cut
    assert "she is two. When will you send somebody?" in cut
    assert f"“{LETTER.removesuffix('Jo')}[name 1]”" in uncut


def test_a_text_of_usual_length_is_shown_whole() -> None:
    said = "It is cold. " * 25 + "My daughter is two."
    assert f"“{said}”" in block(explained(mail("m1", "2026-03-02T09:00:00Z", said)), "2026-03-02 09:00")


def test_no_secret_is_quoted() -> None:
    text = "Why was my card 4111 1111 1111 1111 refused again?"
    told = explained(wants("captive"), mail("m1", "2026-03-02T09:00:00Z", text))
    assert "heard a question in “Why was my card [card]" in whole(told)
    assert "4111" not in told


def test_a_subject_stands_apart_from_what_the_mail_says() -> None:
    mailed = mail("m1", "2026-03-02T09:00:00Z", "It floods the kitchen.", subject="My washing machine")
    assert "e-mail (“My washing machine”): “It floods the kitchen.”" in explained(wants("captive"), mailed)
    answered = mail("m1", "2026-03-02T09:00:00Z", "It floods the kitchen.", subject="Re: My washing machine")
    assert "e-mail: “It floods the kitchen.”" in explained(wants("captive"), answered)


def test_the_words_are_those_of_the_contact_also_where_others_cannot_be_read_or_are_of_others() -> None:
    """What is heard goes with its words by its place: a record that is none must not shift them."""
    broken = mail("m8", "2026-03-01T10:00:00Z", "This one is nobody's.", customer=None)
    other = mail("m9", "2026-03-01T11:00:00Z", "Where is my other parcel?", customer={"customer_id": "C-2"})
    silent = mail("m7", "2026-03-01T12:00:00Z", "")
    lines = wants("captive"), broken, other, silent, asked()
    assert block(explained(*lines, customer="C-1"), "2026-03-02 09:00") == block(
        explained(wants("captive"), asked(), customer="C-1"), "2026-03-02 09:00"
    )
