"""What the heads are taught from: every text as words, pairs, vectors and facts, with its labels."""

import zlib
from collections import Counter
from itertools import pairwise

import numpy as np
from scipy import sparse

from listener.signals.heads.facts import FORM
from listener.signals.heads.linear import PAIR_BITS, length_of, start_odds
from scripts.ear.example import Example
from scripts.ear.fit import Features
from scripts.ear.read import Reader
from scripts.ear.taught import taught_rows
from scripts.ear.teacher import WIDTH

HEAVY = {
    "emotion": (0.5, 0.5),
    "broad": (0.4, 0.5),
    "customer": (1.0, 0.5),
    "firm": (0.5, 0.2),
    "thread": (1.0, 0.5),
    "failure": (1.0, 0.2),
    "voice": (1.0, 0.5),
}
"""How much word vectors, and facts of form and cues, count beside the words themselves, by kind of head: heavier
vectors let unseen words speak more, and all words less exactly. Chosen on texts held out."""
NARROW, OF_LENGTH = ("customer", "firm"), 0.25
"""Heads with few sentences, and what the fact of length counts for them beside the other facts. Whoever writes
sentences that say something writes longer ones, so with all of it a long ordinary letter said a little of everything: 2
to 3.5 nats. Texts held out, all short, are told a little worse without any (F1 .508, with all of it .528)."""


def vocabulary(reader: Reader, told: list[Example]) -> tuple[list[str], dict[int, int], np.ndarray]:
    """Words seen twice or known to the vectors, pairs seen three times, and how rare each is."""
    words, pairs = Counter(), Counter()
    for e in told:
        words.update(set(reader.words(e)))
        pairs.update(set(pairwise(reader.words(e))))
    extra = [w for w in reader.common_words() if w not in words]
    kept = ["", *sorted([w for w, n in words.items() if n >= 2] + extra)]
    place = {w: i for i, w in enumerate(kept)}
    both = sorted(
        (place[a] << PAIR_BITS | place[b], n) for (a, b), n in pairs.items() if n >= 3 and a in place and b in place
    )
    count = np.array([1.0, *[words[w] for w in kept[1:]], *[n for _, n in both]])
    rarity = np.log((1 + len(told)) / (1 + count)) + 1
    rarity[0] = 0.0
    return kept, {key: len(kept) + i for i, (key, _) in enumerate(both)}, rarity


def table(
    reader: Reader, told: list[Example], words: list[str], pairs: dict[int, int], rarity: np.ndarray
) -> sparse.csr_matrix:
    """A line a text: its words and pairs, each as heavy as it is rare, divided by their length together."""
    place = {w: i for i, w in enumerate(words)}
    data, cols, ends = [], [], [0]
    for e in told:
        ids = [place.get(w, 0) for w in reader.words(e)]
        found = ids + [p for a, b in pairwise(ids) if (p := pairs.get(a << PAIR_BITS | b))]
        norm = float(length_of((rarity[found] ** 2).sum()))
        data += [rarity[f] / norm for f in found]
        cols += found
        ends.append(len(cols))
    return sparse.csr_matrix((data, cols, ends), shape=(len(told), len(rarity)), dtype=np.float64)


class Lesson:
    """All texts as features, and their labels."""

    def __init__(self, told: list[Example]) -> None:
        self.told = told
        self.reader = Reader()
        self.reader.read(told)
        self.words, self.pairs, self.rarity = vocabulary(self.reader, told)
        lines = table(self.reader, told, self.words, self.pairs, self.rarity)
        self.vectors = taught_rows(told, self.words, lines)
        self.facts = self.reader.facts(told)
        self.facts[self._unheard(), : len(self.reader.order)] = 0.0
        self.x = Features(lines, np.hstack((np.asarray(lines @ self.vectors), self.facts)))
        self.group = np.array([zlib.crc32(e.group.encode()) for e in told])

    def _unheard(self) -> np.ndarray:
        """Every second authored text: read without its cues, since cues were written beside these very texts.

        Heads that saw all of them would learn to lean on cues more than the cues deserve.
        """
        authored = np.array([e.kind in ("said", "post") for e in self.told])
        return authored & np.array([zlib.crc32(e.text.encode()) % 2 == 0 for e in self.told])

    def labels(self, heads: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which texts have one of these labels; how true each is; how much it counts."""
        here = np.array([i for i, e in enumerate(self.told) if any(h in e.labels for h in heads)])
        y, w = np.array([[self.told[i].labels.get(h, (0.0, 0.0)) for h in heads] for i in here]).transpose(2, 0, 1)
        return here, y, w

    def heavy(self, kind: str) -> np.ndarray:
        """How heavy the full columns are for this kind of head."""
        vectors, facts = HEAVY[kind]
        form = np.full(self.facts.shape[1], facts)
        if kind in NARROW:
            form[len(self.reader.order) + FORM.index("length")] *= OF_LENGTH
        return np.concatenate((np.full(WIDTH, vectors), form))

    def start(self, here: np.ndarray, heads: list[str]) -> np.ndarray:
        """The log-odds that the cues alone give, as the ear counts them."""
        none, order = np.zeros(len(here)), self.reader.order
        names = [h.partition(":")[2] for h in heads]
        return np.stack([start_odds(self.facts[here, order[n]] if n in order else none) for n in names], 1)
