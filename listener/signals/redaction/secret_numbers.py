"""Secrets made of numbers: addresses, cards, telephones, accounts, orders. Looked for where digits stand."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from listener.signals.redaction import secret_forms as forms
from listener.signals.words.finding import find_words, finds

_DIGITS, _FIGURES = re.compile(r"\d+"), re.compile("[0-9]+")
_LONG = 6
"""Digits, not far from each other, without which there is no telephone and no card."""


class Secret(NamedTuple):
    """A stretch of a text that must not leave, and the mark that stands for it."""

    start: int
    end: int
    mark: str


def numbers(text: str, may: Set[str]) -> Iterator[Secret]:
    """Every secret made of numbers; `may` are the hints (secret_forms.HINTS) that the text has."""
    digits = [m.span() for m in (_FIGURES if text.isascii() else _DIGITS).finditer(text)]
    if "ip" in may:
        yield from (Secret(*m.span(), "[ip]") for m in forms.IP.finditer(text) if forms.is_ip(m.group()))
    if not digits:
        return
    if "ways" in may or "coded" in may:
        yield from (Secret(*m.span(), "[address]") for m in _streets(text, digits, may))
    for m in forms.IBAN.finditer(text) if "iban" in may else ():
        ends = (e for e in range(m.end(), m.start() + 14, -1) if text[e - 1].isalnum())
        if (end := next((e for e in ends if forms.is_iban(text[m.start() : e])), None)) is not None:
            yield Secret(m.start(), end, "[iban]")
    for m in forms.DIGITS.finditer(text, max(0, digits[0][0] - 2)) if _has_long(digits) else ():
        said = "".join(c for c in m.group() if c.isdecimal())
        if forms.is_card(said):
            yield Secret(*m.span(), "[card]")
        elif not forms.DATE.fullmatch(m.group()):
            spaced = len(said) >= 7 and (m.group()[0] in "+(0" or not m.group().isdigit())
            yield Secret(*m.span(), "[phone]" if spaced else "[number]")
    yield from _ids(text, may)


def _streets(text: str, digits: Sequence[tuple[int, int]], may: Set[str]) -> Iterator[re.Match[str]]:
    """Streets with a number, and codes of post: those that begin with a number where one stands."""
    yield from finds(forms.STREET, text, [start for start, _ in digits])
    if "coded" in may:
        before = (text[max(0, start - 9) : start].lower().removesuffix(" ") for start, _ in digits)
        if any(said.endswith(forms.GERMAN_WAYS) for said in before):
            yield from forms.STREET_GERMAN.finditer(text)
        yield from finds(forms.CODED, text, [at for start, _ in digits for at in range(max(0, start - 3), start + 1)])
    if "coded" in may or "calles" in may:
        low = text.lower()
        if any(way in low for way in forms.SPANISH_WAYS):
            yield from forms.STREET_SPANISH.finditer(text)
        if any(box in low for box in forms.BOXES):
            yield from forms.BOX.finditer(text)


def _has_long(digits: Sequence[tuple[int, int]]) -> bool:
    """Whether there are _LONG digits with at most three signs between two."""
    count, last = 0, -9
    for start, end in digits:
        count = (count if start - last <= 3 else 0) + end - start
        if count >= _LONG:
            return True
        last = end
    return False


def _ids(text: str, may: Set[str]) -> Iterator[Secret]:
    """Numbers of orders, accounts and the like: by their own form, or by the word before them."""
    if "code" in may:
        yield from (Secret(*m.span(), "[number]") for m in forms.CODE.finditer(text) if forms.is_code(m.group()))
    numbered = find_words(forms.NUMBERED, text, forms.NUMBERS_BEGIN) if {"numbered", "long"} <= may else ()
    for m in numbered:
        group = m.lastgroup or "en"
        if sum([c.isdecimal() for c in m[group]]) >= 3 and not forms.DATE.fullmatch(m[group]):
            yield Secret(*m.span(group), "[number]")
