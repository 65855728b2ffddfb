"""Who says that they came to this firm: to stay, or long ago, and leave it now."""

import re

_JOINED = re.compile(
    r"\b(?:moved|switched|came|come|changed|transferred|ported|gone|went)(?: \w+){0,3} to you\b(?! again)"
    r"|\bnow (?:i'm |i am |we're |we are |i've been |bank(?:ing)? |shop(?:ping)? |fly(?:ing)? )?with you\b"
    r"|\bbring(?:ing)?(?: \w+){0,4} to you\b(?! again)"
    r"|\b(?:i['’]m|i am|we['’]re|we are)(?: now)? (?:yours\b|a customer of yours now)"
    r"|\b(?:open(?:ed|ing)?|start(?:ed|ing)?|tak(?:en|ing) out) (?:one|another|a (?:\w+ )?(?:one|account|contract"
    r"|policy|plan))(?: \w+){0,2} (?:here|with you)\b"
    r"|\bjoined you\b|\bahora (?:estoy|estamos|soy|somos) (?:con|cliente de) (?:ustedes|vosotros)"
    r"|\bjetzt (?:bin ich |sind wir )?bei (?:euch|ihnen)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?\n]+")
_PARTS = re.compile(
    r"\b(?:(?:i am|i['’]m|we are|we['’]re|will|i['’]ll|we['’]ll|please|kindly|to)(?: now| just| be)?"
    r" (?:cancel|clos|terminat|end|leav)(?:e|ing|l?ing|at(?:e|ing))?"
    r"|(?:i am|i['’]m|we are|we['’]re) (?:off|going) back to (?!you\b))\b"
    r"(?![^.!?\n]{0,40}\b(?:there|old|them|other|previous|last) ?\b)",
    re.IGNORECASE,
)
"""Words of leaving now, or of wanting to; not of leaving whom one came from."""


def joins(text: str) -> bool:
    """Whether a text says that somebody has come to this firm from elsewhere, and not beside it that they leave.

    >>> joins("I moved over to you in May"), joins("I cancelled there and now I'm with you"), joins("I'm done with you")
    (True, True, False)
    >>> joins("We moved to you from Voltex. I am cancelling my contract now.")
    False
    """
    return _JOINED.search(text) is not None and not leaves_again(text)


def leaves_again(text: str) -> bool:
    """Whether who came to this firm says that they leave it now."""
    return _JOINED.search(text) is not None and any(map(_parts_beside, _SENTENCE.split(text)))


def _parts_beside(sentence: str) -> bool:
    """Whether a sentence says that one leaves now, other than before its words of having come.

    >>> _parts_beside("I moved to you in May and now I want to leave"), _parts_beside("I'm closing it there")
    (True, False)
    """
    come = _JOINED.search(sentence)
    return _PARTS.search(sentence, come.end() if come else 0) is not None
