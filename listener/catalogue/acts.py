"""The taxonomy of acts: what either side can do to the tie, by code (DOMAIN 3.1, 3.4, 3.5, 3.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from listener.catalogue.shelf import Entry, Shelf


class KindOfAct(Entry):
    """One code: its name, whose act it is; `class` O outcome, R relational, M moral (both with a slash)."""

    code: str
    name: str
    title: str
    by: Literal["firm", "customer"]
    class_: str = Field(default="R", alias="class")
    valued_by: str = ""
    breach_in: str = ""
    in_role: str = ""
    action: str = ""


class _File(Entry):
    acts: tuple[KindOfAct, ...]


@dataclass(frozen=True)
class Acts:
    """Every code of the taxonomy."""

    by_code: Mapping[str, KindOfAct]

    def name(self, code: str) -> str:
        """The snake_case head of the code's row; the code itself where it is not of the taxonomy."""
        known = self.by_code.get(code)
        return known.name if known else code.lower()


def read_acts(shelf: Shelf) -> Acts:
    """The taxonomy, from its file."""
    return Acts({one.code: one for one in shelf.one("acts.yaml", _File).acts})
