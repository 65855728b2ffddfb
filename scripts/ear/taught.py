"""Rows for words and pairs such that their weighted sum over a text comes close to the teacher's vector of the text.

A ridge regression over all texts that may be trained on, no label needed: the heads then weigh, by a look-up a word,
what a transformer would have said of the whole text as far as a sum over words can say it.
"""

import numpy as np
from scipy import sparse

from scripts.ear.example import Example
from scripts.ear.teacher import Teacher

NEAR = 0.5
"""The ridge's penalty on leaving a word's own vector (of a text of that word alone), which words never met keep."""
ALONE = 0.64
"""How much of its own vector a word brings: what fits best where nothing else is learnt."""
STEPS = 8
"""Of conjugate gradients; more fit the texts closer, and texts held out no better."""
OF_COMMENTS = 3
"""Every third comment is read by the teacher: most of its time would go there."""


def taught_rows(told: list[Example], words: list[str], lines: sparse.csr_matrix) -> np.ndarray:
    """A vector a word and pair; shape (rows, 384). `lines` has a line a text."""
    teacher, read = Teacher(), _read(told)
    aim = np.vstack([teacher.vectors([told[i].text for i in some]) for some in read.values()])
    aim -= aim.mean(0)
    alone = teacher.vectors([w or "." for w in words])
    rows = np.zeros((lines.shape[1], aim.shape[1]))
    rows[1 : len(words)] = ALONE * (alone[1:] - alone.mean(0))
    x = lines[[i for some in read.values() for i in some]].tocsr()
    aim *= np.sqrt(np.asarray(x.multiply(x).sum(1)))
    return _ridge(x, aim, rows)


def _read(told: list[Example]) -> dict[str, list[int]]:
    """Which texts the teacher reads, each once, by kind: new text of one kind leaves the files of the others whole."""
    found: dict[str, list[int]] = {}
    seen: set[str] = set()
    comments = 0
    for i, e in enumerate(told):
        comments += e.kind == "comment"
        if e.text not in seen and (e.kind != "comment" or comments % OF_COMMENTS == 0):
            seen.add(e.text)
            found.setdefault(e.kind, []).append(i)
    return found


def _ridge(x: sparse.csr_matrix, aim: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Rows that bring `x @ rows` near `aim` and stay near `near`, column by column (Hestenes and Stiefel 1952)."""
    turned, rows = x.T.tocsr(), near.copy()
    left = turned @ (aim - x @ near)
    way, size = left.copy(), (left**2).sum(0)
    for _ in range(STEPS):
        pull = turned @ (x @ way) + NEAR * way
        step = size / np.maximum((way * pull).sum(0), 1e-12)
        rows += step * way
        left -= step * pull
        now = (left**2).sum(0)
        way, size = left + now / np.maximum(size, 1e-12) * way, now
    return rows
