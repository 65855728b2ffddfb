"""The texts of a batch read at once: what stands in which, as arrays over all their words."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from listener.signals.arrays.growing import Ints
from listener.signals.cues.circumstances import quotations, told_by_others
from listener.signals.cues.sieve import Candidates
from listener.signals.pages import features
from listener.signals.pages.lexicon import Lexicon
from listener.signals.pages.places import NumberedTexts, Places
from listener.signals.redaction.secret_forms import HINTS
from listener.signals.words.words import TOKEN


class Page:
    """Some texts as one lexicon reads them. None of them is blank.

    `read` has their runs and words. By text: its size in words that are not marks, how many of its tokens are everyday
    `english`, its `counts` by the numbers of `features.NAMES`.
    """

    def __init__(self, texts: Sequence[str], lexicon: Lexicon) -> None:
        self.texts, self.lexicon = texts, lexicon
        self._known = known = lexicon.vocabulary
        self.read = read = NumberedTexts(known, list(map(runs_of, texts)))
        self.size: list[int] = read.total(known.size.room[read.places]).tolist()
        self.english: list[int] = read.total(known.english.room[read.places]).tolist()
        where, held = known.features.at(read.places)
        self._featured, self._features = np.repeat(np.arange(len(read.places)), held), known.features.flat.room[where]
        seen = read.whose[self._featured] * len(features.NAMES) + self._features
        counts = np.bincount(seen, minlength=len(texts) * len(features.NAMES))
        self.counts: Ints = counts.reshape(len(texts), len(features.NAMES))

    @cached_property
    def plains(self) -> list[str]:
        """Each text in plain form: a space, then each word with a space behind it."""
        plain = list(map(self._known.plains.__getitem__, self.read.places.tolist()))
        return [" " + "".join(plain[a:b]) for a, b in pairwise(self.read.first_run.tolist())]

    @cached_property
    def places(self) -> Places:
        """Where the words stand."""
        return Places(self.read, self.texts)

    def candidates(self, asked: Ints) -> Candidates:
        """Which phrases may stand where; `asked` says whose phrases are asked for in each text (sieve.CUSTOMER …)."""
        kinds = self._known.kind.room[self.read.words]
        return self.lexicon.sieve.candidates(kinds, self.read.text, self._leads, asked)

    @cached_property
    def _leads(self) -> NDArray[np.bool_]:
        """Which words begin a sentence."""
        read = self.read
        opens = np.concatenate(([True], self._known.ends.room[read.words[:-1]]))[: len(read.words)]
        opens[read.first[:-1][read.first[:-1] < len(opens)]] = True
        return opens

    def digests(self) -> tuple[NDArray[np.uint64], Ints]:
        """The digests of all words that are not marks, text by text, and how many each text has."""
        said = np.flatnonzero(~self._known.mark.room[self.read.words])
        lengths = np.bincount(self.read.text[said], minlength=len(self.texts))
        return self._known.digest.room[self.read.words[said]], lengths

    def sentiments(self) -> list[float]:
        """The compound score of each text."""
        known = self._known
        if known.vader is None:
            return [0.0] * len(self.texts)
        where, held = known.felt.at(self.read.places)
        edges = np.concatenate(([0], np.cumsum(held)))[self.read.first_run]
        return known.vader.compounds(known.felt.flat.room[where], edges)

    def rows(self) -> Ints:
        """Each word's row in the heads; none (0) for words that are given as somebody else's."""
        rows: Ints = self._known.row.room[self.read.words]
        for n, stretches in self.told.items():
            for stretch in stretches:
                first, behind = self.places.word_at(np.array([n, n]), np.array(stretch)).tolist()
                rows[first:behind] = 0
        return rows

    def signs(self) -> NDArray[np.uint16]:
        """Of each word the circumstances it can be a sign of (circumstances.signs_of)."""
        signs: NDArray[np.uint16] = self._known.signs.room[self.read.words]
        return signs

    def plain_lengths(self) -> Ints:
        """How long each text's plain form is without the blank before it."""
        return self.read.total(self._known.plain_length.room[self.read.places])

    def sentence_ends(self) -> tuple[Ints, NDArray[np.bool_]]:
        """How many marks each text has, of the same one behind the other every second; and whether it ends in one."""
        read, known = self.read, self._known
        at = np.flatnonzero(known.mark.room[read.words])
        nth = np.arange(len(at))
        again = np.zeros(len(at), bool)
        again[1:] = (
            (at[1:] == at[:-1] + 1)
            & (read.words[at[1:]] == read.words[at[:-1]])
            & (read.text[at[1:]] == read.text[at[:-1]])
        )
        since = nth - np.maximum.accumulate(np.where(again, 0, nth))
        count = np.bincount(read.text[at[since % 2 == 0]], minlength=len(self.texts))
        closed = np.ones(len(self.texts), bool)
        some = read.first[1:] > read.first[:-1]
        closed[some] = known.ends.room[read.words[read.first[1:][some] - 1]]
        return count, closed

    def orders(self) -> list[int]:
        """How many sentences of each text begin with a word that orders something."""
        found = np.flatnonzero(self._leads & self._known.orders.room[self.read.words])
        counts: list[int] = np.bincount(self.read.text[found], minlength=len(self.texts)).tolist()
        return counts

    def contents(self) -> list[list[str]]:
        """What each text is about: its different words of content (sketch.longer_first), in order."""
        where, held = self._known.content.at(self.read.places)
        words = list(map(self._known.contents.__getitem__, self._known.content.flat.room[where].tolist()))
        edges = np.concatenate(([0], np.cumsum(held)))[self.read.first_run].tolist()
        return [sorted(set(words[a:b])) for a, b in pairwise(edges)]

    def marks(self, content: Sequence[str]) -> list[str]:
        """The keyed hashes of words of content."""
        return list(map(self._known.marks.__getitem__, content))

    def spelt(self, n: int) -> frozenset[str]:
        """The plain words of one text."""
        words = self.read.words[self.read.first[n] : self.read.first[n + 1]].tolist()
        return frozenset(map(self._known.spelt.__getitem__, words))

    def tokens(self, n: int, count: int) -> list[str]:
        """The first (or, with a minus, the last) tokens of one text as they stand, in small letters."""
        a, b = self.read.first_run[n : n + 2].tolist()
        out: list[str] = []
        for k in range(a, b) if count > 0 else range(b - 1, a - 1, -1):
            held = TOKEN.findall(self.read.runs[k])
            out = out + held if count > 0 else held + out
            if len(out) >= abs(count):
                break
        return [t.lower() for t in (out[:count] if count > 0 else out[count:])]

    def has(self, feature: str) -> NDArray[np.bool_]:
        """Which texts have a feature (features.NAMES)."""
        held: NDArray[np.bool_] = self.counts[:, features.NUMBER[feature]] > 0
        return held

    def opens(self, feature: str) -> NDArray[np.bool_]:
        """Which texts begin with a run that has a feature."""
        opens: NDArray[np.bool_] = self._have(feature)[self.read.first_run[:-1]]
        return opens

    def closes(self, feature: str) -> NDArray[np.bool_]:
        """Which texts end with a run that has a feature."""
        closes: NDArray[np.bool_] = self._have(feature)[self.read.first_run[1:] - 1]
        return closes

    def _have(self, feature: str) -> NDArray[np.bool_]:
        """Which runs have a feature."""
        have = np.zeros(len(self.read.places), bool)
        have[self._runs(feature)] = True
        return have

    def _runs(self, feature: str) -> Ints:
        """The runs that have a feature, in order."""
        runs: Ints = self._featured[self._features == features.NUMBER[feature]]
        return runs

    def near(self, one: str, other: str, within: int) -> NDArray[np.bool_]:
        """Which texts have a run with one feature, and at most so many runs behind it one with the other."""
        first, second = self._runs(one), self._runs(other)
        found = np.zeros(len(self.texts), bool)
        if not len(first) or not len(second):
            return found
        behind = np.append(second, len(self.read.whose))[np.searchsorted(second, first, "right")]
        close = np.flatnonzero(behind - first <= within)
        whose = np.append(self.read.whose, -1)
        close = close[whose[first[close]] == whose[behind[close]]]
        found[whose[first[close]]] = True
        return found

    def hints(self, text: Ints, low: Ints, high: Ints) -> list[frozenset[str]]:
        """The hints of secrets in the runs that reach into stretches of some texts."""
        at = np.flatnonzero(_HINT[self._features])
        run, bits = self._featured[at], np.append(_HINT[self._features[at]], 0)
        base = self.places.text_base[text]
        one = np.searchsorted(self.places.run_end[run], base + low, "right")
        other = np.searchsorted(self.places.run_begin[run], base + high)
        codes = np.bitwise_or.reduceat(bits, np.column_stack((one, other)).ravel())[::2] * (one < other)
        return list(map(_hints, codes.tolist()))

    def have_words(self) -> list[bool]:
        """Whether there is any token in each text."""
        words = (self.read.first[1:] > self.read.first[:-1]).tolist()
        return [some or bool(self.tokens(n, 1)) for n, some in enumerate(words)]

    @cached_property
    def told(self) -> dict[int, list[tuple[int, int]]]:
        """By text the stretches of its plain form that are given as somebody else's words, where there are any."""
        texts = np.flatnonzero(self.has("quotes")).tolist()
        return {n: self._within(n, spans) for n in texts if (spans := told_by_others(self.texts[n]))}

    def quoted(self, n: int) -> list[tuple[int, int]]:
        """Stretches of one text's plain form that stand in quotation marks."""
        return self._within(n, quotations(self.texts[n]))

    def _within(self, n: int, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Stretches of one text as those of its plain form."""
        told = [self.places.within(n, low, high - 1) for low, high in spans]
        return [stretch for stretch in told if stretch is not None]


_HINT = np.zeros(len(features.NAMES), np.int64)
_HINT[[features.NUMBER[hint] for hint in HINTS]] = 1 << np.arange(len(HINTS))
"""The bit of a feature that is a hint of a secret."""


@lru_cache(maxsize=1 << len(HINTS))
def _hints(code: int) -> frozenset[str]:
    """The hints of a sum of their bits."""
    return frozenset(hint for k, hint in enumerate(HINTS) if code >> k & 1)


def named_by(texts: Mapping[str, NDArray[np.bool_]], count: int) -> list[set[str]]:
    """What holds of each of some texts, by name, from which texts each name holds of.

    >>> named_by({"long": np.array([True, False]), "sad": np.array([True, True])}, 2) == [{"long", "sad"}, {"sad"}]
    True
    """
    told: list[set[str]] = [set() for _ in range(count)]
    for name, held in texts.items():
        for n in np.flatnonzero(held).tolist():
            told[n].add(name)
    return told


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
