"""What people type and say in turns: several short lines that are one turn, speech as a recogniser writes it down."""

import re

_FILLERS = re.compile(r"\b(?:u+m+|u+h+m*|e+r+m+|a+h+m+|hm+|mhm+|[äÄ]+h+m*|e+hm+)\b[,.…]* ?", re.IGNORECASE)
_SHORT_FILLERS = re.compile(r"\b(?:er+|ah+|eh+|oh+|like,|you know,|i mean,)(?=[ ,.…]|$)[,.…]* ?", re.IGNORECASE)
"""Words in other languages (German `er`), so that these are taken for fillers in English only."""
_ENGLISH = re.compile(r"\b(?:the|is|my|you|and|it|i|to)\b", re.IGNORECASE)
_STUTTER = re.compile(
    r"\b(i|the|to|we|it|my|a|and|that|you|is|ich|die|der|das|und|wir|yo|que|la|el|de|me|es)(?:,? \1\b){1,6}",
    re.IGNORECASE,
)
_HAN_FILLERS = re.compile(r"(?:嗯+|呃+|额(?=[，,。 ]))[，,。]? ?")
_LINE = 60
_PAUSES = (".", "!", "?", ":", ",", ";", "。", "！", "？", "，", "…")


def spoken(text: str, language: str | None = None) -> str:
    """A transcript without fillers and stutters.

    >>> spoken("um i i want to uh cancel my my order", "en"), spoken("er hat ähm nichts gesagt", "de")
    ('i want to cancel my order', 'er hat nichts gesagt')
    """
    text = _HAN_FILLERS.sub("", _FILLERS.sub("", text))
    is_english = language.lower().startswith("en") if language else _ENGLISH.search(text) is not None
    if is_english:
        text = _SHORT_FILLERS.sub("", text)
    return _STUTTER.sub(r"\1", text).strip()


def one_turn(text: str) -> str:
    r"""Short lines sent as one turn, read as one where a line only goes on; a line of one word stays by itself.

    >>> one_turn("i have been waiting\nfor three weeks now\nany news?")
    'i have been waiting for three weeks now\nany news?'
    >>> one_turn("no\nit is late")
    'no\nit is late'
    """
    if "\n" not in text:
        return text
    out: list[str] = []
    for line in text.split("\n"):
        if out and _goes_on(out[-1], line):
            out[-1] += " " + line.strip()
        else:
            out.append(line)
    return "\n".join(out)


def _goes_on(before: str, line: str) -> bool:
    last = before.rpartition("\n")[2]
    first = line.split(" ", 1)[0].lower()
    if not first or " " not in last.strip() or last.rstrip().endswith(_PAUSES):
        return False
    return len(line) <= _LINE and line[:1].islower() and first in _JOINTS


_JOINTS = frozenset(
    """
    for and but because since that which who with without to from of in on at by after before until when if so or
    as than about again yet still not never nor too either anymore now und aber weil dass mit ohne von seit bis nach
    y pero porque que con sin de en a desde hasta ni
    """.split()  # noqa: SIM905  # words read better as a text
)
"""Words with which a line goes on what the one before began."""
