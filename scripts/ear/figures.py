"""Figures with their uncertainty: precision, recall, F1, AUC, how honest a probability is."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score


def spread(measure: Callable[[np.ndarray], float], n: int) -> str:
    """A figure with its 95% bootstrap interval."""
    chance = np.random.default_rng(20261124)
    found = []
    for _ in range(300):
        try:
            found.append(measure(chance.integers(0, n, n)))
        except ValueError:
            continue
    low, high = np.percentile(found, [2.5, 97.5])
    return f"{measure(np.arange(n)):.3f} ({low:.3f}..{high:.3f})"


def binary(name: str, truth: Sequence[int], **heard: Sequence[float]) -> Iterator[str]:
    """One line per tool: precision, recall, F1 at .5, AUC, and how honest its probabilities are."""
    y = np.array(truth)
    for tool, told in heard.items():
        p = np.array(told)
        f1 = spread(lambda i, p=p: f1_score(y[i], p[i] >= 0.5, zero_division=0), len(y))
        auc = spread(lambda i, p=p: roc_auc_score(y[i], p[i]), len(y))
        precision, recall = precision_score(y, p >= 0.5, zero_division=0), recall_score(y, p >= 0.5)
        yield f"| {name} | {tool} | {len(y)} | {precision:.2f} | {recall:.2f} | {f1} | {auc} | {ece(y, p):.3f} |"


def ece(y: np.ndarray, p: np.ndarray) -> float:
    """Expected calibration error over ten bins of probability."""
    bins = np.minimum((np.clip(p, 0, 1) * 10).astype(int), 9)
    return float(
        sum(abs(y[bins == b].mean() - p[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any())
    )


def reliability(name: str, truth: Sequence[int], told: Sequence[float]) -> Iterator[str]:
    """How often it was true where the ear said so much: a line a set, a cell a fifth of the scale, with how many."""
    y, p = np.array(truth), np.array(told)
    bins = np.minimum((np.clip(p, 0, 1) * 5).astype(int), 4)
    cells = [f"{y[bins == b].mean():.2f} ({(bins == b).sum()})" if (bins == b).any() else "-" for b in range(5)]
    yield f"| {name} | {' | '.join(cells)} | {ece(y, p):.3f} |"
