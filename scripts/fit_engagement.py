"""Learn what a customer's conduct says of wanting more of the tie or less, from development histories and threads.

    .venv/bin/python scripts/fit_engagement.py tests/stories tests/histories/dev* --threads tests/threads/dev.jsonl

Which way each feature points is knowledge and stays; how far is learned: one score with two thresholds (a proportional
odds model), the three words counting alike since readers say `steady` most. How it does on histories left out in turn
is told; with --write it goes to data/engagement.yaml.
"""

import argparse
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import tie_talks
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from tie_histories import recorded

from listener import pipeline
from listener.book import Book, Core
from listener.catalogue import Catalogue, load
from listener.catalogue.engagement import FILE, Conduct
from listener.model.inputs import Profile
from listener.model.tie import TieState
from listener.relationship.belief import look
from listener.relationship.conduct import LEAVING, conduct
from listener.relationship.distress import distress_at
from listener.relationship.engagement import slights_at
from listener.signals import Ear

Array = NDArray[np.float64]
WORDS = ("dialling_down", "steady", "ratcheting_up")
DIAL = {"down": 0, "none": 1, "up": 2}
START, PENALTY, FOLDS, SEEDS = 0.5, 0.3, 5, 6
DECIDED = 4.0
"""How much more leaving by word or deed is thought to weigh than other conduct, before anything is learned (P)."""
THREADS = 0.1
"""What all threads weigh together, the histories being 1: one talk has little conduct in it."""
DOWNWARD = (
    "slower", "shorter", "order_slower", "cheaper", "talks_not_buys", "exit", "betrayal", "stop_contact", "cancelled",
    "opted_out", "cold", "order_silent", "move_silent", "distress", "pained", "withdrawn",
)  # fmt: skip
"""Features that point to wanting less; all others point to wanting more."""


@dataclass(frozen=True)
class Told:
    """Features (n, f) by name, what a reader said (n,), and which rows are threads."""

    names: tuple[str, ...]
    features: Array
    said: NDArray[np.intp]
    threads: NDArray[np.bool_]

    @property
    def weight(self) -> Array:
        """Every word counts alike, in histories and in threads."""
        weight = np.zeros(len(self.said))
        for kind, share in ((~self.threads, 1.0), (self.threads, THREADS)):
            for word in range(len(WORDS)):
                rows = kind & (self.said == word)
                weight[rows] = share * kind.sum() / len(WORDS) / max(1, rows.sum())
        return weight

    def of(self, rows: NDArray[np.bool_]) -> "Told":
        """Some of the rows."""
        return Told(self.names, self.features[rows], self.said[rows], self.threads[rows])


def seen(tie: TieState, profile: Profile | None, at_s: int, knowledge: Catalogue) -> dict[str, float]:
    """A customer's conduct at a moment."""
    distress, hurt = distress_at(tie, at_s, knowledge), min(1.0, slights_at(tie, at_s))
    return dict(conduct(look(tie, profile, at_s, knowledge), distress, hurt))


def gathered(folders: list[Path], threads: list[Path], knowledge: Catalogue) -> Told:
    """Histories through the whole pipeline, since breaches count, and threads."""
    ear = Ear(knowledge)
    rows: list[tuple[dict[str, float], int, bool]] = []
    for folder in folders:
        for expect in sorted(folder.glob("*.expect.json")):
            told, brand, signals = recorded(expect, ear)
            if told.get("engagement"):
                until = datetime.fromisoformat(told["until"])
                book = Book(core(brand, knowledge))
                for signal in signals:
                    list(book.take(signal))
                list(book.advance(until))
                state = book.states[told["customer_id"]]
                assert state.tie is not None
                found = seen(state.tie, state.profile, int(until.timestamp()), knowledge)
                rows.append((found, WORDS.index(told["engagement"]), False))
    short = [talk for path in threads for talk in tie_talks.threads(path)]
    for talk, one in zip(short, tie_talks.heard(short, knowledge, ear), strict=True):
        rows.append((seen(one.tie, None, one.tie.at_s, knowledge), DIAL[talk.dial or "none"], True))
    names = tuple(rows[0][0])
    features = np.array([[found[name] for name in names] for found, _, _ in rows])
    return Told(names, features, np.array([said for _, said, _ in rows]), np.array([short for _, _, short in rows]))


def core(brand: str, knowledge: Catalogue) -> Core:
    """The core with this catalogue inside."""
    return Core(
        brand,
        lambda state, signal: pipeline.step(state, signal, knowledge),
        lambda state, now: pipeline.wake(state, now, knowledge),
        pipeline.next_due,
    )


def loss(x: Array, told: Told, start: Array) -> tuple[float, Array]:
    """Surprise at what readers say, with the penalty on leaving the start; and its gradient."""
    slopes, low, width = x[:-2], x[-2], np.exp(x[-1])
    score, weight = told.features @ slopes, told.weight
    down, up = 1 / (1 + np.exp(score - low)), 1 / (1 + np.exp(low + width - score))
    steady = np.maximum(1 - down - up, 1e-9)
    p = np.choose(told.said, [down, steady, up])
    by_low = np.choose(told.said, [1 - down, -down * (1 - down) / steady, 0 * up])
    by_high = np.choose(told.said, [0 * up, up * (1 - up) / steady, -(1 - up)])
    slope = np.append(-told.features.T @ (weight * (by_low + by_high)), [0.0, 0.0])
    slope[-2] = (weight * (by_low + by_high)).sum()
    slope[-1] = width * (weight * by_high).sum()
    off = np.append(slopes - start, [0.0, 0.0])
    total = -(weight * np.log(np.maximum(p, 1e-12))).sum() + PENALTY * (off**2).sum()
    return float(total), -slope + 2 * PENALTY * off


def fit(told: Told) -> Array:
    """What is learned: slopes, the lower threshold, and the log of the distance to the upper one."""
    start = START * np.array([-1.0 if name in DOWNWARD else 1.0 for name in told.names])
    start *= [DECIDED if name in LEAVING else 1.0 for name in told.names]
    bounds = [(-6.0, 0.0) if s < 0 else (0.0, 6.0) for s in start] + [(None, None)] * 2
    begin = np.append(start, [-1.0, 0.7])
    return np.asarray(minimize(loss, begin, (told, start), jac=True, method="L-BFGS-B", bounds=bounds).x)


def words(x: Array, told: Told) -> NDArray[np.intp]:
    """The word told for each row."""
    score = told.features @ x[:-2]
    return np.where(score < x[-2], 0, np.where(score > x[-2] + np.exp(x[-1]), 2, 1))


def balanced(got: NDArray[np.intp], said: NDArray[np.intp]) -> float:
    """Mean recall over the three words."""
    return float(np.mean([np.mean(got[said == word] == word) for word in sorted(set(said.tolist()))]))


def left_out(told: Told) -> dict[str, float]:
    """Balanced recall on rows left out in turn, over several deals."""
    found: dict[str, list[float]] = {"histories": [], "threads": []}
    for seed in range(SEEDS):
        folds = np.random.default_rng(seed).permutation(len(told.said)) % FOLDS
        got = np.zeros(len(told.said), np.intp)
        for fold in range(FOLDS):
            got[folds == fold] = words(fit(told.of(folds != fold)), told.of(folds == fold))
        for name, kind in (("histories", ~told.threads), ("threads", told.threads)):
            if kind.any():
                found[name].append(balanced(got[kind], told.said[kind]))
    return {name: round(float(np.mean(got)), 3) for name, got in found.items() if got}


def main() -> None:
    """Learn, tell how it does on what it never saw, and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+", type=Path)
    ap.add_argument("--threads", nargs="*", type=Path, default=[])
    ap.add_argument("--write", action="store_true")
    options = ap.parse_args()
    told = gathered(options.folders, options.threads, load())
    cv = left_out(told)
    print("balanced recall, left out in turn:", cv)
    if options.write:
        x = fit(told)
        known = Conduct(
            source=f"scripts/fit_engagement.py; balanced recall left out in turn: {cv}; which way each points: P",
            down=round(float(x[-2]), 3),
            up=round(float(x[-2] + np.exp(x[-1])), 3),
            weights={name: round(float(v), 2) for name, v in zip(told.names, x, strict=False)},
        )
        path = Path(__file__).parent.parent / "listener/catalogue/data" / FILE
        head = "# Written by scripts/fit_engagement.py, never by hand: what each feature of conduct adds.\n"
        path.write_text(head + yaml.safe_dump(known.model_dump(mode="json"), sort_keys=False, width=118))
        print("wrote", path.name)


if __name__ == "__main__":
    main()
