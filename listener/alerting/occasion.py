"""The occasion on which alerts are decided on: of which customer, when, and by which catalogue."""

from dataclasses import dataclass
from datetime import datetime

from listener.catalogue import Catalogue

Who = tuple[str, str]
"""Customer and brand."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Whose alert is decided on, when, and the catalogue in force."""

    who: Who
    at: datetime
    catalogue: Catalogue

    @property
    def at_s(self) -> int:
        """When, in whole seconds since 1970."""
        return int(self.at.timestamp())
