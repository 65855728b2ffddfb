"""VADER's compound score, exactly as vaderSentiment 3.3.2 gives it, in one pass over the words.

The published code lower-cases the whole text for every word of its lexicon, so that it takes quadratic time. Every
check
looks at most three words back and two ahead; this one looks at just those (Hutto and Gilbert 2014; tests compare).
"""

import heapq
from collections.abc import Mapping
from math import sqrt
from string import punctuation
from typing import NamedTuple

from vaderSentiment import vaderSentiment as published  # noqa: N813  # as it calls itself

_NEGATE = frozenset(published.NEGATE)
_BOOST: Mapping[str, float] = published.BOOSTER_DICT
_SPECIAL: Mapping[str, float] = published.SPECIAL_CASES
_CAPS, _TURN = published.C_INCR, published.N_SCALAR
_REMEMBERED = 50_000


class Word(NamedTuple):
    """What VADER needs of one token: `charge` is its valence, None where the lexicon has none."""

    lower: str
    charge: float | None
    boost: float
    negates: bool
    upper: bool


class Vader(dict[str, Word]):
    """Scores texts; as a mapping it remembers what it knows of each token it has met.

    `overlay` changes or adds words of the lexicon; without one the scores are those of the published tool.
    """

    def __init__(self, overlay: Mapping[str, float] | None = None) -> None:
        super().__init__()
        tool = published.SentimentIntensityAnalyzer()
        self.lexicon: dict[str, float] = {**tool.lexicon, **(overlay or {})}
        self.emojis: dict[str, str] = tool.emojis

    def __missing__(self, token: str) -> Word:
        if len(self) > _REMEMBERED:
            self.clear()
        stripped = token.strip(punctuation)
        said = token if len(stripped) <= 2 else stripped
        low = said.lower()
        word = Word(low, self.lexicon.get(low), _BOOST.get(low, 0.0), low in _NEGATE or "n't" in low, said.isupper())
        self[token] = word
        return word

    def compound(self, text: str) -> float:
        """The compound score, -1 (most negative) .. 1 (most positive).

        >>> Vader().compound("VADER is smart, handsome, and funny!")
        0.8439
        """
        if not text.isascii():
            text = self._in_words(text)
        words = [self[token] for token in text.split()]
        where = [i for i, w in enumerate(words) if w.charge is not None and not w.boost]
        if not where:
            return 0.0
        loud = sum([w.upper for w in words])
        mixed = 0 < loud < len(words)
        felt = {i: self._valence(words, i, mixed) for i in where if not _is_kind_of(words, i)}
        _weigh_but(words, felt)
        total = float(sum(felt.values()))
        shouts, asks = min(text.count("!"), 4) * 0.292, text.count("?")
        emphasis = shouts + ((asks * 0.18 if asks <= 3 else 0.96) if asks > 1 else 0.0)
        total += emphasis if total > 0 else -emphasis if total < 0 else 0.0
        return round(max(-1.0, min(1.0, total / sqrt(total * total + 15))), 4)

    def _in_words(self, text: str) -> str:
        out: list[str] = []
        spaced = True
        for char in text:
            told = self.emojis.get(char)
            if told is None:
                out.append(char)
                spaced = char == " "
            else:
                out.append(told if spaced else " " + told)
                spaced = False
        return "".join(out).strip()

    def _valence(self, words: list[Word], i: int, mixed: bool) -> float:
        lexicon, word = self.lexicon, words[i]
        charge = lexicon[word.lower]
        value = charge
        if word.lower == "no" and i + 1 < len(words) and words[i + 1].lower in lexicon:
            value = 0.0
        if _follows_no(words, i):
            value = charge * _TURN
        if word.upper and mixed:
            value += _CAPS if value > 0 else -_CAPS
        for back in range(min(i, 3)):
            before = words[i - back - 1]
            if before.charge is not None:
                continue
            value += _boost(before, value, mixed) * (1.0, 0.95, 0.9)[back]
            value = _negate(words, i, back, value)
            if back == 2:
                value = _idioms(words, i, value)
        return self._least(words, i, value)

    def _least(self, words: list[Word], i: int, value: float) -> float:
        if i == 0 or words[i - 1].lower != "least" or words[i - 1].charge is not None:
            return value
        return value if i > 1 and words[i - 2].lower in ("at", "very") else value * _TURN


def _is_kind_of(words: list[Word], i: int) -> bool:
    return words[i].lower == "kind" and i + 1 < len(words) and words[i + 1].lower == "of"


def _follows_no(words: list[Word], i: int) -> bool:
    if i > 0 and words[i - 1].lower == "no":
        return True
    if i > 1 and words[i - 2].lower == "no":
        return True
    return i > 2 and words[i - 3].lower == "no" and words[i - 1].lower in ("or", "nor")


def _boost(before: Word, value: float, mixed: bool) -> float:
    if not before.boost:
        return 0.0
    scale = -before.boost if value < 0 else before.boost
    if before.upper and mixed:
        scale += _CAPS if value > 0 else -_CAPS
    return scale


def _negate(words: list[Word], i: int, back: int, value: float) -> float:
    one = words[i - 1].lower
    if back == 0:
        return value * _TURN if words[i - 1].negates else value
    two = words[i - 2].lower
    if back == 1:
        if two == "never" and one in ("so", "this"):
            return value * 1.25
        if two == "without" and one == "doubt":
            return value
        return value * _TURN if words[i - 2].negates else value
    three = words[i - 3].lower
    if (three == "never" and two in ("so", "this")) or one in ("so", "this"):
        return value * 1.25
    if three == "without" and "doubt" in (one, two):
        return value
    return value * _TURN if words[i - 3].negates else value


def _idioms(words: list[Word], i: int, value: float) -> float:
    three, two, one, zero = (words[i - k].lower for k in (3, 2, 1, 0))
    before = (f"{one} {zero}", f"{two} {one} {zero}", f"{two} {one}", f"{three} {two} {one}", f"{three} {two}")
    for said in before:
        if said in _SPECIAL:
            value = _SPECIAL[said]
            break
    if i + 1 < len(words):
        value = _SPECIAL.get(f"{zero} {words[i + 1].lower}", value)
    if i + 2 < len(words):
        value = _SPECIAL.get(f"{zero} {words[i + 1].lower} {words[i + 2].lower}", value)
    return value + sum(_BOOST.get(said, 0.0) for said in (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}"))


def _weigh_but(words: list[Word], felt: dict[int, float]) -> None:
    """Halve what stands before the first `but`, weigh up what stands behind it, as the published code does it.

    It looks a sentiment up by its *value*, so that of equal ones the first is changed, perhaps twice; kept, since
    exact.
    """
    but = next((i for i, w in enumerate(words) if w.lower == "but"), None)
    if but is None:
        return
    places: dict[float, list[int]] = {}
    for i, value in felt.items():
        heapq.heappush(places.setdefault(value, []), i)
    for i in list(felt):
        value = felt[i]
        if value == 0:
            continue
        heap = places[value]
        while felt[heap[0]] != value:
            heapq.heappop(heap)
        first = heap[0]
        if first != but:
            felt[first] = value * (0.5 if first < but else 1.5)
            heapq.heappush(places.setdefault(felt[first], []), first)
