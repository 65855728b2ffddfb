"""Who a masked name stands for: the same person has the same mark in all of a customer's letters, no name is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from listener.model.inputs import Profile
from listener.signals.redaction.redact import bare, secrets
from listener.signals.redaction.secret_forms import TITLES
from listener.signals.redaction.secret_numbers import Secret

CUSTOMER: Final = "[the customer]"
CONTACT: Final = "[their contact]"
_NAME: Final = "[name]"
_TITLES: Final = frozenset(bare(title).casefold() for title in (*TITLES, "Mrs", "Señora", "Sra"))
_SHORTEST: Final = 2
"""A part of a name of fewer letters (an initial) tells nobody apart."""
_SHORT: Final = 3
"""A name of so many letters may be short for one that begins or ends with it: Seun for Oluwaseun, Tom for Tomasz."""


@dataclass(slots=True)
class People:
    """Tells the people of a customer's letters apart by the parts of their names, numbered in the order they come.

    `met` are the names that some letter made known: they are known in all that follow.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    met: dict[str, None] = field(default_factory=dict)

    def hidden(
        self, text: str, names: Sequence[str], profile: Profile | None, met: Sequence[str] | None = None,
        others: Sequence[str] = (),
    ) -> list[Secret]:  # fmt: skip
        """The secrets of a text, each name under the mark of its person; `met` are names made known in all of a letter.

        `others` are no short names of theirs: whom the customer greets, who signs to them.

        >>> jo = Profile.model_construct(name="Jo Miller", named_contacts=("Ann Lee",))
        >>> told = People().hidden("Dear Ann, Hal Roe says hello. Hal and Jo", ["Jo Miller", "Ann Lee", "Hal Roe"], jo)
        >>> list(dict.fromkeys(one.mark for one in told))
        ['[their contact]', '[name 1]', '[the customer]']
        """
        self.met |= dict.fromkeys(met or ())
        found = secrets(text, names, met=tuple(self.met) if met is not None else None)
        apart = frozenset[str]().union(*map(_parts, others))
        return [
            Secret(one.start, one.end, self._mark(text[one.start : one.end], profile, apart))
            if one.mark == _NAME
            else one
            for one in found
        ]

    def _mark(self, name: str, profile: Profile | None, apart: frozenset[str]) -> str:
        parts = _parts(name)
        if not parts:  # a title alone is no name
            return name
        known = [self.numbers[part] for part in parts if part in self.numbers]
        is_other = bool(known or parts & apart)
        if profile is not None and (role := _role(parts, profile, is_other=is_other)) is not None:
            return role
        number = min(known, default=max(self.numbers.values(), default=0) + 1)
        self.numbers |= dict.fromkeys(parts, number)
        return f"{_NAME[:-1]} {number}]"


def _role(parts: frozenset[str], profile: Profile, *, is_other: bool) -> str | None:
    """The customer or one of their contacts, by a part of the name, else by the given name it may be short for."""
    people = [(CUSTOMER, _parts(profile.name or "")), *((CONTACT, _parts(name)) for name in profile.named_contacts)]
    known = next((role for role, theirs in people if parts & theirs), None)
    if known is not None or is_other:
        return known
    short = tuple(part for part in parts if len(part) >= _SHORT)
    named = [(CUSTOMER, profile.name or ""), *((CONTACT, name) for name in profile.named_contacts)]
    return next(
        (role for role, name in named if any(g.startswith(short) or g.endswith(short) for g in _first(name))), None
    )


def _parts(name: str) -> frozenset[str]:
    """The parts of a name that tell one person from another; initials only where there is nothing else, no title."""
    return frozenset(_words(name))


def _first(name: str) -> Sequence[str]:
    """The given names: all but the last of several."""
    words = _words(name)
    return words[:-1] or words


def _words(name: str) -> list[str]:
    words = [word for word in bare(name).casefold().replace(".", " ").split() if word not in _TITLES]
    return [word for word in words if len(word) >= _SHORTEST] or words
