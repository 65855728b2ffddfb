"""Learn what tells a wish for more of the tie, or for less: nats of each feature of conduct, and of each tie.

    .venv/bin/python -m scripts.tie.fit_engagement tests/stories tests/histories/dev* --write

Readers said of each history whether the customer ratchets up, stays, or dials down. All three are thought equally
likely beforehand (few ratchet up, and they are missed at the same cost). The nats of conduct are shrunk toward what is
thought of each feature before anybody is asked (BEFORE), those of ties toward nothing. A tie's nats are learned along
the axes of DOMAIN 2.1, which ties share, and tie by tie what is left over. Every folder has another writer: how it does
is told of folders left out in turn, with the belief that the catalogue now has (it knew these histories; with one that
did not, over 203, balanced .758 where this gave .762). Output: data/engagement.yaml.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from listener.book import Book
from listener.catalogue import Catalogue, load
from listener.catalogue.engagement import FILE, EngagementWeights, Wish
from listener.catalogue.types import AXES
from listener.model.outputs import Estimate
from listener.model.types import TYPES
from listener.relationship import read
from listener.relationship.conduct import conduct
from listener.relationship.engagement import slights_at
from listener.settings import Settings
from listener.signals import Ear
from listener.workbench import core_of
from scripts.tie.histories import recorded
from scripts.tie.model import softmax

Array = NDArray[np.float64]
WISHES = ("dialling_down", "steady", "ratcheting_up")
PENALTY = 1.0
"""On squared nats. Over 203 histories, folders left out, .5 to 2 are alike."""
BEFORE = {
    "dialling_down": {"leaving": 2.0, "hurt": 2.2, "silent": 0.8, "slower": 0.7, "distress": 0.6},
    "steady": {},
    "ratcheting_up": {"young": 1.6, "warm": 1.0, "dearer": 0.8, "faster": 0.7, "longer": 0.5},
}
"""Nats of conduct that is thought to tell a wish (P)."""
ALONG = 1.0 / 3.0
"""How far one standard deviation along an axis counts beside a tie's own place: thirteen axes together as one."""
FAINT = 0.005
"""Nats below which nothing is written."""


@dataclass(frozen=True)
class Judged:
    """Histories with a reader's view: `told` (n, features), the belief `wanted` (n, 29), the `wish`, and its folder."""

    names: tuple[str, ...]
    told: Array
    wanted: Array
    wish: NDArray[np.intp]
    folder: NDArray[np.str_]


def judged(folders: Sequence[Path], knowledge: Catalogue) -> Judged:
    """All histories whose engagement a reader has judged, played to the last thing that was told of them."""
    ear = Ear(knowledge)
    rows = [
        (*_ended(expect, knowledge, ear), folder.name)
        for folder in folders
        for expect in sorted(folder.glob("*.expect.json"))
    ]
    kept = [row for row in rows if row[2] is not None]
    return Judged(
        names=tuple(kept[0][0]),
        told=np.array([list(told.values()) for told, *_ in kept]),
        wanted=np.array([wanted for _, wanted, *_ in kept]),
        wish=np.array([WISHES.index(str(wish)) for *_, wish, _ in kept]),
        folder=np.array([folder for *_, folder in kept]),
    )


def _ended(expect: Path, knowledge: Catalogue, ear: Ear) -> tuple[dict[str, float], Array, str | None]:
    """Conduct and the wanted tie at the last estimate of a history, and what its reader says."""
    known, brand, signals = recorded(expect, ear)
    book, customer = Book(core_of(Settings(brand=brand), knowledge)), known["customer_id"]
    outcomes = [outcome for signal in signals for outcome in book.take(signal)]
    outcomes += book.advance(datetime.fromisoformat(known["until"]))
    told = [o.value for o in outcomes if isinstance(o.value, Estimate) and o.value.customer_id == customer]
    state = book.states[customer]
    assert state.tie is not None
    reading = read(state.tie, state.profile, told[-1].as_of, knowledge)
    slights = min(1.0, slights_at(state.tie, reading.view.at_s))
    return dict(conduct(reading.view, reading.distress, slights)), reading.p[1], known.get("engagement")


def spread(told: Judged, knowledge: Catalogue) -> Array:
    """What is learned from: conduct, where the wanted tie lies along the axes, and each tie."""
    return np.hstack([told.told, told.wanted @ places(knowledge), told.wanted])


def places(knowledge: Catalogue) -> Array:
    """Where each tie lies on each axis, standardised; (29, 13)."""
    at = knowledge.types.coordinates
    return np.asarray(ALONG * (at - at.mean(0)) / at.std(0))


def before(told: Judged, width: int) -> Array:
    """What is thought of the features before anybody is asked; (width, 3)."""
    nats = np.zeros((width, len(WISHES)))
    for column, wish in enumerate(WISHES):
        for name, value in BEFORE[wish].items():
            nats[told.names.index(name), column] = value
    return nats


def fit(x: Array, wish: NDArray[np.intp], thought: Array) -> Array:
    """Nats (features and one, 3) that make the wishes likeliest, each wish weighing the same."""
    right = np.eye(len(WISHES))[wish]
    weight = (len(wish) / len(WISHES) / right.sum(0))[wish]
    shape = x.shape[1] + 1, len(WISHES)
    middle = x.mean(0)

    def loss(flat: Array) -> tuple[float, Array]:
        nats = flat.reshape(shape)
        p = softmax((x - middle) @ nats[:-1] + nats[-1])
        push = weight[:, None] * (p - right)
        off = nats[:-1] - thought
        lost = -(weight * np.log((p * right).sum(1))).sum() + PENALTY * (off**2).sum()
        slope = np.vstack([(x - middle).T @ push + 2 * PENALTY * off, push.sum(0)])
        return float(lost), slope.ravel()

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    nats = found.x.reshape(shape)
    nats[-1] -= middle @ nats[:-1]
    return np.asarray(nats)


def balanced(wish: NDArray[np.intp], said: NDArray[np.intp]) -> float:
    """The mean share of each wish that was found."""
    return float(np.mean([(said[wish == one] == one).mean() for one in np.unique(wish)]))


def left_out(x: Array, told: Judged) -> NDArray[np.intp]:
    """What is said of each folder by nats that never saw it."""
    said, thought = np.zeros_like(told.wish), before(told, x.shape[1])
    for folder in np.unique(told.folder):
        out = told.folder == folder
        nats = fit(x[~out], told.wish[~out], thought)
        said[out] = (x[out] @ nats[:-1] + nats[-1]).argmax(1)
    return said


def wish(nats: Array, told: Judged, knowledge: Catalogue) -> Wish:
    """One wish in the catalogue's words: nats along axes are told tie by tie."""
    n, m = len(told.names), len(AXES)
    ties = places(knowledge) @ nats[n : n + m] + nats[n + m : -1]
    middle = float(ties.mean())
    return Wish(
        always=round(float(nats[-1]) + middle, 2),
        conduct={k: round(float(v), 2) for k, v in zip(told.names, nats, strict=False) if abs(v) >= FAINT},
        tie={k: round(float(v) - middle, 2) for k, v in zip(TYPES, ties, strict=True) if abs(v - middle) >= FAINT},
    )


def main() -> None:
    """Learn, tell how it does on writers left out, and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folders", nargs="+", type=Path)
    ap.add_argument("--write", action="store_true")
    options = ap.parse_args()
    knowledge = load()
    told = judged(options.folders, knowledge)
    x = spread(told, knowledge)
    said = left_out(x, told)
    for folder in np.unique(told.folder):
        here = told.folder == folder
        print(folder, int(here.sum()), f"balanced {balanced(told.wish[here], said[here]):.3f}")
    got = f"{len(said)} histories, folders left out in turn: balanced {balanced(told.wish, said):.3f}"
    print(got)
    if options.write:
        nats = fit(x, told.wish, before(told, x.shape[1]))
        nats -= nats[:, [WISHES.index("steady")]]
        known = EngagementWeights(
            source=f"scripts/tie/fit_engagement.py, penalty {PENALTY:g}, over {got}",
            less=wish(nats[:, 0], told, knowledge),
            more=wish(nats[:, 2], told, knowledge),
        )
        path = Path(__file__).parents[2] / "listener/catalogue/data" / FILE
        head = "# Written by scripts/tie/fit_engagement.py, never by hand: nats for less or more of the tie (K024).\n"
        path.write_text(head + yaml.safe_dump(known.model_dump(), sort_keys=False, width=118, default_flow_style=None))
        print("wrote", path.name)


if __name__ == "__main__":
    main()
