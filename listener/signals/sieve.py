"""Which phrases can stand in which texts of a batch, found for all of them at once.

Every phrase is a chain of steps: one of some words, then within so many words one of some others (phrases.Step). For
each set of words and each text the places where one of them stands are kept as a bit each in a 64-bit number (places
64 words apart share a bit), so that a step is taken by a rotation and an `and`. What passes can match, what does not
cannot; the regular expression has the last word, and is asked seldom.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from listener.signals.growing import Ints
from listener.signals.phrases import Phrase

Bits = NDArray[np.uint64]
_CROWD = 24
"""The places of a word that more sets than this hold are kept once, and added to those of the sets afterwards."""
_PLACE, _PLACES = 24, 2**24 - 1
"""Bits for a word's place in its text."""


class Candidates(NamedTuple):
    """What may match: by text, then by place, then by phrase, the word at which the phrase's first step is taken."""

    text: Ints
    word: Ints
    phrase: Ints


class Sieve:
    """The steps of all phrases as arrays by phrase and step; made once, and told of each new word."""

    def __init__(self, phrases: Sequence[Phrase], sides: Sequence[int]) -> None:
        """`sides` says for each phrase which line of `heard` it listens to (see `candidates`)."""
        numbers: dict[frozenset[str], int] = {}
        for phrase in phrases:
            for step in phrase.steps:
                numbers.setdefault(step.words, len(numbers))
        shape = (len(phrases), max((len(p.steps) for p in phrases), default=1))
        self._always = len(numbers)
        self._set = np.full(shape, self._always, np.int64)
        self._low, self._high = np.zeros(shape, np.uint64), np.zeros(shape, np.uint64)
        for n, phrase in enumerate(phrases):
            for k, step in enumerate(phrase.steps):
                self._set[n, k], self._low[n, k], self._high[n, k] = numbers[step.words], step.low, step.high
        self._side = np.array(sides, np.int64)
        self._of_key: dict[str, list[int]] = {}
        for words, number in numbers.items():
            for word in words:
                self._of_key.setdefault(word, []).append(number)
        starts = {key[:-1]: held for key, held in self._of_key.items() if key.endswith("*")}
        self._starts, self._start_lengths = starts, sorted(set(map(len, starts)))
        self._crowds: dict[tuple[int, ...], int] = {}
        self._holds = np.zeros((0, self._always + 1), bool)

    def sets_of(self, word: str) -> tuple[int, ...]:
        """The sets of words that hold a plain word, by number; a crowd of them has one number for all."""
        held = list(self._of_key.get(word, ()))
        if word[0].isdigit():
            held += self._of_key.get(_NUMBER, ())
        for n in self._start_lengths:
            if n > len(word):
                break
            held += self._starts.get(word[:n], ())
        sets = tuple(dict.fromkeys(held)) if len(held) > 1 else tuple(held)
        if len(sets) <= _CROWD:
            return sets
        if sets not in self._crowds:
            self._crowds[sets] = self._always + 1 + len(self._crowds)
            line = np.zeros((1, self._always + 1), bool)
            line[0, list(sets)] = True
            self._holds = np.concatenate((self._holds, line))
        return (self._crowds[sets],)

    def candidates(self, sets: Ints, texts: Ints, words: Ints, heard: NDArray[np.bool_]) -> Candidates:
        """What may match where.

        `sets` are the sets of the words of a batch, `texts` and `words` where each stands; `heard` says in line s for
        each text whether phrases of side s are asked for.
        """
        width = -(-heard.shape[1] // 64) * 64
        keys = np.sort((sets * width + texts) << _PLACE | words)
        bits = self._bits(keys, width)
        present = np.packbits(bits[: self._always + 1] != 0, axis=1).view(np.uint64)
        asked = np.zeros((len(heard), width), bool)
        asked[:, : heard.shape[1]] = heard
        live = np.packbits(asked, axis=1).view(np.uint64)[self._side]
        for k in range(self._set.shape[1]):
            live &= present[self._set[:, k]]
        phrase, text = np.nonzero(np.unpackbits(live.view(np.uint8), axis=1))
        starts = self._walk(bits, phrase, text)
        stands = np.flatnonzero(starts)
        return self._placed(keys, phrase[stands], text[stands], starts[stands], width)

    def _bits(self, keys: Ints, width: int) -> Bits:
        """For each set (line) and text (column) the places of its words, a bit each."""
        bits = np.zeros((self._always + 1 + len(self._crowds), width), np.uint64)
        cell = keys >> _PLACE
        first = np.flatnonzero(np.diff(cell, prepend=-1))
        if len(first):
            bits.ravel()[cell[first]] = np.bitwise_or.reduceat(_ONE << (keys & 63).view(np.uint64), first)
        for sets, row in self._crowds.items():
            if bits[row].any():
                bits[list(sets)] |= bits[row]
        bits[self._always] = ~np.uint64(0)
        return bits

    def _walk(self, bits: Bits, phrase: Ints, text: Ints) -> Bits:
        """For pairs of phrase and text, where a first step is followed by all others in order and not too far apart."""
        now = np.full(len(phrase), ~np.uint64(0))
        for k in range(self._set.shape[1] - 1, -1, -1):
            on = np.flatnonzero((self._set[phrase, k] != self._always) & (now != 0))
            held = phrase[on]
            now[on] &= bits[self._set[held, k], text[on]]
            if k:
                now[on] = _within(now[on], self._low[held, k], self._high[held, k])
        return now

    def _placed(self, keys: Ints, phrase: Ints, text: Ints, starts: Bits, width: int) -> Candidates:
        """Each place where a candidate's first step can be taken."""
        first = self._set[phrase, 0]
        crowd, of = np.nonzero(self._holds[:, first])
        row = np.concatenate((first, crowd + self._always + 1))
        whose = np.concatenate((np.arange(len(first)), of))
        cell = row * width + text[whose]
        start, end = np.searchsorted(keys, cell << _PLACE), np.searchsorted(keys, (cell + 1) << _PLACE)
        lengths = end - start
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        word = keys[np.arange(total) + np.repeat(start - ends + lengths, lengths)] & _PLACES
        whose = np.repeat(whose, lengths)
        can = np.flatnonzero(starts[whose] >> (word & 63).astype(np.uint64) & _ONE)
        word, whose = word[can], whose[can]
        order = np.lexsort((phrase[whose], word, text[whose]))
        return Candidates(text[whose][order], word[order], phrase[whose][order])


def _within(bits: Bits, low: Bits, high: Bits) -> Bits:
    """The places `low` to `high` words before the given ones."""
    reached = _turn(bits, low)
    done, wide = np.zeros_like(low), np.minimum(high - low, 63).astype(np.uint64)
    while (done < wide).any():
        step = np.minimum(done + _ONE, wide - done)
        reached |= _turn(reached, step)
        done += step
    return reached


def _turn(bits: Bits, by: Bits) -> Bits:
    by = by & _LAST
    return bits >> by | bits << (-by & _LAST)


_ONE, _LAST = np.uint64(1), np.uint64(63)
_NUMBER = "#"
