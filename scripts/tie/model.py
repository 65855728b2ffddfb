"""The estimator's read-out as a function of what is learned, with its gradient; and histories as arrays for it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from listener.catalogue import Catalogue
from listener.model.types import TYPES
from listener.relationship.belief import features, freshness, look, newness
from scripts.tie.histories import History

Array = NDArray[np.float64]
SINGLE = np.float32
Single = NDArray[np.float32]
HELD = 4.0
"""How much groups and the prior are held to where learning begins: 2 to 8 surprise threads left out about the same, and
with 2 a suggestion tells hardly more of a partner than a complaint does."""
STIFF = 200.0
"""How much more a voice's slopes are shrunk than other features': there are many, and all speak at once."""


@dataclass(frozen=True)
class Table:
    """Histories as arrays: features (n, f), prior logs (n, 29), and the types a reader accepts (2, n, 29).

    `natural` is 1 where rows came as customers come, so that the prior counts as it will be told, and 0 where every
    type was written equally often. `fresh` (n, 1) is what is left of what words said.
    """

    features: Array
    priors: Array
    newness: Array
    natural: Array
    fresh: Array
    right: Array
    weight: Array

    def of(self, rows: NDArray[np.intp]) -> "Table":
        """Some of the rows."""
        rest = (part[rows] for part in (self.features, self.priors, self.newness, self.natural, self.fresh))
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
        fresh=np.array([[freshness(s, knowledge)] for s in seen]),
        right=right.transpose(1, 0, 2),
        weight=np.array([h.weight for h in told]),
    )


class Model:
    """The estimator's read-out as a function of what is learned, with its gradient."""

    def __init__(self, knowledge: Catalogue, once: Array) -> None:
        bare, self.once = knowledge.emissions, once
        self.base, self.starts, self.caps = bare.bare, bare.starts, bare.caps
        self.tracks = bare.tracks[:2]
        self.rows = [slice(*ends) for ends in pairwise([*bare.starts, len(bare.bare)])]
        self.pull = (self.tracks * self.caps).astype(SINGLE)
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

    def logits(self, x: Array, data: Table) -> Array:
        """Log weights, (2, n, 29)."""
        _, weights = self.weights(x)
        said = [
            cap * np.tanh(data.features[:, rows] @ weights[rows] / cap)
            for rows, cap in zip(self.rows, self.caps, strict=True)
        ]
        said[-1] = said[-1] * data.fresh
        z = np.einsum("tg,gnk->tnk", self.tracks, np.array(said))
        return np.asarray(z + np.exp(x[self.groups]) * data.priors + data.natural[:, None] * self.fading(x, data))

    def fading(self, x: Array, data: Table) -> Array:
        """What the prior says beside its learned share while little was heard, in nats."""
        return np.asarray(self.more(x, data)[:, None] * (data.priors + self.once))

    def more(self, x: Array, data: Table) -> Array:
        """How much more of the prior counts while little was heard; set, not learned."""
        return np.asarray(np.maximum(0.0, self.first - np.exp(x[self.groups])) * data.newness)

    def told(self, x: Array, data: Table) -> Array:
        """Log weights as the belief will tell them: every type has as many histories here, customers are not so."""
        return np.asarray(self.logits(x, data) + (1.0 - data.natural)[:, None] * self.fading(x, data))

    def loss(self, x: Array, lesson: "Lesson", penalty: float) -> tuple[float, Array]:
        """Surprise at what readers say, held counting half, with the penalty on slopes; and its gradient."""
        per_row, weights = self.weights(x)
        said = [
            np.tanh(some @ weights[rows].astype(SINGLE)) for some, rows in zip(lesson.parts, self.rows, strict=True)
        ]
        prior = float(np.exp(x[self.groups]))
        told = lesson.priors * SINGLE(prior) + lesson.fading(self.first - prior)
        surprise, push = 0.0, [np.zeros_like(told) for _ in said]
        by_prior = 0.0
        for track, right, weight in zip(self.pull, lesson.right, lesson.weight, strict=True):
            z = told + sum(p * f * s for p, f, s in zip(track, lesson.fresh, said, strict=True))
            lost, way = surprised(z, right, weight)
            surprise += lost
            by_prior += float((way * lesson.by_prior(self.first > prior)).sum())
            for group, amount, fresh in zip(push, track, lesson.fresh, strict=True):
                group += amount * fresh * way
        dweights = np.vstack(
            [some.T @ (way * (1 - s**2)) for some, way, s in zip(lesson.parts, push, said, strict=True)]
        ).astype(float)
        grad = np.concatenate(
            [
                np.add.reduceat((dweights * per_row[:, None] * self.base).sum(1), self.starts),
                [prior * by_prior],
                (dweights @ self.axes).ravel() + 2 * penalty * self.stiff * x[self.groups + 1 :],
            ]
        )
        off = x[: self.groups + 1] - self.start()[: self.groups + 1]
        grad[: self.groups + 1] += 2 * HELD * off
        held_back = penalty * (self.stiff * x[self.groups + 1 :] ** 2).sum() + HELD * (off**2).sum()
        return surprise + float(held_back), grad

    def fit(self, data: Table, penalty: float) -> Array:
        """What is learned from a table."""
        lesson = Lesson.of(data, self)
        got = minimize(
            self.loss, self.start(), (lesson, penalty), jac=True, method="L-BFGS-B", options={"maxiter": 150}
        )
        return np.asarray(got.x)


def surprised(z: Single, right: Single, weight: Single) -> tuple[float, Single]:
    """Surprise at what is right under log weights, and its slope along them; shapes (n, 29)."""
    p = softmax(z)
    mass = p * right
    total = np.maximum(mass.sum(1, keepdims=True), SINGLE(1e-12))
    return -float((weight[:, 0] * np.log(total[:, 0])).sum()), weight * (p - mass / total)


@dataclass(frozen=True)
class Lesson:
    """A table laid out for fitting, in single precision: features by group, in units of the group's cap."""

    parts: list[Single]
    priors: Single
    once: Single
    given: Single
    fresh: list[Single]
    right: Single
    weight: Single

    @classmethod
    def of(cls, data: Table, model: Model) -> "Lesson":
        """A table for a model."""
        told = np.array([0.5, 1.0])[:, None] * (data.right.sum(2) > 0) * data.weight
        return cls(
            parts=[
                np.ascontiguousarray(data.features[:, rows] / cap, SINGLE)
                for rows, cap in zip(model.rows, model.caps, strict=True)
            ],
            priors=data.priors.astype(SINGLE),
            once=model.once.astype(SINGLE),
            given=(data.natural * data.newness)[:, None].astype(SINGLE),
            fresh=[*[np.ones((1, 1), SINGLE)] * (model.groups - 1), data.fresh.astype(SINGLE)],
            right=data.right.astype(SINGLE),
            weight=told[:, :, None].astype(SINGLE),
        )

    def fading(self, left: float) -> Single:
        """What the prior says beside its learned share while little was heard."""
        return np.asarray(SINGLE(max(0.0, left)) * self.given * (self.priors + self.once))

    def by_prior(self, fades: bool) -> Single:
        """How log weights move with the prior's share."""
        return np.asarray(self.priors - SINGLE(fades) * self.given * (self.priors + self.once))


def softmax(z: NDArray[Any]) -> NDArray[Any]:
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
        fresh=np.concatenate([one.fresh, other.fresh]),
        right=np.concatenate([one.right, other.right], axis=1),
        weight=np.concatenate([one.weight, other.weight]),
    )
