"""What a rule may name, as tables: situations, types, and how grave each act is for each type."""

from collections.abc import Iterator
from typing import Final

from listener.catalogue import Catalogue
from listener.catalogue.types import FIRM_ACTS
from listener.rules.situations import SITUATIONS, takes

NOTHING: Final = "·"
"""How a 0 stands in the table of gravity: an eye looks for what is there."""


def situations() -> Iterator[str]:
    """Every situation, what it takes, and when it holds."""
    yield from ("| situation | takes | holds when |", "|---|---|---|")
    for name, claim in sorted(SITUATIONS.items()):
        meaning = " ".join((claim.__doc__ or "").split("\n\n")[0].split()).replace("|", "/")
        yield f"| `{name}` | {takes(name)} | {meaning} |"


def types(book: Catalogue) -> Iterator[str]:
    """Every type by its id, as staff know it."""
    yield from ("| id | name | family | what it is |", "|---|---|---|---|")
    for one in book.types.by_id.values():
        yield f"| `{one.id}` | {one.display} | {one.family} | {one.definition.replace('|', '/')} |"


def gravity(book: Catalogue) -> Iterator[str]:
    """What each act of the firm is to each type, by the digits of the types; below it what the codes stand for."""
    width = max(map(len, book.types.by_id)) + 2
    yield f"| {'type':{width}} | {' | '.join(FIRM_ACTS)} |"
    yield "|---" * (len(FIRM_ACTS) + 1) + "|"
    for name, one in book.types.by_id.items():
        digits = (str(one.severity[code] or NOTHING) for code in FIRM_ACTS)
        yield f"| {f'`{name}`':{width}} | {' | '.join(f'{digit:3}' for digit in digits)} |"
    yield ""
    yield "; ".join(f"{code} {book.acts.by_code[code].title}" for code in FIRM_ACTS)
