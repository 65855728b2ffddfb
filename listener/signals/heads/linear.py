"""The trained heads: linear models over words, pairs of words, what the cues said and a few facts of form.

A text's score on a head is (sum of the rows of its words and pairs) / norm + facts @ weights + bias. The rows already
hold what static word embeddings say (scripts/ear/train.py, docs/model-card.md), so that a text costs one look-up a
word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from listener.signals.arrays.growing import Ints
from listener.signals.arrays.table import Table
from listener.signals.heads.facts import cells

Floats = NDArray[np.float32]
KINDS = ("customer", "firm", "emotion", "failure", "voice")
"""What a head is of, told before the colon of its name."""
PAIR_BITS = 20
"""A pair of words is known by (first row << PAIR_BITS | second row)."""
EASE = 150.0
"""Added to a text's squared length, so that two words do not speak as loudly as twenty."""
LONG = 4000.0
"""A text's squared length (some fifty words) from which on a head hears the average of it and no longer the sum: or all
heads would be sure of every letter."""
_UNHEARD, _SUREST = 0.06, 0.97
_AT_ONCE = 1 << 14
"""Rows summed at once: so many numbers up to 127 add up exactly in 32 bits."""
_ONES = np.ones(_AT_ONCE, np.float32)


def start_odds(p: Floats) -> Floats:
    """The log-odds a cue's probability starts a head from; no match starts it from a low one."""
    kept = np.clip(p, _UNHEARD, _SUREST)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def length_of(squared: Floats) -> Floats:
    """What a text's sum over rows is divided by, from the sum of its rows' squared weights."""
    length: Floats = np.sqrt((squared + np.float32(EASE)) * np.maximum(squared / np.float32(LONG), np.float32(1.0)))
    return length


def vocabulary_word(plain: str) -> str:
    """How a plain word is looked up: handles, links and numbers by their kind, tags by their word.

    >>> [vocabulary_word(w) for w in ("@ann", "#fail", "12:30", "late")]
    ['@', 'fail', '0', 'late']
    """
    first = plain[0]
    if first == "@":
        return "@"
    if first == "#":
        return plain[1:] or "#"
    if first.isdigit():
        return "0"
    return "http" if plain.startswith("http") else plain


@dataclass(frozen=True)
class Heads:
    """All heads.

    `names` in the order of the columns, those of a kind together, in the order of KINDS; `words` to rows, row 0 for an
    unknown one; `pairs` in order (PAIR_BITS); `rows` are whole numbers, what they weigh is that times the `scale`.
    """

    names: tuple[str, ...]
    facts: tuple[str, ...]
    words: dict[str, int]
    pairs: Ints
    pair_rows: Ints
    rows: NDArray[np.int8]
    scale: Floats
    weight: Floats
    by_fact: Floats
    bias: Floats

    def row_of(self, plain: str) -> int:
        """The row of a plain word, 0 where it is unknown."""
        return self.words.get(vocabulary_word(plain), 0)

    def rows_of(self, words: Ints, first: Ints) -> tuple[Ints, Ints]:
        """The rows of texts that lie one behind the other: of their words, each followed by its known pair.

        `words` are the words' rows, `first` where in them each text begins (and the last ends); so are the answer's.
        """
        pairs = np.full(len(words), -1)
        if len(words) > 1:
            pairs[:-1] = self._row_of_pair.find(words[:-1] << PAIR_BITS | words[1:])
            edges = first[(first > 0) & (first < len(words))]
            pairs[edges - 1] = -1  # the last word of a text makes no pair with the next one's first
        both = np.column_stack((words, pairs)).ravel()
        kept = both >= 0
        return both[kept], np.concatenate(([0], np.cumsum(kept)))[2 * first]

    @cached_property
    def _row_of_pair(self) -> Table:
        return Table(self.pairs, self.pair_rows)

    @cached_property
    def _spelt(self) -> tuple[list[str], dict[int, int]]:
        """Words by their rows, and pairs by theirs."""
        words = ["", *sorted(self.words, key=self.words.__getitem__)]
        return words, dict(zip(self.pair_rows.tolist(), self.pairs.tolist(), strict=True))

    def spoken(self, row: int) -> str:
        """The word, or the two words, that a row stands for."""
        words, pairs = self._spelt
        if row < len(words):
            return words[row]
        first, second = divmod(pairs[row], 1 << PAIR_BITS)
        return f"{words[first]} {words[second]}"

    def norm(self, rows: Ints) -> float:
        """What the sum of a text's rows is divided by."""
        return float(length_of(self.weight.take(rows).sum()))

    def scores(self, texts: Sequence[Ints], facts: Sequence[Mapping[int, float]]) -> Floats:
        """Log-odds of every head for a batch: `texts` are rows as rows_of gives them, `facts` one line a text.

        Rows are whole numbers, so that their sums are exact in whatever order a library takes them: what one text says
        does not depend on the batch, nor on threads.
        """
        total: Floats = np.zeros((len(texts), len(self.names)), np.float32)
        for n, rows in enumerate(texts):
            if len(rows) <= _AT_ONCE:
                np.dot(_ONES[: len(rows)], self.rows.take(rows, axis=0).astype(np.float32), out=total[n])
            else:
                total[n] = self._sum_of_many(rows)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        weights = self.weight.take(np.concatenate(texts)) if texts else np.zeros(0, np.float32)
        norm = np.zeros((len(texts), 1), np.float32)
        norm[lengths > 0, 0] = np.add.reduceat(weights, (np.cumsum(lengths) - lengths)[lengths > 0])
        found: Floats = total * self.scale / length_of(norm) + self._of_facts(facts) + self.bias
        return found

    def _sum_of_many(self, rows: Ints) -> Floats:
        total: Floats = np.zeros(len(self.names), np.float32)
        for start in range(0, len(rows), _AT_ONCE):
            total += self.rows.take(rows[start : start + _AT_ONCE], axis=0).sum(0, np.float32)
        return total

    def _of_facts(self, facts: Sequence[Mapping[int, float]]) -> Floats:
        lengths, columns, values = cells(facts)
        out = np.zeros((len(facts), len(self.names)), np.float32)
        some = lengths > 0
        if columns.size:
            starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
            out[some] = np.add.reduceat(self.by_fact[columns] * values[:, None], starts[some], axis=0)
        return out


@lru_cache(maxsize=1)
def load_heads() -> Heads | None:
    """The weights that the package ships; None where they have not been trained yet."""
    return read_heads(files("listener.signals").joinpath("weights").joinpath("ear.npz"))


def read_heads(place: Traversable) -> Heads | None:
    """The weights of a file as training writes it; None where there is none."""
    if not place.is_file():
        return None
    with place.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        words = str(arrays["words"].tobytes().decode()).split("\n")
        names = str(arrays["names"].tobytes().decode()).split("\n")
        facts = str(arrays["facts"].tobytes().decode()).split("\n")
        pairs = arrays["pairs"].astype(np.int64)
        order = np.argsort(pairs)
        columns = sorted(range(len(names)), key=lambda i: KINDS.index(names[i].partition(":")[0]))
        return Heads(
            tuple([names[i] for i in columns]),
            tuple(facts),
            {w: i for i, w in enumerate(words) if i},
            pairs[order],
            len(words) + order,
            np.ascontiguousarray(arrays["rows"][:, columns]),
            arrays["scale"][columns].astype(np.float32),
            arrays["weight"].astype(np.float32),
            np.ascontiguousarray(arrays["by_fact"][:, columns].astype(np.float32)),
            arrays["bias"][columns].astype(np.float32),
        )
