"""What somebody most likely meant who wrote a name that nothing bears."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

SHOWN: Final = 12
"""A choice of no more names than this is said whole."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that is most like a word, or has a part that is; None where none is like it.

    >>> nearest("owe", ["owes", "notices"]), nearest("frend", ["rebound", "best_friends"])
    ('owes', 'best_friends')
    """
    by_part: dict[str, str] = {}
    for name in known:
        for part in (name, *re.split(r"[_: -]", name)):
            by_part.setdefault(part.casefold(), name)
    found = get_close_matches(word.casefold(), by_part, n=1)
    return by_part[found[0]] if found else None


def hint(word: str, known: Iterable[str], where: str = "") -> str:
    """What to say behind "there is no such name": the nearest, else all if they are few, else where they are listed.

    >>> hint("owe", ["owes", "notices"]), hint("colour", ["owes", "notices"])
    ('; did you mean owes?', '; there are notices, owes')
    """
    names = sorted(known)
    if meant := nearest(word, names):
        return f"; did you mean {meant}?"
    if 0 < len(names) <= SHOWN:
        return f"; there are {', '.join(names)}"
    return f"; {where} lists them" if where else ""
