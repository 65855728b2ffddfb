"""Train the ear's heads: from named inputs to listener/signals/weights/ear.npz, the same bytes every time.

    python scripts/train_ear.py            writes the weights and prints what each head was trained on

Inputs: the authored examples of the catalogue (cues, voices*), scripts/ear_corpus, and of the measuring folder only
what
its licence lets us train on: goemotions_train (Apache-2.0), helpdesk_quality (annotations CC BY), neutral_* (CDLA).
Word vectors come from wordllama's wheel (MIT), at training time only.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import io
import sys
import zipfile
import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
from ear_examples import Example, examples
from ear_fit import fit_logistic, fit_softmax, shift_for_f1, temperature
from ear_read import Reader
from ear_words import word_vectors
from scipy import sparse

from listener.model.types import TYPES
from listener.signals.heads import EASE, PAIR_BITS, start_odds

OUT = Path(__file__).resolve().parents[1] / "listener" / "signals" / "weights" / "ear.npz"
VECTOR_SCALE = 9.0
"""How much a word's vector counts beside the word itself: larger lets unseen words speak more."""
FACT_SCALE = 2.0


def vocabulary(reader: Reader, told: list[Example]) -> tuple[list[str], dict[int, int], np.ndarray]:
    """Words seen twice or known to the vectors, pairs seen thrice, and how rare each is."""
    words, pairs = Counter(), Counter()
    for e in told:
        words.update(set(reader.words(e)))
        pairs.update(set(pairwise(reader.words(e))))
    extra = [w for w in reader.common_words() if w not in words]
    kept = ["", *sorted([w for w, n in words.items() if n >= 2] + extra)]
    place = {w: i for i, w in enumerate(kept)}
    both = sorted(
        (place[a] << PAIR_BITS | place[b], n) for (a, b), n in pairs.items() if n >= 4 and a in place and b in place
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
        norm = np.sqrt(EASE + float((rarity[found] ** 2).sum()))
        data += [rarity[f] / norm for f in found]
        cols += found
        ends.append(len(cols))
    return sparse.csr_matrix((data, cols, ends), shape=(len(told), len(rarity)), dtype=np.float64)


def main() -> None:
    """Read, fit, write."""
    told = examples()
    reader = Reader()
    reader.read(told)
    words, pairs, rarity = vocabulary(reader, told)
    lines = table(reader, told, words, pairs, rarity)
    vectors = np.zeros((len(rarity), 256))
    vectors[: len(words)] = word_vectors(words)
    dense = np.asarray(lines @ vectors) * VECTOR_SCALE
    facts = reader.facts(told)
    every = sparse.hstack([lines, sparse.csr_matrix(dense), sparse.csr_matrix(facts * FACT_SCALE)]).tocsr()
    scale = sparse.diags(np.concatenate((np.ones(len(rarity)), np.full(256, 0.06), np.full(facts.shape[1], 0.5))))
    plainer = (every @ scale).tocsr()
    calm = sparse.diags(np.concatenate((np.ones(len(rarity)), np.full(256, 0.11), np.full(facts.shape[1], 0.25))))
    calmer = (every @ calm).tocsr()
    names: list[str] = []
    columns: list[np.ndarray] = []
    biases: list[float] = []
    for kind, heads in groups(told, reader.signals).items():
        here = np.array([i for i, e in enumerate(told) if any(h in e.labels for h in heads)])
        y = np.array([[told[i].labels.get(h, (0.0, 0.0))[0] for h in heads] for i in here])
        w = np.array([[told[i].labels.get(h, (0.0, 0.0))[1] for h in heads] for i in here])
        if kind in ("voice", "failure"):
            held = np.array([zlib.crc32(told[i].group.encode()) % 5 == 0 for i in here])
            trial = fit_softmax(calmer[here[~held]], y[~held], w[~held], kind)
            cool = temperature(calmer[here[held]] @ trial[0] + trial[1], y[held])
            weights, bias = (cool * part for part in fit_softmax(calmer[here], y, w, kind))
            weights = np.asarray(calm @ weights)
            print(f"{kind}: temperature {1 / cool:.2f}", file=sys.stderr)
        elif kind == "emotion":
            kept, held = here % 5 != 0, here % 5 == 0
            rare = np.sqrt((1 - y.mean(0)) / np.maximum(y.mean(0), 1e-4))
            heavy = np.where(y > 0, np.minimum(rare, 12.0), 1.0) * w
            weights, bias = fit_logistic(plainer[here[kept]], y[kept], heavy[kept], kind, np.zeros(y[kept].shape))
            bias = bias + shift_for_f1(plainer[here[held]] @ weights + bias, y[held])
        else:
            start = np.stack([start_of(facts[here], reader.order.get(h.partition(":")[2])) for h in heads], 1)
            weights, bias = fit_logistic(every[here], y, w, kind, start)
        print(f"{kind}: {len(heads)} heads on {len(here)} texts", file=sys.stderr)
        if kind == "emotion":
            weights = np.asarray(scale @ weights)
        names += heads
        columns += list(weights.T)
        biases += list(bias)
    write(names, words, pairs, rarity, vectors, np.array(columns).T, np.array(biases), reader.fact_names)


def start_of(facts: np.ndarray, column: int | None) -> np.ndarray:
    """The log-odds that the cues alone give one signal, as the ear counts them."""
    return start_odds(facts[:, column] if column is not None else np.zeros(len(facts)))


def groups(told: list[Example], signals: list[str]) -> dict[str, list[str]]:
    """The heads by kind, in a settled order; a signal without a cue has no head."""
    known = {f"{side}:{s}" for s in signals for side in ("customer", "firm")}
    every = sorted(h for h in {h for e in told for h in e.labels} if h in known or h[:5] in ("emoti", "failu", "voice"))
    kinds = {"emotion": [], "customer": [], "firm": [], "failure": [], "voice": []}
    for head in every:
        kinds[head.partition(":")[0]].append(head)
    kinds["voice"] = [f"voice:{t}" for t in TYPES if f"voice:{t}" in every]
    return {k: v for k, v in kinds.items() if v}


def write(names, words, pairs, rarity, vectors, weights, bias, facts) -> None:
    """Fold vectors into the words' rows, round, and write a zip without times."""
    n = len(rarity)
    rows = weights[:n] * rarity[:, None] + (vectors @ weights[n : n + 256]) * VECTOR_SCALE * rarity[:, None]
    rows[0] = 0.0
    scale = np.maximum(np.abs(rows).max(0), 1e-6) / 127.0
    small = np.clip(np.rint(rows / scale), -127, 127).astype(np.int8)
    arrays = {
        "names": np.frombuffer("\n".join(names).encode(), np.uint8),
        "facts": np.frombuffer("\n".join(facts).encode(), np.uint8),
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "pairs": np.array(list(pairs), np.int64),
        "rows": small,
        "scale": scale.astype(np.float32),
        "weight": (rarity**2).astype(np.float32),
        "by_fact": (weights[n + 256 :] * FACT_SCALE).astype(np.float32),
        "bias": bias.astype(np.float32),
    }
    OUT.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.lib.format.write_array(held, array, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0)), held.getvalue(), zipfile.ZIP_DEFLATED
            )
    print(
        f"{OUT.name}: {OUT.stat().st_size / 1e6:.1f} MB, {len(words)} words, {len(pairs)} pairs, {len(names)} heads",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
