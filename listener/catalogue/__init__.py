"""Knowledge as data: what the types are, what each act means to them, what each cue says, and how it began."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

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


def load(overlay: Path | None = None) -> Catalogue:
    """The built-in catalogue, with a folder laid over it."""
    return Catalogue(stock(overlay))
