"""The kinds of act that rules may wait for, and what may be told of each: kinds.yaml, to which a firm adds its own."""

from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

from listener.catalogue.near import hint
from listener.catalogue.shelf import CatalogueError, Shelf

Sort = Literal["yes or no", "a number", "a text", "an amount of money", "a moment", "a list of texts"]
Values = Sort | frozenset[str]
"""What a detail holds: one of some words, or anything of a sort."""
Kinds = Mapping[str, Mapping[str, Values]]
"""The details of each kind of act, and what each may hold."""
FILE: Final = "kinds.yaml"
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)


def read_kinds(shelf: Shelf) -> Kinds:
    """All kinds, the firm's own included.

    Raises:
        CatalogueError: where a detail is neither a list of words nor of a sort that is known.
    """
    contents = shelf.raw(FILE)
    if not isinstance(contents, Mapping):
        says = "kinds of act are wanted, each with its details, like `order_substituted: {item: a text}`"
        raise CatalogueError(f"{shelf.called(FILE)}: {says}")
    return {str(kind): _details(shelf, str(kind), details) for kind, details in contents.items()}


def _details(shelf: Shelf, kind: str, details: Any) -> Mapping[str, Values]:
    if not isinstance(details, Mapping | None):
        raise CatalogueError(_wrong(shelf, (kind,), "its details are wanted, each with what it holds: {item: a text}"))
    return {str(name): _values(shelf, (kind, str(name)), values) for name, values in (details or {}).items()}


def _values(shelf: Shelf, at: tuple[str, str], written: Any) -> Values:
    if isinstance(written, list) and written and all(isinstance(one, str) for one in written):
        return frozenset(written)
    for sort in SORTS:
        if written == sort:
            return sort
    says = f"cannot be {written!r}: write the words it may be in brackets, or its sort{hint(str(written), SORTS)}"
    raise CatalogueError(_wrong(shelf, at, says))


def _wrong(shelf: Shelf, at: tuple[str, ...], says: str) -> str:
    line = shelf.line(FILE, at)
    return f"{shelf.called(FILE)}: {'.'.join(at)}: {says}{f' (line {line})' if line else ''}"


def is_taken(values: Values, value: object) -> bool:
    """Whether a detail may hold this; what is not told (None) may be wanted of any.

    >>> is_taken(frozenset({"up", "down"}), "donw"), is_taken("yes or no", True), is_taken("a number", "3")
    (False, True, False)
    """
    if value is None:
        return True
    if isinstance(values, frozenset):
        return value in values
    if values == "yes or no":
        return isinstance(value, bool)
    if values == "a number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return values not in ("an amount of money", "a list of texts") and isinstance(value, str)
