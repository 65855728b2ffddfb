"""A prior from a firm's own survey answers, drawn toward the prior there is while answers are few."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from listener.catalogue.priors import Vector
from listener.model.types import FAMILIES, TYPE_INDEX, TYPES

STRENGTH = 60.0
"""How many answers the old prior counts as (P): with sixty answers each has half a say."""


def prior_from_answers(answers: Iterable[str], before: Vector, strength: float = STRENGTH) -> Vector:
    """The posterior mean of the types' shares under a Dirichlet prior of so many answers' strength.

    >>> before = np.full(29, 1 / 29)
    >>> after = prior_from_answers(["fling"] * 30, before, strength=30)
    >>> round(float(after[TYPE_INDEX["fling"]]), 2)
    0.52
    """
    counts = np.zeros(len(TYPES))
    for name in answers:
        counts[TYPE_INDEX[name]] += 1.0
    told = counts + strength * before
    return np.asarray(told / told.sum())


def as_file(prior: Vector, family_of: Vector, source: str) -> Mapping[str, Any]:
    """The prior as a file of data/priors says it: masses of families, and shares inside them."""
    masses = prior @ family_of
    inside = prior / (family_of @ masses)
    return {
        "families": {family: round(float(mass), 4) for family, mass in zip(FAMILIES, masses, strict=True)},
        "within": {name: round(float(share), 4) for name, share in zip(TYPES, inside, strict=True)},
        "negative_share": round(float(masses[FAMILIES.index("asymmetric")] + masses[FAMILIES.index("negative")]), 4),
        "source": source,
    }
