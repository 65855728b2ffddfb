"""Two fits, without chance: many logistic heads at once with a weight a label, and one softmax."""

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

PENALTY = {"emotion": 0.3, "customer": 2.0, "firm": 1.5, "failure": 0.3, "voice": 3.0}


def fit_logistic(
    x: sparse.csr_matrix, y: np.ndarray, w: np.ndarray, kind: str, start: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features, heads) and biases that make soft labels `y`, each counted `w` times, most likely.

    `start` is the log-odds that the cues alone give: what is learnt is how far to move from there.
    """
    n, k = x.shape[1], y.shape[1]
    xt = x.T.tocsr()

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[: n * k].reshape(n, k), flat[n * k :]
        z = x @ weights + bias + start
        loss = w * (np.logaddexp(0, z) - y * z)
        slope = w * (1 / (1 + np.exp(-z)) - y)
        grad = np.concatenate(((xt @ slope + PENALTY[kind] * weights).ravel(), slope.sum(0)))
        return float(loss.sum() + PENALTY[kind] / 2 * (weights**2).sum()), grad

    found = minimize(cost, np.zeros(n * k + k), jac=True, method="L-BFGS-B", options={"maxiter": 80, "maxcor": 8})
    return found.x[: n * k].reshape(n, k), found.x[n * k :]


def fit_softmax(x: sparse.csr_matrix, y: np.ndarray, w: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """The same for heads that exclude each other; a text counts as often as its heaviest label."""
    n, k = x.shape[1], y.shape[1]
    xt, heavy = x.T.tocsr(), w.max(1, keepdims=True)

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[: n * k].reshape(n, k), flat[n * k :]
        z = x @ weights + bias
        top = z.max(1, keepdims=True)
        p = np.exp(z - top)
        total = p.sum(1, keepdims=True)
        loss = (heavy * (np.log(total) + top - (y * z).sum(1, keepdims=True))).sum()
        slope = heavy * (p / total - y)
        grad = np.concatenate(((xt @ slope + PENALTY[kind] * weights).ravel(), slope.sum(0)))
        return float(loss + PENALTY[kind] / 2 * (weights**2).sum()), grad

    found = minimize(cost, np.zeros(n * k + k), jac=True, method="L-BFGS-B", options={"maxiter": 150, "maxcor": 8})
    return found.x[: n * k].reshape(n, k), found.x[n * k :]


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


def temperature(z: np.ndarray, y: np.ndarray) -> float:
    """What to multiply scores by so that texts of groups not trained on are least surprising (Guo et al. 2017)."""
    tried = np.arange(0.1, 2.01, 0.05)

    def surprise(by: float) -> float:
        scaled = z * by - (z * by).max(1, keepdims=True)
        return float(np.mean(np.log(np.exp(scaled).sum(1)) - (scaled * y).sum(1)))

    return float(tried[int(np.argmin([surprise(by) for by in tried]))])
