"""Secrets in a text: where they stand and which kind they are, so that an excerpt may leave without them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}\b")
_DIGITS = re.compile(r"(?<![\w.])\+?\(?\d(?:[ ()./-]{0,2}\d){5,22}(?!\w)")
_IP = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}\b"
    r"|\b(?:[0-9a-fA-F]{1,4}:){1,6}(?::[0-9a-fA-F]{1,4}){1,6}\b"
)
_CODE = re.compile(r"(?<![\w@/.-])[A-Za-z0-9](?:[A-Za-z0-9]|[-/](?=\w)){4,30}(?!\w)")
_DATE = re.compile(
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d|(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?"
)
_STREET = re.compile(
    r"\b\d{1,5}[a-zA-Z]?,? (?:[A-Z][\w'.]+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd"
    r"|close|court|ct|way|square|sq|place|pl|terrace|"
    r"gardens|crescent|row|hill|park|grove|mews|parkway|highway)\b\.?(?:,? (?:apt|flat|unit|suite|#) ?\w{1,5})?"
    r"|\b[A-ZÄÖÜ][\wäöüß-]{2,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer) ?\d{1,4}[a-z]?\b"
    r"|\b(?:calle|avenida|avda\.?|plaza|paseo|c/) ?(?:de (?:la |los |las )?)?[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+(?: "
    r"[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+){0,2},? \d{1,4}\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|[\u4e00-\u9fff]{2,12}(?:路|街|巷)\d{1,5}号(?:[\u4e00-\u9fff\d]{0,12}室)?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:my name is|name'?s|this is|ich heiße|mein name ist|me llamo|mi nombre es) ((?:[A-Z][\w'-]+ ?){1,3})"
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Herr|Frau|Señora?|Sr|Sra|Mme)\.? ((?:[A-ZÄÖÜ][\w'-]+ ?){1,2})")


_WAYS = frozenset(
    """
    street road avenue lane drive boulevard close court way square place terrace gardens crescent row hill park grove
    mews highway parkway st rd ave ln dr blvd ct sq pl calle avenida avda plaza paseo
    """.split()  # noqa: SIM905  # words read better as a text
)
_WAY = re.compile(
    r"(?:stra(?:ß|ss)e|[Ss]tr\.|weg|platz|allee|gasse|ring|ufer) ?\d|c/|[路街巷]|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
)
_DIGIT = re.compile(r"\d")
_ADDRESSED = re.compile(r"\w@\w")
_INTRODUCES = frozenset(
    """
    name names heiße heisse llamo nombre mr mrs ms miss dr herr frau señor señora senor senora sr sra mme
    """.split()  # noqa: SIM905  # words read better as a text
)


class Secret(NamedTuple):
    """A stretch of a text that must not leave, and the mark that stands for it."""

    start: int
    end: int
    mark: str


def is_card(digits: str) -> bool:
    """Luhn's check over 13 to 19 digits.

    >>> is_card("4111111111111111"), is_card("4111111111111112")
    (True, False)
    """
    if not 13 <= len(digits) <= 19:
        return False
    doubled = [int(d) * (2 - (i % 2 == 0)) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def is_iban(text: str) -> bool:
    """ISO 13616: the number made of the rearranged characters leaves 1 when divided by 97.

    >>> is_iban("DE89 3704 0044 0532 0130 00")
    True
    """
    flat = text.replace(" ", "").upper()
    if not 15 <= len(flat) <= 34 or not flat.isascii() or not flat.isalnum():
        return False
    return int("".join(str(int(c, 36)) for c in flat[4:] + flat[:4])) % 97 == 1


def secrets(text: str, names: Sequence[str] = (), words: frozenset[str] | None = None) -> list[Secret]:
    """Every secret, in order, none overlapping another; linear in the text's length.

    `words` are the text's words in small letters, where the caller has them: they save looking for titles of people.
    """
    found: list[Secret] = []
    if _ADDRESSED.search(text) is not None:
        found += [Secret(*m.span(), "[email]") for m in _EMAIL.finditer(text)]
    if _DIGIT.search(text) is not None or "::" in text:
        found += _numbers(text, words)
    if names or words is None or "his is " in text or not words.isdisjoint(_INTRODUCES):
        found += _names(text, names)
    if len(found) < 2:
        return found
    found.sort(key=lambda s: (s.start, -s.end))
    out: list[Secret] = []
    for secret in found:
        if not out or secret.start >= out[-1].end:
            out.append(secret)
        elif secret.end > out[-1].end:
            out[-1] = Secret(out[-1].start, secret.end, out[-1].mark)
    return out


def _numbers(text: str, words: frozenset[str] | None) -> list[Secret]:
    found = [Secret(*m.span(), "[ip]") for m in _IP.finditer(text)] if text.count(".") + text.count(":") > 2 else []
    if words is None or not words.isdisjoint(_WAYS) or _WAY.search(text) is not None:
        found += [Secret(*m.span(), "[address]") for m in _STREET.finditer(text)]
    for m in _IBAN.finditer(text):
        end = next(
            (e for e in range(m.end(), m.start() + 14, -1) if text[e - 1] != " " and is_iban(text[m.start() : e])), None
        )
        if end:
            found.append(Secret(m.start(), end, "[iban]"))
    for m in _DIGITS.finditer(text):
        digits = "".join(c for c in m.group() if c.isdigit())
        if is_card(digits):
            found.append(Secret(*m.span(), "[card]"))
        elif not _DATE.fullmatch(m.group()) and len(digits) >= 6:
            spaced = len(digits) >= 7 and (m.group()[0] in "+(0" or not m.group().isdigit())
            found.append(Secret(*m.span(), "[phone]" if spaced else "[number]"))
    found += [Secret(*m.span(), "[number]") for m in _CODE.finditer(text) if _is_code(m.group())]
    return found


def _is_code(said: str) -> bool:
    """Whether a run of letters and digits is a number of an order or account: digits enough, and not a date."""
    digits = sum([c.isdigit() for c in said])
    return digits >= 2 and (digits >= 4 or not said.isdigit()) and len(said) >= 5 and _DATE.fullmatch(said) is None


def _names(text: str, names: Sequence[str]) -> list[Secret]:
    found = [Secret(*m.span(1), "[name]") for m in _NAMED.finditer(text)]
    found += [Secret(*m.span(1), "[name]") for m in _TITLED.finditer(text)]
    words = sorted({w for name in names for w in [name, *name.split()] if len(w) > 1}, key=len, reverse=True)[:40]
    if words:
        either = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE)
        found += [Secret(*m.span(), "[name]") for m in either.finditer(text)]
    return [s if text[s.end - 1] != " " else Secret(s.start, s.end - 1, s.mark) for s in found]


def redact(text: str, names: Sequence[str] = ()) -> str:
    """A text with each secret replaced by the mark of its kind.

    >>> redact("I'm ann@x.org, card 4111 1111 1111 1111, call +44 20 7946 0958")
    "I'm [email], card [card], call [phone]"
    """
    return excerpt(text, 0, len(text), secrets(text, names))


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
