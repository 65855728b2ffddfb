"""The estimator's read-out as a function of what is learned, with its gradient; and histories as arrays for it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from tie_histories import History

from listener.catalogue import Catalogue
from listener.model.types import TYPES
from listener.relationship.belief import features, look, newness

Array = NDArray[np.float64]
STIFF = 200.0
"""How much more a voice's slopes are shrunk than other features': there are many, and all speak at once."""


@dataclass(frozen=True)
class Table:
    """Histories as arrays: features (n, f), prior logs (n, 29), and the types a reader accepts (2, n, 29).

    `natural` is 1 where rows came as customers come, so that the prior counts as it will be told, and 0 where every
    type was written equally often.
    """

    features: Array
    priors: Array
    newness: Array
    natural: Array
    right: Array
    weight: Array

    def of(self, rows: NDArray[np.intp]) -> "Table":
        """Some of the rows."""
        rest = (part[rows] for part in (self.features, self.priors, self.newness, self.natural))
        return Table(*rest, self.right[:, rows], self.weight[rows])


def table(told: list[History], knowledge: Catalogue) -> Table:
    """Histories as arrays."""
    seen = [look(h.tie, h.profile, max(int(h.at.timestamp()), h.tie.at_s), knowledge) for h in told]
    right = np.array([[[float(t in names) for t in TYPES] for names in (h.held, h.wanted)] for h in told])
    return Table(
        features=np.array([features(s, knowledge) for s in seen]),
        priors=np.array([knowledge.priors.log_of(s.profile.industry_prior if s.profile else None) for s in seen]),
        newness=np.array([newness(s, knowledge) for s in seen]),
        natural=np.array([float(h.natural) for h in told]),
        right=right.transpose(1, 0, 2),
        weight=np.array([h.weight for h in told]),
    )


class Model:
    """The estimator's read-out as a function of what is learned, with its gradient."""

    def __init__(self, knowledge: Catalogue, once: Array) -> None:
        bare, self.once = knowledge.emissions, once
        self.base, self.starts, self.caps = bare.bare, bare.starts, bare.caps
        self.ends = [*bare.starts[1:], len(bare.bare)]
        self.tracks = bare.tracks[:2]
        self.axes = bare.slopes_of
        self.first = bare.settings.prior.first
        self.shape = len(self.base), self.axes.shape[1]
        self.groups = len(self.starts)
        rows = np.ones(len(self.base))
        rows[-len(TYPES) :] = STIFF
        self.stiff = np.repeat(rows, self.axes.shape[1])

    def start(self) -> Array:
        """Where learning begins: groups half as much again as knowledge set them, a third of the prior, no slopes."""
        return np.concatenate(
            [[np.log(1.5)] * (self.groups - 1), [0.0], [np.log(0.3)], np.zeros(self.shape[0] * self.shape[1])]
        )

    def weights(self, x: Array) -> tuple[Array, Array]:
        """Each row's scale, and all weights."""
        scale = np.exp(x[: self.groups])
        per_row = np.repeat(scale, np.diff([*self.starts, self.shape[0]]))
        return per_row, per_row[:, None] * self.base + x[self.groups + 1 :].reshape(self.shape) @ self.axes.T

    def logits(self, x: Array, data: Table) -> tuple[Array, list[Array], Array]:
        """Log weights (2, n, 29), what each group said, and the weights."""
        _, weights = self.weights(x)
        parts = []
        for start, end, cap in zip(self.starts, self.ends, self.caps, strict=True):
            parts.append(cap * np.tanh(data.features[:, start:end] @ weights[start:end] / cap))
        z = np.einsum("tg,gnk->tnk", self.tracks, np.array(parts))
        z += np.exp(x[self.groups]) * data.priors + data.natural[:, None] * self.fading(x, data)
        return z, parts, weights

    def fading(self, x: Array, data: Table) -> Array:
        """What the prior says beside its learned share while little was heard, in nats."""
        return np.asarray(self.more(x, data)[:, None] * (data.priors + self.once))

    def more(self, x: Array, data: Table) -> Array:
        """How much more of the prior counts while little was heard; set, not learned."""
        return np.asarray(np.maximum(0.0, self.first - np.exp(x[self.groups])) * data.newness)

    def told(self, x: Array, data: Table) -> Array:
        """Log weights as the belief will tell them: every type has as many histories here, customers are not so."""
        return np.asarray(self.logits(x, data)[0] + (1.0 - data.natural)[:, None] * self.fading(x, data))

    def loss(self, x: Array, data: Table, penalty: float) -> tuple[float, Array]:
        """Surprise at what readers say, held counting half, with the penalty on slopes; and its gradient."""
        z, parts, _ = self.logits(x, data)
        p = softmax(z)
        mass = p * data.right
        total = mass.sum(2, keepdims=True)
        aim = mass / np.maximum(total, 1e-12)
        told = np.array([0.5, 1.0])[:, None, None] * (data.right.sum(2, keepdims=True) > 0) * data.weight[:, None]
        loss = -(told * np.log(np.maximum(total, 1e-12))).sum()
        dz = told * (p - aim)
        slopes = x[self.groups + 1 :]
        stiff = penalty * self.stiff
        grad = np.zeros_like(x)
        dweights = np.zeros_like(self.base)
        for g, (start, end, cap) in enumerate(zip(self.starts, self.ends, self.caps, strict=True)):
            inner = np.einsum("t,tnk->nk", self.tracks[:, g], dz) * (1 - (parts[g] / cap) ** 2)
            dweights[start:end] = data.features[:, start:end].T @ inner
        per_row, _ = self.weights(x)
        by_row = (dweights * per_row[:, None] * self.base).sum(1)
        grad[: self.groups] = np.add.reduceat(by_row, self.starts)
        given = data.natural * data.newness * (self.first > np.exp(x[self.groups]))
        by_prior = data.priors - given[:, None] * (data.priors + self.once)
        grad[self.groups] = np.exp(x[self.groups]) * (dz * by_prior).sum()
        grad[self.groups + 1 :] = (dweights @ self.axes).ravel() + 2 * stiff * slopes
        off = x[: self.groups + 1] - self.start()[: self.groups + 1]
        grad[: self.groups + 1] += 4.0 * off
        return float(loss + (stiff * slopes**2).sum() + 2.0 * (off**2).sum()), grad

    def fit(self, data: Table, penalty: float) -> Array:
        """What is learned from a table."""
        got = minimize(self.loss, self.start(), (data, penalty), jac=True, method="L-BFGS-B", options={"maxiter": 150})
        return np.asarray(got.x)


def softmax(z: Array) -> Array:
    """Distributions from log weights."""
    raw = np.exp(z - z.max(-1, keepdims=True))
    return np.asarray(raw / raw.sum(-1, keepdims=True))


def joined(one: Table, other: Table) -> Table:
    """Both tables' rows."""
    return Table(
        features=np.concatenate([one.features, other.features]),
        priors=np.concatenate([one.priors, other.priors]),
        newness=np.concatenate([one.newness, other.newness]),
        natural=np.concatenate([one.natural, other.natural]),
        right=np.concatenate([one.right, other.right], axis=1),
        weight=np.concatenate([one.weight, other.weight]),
    )
