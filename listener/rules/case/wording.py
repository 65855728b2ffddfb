"""Words compared: those of an act's details, and those remembered of a text as keyed hashes."""

import re
from typing import Final

CANNED: Final = 0.65
"""From this probability of `scripted` on, what the firm says counts as canned in tone, whichever rule asks. Between .6
and this, labelled threads are called canned about as often as not."""

_MARKS = re.compile(r"\[(?:name|address|email|phone|number|card|iban|ip|link)(?:-\w+)?\]")
"""What stands for a secret that was taken out says nothing of what the text is about."""


def words_in(text: str) -> set[str]:
    """The words of three letters and more, lower case, without plural s, the commonest and marks of secrets."""
    said = _MARKS.sub(" ", text.lower())
    return {w.rstrip("s") for w in re.findall(r"[^\W_]{3,}", said)} - {"the", "and", "for", "all", "new"}


def unpacked(words: bytes) -> str:
    """A packed set of content words as a sketch to compare with."""
    return "0" * 16 + ":" + ".".join(words[i : i + 3].hex() for i in range(0, len(words), 3))
