"""Nothing that anybody writes slows the ear out of proportion: twice the length, about twice the work, up to 1 MiB."""

import time
from datetime import UTC, datetime

import pytest

from listener.catalogue import load
from listener.model.inputs import ChatTurn, Email
from listener.model.message import Message
from listener.normalise import normalise
from listener.normalise.clean import LONGEST, clean
from listener.signals import Ear
from listener.signals.redaction.redact import redact

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
EAR = Ear(load())
MIB = 1 << 20
UNITS = {
    "one letter": "a",
    "one word": "not ",
    "blanks": " ",
    "newlines": "\n",
    "emoji": "😀",
    "bidi controls": "\u202ehello\u202c \u2066there\u2069",
    "lone surrogates": "\ud800 broken \udfff",
    "null bytes": "a\x00b\x00 ",
    "combining marks": "a\u0301\u0302",
    "quotation marks": '"“”',
    "question marks": "?!",
    "digits": "1",
    "numbers": "4111 1111 ",
    "colons": "1:2:",
    "dots": "1.2.",
    "at signs": "a@b.",
    "streets": "12 elm elm elm road ",
    "names": "my name is Ann ",
    "han": "我要投诉",
    "german": "ich warte seit drei wochen auf mein paket und niemand meldet sich ",
    "spanish": "llevo tres semanas esperando y nadie responde ¿por qué? ",
    "moves": "switch from Acme to Norvik ",
    "half phrases": "i have asked the another someone promised to call me by ",
    "open quotes": "he said “ ",
    "dates": "by 12/12 or 3 to 5 days ",
}


def cost(text: str, role: str = "agent") -> float:
    """Seconds of the processor that hearing a text takes, the best of three."""
    message = Message(text, "chat", role, AT, brand="acme", known_names=("Ann Lee",))  # type: ignore[arg-type]  # a role
    taken = []
    for _ in range(3):
        began = time.process_time()
        EAR.listen([message])
        taken.append(time.process_time() - began)
    return min(taken)


def of(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


@pytest.mark.parametrize("kind", UNITS)
def test_twice_the_text_takes_about_twice_as_long(kind: str) -> None:
    half, whole = (clean(of(UNITS[kind], size)) for size in (LONGEST // 2, LONGEST))
    cost(whole[:500])
    for role in ("customer", "agent"):
        assert cost(whole, role) <= 2.6 * cost(half, role) + 0.05


@pytest.mark.parametrize("kind", UNITS)
def test_a_mebibyte_is_read_from_end_to_end_in_a_moment(kind: str) -> None:
    """From the wire's value to the impression: what is beyond the longest text costs no more than being cut off."""
    text = of(UNITS[kind], MIB)
    began = time.process_time()
    for event, channel in (
        (ChatTurn.model_construct(event_id="e", occurred_at=AT, text=text, author="customer"), "chat"),
        (Email.model_construct(event_id="e", occurred_at=AT, text=text, author="customer"), "email"),
        (Email.model_construct(event_id="e", occurred_at=AT, html=text, author="customer"), "email"),
    ):
        said = EAR.listen([normalise(event, channel)])[0]  # type: ignore[arg-type]  # a channel
        assert len(said.excerpt) <= 160
        assert all(0 <= p <= 1 for p in said.signals.values())
    assert time.process_time() - began < 6


@pytest.mark.parametrize("kind", UNITS)
def test_redaction_takes_time_in_proportion(kind: str) -> None:
    def taken(size: int) -> float:
        text = clean(of(UNITS[kind], size))
        began = time.process_time()
        redact(text, ("Ann Lee",))
        return time.process_time() - began

    taken(1_000)
    assert min(taken(20_000) for _ in range(2)) <= 2.6 * max(taken(10_000) for _ in range(2)) + 0.05
