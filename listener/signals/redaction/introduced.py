"""Names that a text makes known itself: whom it greets, thanks or tells of as somebody, who says their name, who signs.

By where a name stands, not by a list of names: what stands there and is an ordinary word, a day, a role or the firm is
told apart by NO_NAMES and by the brand. Only names written large are known so.
"""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from listener.signals.redaction import name_forms as forms
from listener.signals.redaction.ordinary import NO_NAMES, NOBODY, PARTICLES, is_saying
from listener.signals.words.stopwords import ENGLISH, GERMAN, SPANISH, STOP

_PARTICLES = PARTICLES | {"le", "du", "af"}
MOST = 24
"""So many names and parts of them are taken from one text; nobody greets more people by name."""
_SEEN = 80
"""A name that signs stands in so many of a text's last characters."""
_LAST = 4
"""Whoever signs does so in one of so many last lines: a role, a firm and a telephone may follow."""
_EVERYDAY = ENGLISH | STOP | GERMAN | SPANISH | NO_NAMES
WAYS = frozenset(("greeted", "says", "here", "signed"))
"""How a name may be made known: whom a line greets, who says their name or is thanked, `Kev here`, who signs."""


def introduced(text: str, brand: str = "", ways: Set[str] = WAYS) -> tuple[str, ...]:
    r"""The names that a text makes known, whole and each of their parts; linear in the text's length.

    `ways` are those of WAYS that the text may go.

    >>> introduced("Hi Seun,\nI'm Magda, I own the readers. Thanks for Friday.\nMagda")
    ('Seun', 'Magda')
    >>> introduced("Hi Team, this is Great. Thanks!\nBest"), introduced("Dear Tilly, where is it?", brand="tilly")
    ((), ())
    """
    parts: dict[str, None] = {}
    lines = _lines(text)
    called = _greeted(lines) if "greeted" in ways else ()
    for name, is_called in (*called, *((name, False) for name in _given(text, lines, ways))):
        words = name.replace(".", " ").split()
        if not _is_no_name(words, is_called=is_called) and not _is_of_firm(words, brand):
            parts |= dict.fromkeys(w for w in (name, *words) if _tells_apart(w) and _letters(w) not in _firm(brand))
        if len(parts) >= MOST:
            break
    return tuple(parts)


def _is_no_name(words: Sequence[str], *, is_called: bool) -> bool:
    """Whether these are everyday words; of whom a greeting calls (`Dear Will,`) only such as nobody is called by."""
    everyday = NOBODY if is_called else _EVERYDAY
    return any(word.casefold() in NO_NAMES for word in words) or words[0].casefold() in everyday


def greeted(text: str) -> tuple[str, ...]:
    r"""Whom a text greets, as they are greeted.

    >>> greeted("Dear Mr Hal Roe and Joan,\nit is done.\nMagda")
    ('Hal Roe', 'Joan')
    """
    return tuple(name for name, _ in _greeted(_lines(text)))


def signed(text: str) -> tuple[str, ...]:
    r"""Who signs a text.

    >>> signed("Hi Joan,\nit is done.\nMagda")
    ('Magda',)
    """
    return tuple(_signing(_lines(text)))


@lru_cache(maxsize=256)
def _firm(brand: str) -> frozenset[str]:
    """The words of a brand's name, and the whole of it without blanks."""
    return frozenset((_letters(brand), *map(_letters, re.split(r"[\W_]+", brand))))


def _is_of_firm(words: Sequence[str], brand: str) -> bool:
    """Whether a name is the firm's, or begins with the whole of it: `Acme Air` where the brand is `acme`."""
    firm = _letters(brand)
    return any(_letters("".join(words[:n])) == firm for n in range(1, len(words) + 1))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def _tells_apart(word: str) -> bool:
    """Whether a part of a name is met alone: no initial, no particle."""
    return word[0].isupper() and len(word) > 1 and word.casefold() not in _PARTICLES


def mentions(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where names stand as words of their own, written as they were."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            end, before = at + len(name), text[at - 1 : at]
            if not (before.isalnum() or text[end : end + 1].isalnum() or before in _HANDLES):
                yield at, end
            at = text.find(name, end)


_HANDLES = ("@", "#", "_")
"""What is written behind one of these is a handle's or a topic's."""


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line and not line.isspace()]


def _greeted(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Whom each line greets, and whether it calls them: with no comma before the name, and with one behind it."""
    for n, line in enumerate(lines):
        greeting = forms.GREETED.match(line)
        found = greeting or (forms.CALLED.match(line) if n < 2 and line.endswith(forms.CALLS) else None)
        if found is None or forms.CLOSED.match(line):
            continue
        for group, name in found.groupdict().items():
            if name is not None:
                behind = line[found.end(group) :].lstrip()[:1]
                yield name, greeting is not None and "," not in line[: found.start(group)] and behind in forms.CALLING


def _given(text: str, lines: Sequence[str], ways: Set[str]) -> Iterator[str]:
    """Every other name that stands where one is given, in the order of the ways to give it."""
    if "says" in ways:
        yield from _spoken(text)
    if "here" in ways and " here" in text:
        yield from (found["here"] for found in forms.HERE.finditer(text) if not is_saying(found["here"]))
    if "signed" in ways:
        yield from (name for name in _signing(lines) if not is_saying(name))


def _spoken(text: str) -> Iterator[str]:
    """Who says their name, is thanked or spoken of, within a sentence."""
    for blank in forms.LARGE_WITHIN.finditer(text):
        at = blank.end()
        before = text[max(0, at - forms.FARTHEST) : at]
        low = before.lower()
        way = (
            forms.SAYS
            if low.endswith(forms.I_AM)
            else forms.THANKED
            if low.endswith(forms.THANKS)
            else _of_whom(before)
        )
        if way is not None and (found := way.match(text, at)) and not is_saying(found["one"]):
            yield found["one"]


def _of_whom(before: str) -> re.Pattern[str] | None:
    """How a name stands behind words that tell of whom it is; None where they tell of nobody."""
    if (
        before.rstrip(" ,").rpartition(" ")[2].lower() not in forms.OF_WHOM_ENDS
        or (told := forms.OF_WHOM.search(before)) is None
    ):
        return None
    return forms.OF_THEM_APART if told["comma"] else forms.OF_THEM


def _signing(lines: Sequence[str]) -> Iterator[str]:
    """Who signs: in the last line behind a farewell, a mark or a sentence, or in a line of their own near the end."""
    last = lines[-1][-_SEEN:].rstrip(" *_\t\r") if lines else ""
    if _is_large(last.rpartition(" ")[2]) and (found := forms.SIGNED.search(last)):
        yield found[found.lastgroup or 0]
    for n in range(max(1, len(lines) - _LAST), len(lines)):
        line = lines[n].rstrip()
        if len(line) > _SEEN or (found := forms.ALONE.match(line)) is None:
            continue
        if forms.CLOSED.match(lines[n - 1]) or (n == len(lines) - 1 and found["role"] is None):
            yield found["one"]


def _is_large(word: str) -> bool:
    """Whether a last word is written large: the cheap look before the expression."""
    return word.lstrip("-–—^*~/")[:1].isupper()
