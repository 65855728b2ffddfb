"""The manner of a message: what can be counted in it, and how formal it is."""

import re
from math import exp

from listener.signals.features import CLOSINGS, GREETINGS, GROUPS, NUMBER
from listener.signals.page import Page

_POINT = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.)]|[-*•])\s|(?:^|\s)(?:\(?[1-9a-e]\)) ")
_MARKS = ("questions", "exclamations", "links", "handles", "contractions", "emoji")
_COUNTED = [(name, NUMBER[name]) for name in (*GROUPS, *_MARKS)]
_CAPS, _EMOJI, _CLOSING, _GREETING, _LISTED = (
    NUMBER[name] for name in ("caps", "emoji", "closing", "greeting", "point")
)


def traits(page: Page) -> list[dict[str, float]]:
    """Countable facts of form of each text, by name; what is 0 is left out."""
    orders = page.orders()
    return [_traits(page, n, count) for n, count in enumerate(orders)]


def _traits(page: Page, n: int, orders: int) -> dict[str, float]:
    text, counts, words = page.texts[n], page.counts[n], page.size[n]
    if words <= 0:
        return {"emoji": float(counts[_EMOJI])} if counts[_EMOJI] else {}
    plain = page.plains[n]
    found: dict[str, float] = {"words": float(words)}
    ends = plain.count(" . ") + plain.count(" ! ") + plain.count(" ? ")
    found["sentences"] = float(max(1, ends if plain[-2:-1] in ".!?" else ends + 1))
    found["word_length"] = round((len(plain) - 1) / words - 1, 2)
    found |= {name: float(counts[k]) for name, k in _COUNTED if counts[k]}
    if counts[_CAPS]:
        found["caps"] = round(counts[_CAPS] / words, 4)
    if lines := text.count("\n"):
        found["lines"] = float(lines)
    if counts[_LISTED] and (lines or ")" in text) and (points := len(_POINT.findall(text))):
        found["points"] = float(points)
    if counts[_GREETING] and page.tokens(n, 1)[0] in GREETINGS:
        found["greeting"] = 1.0
    if words > 4 and counts[_CLOSING] and not CLOSINGS.isdisjoint(page.tokens(n, -4)):
        found["closing"] = 1.0
    if orders:
        found["imperatives"] = float(orders)
    if text[0].islower():
        found["lower_start"] = 1.0
    return found


def register_of(traits: dict[str, float]) -> float:
    """How formal, 0 informal .. 1 formal: greeting, closing, whole forms against slang, emoji, shouting, small letters.

    Weights are set by hand (Heylighen and Dewaele 1999 name the marks; Sheikha and Inkpen 2010 the words).
    """
    words = max(traits.get("words", 0.0), 1.0)
    get = traits.get
    score = (
        -0.2
        + 1.6 * min(get("formal", 0.0), 3)
        + 0.5 * min(get("politeness", 0.0), 2)
        + 0.35 * min(get("modal", 0.0), 2)
        + 0.45 * (get("word_length", 4.0) - 4.2)
        + 0.7 * min(words / 60, 1)
        - 1.1 * min(get("slang", 0.0), 3)
        - 0.8 * min(get("emoji", 0.0), 3)
        - 0.25 * min(get("contractions", 0.0), 4)
        - 0.4 * min(get("exclamations", 0.0), 3)
        - 0.9 * get("lower_start", 0.0)
        - 2.0 * min(get("caps", 0.0), 0.5)
    )
    return round(1 / (1 + exp(-score)), 3)
