"""Where the words of a page stand: in the plain form of their text, and in the text as it was written."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from listener.signals.arrays.growing import Ints
from listener.signals.pages.vocabulary import Vocabulary


class NumberedTexts:
    """The runs and words of some texts, one text's behind the other's, as numbers of a vocabulary.

    By run: its `places` in the vocabulary and `whose` text it is; `first_run` says where each text begins (and the last
    ends). By word: its number (`words`), its `text`, its `run`, and where it stands in the vocabulary's list of words
    (`where`); `first` says where each text begins (and the last ends).
    """

    def __init__(self, known: Vocabulary, told: Sequence[Sequence[str]]) -> None:
        """`told` are the runs of each text; what is new in them is learnt."""
        self.known, self.runs = known, list(chain.from_iterable(told))
        self.places = np.fromiter(known.meet(self.runs), np.int64, len(self.runs))
        counts = np.fromiter(map(len, told), np.int64, len(told))
        self.first_run = np.concatenate(([0], np.cumsum(counts)))
        self.whose = np.repeat(np.arange(len(told)), counts)
        self.where, held = known.words.at(self.places)
        self.words: Ints = known.words.flat.room[self.where]
        self.run = np.repeat(np.arange(len(self.places)), held)
        self.text = self.whose[self.run]
        self.first = np.searchsorted(self.text, np.arange(len(told) + 1))

    def total(self, by_run: NDArray[np.int64]) -> Ints:
        """Sums of what is told of each run, by text; none of the texts may be blank."""
        return np.add.reduceat(by_run, self.first_run[:-1]) if len(by_run) else np.zeros(0, np.int64)


class Places:
    """Where each word stands: `begin` in its text's plain form, its token from `token` to `end` there.

    Plain forms are told as if all lay one behind the other: `base` is where each text's begins in that. So are the
    texts as they were written, from `text_base` on: each run stands from `run_begin` to `run_end` there.
    """

    def __init__(self, read: NumberedTexts, texts: Sequence[str]) -> None:
        self._read, self._texts = read, texts
        length = read.known.plain_length.room[read.places]
        sizes = read.total(length) + 1
        self.base = np.cumsum(sizes) - sizes
        run = np.cumsum(length) - length + read.whose + 1
        stands = read.known.stands.room[read.where]
        self.begin, self.token, self.end = (run[read.run] + stands[:, n] for n in range(3))
        starts, text_sizes = self._raw_runs(), np.fromiter(map(len, texts), np.int64, len(texts))
        self.text_base = np.cumsum(text_sizes) - text_sizes
        self.run_begin = starts + self.text_base[read.whose]
        self.run_end = self.run_begin + read.known.length.room[read.places]
        raw = starts[read.run]
        self._raw_begin, self._raw_end = raw + stands[:, 3], raw + stands[:, 4]

    def _raw_runs(self) -> Ints:
        """Where each run begins in its text: one blank behind the one before, or looked for where that is not so."""
        read = self._read
        length, blank = read.known.length.room[read.places], read.known.blank.room[read.places] != 0
        gap = np.ones(len(length), np.int64)
        gap[1:] -= blank[:-1]
        gap[blank] = 0
        gap[read.first_run[:-1]] = 0
        ends = np.cumsum(length + gap)
        base = np.concatenate(([0], ends))[read.first_run]
        start: Ints = ends - length - base[:-1][read.whose]
        sizes = np.fromiter(map(len, self._texts), np.int64, len(self._texts))
        for n in np.flatnonzero(np.diff(base) != sizes).tolist():
            at, text = 0, self._texts[n]
            for k in range(int(read.first_run[n]), int(read.first_run[n + 1])):
                at = text.find(read.runs[k], at)
                start[k] = at
                at += len(read.runs[k])
        return start

    def word_at(self, text: Ints, at: Ints) -> Ints:
        """The first word of a text, or of those behind it, that begins at a place of the text's plain form or later."""
        found: Ints = np.searchsorted(self.begin, self.base[text] + at)
        return found

    def spans(self, text: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Where stretches of plain forms stood in the texts themselves."""
        base, last = self.base[text], self._read.first[text + 1] - 1
        one = np.minimum(np.searchsorted(self.end, base + start + 1), last)
        other = np.maximum(one, np.minimum(np.searchsorted(self.end, base + end), last))
        return self._raw_begin[one], self._raw_end[other]

    def span(self, n: int, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of one text's plain form stood in the text."""
        first, last = self._read.first[n : n + 2].tolist()
        base = int(self.base[n])
        one = min(first + int(self.end[first:last].searchsorted(base + start + 1)), last - 1)
        other = min(one + int(self.end[one:last].searchsorted(base + end)), last - 1)
        return int(self._raw_begin[one]), int(self._raw_end[other])

    def within(self, n: int, low: int, high: int) -> tuple[int, int] | None:
        """The stretch of a text's plain form whose tokens begin between two places of the text; None where none do."""
        a, b = self._read.first[n : n + 2].tolist()
        raw = self._raw_begin[a:b]
        i, j = a + int(np.searchsorted(raw, low, "right")), a + int(np.searchsorted(raw, high, "left"))
        base = int(self.base[n])
        return (int(self.token[i]) - base, int(self.end[j - 1]) - base) if i < j else None
