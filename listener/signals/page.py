"""The texts of a batch read at once: what stands in which, as arrays over all their words."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from listener.model.sketch import in_order
from listener.signals import features
from listener.signals.circumstances import quotations
from listener.signals.growing import Ints
from listener.signals.lexicon import Lexicon
from listener.signals.sieve import Candidates


class Page:
    """Some texts as one lexicon reads them. None of them is blank.

    By run of letters, one text's behind the other's: `places` in the vocabulary. By word: `words` in the vocabulary,
    whose `text` it is, and `nth` in that text. By text: how many `runs` and `words` it has, its size in words that are
    not marks, how many of its tokens are everyday `english`, its counts by the numbers of `features.NAMES`.
    """

    def __init__(self, texts: Sequence[str], lexicon: Lexicon) -> None:
        self.texts, self.lexicon = texts, lexicon
        told = [runs_of(text) for text in texts]
        self._first = [0, *accumulate(map(len, told))]
        self._runs = [run for runs in told for run in runs]
        self._met = lexicon.vocabulary.meet(self._runs)
        self._known = known = lexicon.vocabulary
        self.places = np.array(self._met, np.int64)
        self._whose = np.repeat(np.arange(len(texts)), [len(runs) for runs in told])
        self._where, self._held = known.words.at(self.places)
        self._word_first = np.cumsum(self._held) - self._held
        self.words = known.words.flat.room[self._where]
        self.text = np.repeat(self._whose, self._held)
        self.first = np.searchsorted(self.text, np.arange(len(texts) + 1))
        self.nth = np.arange(len(self.words)) - self.first[self.text]
        self.size = self._total(known.size.room[self.places])
        self.english = self._total(known.english.room[self.places])
        where, held = known.features.at(self.places)
        seen = np.repeat(self._whose * len(features.NAMES), held) + known.features.flat.room[where]
        self.counts = np.bincount(seen, minlength=len(texts) * len(features.NAMES)).reshape(len(texts), -1).tolist()

    def _total(self, by_run: NDArray[np.int64]) -> list[int]:
        """Sums of what is told of each run, by text."""
        total: list[int] = np.add.reduceat(by_run, self._first[:-1]).tolist() if len(by_run) else []
        return total

    @cached_property
    def plains(self) -> list[str]:
        """Each text in plain form: a space, then each word with a space behind it."""
        plain = [self._known.plains[place] for place in self._met]
        return [" " + "".join(plain[a:b]) for a, b in pairwise(self._first)]

    @cached_property
    def _plain_end(self) -> Ints:
        """Where each run ends in its text's plain form."""
        ends = np.cumsum(self._known.plain_length.room[self.places])
        before = np.concatenate(([0], ends))[self._first[:-1]]
        edge: Ints = ends - before[self._whose] + 1
        return edge

    @cached_property
    def _plain_ends(self) -> list[int]:
        ends: list[int] = self._plain_end.tolist()
        return ends

    def stands(self, at: Ints) -> tuple[list[int], list[int], list[int]]:
        """Of some words: where in the plain text each begins, where its token begins, and how long the token is."""
        where, known = self._where[at], self._known
        run = np.searchsorted(self._word_first, at, "right") - 1
        begin = self._plain_end[run] - known.plain_length.room[self.places[run]]
        token = known.token_begin.room[where]
        word = begin + token + known.word_begin.room[where]
        return word.tolist(), (begin + token).tolist(), known.token_length.room[where].tolist()

    def candidates(self, heard: NDArray[np.bool_]) -> Candidates:
        """Which phrases may stand where; `heard` says by side and text what is asked for."""
        where, held = self._known.sets.at(self.words)
        texts, words = np.repeat(self.text, held), np.repeat(self.nth, held)
        return self.lexicon.sieve.candidates(self._known.sets.flat.room[where], texts, words, heard)

    def digests(self) -> tuple[NDArray[np.uint64], Ints]:
        """The digests of all words that are not marks, text by text, and how many each text has."""
        said = np.flatnonzero(~self._known.mark.room[self.words])
        lengths = np.bincount(self.text[said], minlength=len(self.texts))
        return self._known.digest.room[self.words[said]], lengths

    def sentiments(self) -> list[float]:
        """The compound score of each text."""
        known = self._known
        if known.vader is None:
            return [0.0] * len(self.texts)
        where, held = known.felt.at(self.places)
        edges = np.concatenate(([0], np.cumsum(held)))[self._first]
        return known.vader.compounds(known.felt.flat.room[where], edges)

    def rows(self) -> Ints:
        """Each word's row in the heads."""
        rows: Ints = self._known.row.room[self.words]
        return rows

    def orders(self) -> list[int]:
        """How many sentences of each text begin with a word that orders something."""
        ends = self._known.ends.room[self.words]
        opens = np.concatenate(([True], ends[:-1]))
        opens[self.nth == 0] = True
        found = np.flatnonzero(opens & self._known.orders.room[self.words])
        counts: list[int] = np.bincount(self.text[found], minlength=len(self.texts)).tolist()
        return counts

    def contents(self) -> list[list[str]]:
        """What each text is about: its different words of content, longer ones first."""
        where, held = self._known.content.at(self.places)
        ids, known = self._known.content.flat.room[where].tolist(), self._known.contents
        edges = np.concatenate(([0], np.cumsum(held)))[self._first].tolist()
        return [in_order([known[i] for i in ids[a:b]]) for a, b in pairwise(edges)]

    def marks(self, content: Sequence[str]) -> list[str]:
        """The keyed hashes of words of content."""
        return [self._known.marks[word] for word in content]

    def spelt(self, n: int) -> frozenset[str]:
        """The plain words of one text."""
        words, spelt = self.words[self.first[n] : self.first[n + 1]].tolist(), self._known.spelt
        return frozenset([spelt[w] for w in words])

    def token(self, n: int, at: int) -> str:
        """A token of one text as it stands, in small letters: the first (0) or, from behind, one of the last (-1…)."""
        a, b = self._first[n], self._first[n + 1]
        order = range(a, b) if at >= 0 else range(b - 1, a - 1, -1)
        left = at if at >= 0 else -at - 1
        for k in order:
            cuts = self._known.cuts[self._met[k]]
            if left < len(cuts):
                cut = cuts[left] if at >= 0 else cuts[-1 - left]
                return self._runs[k][cut.start : cut.end].lower()
            left -= len(cuts)
        return ""

    def has_words(self, n: int) -> bool:
        """Whether there is any token in one text."""
        return any(self._known.cuts[k] for k in self._met[self._first[n] : self._first[n + 1]])

    @cached_property
    def _raw_start(self) -> tuple[list[int], list[bool]]:
        """Where each run begins if just one blank stands between two; and by text whether that is so."""
        length, blank = self._known.length.room[self.places], self._known.blank.room[self.places] != 0
        gap = np.ones(len(length), np.int64)
        gap[1:] -= blank[:-1]
        gap[blank] = 0
        gap[self._first[:-1]] = 0
        ends = np.cumsum(length + gap)
        base = np.concatenate(([0], ends))[self._first]
        sound = np.diff(base) == [len(t) for t in self.texts]
        start = ends - length - base[:-1][self._whose]
        return start.tolist(), sound.tolist()

    def _begin(self, n: int, k: int) -> int:
        """Where the k-th run begins in its text."""
        start, sound = self._raw_start
        if sound[n]:
            return start[k]
        at, text = 0, self.texts[n]
        for run in self._runs[self._first[n] : k]:
            at = text.find(run, at) + len(run)
        return text.find(self._runs[k], at)

    def span(self, n: int, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of one text's plain form stood in the text itself."""
        first, last = self._cut(n, start + 1), self._cut(n, end)
        return first[0], max(first, last)[1]

    def _cut(self, n: int, position: int) -> tuple[int, int]:
        """Where the first token whose plain form reaches a position stands in the text."""
        a, b = self._first[n], self._first[n + 1]
        k = min(bisect_left(self._plain_ends, position, a, b), b - 1)
        cuts = self._known.cuts[self._met[k]]
        into = position - self._plain_ends[k] + (cuts[-1].plain_end if cuts else 0)
        cut = next((c for c in cuts if c.plain_end >= into), cuts[-1] if cuts else None)
        begin = self._begin(n, k)
        return (begin + cut.start, begin + cut.end) if cut else (begin, begin)

    def quoted(self, n: int) -> list[tuple[int, int]]:
        """Stretches of one text's plain form that stand in quotation marks."""
        told = quotations(self.texts[n])
        tokens = list(self._tokens(n)) if told else []
        out = []
        for lo, hi in told:
            held = [(a, b) for start, a, b in tokens if lo < start < hi - 1]
            if held:
                out.append((held[0][0], held[-1][1]))
        return out

    def _tokens(self, n: int) -> Iterator[tuple[int, int, int]]:
        """Of each token of one text: where it stands, and where its plain form begins and ends."""
        at = 1
        for k in range(self._first[n], self._first[n + 1]):
            begin, base = self._begin(n, k), at
            for cut in self._known.cuts[self._met[k]]:
                yield begin + cut.start, at, base + cut.plain_end
                at = base + cut.plain_end


def runs_of(text: str) -> list[str]:
    r"""The runs of letters between blanks; a line's end, or several in a row, is a run of its own.

    >>> runs_of("Hello,  you\n\nthere")
    ['Hello,', 'you', '\n\n', 'there']
    """
    if "\n" not in text:
        return text.split()
    first, *rest = text.split("\n")
    out, ends = first.split(), 0
    for line in rest:
        ends += 1
        if line:
            out.append("\n" * ends)
            out += line.split()
            ends = 0
    return [*out, "\n" * ends] if ends else out
