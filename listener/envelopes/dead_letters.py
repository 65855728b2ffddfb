"""A record that could not be used, as it is kept for operators: as it came, with the cause in headers (CONTRACT 3)."""

from dataclasses import dataclass
from typing import Final

from listener.model.record import DeadLetter, Headers
from listener.model.topics import DEAD

ERRORS: Final = "__streams.errors."
STAGE, ATTEMPT, CUT = "listener.stage", "listener.attempt", "listener.cut_from"
WIDEST_HEADERS: Final = 32 * 2**10
KEPT_OF_THE_TOO_WIDE: Final = 256 * 2**10


@dataclass(frozen=True, slots=True)
class Buried:
    """A dead letter as it goes on the bus; `topic` by the contract's name."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    stage: str

    def cut(self) -> "Buried":
        """The same, where the bus refuses it whole: what fits of it, and how long it was."""
        key, value = self.key or b"", self.value or b""
        mark = (CUT, b"%d" % (len(key) + len(value)))
        kept = key[:KEPT_OF_THE_TOO_WIDE] or None, value[:KEPT_OF_THE_TOO_WIDE]
        return Buried(self.topic, *kept, (*self.headers, mark), self.stage)


def bury(
    letter: DeadLetter,
    *,
    topic: str,
    partition: int,
    offset: int,
    key: bytes | None,
    value: bytes | None,
    headers: Headers = (),
) -> Buried:
    """The dead letter of a record of `topic`, which is named as the contract does.

    >>> letter = DeadLetter("decode", "DecodeError", "not JSON")
    >>> buried = bury(letter, topic="contact.chat.v1", partition=0, offset=7, key=None, value=b"?")
    >>> buried.topic, dict(buried.headers)["listener.stage"], dict(buried.headers)["__streams.errors.offset"]
    ('contact.chat.v1.dlq', b'decode', b'7')
    """
    own = [
        (readable(name), text or b"")
        for name, text in headers
        if not name.startswith(ERRORS) and name not in (STAGE, ATTEMPT)
    ]
    if sum(len(name) + len(text) for name, text in own) > WIDEST_HEADERS:
        own = []
    cause = {
        ERRORS + "exception": letter.error,
        ERRORS + "message": letter.message,
        ERRORS + "topic": topic,
        ERRORS + "partition": str(partition),
        ERRORS + "offset": str(offset),
        STAGE: letter.stage,
        ATTEMPT: str(_attempts(headers) + 1),
    }
    why = tuple((name, text.encode(errors="replace")) for name, text in cause.items())
    return Buried(topic + DEAD, key, value, (*own, *why), letter.stage)


def readable(name: str) -> str:
    r"""A header's name as it can be printed and sent: bytes that are not UTF-8 are spelled out.

    >>> print(readable("na\udcffme"))
    na\xffme
    """
    return name.encode(errors="surrogateescape").decode(errors="backslashreplace")


def _attempts(headers: Headers) -> int:
    """How often it was tried before."""
    for name, value in headers:
        if name == ATTEMPT and value is not None and value.isdigit() and len(value) < 6:
            return int(value)
    return 0
