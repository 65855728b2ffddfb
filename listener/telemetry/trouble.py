"""A traceback for a log: where it happened and what kind it was, without the data it choked on."""

import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Final, TextIO

from structlog.typing import EventDict

ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]

SPEAKS_OF_DATA: Final = (ValueError, TypeError, LookupError)
"""Errors whose message tends to quote what was read (decoding, validation, a missing key): theirs is withheld."""


def tell(trouble: BaseException) -> str:
    """The whole chain of causes, the first cause first."""
    return "".join(line for link in reversed(list(_chain(trouble))) for line in _one(link)).rstrip("\n")


def tell_exc_info(_: object, __: str, event: EventDict) -> EventDict:
    """A structlog processor: `exc_info` becomes the text `exception`."""
    told = event.pop("exc_info", None)
    trouble = told[1] if isinstance(told, tuple) else told if isinstance(told, BaseException) else None
    if told is True:
        trouble = sys.exc_info()[1]
    if trouble is not None:
        event["exception"] = tell(trouble)
    return event


def print_exc_info(stream: TextIO, exc_info: ExcInfo) -> None:
    """The same, for structlog's console."""
    if exc_info[1] is not None:
        stream.write("\n" + tell(exc_info[1]))


def _chain(trouble: BaseException | None) -> Iterator[BaseException]:
    while trouble is not None:
        yield trouble
        trouble = trouble.__cause__ or (None if trouble.__suppress_context__ else trouble.__context__)


def _one(trouble: BaseException) -> Iterator[str]:
    yield from traceback.format_tb(trouble.__traceback__)
    said = "[withheld]" if isinstance(trouble, SPEAKS_OF_DATA) else str(trouble)
    yield f"{type(trouble).__module__}.{type(trouble).__qualname__}: {said}\n"
