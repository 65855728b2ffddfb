"""Knowledge as data: what the types are, what each act means to them, what each cue says, and how it began."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from listener.catalogue.acts import Acts, read_acts
from listener.catalogue.cues import Cues, read_cues
from listener.catalogue.distress import DistressWeights, read_distress
from listener.catalogue.emissions import Emissions, read_emissions
from listener.catalogue.engagement import EngagementWeights, read_engagement
from listener.catalogue.kinds import Kinds, read_kinds
from listener.catalogue.priors import Priors, read_priors
from listener.catalogue.repairs import Repairs, read_repairs
from listener.catalogue.rules import RuleBook, read_rules
from listener.catalogue.shelf import CatalogueError, Entry, Shelf, stock
from listener.catalogue.thresholds import Thresholds, read_thresholds
from listener.catalogue.types import Types, read_types
from listener.catalogue.wishes import Wishes, read_wishes

__all__ = ["Catalogue", "CatalogueError", "Entry", "load"]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All sections; each is read from its files when first asked for, and kept. A catalogue equals itself only."""

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
    def cues(self) -> Cues:
        """What tells that someone complains, promises, refuses …, and the words whose charge misleads."""
        return read_cues(self.shelf)

    @cached_property
    def wishes(self) -> Wishes:
        """In which words they say what contact is to stop."""
        return read_wishes(self.shelf)

    @cached_property
    def emissions(self) -> Emissions:
        """What each feature of a history says of each type."""
        return read_emissions(self.shelf, self.types)

    @cached_property
    def distress(self) -> DistressWeights:
        """What tells distress, and what eases it."""
        return read_distress(self.shelf)

    @cached_property
    def engagement(self) -> EngagementWeights:
        """What a customer's own conduct says of wanting more of the tie, or less."""
        return read_engagement(self.shelf)

    @cached_property
    def kinds(self) -> Kinds:
        """The kinds of act that systems report, and what may be told of each."""
        return read_kinds(self.shelf)

    @cached_property
    def acts(self) -> Acts:
        """The taxonomy of what either side can do, by code."""
        return read_acts(self.shelf)

    @cached_property
    def rules(self) -> RuleBook:
        """Every rule: how its act is noticed, what is owed, what mends it."""
        return read_rules(self.shelf)

    @cached_property
    def repairs(self) -> Repairs:
        """What mends, by act and type, and what would insult."""
        return read_repairs(self.shelf)

    @cached_property
    def thresholds(self) -> Thresholds:
        """The numbers that rules and alerts share."""
        return read_thresholds(self.shelf)

    def read_through(self) -> "Catalogue":
        """Itself, with every section read now.

        Raises:
            CatalogueError: where any file can't be used, rather than in the midst of the work.
        """
        for name, section in vars(Catalogue).items():
            if isinstance(section, cached_property):
                getattr(self, name)
        return self


def load(overlay: Path | None = None) -> Catalogue:
    """The built-in catalogue, with a folder laid over it."""
    return Catalogue(stock(overlay))
