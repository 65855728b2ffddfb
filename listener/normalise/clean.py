"""Text as a reader would see it: nothing invisible, nothing broken, not longer than anyone would read."""

import re

LONGEST = 32_768
"""How many characters of a message are read: three quarters from its beginning, the rest from its end."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_BROKEN = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK = re.compile(r"\n[ \n]*\n")
_MASKS = (
    "company|brand|firm|business|rival|product|customer|cust|client|user|agent|rep|person|name|handle|email|phone|address"
    "|location|order|account"
)
_MASKED = re.compile(rf"(?<![\w@])@?(?:__(?i:{_MASKS})__|\[(?:{_MASKS.upper()})\]|<(?:{_MASKS.upper()})>)(?!\w)")
"""What stands for a name that was taken out before the text came here: a name, and not the word it is made of."""


def clean(text: str) -> str:
    r"""Without control, bidirectional and zero-width characters, lone surrogates, or runs of blanks; cut to LONGEST.

    A name that was masked becomes a handle, which is how names of firms and people mostly stand in short text.

    >>> clean("Hi\x00\u202e  there\r\n\n\n\nBye")
    'Hi there\n\nBye'
    >>> clean("__company__ lost my bag, [NAME] says; __really__")
    '@company lost my bag, @name says; __really__'
    """
    if len(text) > LONGEST:
        head = LONGEST * 3 // 4
        text = text[:head] + "\n" + text[head - LONGEST + 1 :]
    if "__" in text or "[" in text or "<" in text:
        text = _MASKED.sub(lambda mask: "@" + mask.group().strip("@_[]<>").lower(), text)
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _BROKEN.sub("\ufffd", _INVISIBLE.sub("", text))
    text = _SPACES.sub(" ", text)
    return _BLANK.sub("\n\n", text).strip()


def join_lines(text: str) -> str:
    r"""Unwrap paragraphs that a mail program broke at 60 to 80 characters, and leave lists and short lines alone.

    >>> join_lines("I have been waiting for the parcel that you promised to send to\nme last week.\n- one\n- two")
    'I have been waiting for the parcel that you promised to send to me last week.\n- one\n- two'
    """
    out: list[str] = []
    open_line = False
    for line in text.split("\n"):
        if open_line and line[:1].isalnum() and not _LISTED.match(line):
            out[-1] += " " + line.strip()
        else:
            out.append(line.strip())
        open_line = len(line) >= 55 and line.rstrip()[-1:] not in ".!?:"
    return "\n".join(out)


_LISTED = re.compile(r"\d{1,2}[.)] ")
