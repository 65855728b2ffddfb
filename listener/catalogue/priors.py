"""How likely each type is before anything is heard: overall, by industry, and with how many in the negative."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from listener.catalogue.shelf import CatalogueError, Entry, Shelf
from listener.model.types import FAMILIES, TYPES, Family, TypeId

FLOOR = 1e-4
STARTING = "starting"


class Prior(Entry):
    """Masses of the families, and how common each type is inside its family (relative numbers)."""

    families: dict[Family, float] = Field(default_factory=dict)
    within: dict[TypeId, float] = Field(default_factory=dict)
    negative_share: float | None = Field(default=None, ge=0.0, le=0.9)
    source: str


Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Priors:
    """The starting prior and those of industries: distributions over the 29 types, and their logarithms."""

    by_name: dict[str, Vector]
    logs: dict[str, Vector]

    def of(self, industry: str | None) -> Vector:
        """The industry's prior, or the starting one where there is none of that name."""
        return self.by_name.get(industry or STARTING, self.by_name[STARTING])

    def log_of(self, industry: str | None) -> Vector:
        """The natural logarithm of the industry's prior."""
        return self.logs.get(industry or STARTING, self.logs[STARTING])


def read_priors(shelf: Shelf, family_of: Vector) -> Priors:
    """All priors; an industry names only what differs from the starting prior."""
    told = shelf.folder("priors", Prior)
    if STARTING not in told:
        raise CatalogueError(f"priors: {STARTING}.yaml is missing")
    first = told[STARTING]
    spread = {name: _spread(first, one, family_of) for name, one in told.items()}
    return Priors(spread, {name: np.log(prior) for name, prior in spread.items()})


def _spread(first: Prior, one: Prior, family_of: Vector) -> Vector:
    masses = {**first.families, **one.families}
    common = {**first.within, **one.within}
    share = np.array([masses[family] for family in FAMILIES])
    wanted = one.negative_share if one.negative_share is not None else first.negative_share
    share = _with_negative(share / share.sum(), wanted)
    weight = np.array([common.get(name, 1.0) for name in TYPES])
    inside = weight / (family_of @ (weight @ family_of))
    spread = np.maximum(inside * (family_of @ share), FLOOR)
    return np.asarray(spread / spread.sum())


def _with_negative(share: Vector, wanted: float | None) -> Vector:
    """Give the asymmetric and the negative families `wanted` together (DOMAIN 5.2), the others what remains."""
    if wanted is None:
        return share
    dark = np.array([family in ("asymmetric", "negative") for family in FAMILIES])
    scale = np.where(dark, wanted / share[dark].sum(), (1 - wanted) / share[~dark].sum())
    return np.asarray(share * scale)
