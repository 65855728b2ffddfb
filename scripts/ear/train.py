"""Train the ear's heads: from named inputs to listener/signals/weights/ear.npz, the same bytes every time.

    python -m scripts.ear.train            writes the weights and prints what each head was trained on

Beside them, in build/ear, it leaves weights whose heads never met a fold of the labelled threads, for fitting the tie
(but for one number a narrow head, `narrow_shift`).

Inputs: the authored examples of the catalogue (cues, voices*), scripts/ear/corpus, and of the measuring folder only
what its licence lets us train on: goemotions_train (Apache-2.0), helpdesk_quality (annotations CC BY), neutral_*
(CDLA). What words mean is learnt from a small transformer (teacher.py, Apache-2.0), at training time only.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from scipy import sparse
from scipy.stats import spearmanr
from sklearn.metrics import f1_score, roc_auc_score

from listener.model.types import TYPES
from scripts.ear.examples import examples
from scripts.ear.fit import Features, fit_logistic, fit_softmax, shift_for_f1, shift_for_truth, temperature
from scripts.ear.labelled import FOLDS, without
from scripts.ear.lesson import Lesson
from scripts.ear.teacher import WIDTH
from scripts.ear.write import OUT, Trained, write

BROAD = ("customer:complaint", "customer:distress", "customer:negative_emotion", "customer:praise")
"""Heads with much text of many kinds."""
EASED = {
    "customer:complaint": 0.08,
    "customer:negative_emotion": 0.1,
    "customer:distress": 0.5,
    "customer:praise": 0.05,
}
"""Nats that feeling is lowered by: far more of what is trained on holds it than of what customers write (quiet
histories and calm threads stay as quiet by this as with a fifth of the sentences)."""
FEWEST = 40
"""A signal with fewer sentences that say it has no head: its cue speaks alone."""
FADING = 0.7
"""How much of a help-desk turn is left at the next: the thread's mark is fitted by the faded sum of its turns."""


def softmax_heads(
    lesson: Lesson, kind: str, heads: list[str], fold: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Heads that exclude each other, cooled on groups held out; from all labelled threads but those of a `fold`."""
    here, y, w = lesson.labels(heads)
    kept = np.array([fold is None or lesson.told[i].fold != fold for i in here])
    here, y, w = here[kept], y[kept], w[kept]
    x = lesson.x.of(here).scaled(lesson.heavy(kind))
    held = lesson.group[here] % 5 == 0
    weights, bias = fit_softmax(x.of(~held), y[~held], w[~held], kind)
    cool = temperature(x.of(held) @ weights + bias, y[held])
    print(f"{kind}: temperature {1 / cool:.2f}", file=sys.stderr)
    weights, bias = fit_softmax(x, y, w, kind)
    return cool * weights, cool * bias


def emotion_heads(lesson: Lesson, kind: str, heads: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """All emotions count the same, rare or not; each is shifted so that .5 is where F1 is best on texts held out."""
    here, y, w = lesson.labels(heads)
    x = lesson.x.of(here).scaled(lesson.heavy(kind))
    held = np.arange(len(here)) % 5 == 0
    heavy = np.where(y > 0, (1 - y.mean(0)) / np.maximum(y.mean(0), 1e-4), 1.0) * w
    heavy /= heavy.mean(0)
    weights, bias = fit_logistic(x.of(~held), y[~held], heavy[~held], kind, np.zeros(y[~held].shape))
    shift = shift_for_f1(x.of(held) @ weights + bias, y[held])
    weights, bias = fit_logistic(x, y, heavy, kind, np.zeros(y.shape))
    return weights, bias + shift


def broad_heads(lesson: Lesson, kind: str, heads: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Heads with much text: they start from their cues.

    Praise is moved to where it surprises least on groups held out. Ill feeling is eased: a complaint made up costs more
    than one missed among many.
    """
    here, y, w = lesson.labels(heads)
    x, start = lesson.x.of(here).scaled(lesson.heavy(kind)), lesson.start(here, heads)
    weights, bias = fit_logistic(x, y, w, kind, start)
    glad = [heads.index("customer:praise")]
    out = held_out(x, y[:, glad], w[:, glad], kind, start[:, glad], lesson.group[here])
    bias[glad] += shift_for_truth(out, y[:, glad], w[:, glad])
    bias -= np.array([EASED.get(head, 0.0) for head in heads])
    return weights, bias


def held_out(x: Features, y: np.ndarray, w: np.ndarray, kind: str, start: np.ndarray, group: np.ndarray) -> np.ndarray:
    """What heads would say of each text when its group, with a third of all, is not learnt from."""
    out = np.zeros(y.shape)
    for part in range(3):
        held = group % 3 == part
        weights, bias = fit_logistic(x.of(~held), y[~held], w[~held], kind, start[~held])
        out[held] = x.of(held) @ weights + bias + start[held]
    return out


CROSS, CROSS_TRUE = 0.03, 0.03
"""How much, and how true, every other signal's sentence counts for a signal that it was not written for (a template may
say anything, so that for `scripted` the others tell nothing)."""


def narrow_lesson(
    lesson: Lesson, kind: str, heads: Sequence[str]
) -> tuple[np.ndarray, Features, np.ndarray, np.ndarray, np.ndarray]:
    """Heads with some hundred sentences each: which texts, as features, how true, how much, where the cues start.

    The sentences of the others are what they are not.
    """
    here, y, w = lesson.labels(list(heads))
    said = np.array([lesson.told[i].kind == "said" and lesson.told[i].firm == (kind == "firm") for i in here])
    other = (w == 0) & said[:, None] & (np.array(heads) != "firm:scripted")
    y, w = np.where(other, CROSS_TRUE, y), np.where(other, CROSS, w)
    return here, lesson.x.of(here).scaled(lesson.heavy(kind)), y, w, lesson.start(here, list(heads))


@cache
def narrow_shift(lesson: Lesson, kind: str, heads: tuple[str, ...]) -> np.ndarray:
    """What moves each narrow head to where it surprises least on groups held out: one number a head, from all folds."""
    here, x, y, w, start = narrow_lesson(lesson, kind, heads)
    out = held_out(x, y, w, kind, start, lesson.group[here])
    of = np.array([lesson.told[i].kind for i in here])
    said = (of == "said") & np.array([lesson.told[i].firm == (kind == "firm") for i in here])
    ours = said | (of == "voice")
    shift = shift_for_truth(out, y, np.where(ours[:, None] | (w == 0), w, 1.0))
    own = said[:, None] & (w > CROSS)
    right = roc_auc_score(y[own] > 0.5, (out + shift)[own]), f1_score(y[own] > 0.5, (out + shift)[own] > 0)
    print(f"{kind}: AUC {right[0]:.3f}, F1 {right[1]:.3f} on groups held out", file=sys.stderr)
    return shift


def narrow_heads(lesson: Lesson, kind: str, heads: list[str], fold: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Heads with some hundred sentences each; from all labelled threads but those of a `fold`."""
    here, x, y, w, start = narrow_lesson(lesson, kind, heads)
    kept = np.array([fold is None or lesson.told[i].fold != fold for i in here])
    weights, bias = fit_logistic(x.of(kept), y[kept], w[kept], kind, start[kept])
    return weights, bias + narrow_shift(lesson, kind, tuple(heads))


def thread_heads(lesson: Lesson, kind: str, heads: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Dissatisfaction: only whole threads are marked, so what is fitted is the faded sum over a thread's turns.

    Posts and uneventful turns are threads of one turn, as ill as their feeling.
    """
    x, count, y, w = threads_of(lesson, kind)
    desk = np.flatnonzero(w == DESK)
    out = np.zeros(len(desk))
    for part in range(5):
        held = desk[part::5]
        kept = np.setdiff1d(np.arange(len(y)), held)
        start = np.zeros((len(kept), 1))
        weights, bias = fit_logistic(x.of(kept), y[kept, None], w[kept, None], kind, start, count[kept])
        out[part::5] = (x.of(held) @ weights)[:, 0] + count[held] * bias
    ill = y[desk]
    right = roc_auc_score(ill > 1 / 3, out), spearmanr(out, ill).statistic
    print(f"{kind}: AUC {right[0]:.3f}, rho {right[1]:.3f} on threads held out", file=sys.stderr)
    return fit_logistic(x, y[:, None], w[:, None], kind, np.zeros((len(y), 1)), count)


DESK, SINGLE = 3.0, 0.08
"""How much a help-desk thread counts, and a text alone for each that its feeling counts."""


def threads_of(lesson: Lesson, kind: str) -> tuple[Features, np.ndarray, np.ndarray, np.ndarray]:
    """Threads as faded sums of their turns, how many turns that makes, how ill each is, and how much it counts."""
    threads: dict[str, list[int]] = {}
    for i, e in enumerate(lesson.told):
        if e.kind in ("desk", "post", "turn"):
            threads.setdefault(e.group if e.kind == "desk" else f"{e.group}:{i}", []).append(i)
    by, marks, heavy = [], [], []
    for row, turns in enumerate(threads.values()):
        by += [(FADING ** (len(turns) - 1 - n), row, i) for n, i in enumerate(turns)]
        first = lesson.told[turns[0]]
        ill, much = first.labels.get("customer:negative_emotion", (0.0, 0.0))
        marks.append(min(max((0.75 - first.thread[1]) / 2.25 if first.thread else ill, 0.05), 0.98))
        heavy.append(DESK if first.thread else SINGLE * much)
    data, rows, cols = map(np.array, zip(*by, strict=True))
    summing = sparse.csr_matrix((data, (rows, cols)), shape=(len(threads), len(lesson.told)))
    x = lesson.x.scaled(lesson.heavy(kind)).summed(summing)
    return x, np.asarray(summing.sum(1))[:, 0], np.array(marks), np.array(heavy)


FITS = {
    "emotion": emotion_heads,
    "broad": broad_heads,
    "customer": narrow_heads,
    "firm": narrow_heads,
    "thread": thread_heads,
    "failure": softmax_heads,
    "voice": softmax_heads,
}


OF_THREADS = {"customer": narrow_heads, "voice": softmax_heads}
"""Heads that learn from the labelled threads, so that a thread is heard as new only by those that left it out."""


def groups(lesson: Lesson) -> dict[str, list[str]]:
    """The heads by kind, in a settled order; a signal without a cue, or with few sentences, has no head."""
    known = {f"{side}:{s}" for s in lesson.reader.signals for side in ("customer", "firm")} - set(BROAD)
    says = Counter(h for e in lesson.told for h, (y, _) in e.labels.items() if y > 0.5)
    narrow = sorted(h for h in known if says[h] >= FEWEST)
    every = sorted(says)
    kinds = {kind: [h for h in every if h.startswith(f"{kind}:")] for kind in ("emotion", "failure")}
    kinds |= {side: [h for h in narrow if h.startswith(f"{side}:")] for side in ("customer", "firm")}
    voices = [f"voice:{t}" for t in TYPES if f"voice:{t}" in every]
    return {**kinds, "broad": list(BROAD), "thread": ["customer:dissatisfaction"], "voice": voices}


Head = tuple[list[str], np.ndarray, np.ndarray]
"""Heads of a kind: their names, weights (features, heads) and biases."""


def assembled(lesson: Lesson, told: dict[str, Head]) -> Trained:
    """All heads as one table, what the vectors say folded into the rows of words and pairs."""
    heavy = {kind: np.concatenate((np.ones(len(lesson.rarity)), lesson.heavy(kind))) for kind in told}
    weights = np.hstack([heavy[kind][:, None] * columns for kind, (_, columns, _) in told.items()])
    n = len(lesson.rarity)
    rows = (weights[:n] + lesson.vectors @ weights[n : n + WIDTH]) * lesson.rarity[:, None]
    rows[0] = 0.0
    return Trained(
        names=[name for names, _, _ in told.values() for name in names],
        facts=lesson.reader.fact_names,
        words=lesson.words,
        pairs=lesson.pairs,
        rows=rows,
        weight=lesson.rarity**2,
        by_fact=weights[n + WIDTH :],
        bias=np.concatenate([bias for _, _, bias in told.values()]),
    )


def main() -> None:
    """Read, fit, write; and once more for each fold of labelled threads, heads that never met it."""
    lesson, told = Lesson(examples()), dict[str, Head]()
    for kind, heads in groups(lesson).items():
        told[kind] = (heads, *FITS[kind](lesson, kind, heads))
        print(f"{kind}: {len(heads)} heads", file=sys.stderr)
    write(assembled(lesson, told), OUT)
    for fold in range(FOLDS):
        unmet = {kind: (told[kind][0], *fit(lesson, kind, told[kind][0], fold)) for kind, fit in OF_THREADS.items()}
        write(assembled(lesson, told | unmet), without(fold))


if __name__ == "__main__":
    main()
