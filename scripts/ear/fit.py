"""Fits without chance: many logistic heads at once with a weight a label, one softmax, and how sure to be of either."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

PENALTY = {"emotion": 1.0, "broad": 3.0, "customer": 0.3, "firm": 0.3, "thread": 1.0, "failure": 0.1, "voice": 0.1}


@dataclass
class Features:
    """A line a text: many sparse columns, then a few full ones (kept apart, since full ones multiply faster so)."""

    thin: sparse.csr_matrix
    full: np.ndarray

    @property
    def width(self) -> int:
        """How many columns."""
        return int(self.thin.shape[1] + self.full.shape[1])

    def of(self, lines: np.ndarray) -> "Features":
        """Some of the lines."""
        return Features(self.thin[lines], self.full[lines])

    def scaled(self, full: np.ndarray) -> "Features":
        """The full columns made heavier or lighter."""
        return Features(self.thin, self.full * full)

    def summed(self, by: sparse.csr_matrix) -> "Features":
        """Lines added up as `by` says."""
        return Features((by @ self.thin).tocsr(), np.asarray(by @ self.full))

    def narrowed(self) -> tuple["Features", np.ndarray]:
        """Without the columns that none of these lines has, and where the kept ones stood."""
        kept = np.unique(self.thin.indices)
        stood = np.concatenate((kept, np.arange(self.thin.shape[1], self.width)))
        return Features(self.thin[:, kept].tocsr(), self.full), stood

    def __matmul__(self, weights: np.ndarray) -> np.ndarray:
        """Scores."""
        cut = self.thin.shape[1]
        return np.asarray(self.thin @ weights[:cut]) + self.full @ weights[cut:]


def fit_logistic(
    x: Features, y: np.ndarray, w: np.ndarray, kind: str, start: np.ndarray, ones: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features, heads) and biases that make soft labels `y`, each counted `w` times, most likely.

    `start` is the log-odds that the cues alone give: what is learnt is how far to move from there. `ones` says how
    often the bias counts in a line (once, where it is not given).
    """
    out = np.zeros((x.width, y.shape[1]))
    x, stood = x.narrowed()
    n, k = x.width, y.shape[1]
    turned, once = x.thin.T.tocsr(), np.ones(len(y)) if ones is None else ones

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[: n * k].reshape(n, k), flat[n * k :]
        z = x @ weights + once[:, None] * bias + start
        loss = w * (np.logaddexp(0, z) - y * z)
        slope = w * (1 / (1 + np.exp(-z)) - y)
        push = np.concatenate((turned @ slope, x.full.T @ slope))
        grad = np.concatenate(((push + PENALTY[kind] * weights).ravel(), once @ slope))
        return float(loss.sum() + PENALTY[kind] / 2 * (weights**2).sum()), grad

    found = minimize(cost, np.zeros(n * k + k), jac=True, method="L-BFGS-B", options={"maxiter": 80, "maxcor": 8})
    out[stood] = found.x[: n * k].reshape(n, k)
    return out, found.x[n * k :]


def fit_softmax(x: Features, y: np.ndarray, w: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """The same for heads that exclude each other; a text counts as often as its heaviest label."""
    out = np.zeros((x.width, y.shape[1]))
    x, stood = x.narrowed()
    n, k = x.width, y.shape[1]
    turned, heavy = x.thin.T.tocsr(), w.max(1, keepdims=True)

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[: n * k].reshape(n, k), flat[n * k :]
        z = x @ weights + bias
        top = z.max(1, keepdims=True)
        p = np.exp(z - top)
        total = p.sum(1, keepdims=True)
        loss = (heavy * (np.log(total) + top - (y * z).sum(1, keepdims=True))).sum()
        slope = heavy * (p / total - y)
        push = np.concatenate((turned @ slope, x.full.T @ slope))
        grad = np.concatenate(((push + PENALTY[kind] * weights).ravel(), slope.sum(0)))
        return float(loss + PENALTY[kind] / 2 * (weights**2).sum()), grad

    found = minimize(cost, np.zeros(n * k + k), jac=True, method="L-BFGS-B", options={"maxiter": 150, "maxcor": 8})
    out[stood] = found.x[: n * k].reshape(n, k)
    return out, found.x[n * k :]


def shift_for_f1(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """What to add to each head's log-odds so that 0 is where F1 is best on these texts."""
    shifts = []
    for scores, true in zip(z.T, y.T > 0.5, strict=True):
        order = np.argsort(-scores, kind="stable")
        hits = np.cumsum(true[order])
        f1 = 2 * hits / (np.arange(1, len(order) + 1) + max(1, true.sum()))
        best = int(np.argmax(f1))
        below = scores[order[min(best + 1, len(order) - 1)]]
        shifts.append(-(scores[order[best]] + below) / 2)
    return np.clip(np.array(shifts), -1.0, 4.0)


def shift_for_truth(z: np.ndarray, y: np.ndarray, w: np.ndarray, loth: float = 4.0) -> np.ndarray:
    """What to add to each head's log-odds so that texts held out are least surprising; `loth` holds it near 0."""
    tried = np.arange(-2.5, 2.51, 0.1)
    shifts = []
    for scores, true, heavy in zip(z.T, y.T, w.T, strict=True):
        moved = scores[heavy > 0, None] + tried
        loss = heavy[heavy > 0, None] * (np.logaddexp(0, moved) - true[heavy > 0, None] * moved)
        shifts.append(tried[int(np.argmin(loss.sum(0) + loth * tried**2))])
    return np.array(shifts)


def temperature(z: np.ndarray, y: np.ndarray) -> float:
    """What to multiply scores by so that texts of groups not trained on are least surprising (Guo et al. 2017)."""
    tried = np.arange(0.1, 2.01, 0.05)

    def surprise(by: float) -> float:
        scaled = z * by - (z * by).max(1, keepdims=True)
        return float(np.mean(np.log(np.exp(scaled).sum(1)) - (scaled * y).sum(1)))

    return float(tried[int(np.argmin([surprise(by) for by in tried]))])
