"""Something in the catalogue that is not as it should be, and where in which file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from listener.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Issue:
    """Where (a rule's id, a code, a type), which check says so, and what; `at` is the place inside the rule's file."""

    where: str
    check: str
    says: str
    at: tuple[str | int, ...] = ()


Check = Callable[[Catalogue], Iterator[Issue]]
