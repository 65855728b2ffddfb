"""Fit what development histories can teach to what knowledge has set: slopes of features along axes and families.

    .venv/bin/python scripts/fit_tie.py tests/stories tests/histories/dev --write

Knowledge says which type each feature speaks for (data/emissions). Here each feature may also learn how it speaks of
the thirteen axes and seven families of DOMAIN 2.1, shrunk toward nothing; where the 29 types lie on them is knowledge
and stays. So no number is learned for one type, let alone for one history: each speaks about all 29. Group scales,
the voices' scale and the prior's share are learned too. The penalty and the temperatures come from cross-validation
over whole histories. Output: data/emissions/learned.yaml.
"""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from tie_histories import History, growing, utterances

from listener.catalogue import Catalogue, load
from listener.catalogue.emissions import SLOPES, Learned
from listener.model.types import TYPES
from listener.relationship.belief import features, look, newness
from listener.signals import Ear

Array = NDArray[np.float64]
PENALTIES = (1.0, 2.0, 4.0)
FOLDS = 6
STIFF = 200.0
"""How much more a voice's slopes are shrunk than other features': there are many, and all speak at once."""
GROWTH = 0.7
"""What all earlier stages of a history weigh together, its end being 1."""
SAID = 0.03
"""What one authored turn weighs."""


@dataclass(frozen=True)
class Table:
    """Histories as arrays: features (n, f), prior logs (n, 29), and the types a reader accepts (2, n, 29)."""

    features: Array
    priors: Array
    newness: Array
    right: Array
    weight: Array

    def of(self, rows: NDArray[np.intp]) -> "Table":
        """Some of the rows."""
        rest = (part[rows] for part in (self.features, self.priors, self.newness))
        return Table(*rest, self.right[:, rows], self.weight[rows])


def table(told: list[History], knowledge: Catalogue) -> Table:
    """Histories as arrays."""
    seen = [look(h.tie, h.profile, max(int(h.at.timestamp()), h.tie.at_s), knowledge) for h in told]
    right = np.array([[[float(t in names) for t in TYPES] for names in (h.held, h.wanted)] for h in told])
    return Table(
        features=np.array([features(s, knowledge) for s in seen]),
        priors=np.array([knowledge.priors.log_of(s.profile.industry_prior if s.profile else None) for s in seen]),
        newness=np.array([newness(s, knowledge) for s in seen]),
        right=right.transpose(1, 0, 2),
        weight=np.array([h.weight for h in told]),
    )


class Model:
    """The estimator's read-out as a function of what is learned, with its gradient."""

    def __init__(self, knowledge: Catalogue) -> None:
        bare = knowledge.emissions
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
        z += np.exp(x[self.groups]) * data.priors
        return z, parts, weights

    def told(self, x: Array, data: Table) -> Array:
        """Log weights as the belief will tell them, with what the prior counts more while little was heard.

        That part is set, not learned: every type has as many histories here, and customers at large are not so.
        """
        more = np.maximum(0.0, self.first - np.exp(x[self.groups])) * data.newness
        return np.asarray(self.logits(x, data)[0] + more[:, None] * data.priors)

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
        grad[self.groups] = np.exp(x[self.groups]) * (dz * data.priors).sum()
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
        right=np.concatenate([one.right, other.right], axis=1),
        weight=np.concatenate([one.weight, other.weight]),
    )


def left_out(model: Model, grown: Table, of: NDArray[np.intp], said: Table, penalty: float) -> Array:
    """Log weights of every history, as it grew, from a model that never saw any of it; `of` numbers the histories."""
    folds = np.random.default_rng(1).permutation(of.max() + 1) % FOLDS
    out = np.zeros_like(grown.right)
    for fold in range(FOLDS):
        seen, unseen = np.flatnonzero(folds[of] != fold), np.flatnonzero(folds[of] == fold)
        x = model.fit(joined(grown.of(seen), said), penalty)
        out[:, unseen] = model.told(x, grown.of(unseen))
    return out


def scores(z: Array, right: Array) -> dict[str, float]:
    """Top-1, Brier and log-loss of one track as the scorer counts them, and ECE in six bins of equal size."""
    p, there = softmax(z), right.sum(1) > 0
    p, right = p[there], right[there]
    brier = [
        min(((row - np.eye(29)[i]) ** 2).sum() for i in np.flatnonzero(ok)) for row, ok in zip(p, right, strict=True)
    ]
    sure, hit = p.max(1), right[np.arange(len(p)), p.argmax(1)] > 0
    order = np.array_split(np.argsort(sure), 6)
    ece = sum(abs(hit[part].mean() - sure[part].mean()) * len(part) for part in order) / len(p)
    return {
        "ece": round(float(ece), 3),
        "top1": round(float(np.mean(right[np.arange(len(p)), p.argmax(1)] > 0)), 3),
        "brier": round(float(np.mean(brier)), 3),
        "log_loss": round(float(-np.log((p * right).sum(1)).mean()), 3),
    }


def temperature(z: Array, right: Array) -> float:
    """The temperature at which left-out histories are least surprising."""
    steps = np.exp(np.linspace(np.log(0.5), np.log(3), 60))
    return float(min(steps, key=lambda t: scores(z / t, right)["log_loss"]))


def gathered(folders: list[Path], knowledge: Catalogue) -> tuple[Table, NDArray[np.intp], NDArray[np.bool_], Table]:
    """Histories as they grew, which history each row is of, which rows are ends, and the voices' authored turns.

    A belief must be honest at any time, not at the end alone: what a history looked like after each talk counts too,
    together GROWTH of what its end counts. The authored turns teach what one turn can say; each counts little.
    """
    ear = Ear(knowledge)
    rows: list[History] = []
    of: list[int] = []
    for n, told in enumerate(h for folder in folders for h in growing(folder, knowledge, ear)):
        early = [replace(h, weight=GROWTH / max(1, len(told) - 1)) for h in told[:-1]]
        rows += [*early, told[-1]]
        of += [n] * len(told)
    said = [replace(h, weight=SAID) for h in utterances(knowledge, ear)]
    numbers = np.array(of)
    ends = np.append(numbers[1:] != numbers[:-1], True)
    return table(rows, knowledge), numbers, ends, table(said, knowledge)


def main() -> None:
    """Fit, tell how it does on what it never saw, and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+", type=Path)
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--penalty", type=float)
    options = ap.parse_args()
    knowledge = load()
    grown, of, ends, said = gathered(options.folders, knowledge)
    model, right = Model(knowledge), grown.right[:, ends]
    best: tuple[float, float, Array] | None = None
    for penalty in [options.penalty] if options.penalty else PENALTIES:
        every = left_out(model, grown, of, said, penalty)
        z = every[:, ends]
        got = scores(z[1], right[1])
        print(penalty, "wanted", got, "held", scores(z[0], right[0]), "as they grew", scores(every[1], grown.right[1]))
        if best is None or got["log_loss"] < best[0]:
            best = got["log_loss"], penalty, z
    assert best is not None
    _, penalty, z = best
    cool = {"held": temperature(z[0], right[0]), "wanted": temperature(z[1], right[1])}
    cooled = scores(z[1] / cool["wanted"], right[1])
    x = model.fit(joined(grown, said), penalty)
    print("chosen", penalty, "temperatures", cool, "left out", cooled)
    print("on what it was fitted to", scores(model.told(x, grown)[1, ends], right[1]))
    if options.write:
        write(model, x, knowledge, penalty, cool, int(ends.sum()), cooled)


def write(
    model: Model, x: Array, knowledge: Catalogue, penalty: float, cool: dict[str, float], n: int, cv: dict[str, float]
) -> None:
    """Write what was learned into the catalogue."""
    emissions = knowledge.emissions
    slopes = x[model.groups + 1 :].reshape(model.shape)
    told = {
        name: {axis: round(float(v), 2) for axis, v in zip(SLOPES, row, strict=True) if abs(v) >= 0.01}
        for name, row in zip(emissions.names, slopes, strict=True)
    }
    learned = Learned(
        source=f"scripts/fit_tie.py over {n} development histories, penalty {penalty:g}; left out: {cv}",
        scale={g: round(float(np.exp(v)), 3) for g, v in zip(emissions.groups, x, strict=False)},
        prior=round(float(np.exp(x[model.groups])), 3),
        temperature={track: round(t, 3) for track, t in cool.items()},
        slopes={name: row for name, row in told.items() if row},
    )
    path = Path(__file__).parent.parent / "listener/catalogue/data/emissions/learned.yaml"
    head = "# Written by scripts/fit_tie.py, never by hand: nats along standardised axes and families.\n"
    path.write_text(head + yaml.safe_dump(learned.model_dump(), sort_keys=False, width=118, default_flow_style=None))
    print("wrote", path.name)


if __name__ == "__main__":
    main()
