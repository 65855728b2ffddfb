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

from listener.signals.arrays.growing import Column, Ints, Lists
from listener.signals.cues.phrases import Phrase, Step, cost_of

CUSTOMER, FIRM, ANYBODY, NOBODY = range(4)
"""Who speaks, or whose phrases are asked for."""
_HEARD = ((CUSTOMER, ANYBODY), (FIRM, ANYBODY), (CUSTOMER, FIRM, ANYBODY), ())
"""The sides of phrases, by whose are asked for: ANYBODY's are those of all."""
_NUMBER = "#"
_NO_SET = -1
_NOTHING = 0
"""The kind of words that belong to no set."""
_Test = tuple[int, int, int]
"""A phrase, how many words further on, and the set to which a word there must belong."""


class Candidates(NamedTuple):
    """What may match: the text, the word (counted over all texts) at which the phrase would begin, the phrase."""

    text: Ints
    word: Ints
    phrase: Ints


class Sieve:
    """The steps of all phrases as arrays; made once, and told of each new word.

    A word is known by its kind: words that belong to the same sets (of the words of steps) are of one. A kind wakes
    tests: whether one of its phrase's words stands so many words further on.
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
        self._deep = np.array([len(p.steps) - 2 for p in phrases], np.int64)
        tests: list[_Test] = []
        self._woken: list[dict[int, list[int]]] = [{} for _ in _HEARD]
        for n, (phrase, side) in enumerate(zip(phrases, sides, strict=True)):
            waking, woken = self._take(n, phrase)
            for heard in [at for at, heard in enumerate(_HEARD) if side in heard]:
                self._woken[heard].setdefault(waking, []).extend(range(len(tests), len(tests) + len(woken)))
            tests += woken
        self._tested, self._ahead, tested = np.array(tests, np.int64).reshape(-1, 3).T.copy()
        self._byte, self._bit = _place_of(tested)
        self._reach = int(np.abs(self._ahead).max(initial=0))
        self._of_word: dict[str, list[int]] = {}
        self._of_start: dict[str, list[int]] = {}
        for words, number in self._numbers.items():
            for word in words:
                whole = self._of_start if word.endswith("*") else self._of_word
                whole.setdefault(word.removesuffix("*"), []).append(number)
        self._starts: dict[str, list[int]] = {}
        for letter, length in sorted({(start[0], len(start)) for start in self._of_start}):
            self._starts.setdefault(letter, []).append(length)
        self._kinds: dict[frozenset[int], int] = {frozenset(): _NOTHING}
        self._wakes, self._holds = Lists(), Column(np.uint8, -(-len(self._numbers) // 8))

    def _take(self, n: int, phrase: Phrase) -> tuple[int, list[_Test]]:
        """Note a phrase: how far before the step that wakes it it begins, where the others stand from that.

        Told are the set of the words that wake it, and what is tested first: the step that is nearest to the one that
        wakes it, or else that one itself.
        """
        steps = phrase.steps
        wakes = min(range(len(steps)), key=lambda k: (cost_of(steps[k].words), k))
        places = sorted(
            ((_distance(steps, wakes, k), k) for k in range(len(steps)) if k != wakes),
            key=lambda told: (told[0][1] - told[0][0], cost_of(steps[told[1]].words)),
        )
        (low, high), first = places[0] if places else ((0, 0), wakes)
        woken = [(n, ahead, self._numbers[steps[first].words]) for ahead in range(low, high + 1)]
        self._low[n, 0], self._high[n, 0] = _distance(steps, wakes, -1)
        for column, ((low, high), k) in enumerate(places[1:], 1):
            self._set[n, column] = self._numbers[steps[k].words]
            self._low[n, column], self._high[n, column] = low, high
        self._opens[n] = self._numbers[phrase.opens] if phrase.opens else _NO_SET
        self._leads[n] = phrase.leads
        return self._numbers[steps[wakes].words], woken

    def kind_of(self, word: str) -> int:
        """The number of a plain word's kind."""
        held = list(self._of_word.get(word, ()))
        if word[0].isdigit():
            held += self._of_word.get(_NUMBER, ())
        for n in self._starts.get(word[0], ()):
            held += self._of_start.get(word[:n], ())
        return self._kinds.setdefault(frozenset(held), len(self._kinds)) if held else _NOTHING

    def _learn(self) -> None:
        """Add kinds that are new to the arrays."""
        new = list(islice(self._kinds, self._holds.size, None))
        lines = np.zeros((len(new), len(self._numbers)), bool)
        wakes: list[list[int]] = []
        for line, sets in zip(lines, new, strict=True):
            line[list(sets)] = True
            wakes += [[test for n in sets for test in woken.get(n, ())] for woken in self._woken]
        self._wakes.extend(wakes)
        self._holds.extend(np.packbits(lines, axis=1))

    def candidates(self, kinds: Ints, texts: Ints, leads: NDArray[np.bool_], asked: Ints) -> Candidates:
        """What may match where, in the order of the words at which it would begin.

        `kinds` and `texts` are those of all words of a batch, and `leads` says which of them begin a sentence; `asked`
        says for each text whose phrases are asked for: the CUSTOMER's or the FIRM's, ANYBODY's or NOBODY's.
        """
        if self._holds.size < len(self._kinds):
            self._learn()
        phrase, at = self._woken_at(kinds, texts, asked)
        for k in range(1, int(self._deep[phrase].max(initial=0)) + 1):
            phrase, at = self._near(k, phrase, at, kinds, texts)
        whose, word = _spread(at, self._low[phrase, 0], self._high[phrase, 0])
        phrase = phrase[whose]
        sound = np.flatnonzero(_within(word, at[whose], texts))
        phrase, word = phrase[sound], word[sound]
        opens = self._opens[phrase]
        sound = (opens == _NO_SET) | self._held(kinds[word], opens)
        sound &= leads[word] | ~self._leads[phrase]
        phrase, word = phrase[sound], word[sound]
        places = np.sort(word * len(self._leads) + phrase)
        places = places[np.flatnonzero(np.diff(places, prepend=-1))]
        word, phrase = np.divmod(places, max(1, len(self._leads)))
        return Candidates(texts[word], word, phrase)

    def _woken_at(self, kinds: Ints, texts: Ints, asked: Ints) -> tuple[Ints, Ints]:
        """The phrases whose first test holds, and at which words they were woken."""
        where, held = self._wakes.at(kinds * len(_HEARD) + asked[texts])
        test, at = self._wakes.flat.room[where], np.repeat(np.arange(len(kinds)), held)
        word = at + self._ahead[test]
        around = np.full(len(kinds) + 2 * self._reach, _NOTHING)
        around[self._reach : self._reach + len(kinds)] = kinds
        cells = around[word + self._reach] * self._holds.room.shape[1] + self._byte[test]
        sound = np.flatnonzero(self._holds.room.ravel()[cells] & self._bit[test])
        sound = sound[texts[word[sound]] == texts[at[sound]]]
        return self._tested[test[sound]], at[sound]

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
        byte, bit = _place_of(sets)
        held: NDArray[np.bool_] = self._holds.room[kinds, byte] & bit != 0
        return held


def _place_of(sets: Ints) -> tuple[Ints, NDArray[np.uint8]]:
    """The byte in which it is kept whether a kind belongs to each set, and the bit in it."""
    return sets >> 3, np.uint8(128) >> (sets & 7).astype(np.uint8)


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
