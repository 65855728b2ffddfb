"""The words of a text in plain form: small letters, contractions spelt out, one space behind each.

Plain text is what cues are matched against: `I've asked 3x!!` is ` i have asked 3x ! `. Whatever is known of a word is
worked out once and remembered, so that a text costs one look-up a word.
"""

import re
from collections.abc import Mapping

from listener.signals.words.han import simplified

TOKEN = re.compile(
    r"https?://\S+|[@#]\w[\w.]*\w|[^\W\d_\u3400-\u9fff]+(?:['’`-][^\W\d_\u3400-\u9fff]+)*"
    r"|\d+(?:[.,:/]\d+)*[a-zA-Z]{0,4}|[\u3400-\u9fff]|[.!?…。！？]+|\n+|[:;=8xX]['o-]?[)(DPp/|*]+(?!\w)|<3|[^\w\s]"
)
"""A link, a handle or tag, a word with its inner apostrophes, a number with its unit, one Han character, marks,
emoji."""

_SPELT = {
    "i'm": "i am", "im": "i am", "i've": "i have", "ive": "i have", "i'll": "i will", "i'd": "i would",
    "id've": "i would have", "can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not",
    "wont": "will not", "shan't": "shall not", "ain't": "is not", "aint": "is not", "dont": "do not",
    "doesnt": "does not", "didnt": "did not", "isnt": "is not", "wasnt": "was not", "werent": "were not",
    "arent": "are not", "havent": "have not", "hasnt": "has not", "hadnt": "had not", "couldnt": "could not",
    "wouldnt": "would not", "shouldnt": "should not", "u": "you", "ur": "your", "ure": "you are", "youre": "you are",
    "youve": "you have", "theyre": "they are", "theyve": "they have", "weve": "we have", "thats": "that is",
    "whats": "what is", "pls": "please", "plz": "please", "plse": "please", "thx": "thanks", "tnx": "thanks",
    "thankyou": "thank you", "ty": "thank you", "tysm": "thank you so much", "gonna": "going to", "wanna": "want to",
    "gotta": "got to", "let's": "let us", "lets": "let us", "cuz": "because", "cos": "because", "coz": "because",
    "bc": "because", "b4": "before", "gr8": "great", "luv": "love", "bday": "birthday", "acct": "account",
    "msg": "message", "w/o": "without", "y'all": "you all", "yall": "you all", "ya": "you", "ppl": "people",
    "recieved": "received", "recieve": "receive", "definately": "definitely",
    "wtf": "what the fuck", "idk": "i do not know",
    "kinda": "kind of", "sorta": "sort of", "outta": "out of", "lotta": "lot of", "dunno": "do not know", "&": "and",
    "…": "", "。": ".", "！": "!", "？": "?", ";": ".", "€": "$", "£": "$", "¥": "$", "$": "$", "%": "%",
}  # fmt: skip
_ENDING = {"'s": "is", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_OWNERS = frozenset(
    """
    it that what who there here he she how where when why this everyone nobody someone let everything nothing something
    anybody anyone somebody one
    app site website page server system network wifi wi-fi internet broadband signal line power heating boiler tv
    train bus flight plane lift gate card account parcel order bag luggage money service
    """.split()  # noqa: SIM905  # words read better as a text
)
"""Words whose `'s` is *is*: those that own nothing, and things of which one says how they do: `the wifi's down`."""
_FOLDS: dict[str, Mapping[int, str]] = {
    "de": {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"},
    "es": {ord(a): b for a, b in zip("áàéèíìóòúùüñ", "aaeeiioouuun", strict=True)},
}
"""Letters that people leave off in a hurry: `fuer`, `mas`, `manana` are read as what they stand for."""
_LONG = re.compile(r"([^\W\d_])\1{2,}")


def plain_word(token: str, language: str = "en") -> str:
    """One token in plain form, each word with a space behind it; empty for a mark that says nothing.

    >>> plain_word("Didn't"), plain_word("sooo"), plain_word("?!"), plain_word(",")
    ('did not ', 'soo ', '? ', '')
    """
    low = token.lower().replace("’", "'").replace("`", "'")
    first = low[:1]
    if first in ".!?…。！？":
        return (
            "? "
            if "?" in low or "？" in low
            else "! "
            if "!" in low or "！" in low
            else ""
            if low[0] == "…" or len(low) > 1
            else ". "
        )
    if first == "\n":
        return ". "
    if first in ":;=8x" and len(low) > 1 and not low[1:].isalnum() and low != "<3":
        return _emoticon(low)
    low = _spell(low) if language == "en" else "." if low == ";" else fold(low, language)
    if not low:
        return ""
    if not first.isalnum() and low not in (".", "$", "%") and first not in "@#" and len(low) == 1 and low.isascii():
        return "" if low != "?" else "? "
    return (_LONG.sub(r"\1\1", low) if _LONG.search(low) else low) + " "


def fold(low: str, language: str) -> str:
    """A word in small letters without what writers of a language write one way or another: marks, traditional forms.

    >>> fold("enttäuscht", "de"), fold("mañana", "es"), fold("說", "zh"), fold("café", "en")
    ('enttaeuscht', 'manana', '说', 'café')
    """
    if low.isascii():
        return low
    table = simplified() if language == "zh" else _FOLDS.get(language)
    return low if table is None else low.translate(table)


def _emoticon(low: str) -> str:
    if low[-1] in "(/|*" and low[-1] != "*":
        return "emoticon_sad "
    return "emoticon_wink " if low[0] == ";" else "emoticon_happy "


def _spell(low: str) -> str:
    said = _SPELT.get(low)
    if said is not None:
        return said
    if "'" not in low:
        return low
    if low.endswith("n't"):
        return low[:-3] + " not"
    stem, _, tail = low.rpartition("'")
    if tail == "s" and stem not in _OWNERS:
        return low
    spelt = _ENDING.get("'" + tail)
    return f"{stem} {spelt}" if spelt else low
