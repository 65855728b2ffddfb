"""Knowledge as data: what the types are, what each act means to them, what each cue says, and how it began."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from listener.catalogue.emissions import Emissions, read_emissions
from listener.catalogue.priors import Priors, read_priors
from listener.catalogue.shelf import CatalogueError, Entry, Shelf, stock
from listener.catalogue.types import Types, read_types

__all__ = ["Catalogue", "CatalogueError", "Entry", "load"]


@dataclass(frozen=True)
class Catalogue:
    """All sections; each is read from its files when first asked for, and kept."""

    shelf: Shelf

    @cached_property
    def version(self) -> str:
        """`2026.11+sha256:…` over all files, the overlay's included."""
        return self.shelf.version

    @cached_property
    def types(self) -> Types:
        """The 29 types and the moves between them."""
        return read_types(self.shelf)

    @cached_property
    def priors(self) -> Priors:
        """How likely each type is before anything is heard, overall and by industry."""
        return read_priors(self.shelf, self.types.family_of)

    @cached_property
    def emissions(self) -> Emissions:
        """What each feature of a history says of each type."""
        return read_emissions(self.shelf, self.types)


def load(overlay: Path | None = None) -> Catalogue:
    """The built-in catalogue, with a folder laid over it."""
    return Catalogue(stock(overlay))
