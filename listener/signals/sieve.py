"""Which phrases can stand where in the texts of a batch, found for all of them at once.

Every phrase is a chain of steps: one of some words, then within so many words one of some others (phrases.Step). The
rarest of its steps wakes it: for each word there is a list of the phrases it wakes. What was woken is kept while words
of its other steps stand near enough, each on the side it must. What passes can match, what does not cannot; the regular
expression has the last word, and is asked seldom.
"""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listener.signals.growing import Column, Ints, Lists
from listener.signals.phrases import Phrase, Step, cost_of

CUSTOMER, FIRM, ANYBODY, NOBODY = range(4)
"""Who speaks, or whose phrases are asked for."""
_HEARD = ((CUSTOMER, ANYBODY), (FIRM, ANYBODY), (CUSTOMER, FIRM, ANYBODY), ())
"""The sides of phrases, by whose are asked for: ANYBODY's are those of all."""
_NUMBER = "#"
_NO_SET = -1


class Candidates(NamedTuple):
    """What may match: the text, the word (counted over all texts) at which the phrase would begin, the phrase."""

    text: Ints
    word: Ints
    phrase: Ints


class Sieve:
    """The steps of all phrases as arrays by phrase and step; made once, and told of each new word.

    A word is known by its kind: words that belong to the same sets (of the words of steps) are of one.
    """

    def __init__(self, phrases: Sequence[Phrase], sides: Sequence[int]) -> None:
        """`sides` says for each phrase whom it listens to."""
        self._numbers: dict[frozenset[str], int] = {}
        for phrase in phrases:
            for words in (*[step.words for step in phrase.steps], *([phrase.opens] if phrase.opens else [])):
                self._numbers.setdefault(words, len(self._numbers))
        shape = (len(phrases), max((len(p.steps) for p in phrases), default=1))
        self._set = np.full(shape, _NO_SET, np.int64)
        self._low, self._high = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self._opens, self._leads = np.full(len(phrases), _NO_SET, np.int64), np.zeros(len(phrases), bool)
        self._sides = sides
        self._woken: dict[int, list[int]] = {}
        for n, phrase in enumerate(phrases):
            self._take(n, phrase)
        self._of_word: dict[str, list[int]] = {}
        self._of_start: dict[str, list[int]] = {}
        for words, number in self._numbers.items():
            for word in words:
                whole = self._of_start if word.endswith("*") else self._of_word
                whole.setdefault(word.removesuffix("*"), []).append(number)
        self._starts: dict[str, list[int]] = {}
        for letter, length in sorted({(start[0], len(start)) for start in self._of_start}):
            self._starts.setdefault(letter, []).append(length)
        self._kinds: dict[frozenset[int], int] = {}
        self._wakes, self._holds = Lists(), Column(np.uint8, -(-len(self._numbers) // 8))

    def _take(self, n: int, phrase: Phrase) -> None:
        """Note a phrase: the step that wakes it, how far before that it begins, where the others stand from it."""
        steps = phrase.steps
        wakes = min(range(len(steps)), key=lambda k: (cost_of(steps[k].words), k))
        places = sorted(
            ((_distance(steps, wakes, k), k) for k in range(len(steps)) if k != wakes),
            key=lambda told: (told[0][1] - told[0][0], cost_of(steps[told[1]].words)),
        )
        self._woken.setdefault(self._numbers[steps[wakes].words], []).append(n)
        self._low[n, 0], self._high[n, 0] = _distance(steps, wakes, -1)
        for column, ((low, high), k) in enumerate(places, 1):
            self._set[n, column] = self._numbers[steps[k].words]
            self._low[n, column], self._high[n, column] = low, high
        self._opens[n] = self._numbers[phrase.opens] if phrase.opens else _NO_SET
        self._leads[n] = phrase.leads

    def kind_of(self, word: str) -> int:
        """The number of a plain word's kind."""
        held = list(self._of_word.get(word, ()))
        if word[0].isdigit():
            held += self._of_word.get(_NUMBER, ())
        for n in self._starts.get(word[0], ()):
            held += self._of_start.get(word[:n], ())
        return self._kinds.setdefault(frozenset(held), len(self._kinds))

    def _learn(self) -> None:
        """Add kinds that are new to the arrays."""
        new = list(islice(self._kinds, self._holds.size, None))
        lines = np.zeros((len(new), len(self._numbers)), bool)
        wakes: list[list[int]] = []
        for line, sets in zip(lines, new, strict=True):
            line[list(sets)] = True
            woken = sorted([phrase for number in sets for phrase in self._woken.get(number, ())])
            wakes += [[p for p in woken if self._sides[p] in heard] for heard in _HEARD]
        self._wakes.extend(wakes)
        self._holds.extend(np.packbits(lines, axis=1))

    def candidates(self, kinds: Ints, texts: Ints, leads: NDArray[np.bool_], asked: Ints) -> Candidates:
        """What may match where, in the order of the words at which it would begin.

        `kinds` and `texts` are those of all words of a batch, and `leads` says which of them begin a sentence; `asked`
        says for each text whose phrases are asked for: the CUSTOMER's or the FIRM's, ANYBODY's or NOBODY's.
        """
        if self._holds.size < len(self._kinds):
            self._learn()
        where, held = self._wakes.at(kinds * len(_HEARD) + asked[texts])
        phrase, at = self._wakes.flat.room[where], np.repeat(np.arange(len(kinds)), held)
        for k in range(1, self._set.shape[1]):
            phrase, at = self._near(k, phrase, at, kinds, texts)
        whose, word = _spread(at, self._low[phrase, 0], self._high[phrase, 0])
        phrase = phrase[whose]
        sound = np.flatnonzero(_within(word, at[whose], texts))
        phrase, word = phrase[sound], word[sound]
        opens = self._opens[phrase]
        sound = (opens == _NO_SET) | self._held(kinds[word], opens)
        sound &= leads[word] | ~self._leads[phrase]
        phrase, word = phrase[sound], word[sound]
        places = np.unique(word * len(self._sides) + phrase)
        word, phrase = np.divmod(places, max(1, len(self._sides)))
        return Candidates(texts[word], word, phrase)

    def _near(self, k: int, phrase: Ints, at: Ints, kinds: Ints, texts: Ints) -> tuple[Ints, Ints]:
        """The phrases woken at some words whose k-th other step, if they have one, can be taken near there."""
        sets = self._set[phrase, k]
        on = np.flatnonzero(sets != _NO_SET)
        if not len(on):
            return phrase, at
        taken = sets == _NO_SET
        whose, word = _spread(at[on], self._low[phrase[on], k], self._high[phrase[on], k])
        whose = on[whose]
        sound = np.flatnonzero(_within(word, at[whose], texts))
        whose, word = whose[sound], word[sound]
        taken[whose[self._held(kinds[word], sets[whose])]] = True
        return phrase[taken], at[taken]

    def _held(self, kinds: Ints, sets: Ints) -> NDArray[np.bool_]:
        """Whether words of these kinds belong to these sets."""
        held: NDArray[np.bool_] = self._holds.room[kinds, sets >> 3] << (sets & 7).astype(np.uint8) & 128 != 0
        return held


def _distance(steps: Sequence[Step], one: int, other: int) -> tuple[int, int]:
    """How many words, least and most, from one step to another, or (-1) back to where the phrase begins."""
    between = steps[min(one, other) + 1 : max(one, other) + 1]
    low, high = sum([s.low for s in between]), sum([s.high for s in between])
    return (low, high) if other > one else (-high, -low)


def _spread(at: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """The places `low` to `high` from some places, one behind the other; and for each whose it is.

    >>> [x.tolist() for x in _spread(np.array([10, 20]), np.array([-1, 2]), np.array([0, 2]))]
    [[0, 0, 1], [9, 10, 22]]
    """
    count = high - low + 1
    whose = np.repeat(np.arange(len(at)), count)
    begin = np.cumsum(count) - count
    return whose, np.arange(len(whose)) + (at + low - begin)[whose]


def _within(word: Ints, at: Ints, texts: Ints) -> NDArray[np.bool_]:
    """Whether words stand in the same text as others."""
    inside: NDArray[np.bool_] = (word >= 0) & (word < len(texts))
    inside &= texts[np.where(inside, word, 0)] == texts[at]
    return inside
