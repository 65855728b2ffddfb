"""Secrets in a text: where they stand and which kind they are, so that an excerpt may leave without them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from hashlib import blake2b

from listener.signals.redaction import secret_forms as forms
from listener.signals.redaction.introduced import introduced, mentions
from listener.signals.redaction.ordinary import PARTICLES, is_saying
from listener.signals.redaction.secret_numbers import Secret, numbers
from listener.signals.words.finding import find_words
from listener.signals.words.stopwords import ENGLISH, GERMAN, SPANISH, STOP

_ADDRESSED = re.compile(r"\w@\w|[\[(]at[\])]| at [\w-]+ dot ", re.IGNORECASE)
_EVERYDAY = ENGLISH | STOP | GERMAN | SPANISH | {"may", "mark", "art", "rose", "grace", "hope", "joy", "faith", "bill"}
_ANY_HINT = frozenset(forms.HINTS)


def secrets(
    text: str, names: Sequence[str] = (), hints: Set[str] | None = None, met: Sequence[str] | None = None
) -> list[Secret]:
    """Every secret, in order, none overlapping another; linear in the text's length.

    `met` are the names that all of a text makes known itself (introduced.py), where this is a part of it. `hints` are
    what a reader saw of secret_forms.HINTS, where there was one: without a hint nothing need be looked for.
    """
    may = hints if hints is not None and "han" not in hints else _ANY_HINT
    latin = text if text.isascii() or "han" not in may else forms.HAN.sub(" ", text)
    found: list[Secret] = []
    if "://" in text or "www." in text:
        found += [Secret(*m.span(), "[link]") for m in forms.LINK.finditer(latin)]
    if "addressed" in may and _ADDRESSED.search(latin) is not None:
        found += [Secret(*m.span(), "[email]") for m in forms.EMAIL.finditer(latin)]
    if "digits" in may:
        found += numbers(latin, may)
    if names or "introduces" in may or "his is " in text:
        found += _names(latin, names)
    met = introduced(text) if met is None else met
    if met:
        found += [Secret(start, end, "[name]") for start, end in mentions(latin, met)]
    if latin != text:
        found += _in_han(text, names)
    return _apart(found) if len(found) > 1 else found


def _in_han(text: str, names: Sequence[str]) -> Iterator[Secret]:
    yield from (Secret(*m.span(), "[address]") for m in forms.STREET_HAN.finditer(text))
    yield from (Secret(*m.span("en"), "[number]") for m in forms.NUMBERED_HAN.finditer(text))
    yield from (Secret(*m.span("name"), "[name]") for m in forms.NAMED_HAN.finditer(text))
    yield from (Secret(*m.span("name"), "[name]") for m in forms.TITLED_HAN.finditer(text))
    for name in names:
        if forms.HAN.match(name) and len(name) > 1:
            yield from (Secret(*m.span(), "[name]") for m in re.finditer(re.escape(name), text))


def _apart(found: list[Secret]) -> list[Secret]:
    """In order, with what overlaps made one under the first one's mark."""
    found.sort(key=lambda s: (s.start, -s.end))
    out: list[Secret] = []
    for secret in found:
        if not out or secret.start >= out[-1].end:
            out.append(secret)
        elif secret.end > out[-1].end:
            out[-1] = Secret(out[-1].start, secret.end, out[-1].mark)
    return out


def _names(text: str, names: Sequence[str]) -> Iterator[Secret]:
    for m in find_words(forms.NAMED, text, forms.NAMES_BEGIN):
        group = m.lastgroup or "name"
        start, end = m.span(group)
        if m[0][:4].lower() == "this" and is_saying(m[group]):
            continue
        if group == "low":
            first, _, second = m[group].partition(" ")
            if first.lower() in _EVERYDAY:
                continue
            end = start + len(first) if second.lower() in _EVERYDAY else end
        yield Secret(start, end, "[name]")
    titled = forms.TITLED.finditer(text) if any(title in text for title in forms.TITLES) else ()
    yield from (Secret(*m.span("name"), "[name]") for m in titled)
    if names:
        anyhow, capital = _known(tuple(names))
        folded = bare(text)
        for either in (anyhow, capital):
            if either is not None:
                yield from (Secret(*m.span(), "[name]") for m in either.finditer(folded))


@lru_cache(maxsize=1_024)
def _known(names: tuple[str, ...]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Expressions for some people's names and their parts: in any letters, and (everyday words) in capitals only.

    What joins two names in one (`Ruth and Hal`) is no name: an everyday word without a capital of its own.
    """
    parts = {
        w
        for name in names
        for w in (name, *name.split())
        if len(w) > 1 and w.lower() not in PARTICLES and not (w in _EVERYDAY or forms.HAN.match(w))
    }
    ordered = sorted({bare(w) for w in parts}, key=lambda w: (-len(w), w))[:60]
    everyday = [w for w in ordered if w.lower() in _EVERYDAY]
    return _either([w for w in ordered if w not in everyday], re.IGNORECASE), _either(everyday, 0)


def _either(words: Sequence[str], flags: int) -> re.Pattern[str] | None:
    bounded = "|".join(re.escape(w) for w in words)
    return re.compile(rf"(?<!\w)(?:{bounded})(?!\w)", flags) if bounded else None


_UNMARKED = {
    code: base
    for code in range(0xC0, 0x250)
    if len(base := unicodedata.normalize("NFD", chr(code))[0]) == 1 and base.isascii() and base != chr(code)
}


def bare(text: str) -> str:
    """A text without accents, each letter in its place, so that José is met as Jose."""
    return text if text.isascii() else text.translate(_UNMARKED)


def redact(text: str, names: Sequence[str] = (), brand: str = "", met: Sequence[str] | None = None) -> str:
    """A text with each secret replaced by the mark of its kind; the brand's own name is nobody's.

    `met` are the names that the text makes known itself, where its form is not to tell (a title, not a letter).

    >>> redact("I'm ann@x.org, card 4111 1111 1111 1111, call +44 20 7946 0958")
    "I'm [email], card [card], call [phone]"
    """
    return excerpt(text, 0, len(text), secrets(text, names, met=introduced(text, brand) if met is None else met))


def excerpt(text: str, start: int, end: int, hidden: Sequence[Secret]) -> str:
    """A stretch of a text without its secrets; an edge inside a secret moves to cover it whole."""
    out: list[str] = []
    at = start
    for secret in hidden:
        if secret.end <= start or secret.start >= end:
            continue
        out += [text[at : max(at, secret.start)], secret.mark]
        at = secret.end
    if at < end:
        out.append(text[at:end])
    return "".join(out)


@lru_cache(maxsize=4_096)
def opaque(name: str) -> str:
    """An id as other systems made it, where a person's secret is part of it: the same id still gives the same name.

    Numbers are what ids are made of and stay, unless blanks tell that it is none; a message id
    (`<a1b2@mail.example>`) is nobody's address.

    >>> opaque("th-9"), opaque("2026-4471123"), opaque("<a1b2@mail.example>"), opaque("desk:jo@x.org")[:12]
    ('th-9', '2026-4471123', '<a1b2@mail.example>', 'desk:[email-')
    """
    if name.startswith("<") and name.endswith(">"):
        return name
    is_id = not any(c.isspace() for c in name)
    hidden = [s for s in secrets(name, met=()) if not is_id or s.mark in _PERSONAL or name[s.start] == "+"]
    if not hidden:
        return name
    mark = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return excerpt(name, 0, len(name), [Secret(s.start, s.end, f"{s.mark[:-1]}-{mark}]") for s in hidden])


_PERSONAL = ("[email]", "[card]", "[iban]", "[ip]", "[name]", "[address]")
