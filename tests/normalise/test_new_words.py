"""Of a mail only what is new is read, whichever program wrote it, in English, German, Spanish and Chinese."""

import base64
import json
import time
import tracemalloc
from pathlib import Path

import pytest

from listener.model.inputs import ChatTurn, VoiceSegment
from listener.normalise import normalise
from listener.normalise.mail import parse_octets
from listener.normalise.reply import new_words
from tests.normalise.builders import AT, WHO, mail

REPLIES = {
    told["kind"]: (told["text"], told["new"])
    for line in (Path(__file__).parent / "replies.jsonl").read_text().splitlines()
    for told in [json.loads(line)]
}
"""Mails as Gmail, Outlook, Apple Mail, GMX, QQ and others write them, and what is new in each."""


@pytest.mark.parametrize("kind", REPLIES)
def test_only_the_new_words_are_read(kind: str) -> None:
    text, new = REPLIES[kind]
    assert normalise(mail(text=text), "email").text == new


HTML = {
    told["program"]: told["html"]
    for line in (Path(__file__).parent / "html.jsonl").read_text().splitlines()
    for told in [json.loads(line)]
}


@pytest.mark.parametrize("program", HTML)
def test_html_gives_the_new_words_only(program: str) -> None:
    assert (
        normalise(mail(html=HTML[program].format("Where is <b>my</b> parcel?")), "email").text == "Where is my parcel?"
    )


HOSTILE_LINES = {
    "newlines": "\n",
    "attributions": "On Mon a b wrote ",
    "open attributions": "On Monday somebody\n",
    "quotes": "> ",
    "headers": "From: a\n",
    "dates": "Date: \n",
    "a list of parcels": "To: Ann\nSent: Monday\n\n",
    "dashes": "-",
    "farewells": "best\n",
    "colons": "on x:\n",
    "long lines": "On " + "x" * 390 + ":\n",
    "han": "于" * 100 + "写道x:\n",
}


@pytest.mark.parametrize("kind", HOSTILE_LINES)
def test_a_hostile_mail_takes_time_in_proportion(kind: str) -> None:
    def cost(size: int) -> float:
        text = (HOSTILE_LINES[kind] * size)[:size]
        began = time.process_time()
        new_words(text)
        return time.process_time() - began

    assert cost(60_000) < 4 * cost(30_000) + 0.05


def nested(depth: int, words: bytes, *, first: bool) -> bytes:
    """multipart/alternative, `depth` deep: the words beside the first nesting, or at the very bottom."""
    head = b"From: ann@example.org\nTo: help@brand.example\nSubject: deep\nMIME-Version: 1.0\n"
    for n in range(depth):
        head += b"Content-Type: multipart/alternative; boundary=b%d\n\n--b%d\n" % (n, n)
        if first and n == 0:
            head += b"Content-Type: text/plain; charset=utf-8\n\n" + words + b"\n--b0\n"
    return head + b"Content-Type: text/plain; charset=utf-8\n\n" + words


def test_parts_a_hundred_deep_are_neither_followed_nor_fatal() -> None:
    assert parse_octets(nested(100, b"hello", first=True)).text.strip() == "hello"
    assert parse_octets(nested(5, b"hello", first=False)).text.strip() == "hello"
    assert parse_octets(nested(100, b"hello", first=False)).subject == "deep"


HOSTILE_HEADERS = {
    "a subject of encoded words": (b"Subject: ", b"=?utf-8?q?a?= "),
    "a folded subject": (b"Subject: ", b"=?utf-8?q?a?=\n "),
    "a type of many parameters": (b"Content-Type: text/plain; ", b"a=b; "),
    "many senders": (b"From: ", b"a@b.c, "),
    "comments": (b"From: ", b"(a)"),
    "open brackets": (b"From: ", b"("),
    "open quotes": (b"To: ", b'"'),
    "parts of many parameters": (
        b"Content-Type: multipart/mixed; boundary=b\n\n",
        b"--b\nContent-Type: text/plain; " + b"a=b; " * 500 + b"\n\nhi\n",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE_HEADERS)
def test_a_header_without_end_costs_neither_time_nor_memory_nor_an_error(kind: str) -> None:
    """The library takes gigabytes and minutes for a subject of a few hundred kilobytes."""
    (head, again), size = HOSTILE_HEADERS[kind], 300_000
    octets = head + (again * (size // len(again))) + b"\nX-One: more\n\nhello\n"
    began = time.process_time()
    parse_octets(octets)
    assert time.process_time() - began < 2
    tracemalloc.start()
    parse_octets(octets[:20_000])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 2**20


def test_of_a_long_list_of_addresses_none_is_cut_in_two() -> None:
    told = parse_octets(b"From: ann@example.org\nTo: " + b"somebody@example.org, " * 200 + b"\n\nhi\n")
    assert (told.senders, told.recipients) == (("ann@example.org",), ("somebody@example.org",))


@pytest.mark.parametrize(
    ("charset", "octets"),
    [
        ("utf-8", "Grüße, señor, 您好".encode()),
        ("iso-8859-1", "Grüße, señor".encode("latin-1")),
        ("iso-8859-1", "Grüße, 您好".encode()),
        ("gb2312", "您好，包裹鎔".encode("gbk")),
        ("big5", "您好".encode("big5")),
        ("utf-8", "Grüße".encode("cp1252")),
        ("no-such-thing", "Grüße".encode()),
        ("", "Grüße".encode()),
        ("utf-16", "Grüße".encode("utf-16")),
    ],
)
def test_a_charset_is_believed_as_far_as_it_fits(charset: str, octets: bytes) -> None:
    head = b"Content-Type: text/plain" + (b"; charset=" + charset.encode() if charset else b"")
    body = base64.b64encode(octets)
    text = parse_octets(head + b"\nContent-Transfer-Encoding: base64\n\n" + body).text
    assert any(word in text for word in ("Grüße", "您好")), text


def test_broken_base64_gives_what_can_be_read() -> None:
    octets = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ=###broken$$$"
    assert parse_octets(octets).text.startswith("Hello world")


def test_raw_eight_bit_headers_are_read() -> None:
    octets = "From: Änn <Ann@Example.org>\nSubject: Grüße =?utf-8?q?f=C3=BCr?= Sie\n\nhi".encode()
    told = parse_octets(octets)
    assert (told.subject, told.senders) == ("Grüße für Sie", ("ann@example.org",))


AUTOMATIC = {
    "out of office, by its words": ("Re: order", "I am currently out of the office and will be back on Monday.", ""),
    "german, by its words": ("AW: x", "Ich bin bis zum 3. März nicht im Büro.", ""),
    "spanish, by its words": ("RE: x", "Actualmente me encuentro fuera de la oficina.", ""),
    "chinese, by its subject": ("自动回复: 订单", "您好", ""),
    "a bounce": ("x", "failed", "From: MAILER-DAEMON@mail.example"),
    "a report": ("x", "failed", "Content-Type: multipart/report; boundary=b"),
    "by header": ("x", "away", "Auto-Submitted: auto-replied"),
}


@pytest.mark.parametrize("kind", AUTOMATIC)
def test_what_a_program_answered_says_nothing_of_the_customer(kind: str) -> None:
    subject, text, header = AUTOMATIC[kind]
    raw = (f"{header}\n" if header else "") + f"Subject: {subject}\n\n{text}"
    said = normalise(mail(rfc822=base64.b64encode(raw.encode()).decode()), "email")
    assert said.automatic
    assert said.text == ""


def test_whoever_speaks_of_being_away_is_still_heard() -> None:
    said = normalise(mail(text="I was out of the office when your driver came. Where is my parcel?"), "email")
    assert not said.automatic
    assert said.text


def turn(text: str, **told: object) -> ChatTurn:
    return ChatTurn.model_validate({"event_id": "c", "occurred_at": AT, "customer": WHO, "text": text, **told})


def test_short_lines_of_one_turn_are_read_together() -> None:
    assert normalise(turn("i have been waiting\nfor three weeks\nNo reply"), "chat").text == (
        "i have been waiting for three weeks\nNo reply"
    )


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("um so i i asked uh three times", None, "so i asked three times"),
        ("äh ich warte ähm seit drei wochen", "de", "ich warte seit drei wochen"),
        ("er hat mich nicht angerufen", "de", "er hat mich nicht angerufen"),
        ("嗯，我要投诉", "zh", "我要投诉"),
    ],
)
def test_a_transcript_loses_fillers_and_stutters_of_its_language(text: str, language: str | None, read: str) -> None:
    told = {"event_id": "v", "occurred_at": AT, "customer": WHO, "text": text, "language": language}
    assert normalise(VoiceSegment.model_validate(told), "voice").text == read
