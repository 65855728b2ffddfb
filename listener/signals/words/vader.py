"""VADER's compound score, exactly as vaderSentiment 3.3.2 gives it, in one pass over the words.

The published code lower-cases the whole text for every word of its lexicon, so that it takes quadratic time. Every
check looks at most three words back and two ahead; this one looks at just those, and only where one of them is a word
that can act on another (Hutto and Gilbert 2014; tests compare).
"""

import heapq
from collections.abc import Mapping, Sequence
from math import sqrt
from string import punctuation
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from vaderSentiment import vaderSentiment as published  # noqa: N813  # as it calls itself

from listener.signals.arrays.growing import Column, Ints
from listener.signals.words.stopwords import STOP

_NEGATE = frozenset(published.NEGATE)
_BOOST: Mapping[str, float] = published.BOOSTER_DICT
_SPECIAL: Mapping[str, float] = published.SPECIAL_CASES
_CAPS, _TURN = published.C_INCR, published.N_SCALAR
_REMEMBERED = 50_000


class Word(NamedTuple):
    """What VADER needs of a token: `charge` is its valence, None where the lexicon has none.

    `lower` is empty where the word itself says nothing to it; so most tokens are alike to it.
    """

    lower: str
    charge: float | None
    boost: float
    negates: bool
    upper: bool
    shouts: int
    asks: int


_SILENT = Word("", None, 0.0, False, False, 0, 0)
"""Most words."""


class Vader(dict[str, int]):
    """Scores texts; as a mapping it remembers for each token it has met the place of the Word that it is.

    `overlay` changes or adds words of the lexicon; without one the scores are those of the published tool.
    """

    def __init__(self, overlay: Mapping[str, float] | None = None) -> None:
        super().__init__()
        tool = published.SentimentIntensityAnalyzer()
        self.lexicon: dict[str, float] = {**tool.lexicon, **(overlay or {})}
        self.emojis: dict[str, str] = tool.emojis
        self._means = self.lexicon.keys() | _BOOST.keys() | _NEGATE | _SAID
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self._places: dict[Word, int] = {}
        self._words: list[Word] = []
        self._charge, self._felt, self._acts = Column(np.float64), Column(bool), Column(bool)
        self._upper, self._but, self._shouts, self._asks = Column(bool), Column(bool), Column(), Column()

    def __missing__(self, token: str) -> int:
        stripped = token.strip(punctuation)
        said = token if len(stripped) <= 2 else stripped
        low = said.lower()
        form = said.isupper(), token.count("!"), token.count("?")
        if low in self._means or "n't" in low:
            negates = low in _NEGATE or "n't" in low
            word = Word(low, self.lexicon.get(low), _BOOST.get(low, 0.0), negates, *form)
        else:
            word = _SILENT if form == (False, 0, 0) else Word("", None, 0.0, False, *form)
        self[token] = place = self._places.setdefault(word, len(self._words))
        if place == len(self._words):
            self._words.append(word)
        return place

    def compound(self, text: str) -> float:
        """The compound score, -1 (most negative) .. 1 (most positive).

        >>> Vader().compound("VADER is smart, handsome, and funny!")
        0.8439
        """
        if len(self) > _REMEMBERED:
            self.forget()
        places = self.places_of(text)
        return self.compounds(np.array(places, np.int64), np.array([0, len(places)]))[0]

    def places_of(self, text: str) -> list[int]:
        """The places of a text's tokens; an emoji is read as the words that describe it."""
        return [self[token] for token in (text if text.isascii() else self._in_words(text)).split()]

    def compounds(self, words: Ints, first: Ints) -> list[float]:
        """The compound scores of texts that lie one behind the other.

        `words` are the places of their tokens, `first` where in them each text begins (and the last ends).
        """
        self._learn()
        shouts, asks = (_sums(column.room[words], first).tolist() for column in (self._shouts, self._asks))
        felt = np.flatnonzero(self._felt.room[words])
        values = self._valences(words, felt, first)
        edges = np.searchsorted(felt, first).tolist()
        buts = np.flatnonzero(self._but.room[words])
        first_but = dict(
            zip((np.searchsorted(first, buts, "right") - 1).tolist()[::-1], buts.tolist()[::-1], strict=True)
        )
        scores = []
        for n in range(len(edges) - 1):
            a, b = edges[n], edges[n + 1]
            said: Sequence[float | None] = values[a:b]
            if n in first_but and a < b:
                said = _weigh_but(first_but[n], felt[a:b].tolist(), said)
            scores.append(_normalised(sum([v for v in said if v is not None]), shouts[n], asks[n]))
        return scores

    def _learn(self) -> None:
        """Add what is new to the arrays."""
        new = self._words[self._felt.size :]
        if new:
            self._charge.extend([w.charge or 0.0 for w in new])
            self._felt.extend([w.charge is not None and not w.boost for w in new])
            self._acts.extend([bool(w.boost) or w.negates or w.lower in _ACTS for w in new])
            self._upper.extend([w.upper for w in new])
            self._but.extend([w.lower == "but" for w in new])
            self._shouts.extend([w.shouts for w in new])
            self._asks.extend([w.asks for w in new])

    def _valences(self, words: Ints, felt: Ints, first: Ints) -> list[float | None]:
        """What each word that is felt says: its charge, unless something near it acts on it; None for `kind of`."""
        values: list[Any] = self._charge.room[words[felt]].tolist()
        text = np.searchsorted(first, felt, "right") - 1
        upper = self._upper.room[words]
        loud = _sums(upper, first)
        mixed = ((loud > 0) & (loud < first[1:] - first[:-1]))[text]
        acts = np.concatenate(([0], np.cumsum(self._acts.room[words])))
        near = acts[np.minimum(felt + 3, len(words))] > acts[np.maximum(felt - 3, 0)]
        for k in np.flatnonzero(near | mixed & upper[felt]).tolist():
            i, low, high = int(felt[k]), int(first[text[k]]), int(first[text[k] + 1])
            start = max(low, i - 3)
            around = [self._words[w] for w in words[start : min(high, i + 3)].tolist()]
            i -= start
            values[k] = None if _is_kind_of(around, i) else self._valence(around, i, bool(mixed[k]))
        return values

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


def _sums(by_word: NDArray[Any], first: Ints) -> Ints:
    sums: Ints = np.diff(np.concatenate(([0], np.cumsum(by_word)))[first])
    return sums


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


def _weigh_but(but: int, places: Sequence[int], values: Sequence[float | None]) -> list[float]:
    """Halve what stands before the first `but`, weigh up what stands behind it, as the published code does it.

    It looks a sentiment up by its *value*, so that of equal ones the first is changed, perhaps twice; kept, since
    exact.
    """
    felt = {i: v for i, v in zip(places, values, strict=True) if v is not None}
    standing: dict[float, list[int]] = {}
    for i, value in felt.items():
        heapq.heappush(standing.setdefault(value, []), i)
    for i in list(felt):
        value = felt[i]
        if value == 0:
            continue
        heap = standing[value]
        while felt[heap[0]] != value:
            heapq.heappop(heap)
        first = heap[0]
        if first != but:
            felt[first] = value * (0.5 if first < but else 1.5)
            heapq.heappush(standing.setdefault(felt[first], []), first)
    return list(felt.values())


def _normalised(said: float, shouts: int, asks: int) -> float:
    """The compound score of a sum of valences, with what marks add to it."""
    if not said:
        return 0.0
    emphasis = min(shouts, 4) * 0.292 + ((asks * 0.18 if asks <= 3 else 0.96) if asks > 1 else 0.0)
    total = said + (emphasis if said > 0 else -emphasis)
    return round(max(-1.0, min(1.0, total / sqrt(total * total + 15))), 4)


def _rarest(phrase: str) -> str:
    """The word of a phrase that wakes it for nothing least often."""
    return max(phrase.split(), key=lambda word: (word not in STOP, len(word)))


_PHRASES = [said for said in (*_SPECIAL, *_BOOST) if " " in said]
_ACTS = frozenset(["no", "least", "never", "so", "this", "kind", *map(_rarest, _PHRASES)])
"""Words that, within three words before or two behind a word that is felt, may change what it says."""
_SAID = _ACTS | {"of", "or", "nor", "at", "very", "without", "doubt", "but"} | set(" ".join(_PHRASES).split())
"""Words that are asked for by name."""
