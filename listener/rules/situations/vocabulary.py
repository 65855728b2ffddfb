"""How situations get their names, and how a rule's words find them."""

from collections.abc import Callable
from functools import lru_cache
from inspect import signature

from listener.model.ledger import Deed, Ledger
from listener.model.spans import seconds
from listener.model.types import TYPE_INDEX
from listener.rules.case import Case

Situation = Callable[[Case, str], bool]
SITUATIONS: dict[str, Situation] = {}
DAY = 86_400
MAY_GO_BARE = ("notice given", "apologised here")
"""Situations that have an argument of their own where none is written."""


def situation(words: str) -> Callable[[Situation], Situation]:
    """Give a claim the words by which rules ask for it."""

    def enter(claim: Situation) -> Situation:
        SITUATIONS[words] = claim
        return claim

    return enter


def holds(words: str, case: Case) -> bool:
    """Whether the situation named in a rule holds of this case."""
    claim, argument, wanted = understand(words)
    return claim(case, argument) is wanted


@lru_cache(maxsize=1024)
def understand(words: str) -> tuple[Situation, str, bool]:
    """The claim, its argument, and whether it is to hold; the longest known name wins.

    Raises:
        ValueError: where no situation of that name is known, or its argument is none.
    """
    wanted = not words.startswith("not ")
    bare = words if wanted else words[4:]
    names = [name for name in SITUATIONS if bare == name or bare.startswith(name + " ")]
    if not names:
        raise ValueError(f"no situation is called {bare!r}")
    name = max(names, key=len)
    claim, argument = SITUATIONS[name], bare[len(name) :].strip()
    _must_be_an_argument(claim, name, argument)
    return claim, argument, wanted


def _must_be_an_argument(claim: Situation, name: str, argument: str) -> None:
    """What a claim calls its argument says what it takes: a span, a number, types."""
    takes = list(signature(claim).parameters)[1]
    if not argument and name in MAY_GO_BARE:
        return
    if takes == "span":
        try:
            seconds(argument)
        except ValueError as trouble:
            raise ValueError(f"{name}: {trouble}") from None
    elif takes in ("count", "least") and not _is_whole_number(argument):
        raise ValueError(f"{name}: {argument!r} is not a whole number")
    elif takes == "types" and (not argument or any(one not in TYPE_INDEX for one in argument.split())):
        raise ValueError(f"{name}: {argument!r} are not types of relationship")


def _is_whole_number(text: str) -> bool:
    try:
        int(text)
    except ValueError:
        return False
    return True


def deeds_of(ledger: Ledger, codes: str, at_s: int, within_s: int) -> list[Deed]:
    """The acts of these codes noticed within a time, oldest first."""
    wanted = codes.split()
    return [deed for deed in ledger.deeds if deed.code in wanted and at_s - deed.at_s <= within_s and deed.p >= 0.5]
