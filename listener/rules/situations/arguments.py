"""What may stand behind a situation's name: a span, a number, types, codes; each by the name a claim gives it."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from listener.catalogue.near import hint
from listener.model.spans import seconds
from listener.model.types import FAMILIES, TYPES

MAY_GO_BARE: Final = ("notice given", "apologised here")
"""Situations that have an argument of their own where none is written."""
_CODE: Final = re.compile(r"[FBCMSD]\d\d")
_FAILED: Final = re.compile(r"(?P<within>[\d.]+ *[a-z]+)(?P<kinds>(?: \w+)*)")
_DONE: Final = re.compile(r"(?P<codes>.*?)(?: within (?P<span>\d+ \w+))?(?: times (?P<times>\d+))?")


class Done(NamedTuple):
    """Acts of these codes, done within so many seconds, so many times."""

    codes: str
    within_s: int
    times: int


@lru_cache(maxsize=256)
def done(argument: str) -> Done:
    """What `done before F06 within 14 d times 2` asks for.

    >>> done("F06 F24 within 14 d")
    Done(codes='F06 F24', within_s=1209600, times=1)
    """
    found = _DONE.fullmatch(argument)
    assert found is not None  # every part is optional
    return Done(found["codes"], seconds(found["span"] or "90 d"), int(found["times"] or 1))


class Failed(NamedTuple):
    """A failure within a span, of one of these kinds; of any where there are none."""

    within: str
    kinds: tuple[str, ...]


@lru_cache(maxsize=256)
def failed(argument: str) -> Failed:
    """What `incident before 14 d damaged lost` asks for.

    >>> failed("14 d damaged lost"), failed("14d")
    (Failed(within='14 d', kinds=('damaged', 'lost')), Failed(within='14d', kinds=()))
    """
    found = _FAILED.fullmatch(argument)
    return Failed(found["within"], tuple(found["kinds"].split())) if found else Failed(argument, ())


def _span(argument: str) -> str:
    try:
        seconds(argument)
    except ValueError as trouble:
        return str(trouble)
    return ""


def _whole_number(argument: str) -> str:
    return "" if argument.isdecimal() else f"{argument!r} is not a whole number"


def _failure(argument: str) -> str:
    return _span(failed(argument).within)


def _number(argument: str) -> str:
    try:
        float(argument)
    except ValueError:
        return f"{argument!r} is not a number"
    return ""


def _types(argument: str) -> str:
    known = (*TYPES, *FAMILIES)
    strange = [one for one in argument.split() if one not in known]
    if strange:
        return f"{strange[0]!r} is no type and no family{hint(strange[0], known, '`listener rules types`')}"
    return "" if argument else "say which types: `listener rules types` lists them"


def _codes(argument: str) -> str:
    strange = [one for one in argument.split() if not _CODE.fullmatch(one)]
    if strange:
        return f"{strange[0]!r} is no code of an act, like F06"
    return "" if argument else "say which acts, by their codes, like F06"


def _deeds(argument: str) -> str:
    try:
        return _codes(done(argument).codes)
    except ValueError as trouble:
        return str(trouble)


def _voice(argument: str) -> str:
    name, _, least = argument.partition(" ")
    return _number(least) if name in TYPES else _types(name) or f"{name!r} is a family: say one type"


_SUBJECTS: Final = ("person", "price", "privacy", "quiet")


def _subject(argument: str) -> str:
    return "" if argument in _SUBJECTS else f"{argument!r} is none of {', '.join(_SUBJECTS)}"


class Takes(NamedTuple):
    """What an argument is, in words, and what is wrong with one (empty: nothing)."""

    words: str
    wrong: Callable[[str], str]


TAKES: Final[Mapping[str, Takes]] = {
    "span": Takes("a span: `30 d`", _span),
    "count": Takes("a number: `3`", _whole_number),
    "least": Takes("a number: `2`", _whole_number),
    "gap": Takes("a number: `0.3`", _number),
    "types": Takes("types or families: `fling committed`", _types),
    "codes": Takes("codes: `F04 F21`", _codes),
    "deeds": Takes("codes: `F06 within 14 d times 2`", _deeds),
    "failure": Takes("a span, and which failures if not any: `14 d damaged lost`", _failure),
    "subject": Takes("what the word was given on: `price`, `privacy`, `person` or `quiet`", _subject),
    "voice": Takes("a type and a number: `fling 1.5`", _voice),
}
"""By the name of a claim's second parameter; `_` takes nothing."""


def must_be_taken(name: str, parameter: str, argument: str) -> None:
    """Hold an argument against what the situation of this name takes.

    Raises:
        ValueError: where it is none, or stands behind a situation that takes none.
    """
    takes = TAKES.get(parameter)
    if takes is None:
        if argument:
            raise ValueError(f"{name}: nothing may stand behind it, and {argument!r} does")
    elif (argument or name not in MAY_GO_BARE) and (says := takes.wrong(argument)):
        raise ValueError(f"{name}: {says}")
