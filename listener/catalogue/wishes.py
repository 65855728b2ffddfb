"""The words of a wish to be left alone: what is to stop, what to do instead, and what parts one wish from another."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from listener.catalogue.shelf import Entry, Shelf

FILE: Final = "wishes.yaml"
_HAN = re.compile(r"[\u4e00-\u9fff]")


def pattern_of(words: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """One expression that finds any of these words, given by language.

    >>> find = pattern_of({"en": ["contact*", "don't"], "de": ["ruf*…an"], "zh": ["联系"]}).search
    >>> [bool(find(one)) for one in ("contacting", "rufen Sie nicht an", "别联系我", "Don’t", "contract")]
    [True, True, True, True, False]
    """
    every = [_expression(one) for some in words.values() for one in some]
    return re.compile("|".join(every), re.IGNORECASE)


def _expression(word: str) -> str:
    if _HAN.search(word):
        return word
    said = word.strip("*").replace("'", "['’]").replace("*", r"\w*").replace("…", r"\b.*\b")
    return rf"{'' if word.startswith('*') else chr(92) + 'b'}(?:{said}){'' if word.endswith('*') else chr(92) + 'b'}"


def _compiled(told: object) -> object:
    if not isinstance(told, Mapping) or not all(isinstance(some, list) for some in told.values()):
        raise ValueError("words are wanted by language, like {en: [call, phone*]}")
    try:
        return pattern_of({str(tongue): [str(one) for one in some] for tongue, some in told.items()})
    except re.error as trouble:
        raise ValueError(f"{trouble.pattern!r} is no expression: {trouble}") from None


Words = Annotated[re.Pattern[str], BeforeValidator(_compiled)]


class Wishes(Entry):
    """The words of wishes.yaml, each choice as one expression."""

    channels: Mapping[str, Words]
    """What tells each channel, by its name: `phone`, `sms` …"""
    advertising: Words
    granted: Words
    """What the firm's side says once it has stopped calling, writing or sending."""
    unsure: Words
    """What makes it none where it stands before: a no, an offer, a condition."""
    any_contact: Words
    never: Words
    """What asks for no contact at all, whatever else the sentence is about."""
    instead: Words
    another_way: Words
    """A number, an hour, an address: they are to be reached otherwise."""
    but: Words
    """What begins a clause of its own."""
    joined: Words = Field(alias="and")
    """What joins two wishes in a clause."""
    about: Words
    """What tells a matter that a wish is limited to."""


def read_wishes(shelf: Shelf) -> Wishes:
    """The words of wishes, an overlay's laid over the built-in ones."""
    return shelf.one(FILE, Wishes)
