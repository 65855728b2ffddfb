"""Which circumstances can hold of the phrases found on a page, told from the words near them for all at once.

Whatever is ruled out here needs no expression to be run (circumstances.stands); a question is told from words alone.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listener.signals.arrays.growing import Ints
from listener.signals.cues.circumstances import BIT, LATE, MENDED, NEARBY
from listener.signals.pages.features import NUMBER
from listener.signals.pages.page import Page

COUNTED = {"negated": "negates", "conditional": "supposes", "reported": "reports", "past": "over", "rival": "rivals"}
COUNTED |= {"question": "questions", "quoted": "quotes"}
"""What a text must have counted for a circumstance to be looked for."""
_BEHIND, _AFTER = 160, 60
"""How far behind a phrase, in characters, what is well by now and what was formerly so is looked for."""


def may_hold(page: Page, text: Ints, start: Ints, end: Ints) -> list[int]:
    """For stretches of the texts' plain forms the circumstances that may hold of each, as a sum of BITs."""
    places, read = page.places, page.read
    counts = page.counts[text]
    seen = {c: counts[:, NUMBER[name]] > 0 for c, name in COUNTED.items()}
    first = places.word_at(text, start)
    signs = page.signs()
    bits = np.where(seen["quoted"], BIT["quoted"], 0)
    for circumstance, words_before in NEARBY.items():
        low = np.maximum(first - words_before, read.first[text])
        if circumstance == "past":
            near = _stand(signs & BIT["past"], low, _behind(page, text, first, end + _AFTER))
            behind = _behind(page, text, first, end + _BEHIND)
            near |= _stand(signs & MENDED, first, behind) & _stand(signs & LATE, first, behind)
        else:
            near = _stand(signs & BIT[circumstance], low, first)
        bits |= np.where(seen[circumstance] & near, BIT[circumstance], 0)
    bits |= np.where(seen["question"] & _asked(page, text, end), BIT["question"], 0)
    told: list[int] = bits.tolist()
    return told


def _stand(signs: NDArray[Any], low: Ints, high: Ints) -> NDArray[np.bool_]:
    """Whether a sign stands from one word to before another."""
    upto = np.concatenate(([0], np.cumsum(signs != 0)))
    stand: NDArray[np.bool_] = upto[high] > upto[low]
    return stand


def _behind(page: Page, text: Ints, first: Ints, at: Ints) -> Ints:
    """The word at a place of each text, or behind its last one; none before the first word of a phrase."""
    behind: Ints = np.maximum(first, np.minimum(page.places.word_at(text, at), page.read.first[text + 1]))
    return behind


def _asked(page: Page, text: Ints, end: Ints) -> NDArray[np.bool_]:
    """Whether the sentence in which each stretch ends is closed by a question mark."""
    places, read, known = page.places, page.read, page.lexicon.vocabulary
    closing = np.flatnonzero(known.ends.room[read.words])
    if not len(closing):
        return np.zeros(len(text), bool)
    at = np.searchsorted(places.end[closing], places.base[text] + end)
    mark = closing[np.minimum(at, len(closing) - 1)]
    asked: NDArray[np.bool_] = known.asks.room[read.words[mark]] & (read.text[mark] == text) & (at < len(closing))
    return asked


def quotations_of(page: Page, texts: Sequence[int], bits: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """By text the stretches in quotation marks, where they may matter."""
    return {n: page.quoted(n) for n in {n for n, told in zip(texts, bits, strict=True) if told & BIT["quoted"]}}
