"""Every channel's contact becomes a message: new words only, nothing hostile slows it."""

import base64
import time
from email.message import EmailMessage

import pytest

from listener.model.inputs import ChatTurn, SocialPost, VoiceSegment
from listener.normalise import normalise, parse_mail
from listener.normalise.clean import LONGEST, clean, join_lines
from tests.contracts import HOSTILE
from tests.normalise.builders import AT, WHO, mail


def raw(message: EmailMessage) -> str:
    return base64.b64encode(message.as_bytes()).decode()


def letter(body: str, html: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {
        "From": "Ann <Ann@Example.org>",
        "To": "help@brand.example",
        "Subject": "Re: AW: Slots",
        **headers,
    }.items():
        message[name] = value
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_raw_mail_gives_its_new_words_its_subject_and_who_wrote_it() -> None:
    body = (
        "Where is my parcel?\n\n-- \nAnn Lee\n\nOn Mon, 1 Jan 2026 at 10:00, Bob <b@y.org> wrote:\n> It is "
        "coming\n> soon"
    )
    said = normalise(mail(rfc822=raw(letter(body))), "email")
    assert said.text == "Where is my parcel?"
    assert said.subject == "Slots"
    assert said.senders == ("ann@example.org",)
    assert "It is coming" in said.quoted


def test_a_first_mails_subject_is_heard_as_its_first_line() -> None:
    """Many people ask in the subject and only sign below it."""
    asks = "Cancel my contract please"
    assert normalise(mail(subject=asks, text="As of June, thanks."), "email").text == f"{asks}\nAs of June, thanks."
    assert normalise(mail(rfc822=raw(letter("As of June.", Subject=asks))), "email").text == f"{asks}\nAs of June."
    assert normalise(mail(subject=asks, text=" "), "email").text == asks


@pytest.mark.parametrize(
    "told",
    [
        {"subject": "Re: Cancel my contract", "text": "It is done."},
        {"subject": "AW: WG: Cancel my contract", "text": "It is done."},
        {"subject": "Cancel my contract", "text": "It is done.", "in_reply_to": "<a@b>"},
        {"subject": "it is done", "text": "It is done."},
        {"subject": "", "text": "It is done."},
    ],
)
def test_a_subject_that_says_nothing_new_is_not_heard_again(told: dict[str, str]) -> None:
    assert normalise(mail(**told), "email").text == "It is done."


def test_html_loses_its_markup_styles_and_quotes() -> None:
    html = (
        "<html><style>p{}</style><body><p>Hi <b>you</b></p><blockquote>old "
        "words</blockquote><script>x()</script></body></html>"
    )
    assert normalise(mail(html=html), "email").text == "Hi you"


def test_a_disclaimer_is_not_what_was_said() -> None:
    text = "Please refund me.\n\nThis email is confidential and intended only for the person it is addressed to."
    assert normalise(mail(text=text), "email").text == "Please refund me."


@pytest.mark.parametrize(
    "subject", ["Automatic reply: Slots", "Out of office", "Abwesenheit bis 3.3.", "Undeliverable: hello"]
)
def test_an_automatic_answer_is_known(subject: str) -> None:
    assert normalise(mail(text="I am away.", subject=subject), "email").automatic


def test_an_automatic_header_is_known() -> None:
    assert parse_mail(raw(letter("away", **{"Auto-Submitted": "auto-replied"}))).automatic


def test_a_wrong_charset_is_read_all_the_same() -> None:
    octets = b"From: a@b.c\nContent-Type: text/plain; charset=no-such-thing\n\nGr\xc3\xbc\xc3\x9fe"
    assert "Grüße" in parse_mail(base64.b64encode(octets).decode()).text


@pytest.mark.parametrize("junk", ["%%%not base64%%%", "AAAA", "", "=" * 100])
def test_what_is_no_mail_gives_no_error(junk: str) -> None:
    assert normalise(mail(rfc822=junk), "email").senders == ()


def test_a_transcript_loses_its_fillers() -> None:
    turn = VoiceSegment.model_validate(
        {"event_id": "v", "occurred_at": AT, "customer": WHO, "text": "um i uh want to erm cancel"}
    )
    assert normalise(turn, "voice").text == "i want to cancel"


def test_a_post_keeps_handles_tags_and_links_and_sets_a_quote_apart() -> None:
    post = SocialPost.model_validate(
        {
            "event_id": "p",
            "occurred_at": AT,
            "customer": WHO,
            "text": "> we are the best\n@brand sure #fail https://x.example/a",
        }
    )
    said = normalise(post, "social")
    assert (said.handles, said.hashtags, said.links) == (("brand",), ("fail",), ("https://x.example/a",))
    assert said.quoted.startswith(">")
    assert "best" not in said.text


def test_wrapped_lines_are_joined_and_lists_are_not() -> None:
    text = "I have been waiting for the parcel that you promised to send to\nme last week.\n1. one\n2. two"
    assert join_lines(text).count("\n") == 2


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_cut_cleaned_and_quick(kind: str) -> None:
    began = time.process_time()
    for key in ("text", "html"):
        event = mail(text="x").model_copy(update={"text": None, key: HOSTILE[kind] * 3 or " "})
        said = normalise(event, "email")
        assert len(said.text) <= LONGEST
        assert not any(c in said.text for c in "\x00\u202e\ud800")
    turn = ChatTurn.model_validate({"event_id": "c", "occurred_at": AT, "customer": WHO, "text": "x"})
    assert normalise(turn, "chat").text == "x"
    assert time.process_time() - began < 2.0


def test_a_mail_of_endless_parts_is_read_in_time() -> None:
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(20_000))
    began = time.process_time()
    parse_mail(base64.b64encode(deep).decode())
    assert time.process_time() - began < 1.0


def test_cleaning_twice_changes_nothing() -> None:
    for text in HOSTILE.values():
        assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("mask", ["__company__", "__Company__", "[COMPANY]", "<COMPANY>"])
def test_a_name_that_was_masked_is_read_as_a_name(mask: str) -> None:
    """Read as words, every post to a firm whose name was taken out would speak of "the company"."""
    assert clean(f"{mask} where is it? @__company__") == "@company where is it? @company"


@pytest.mark.parametrize(
    "told", ["so __very__ late", "see [1] and [the list]", "a <b>bold</b> word", "snake__name__case"]
)
def test_what_only_looks_masked_stays(told: str) -> None:
    assert clean(told) == told
