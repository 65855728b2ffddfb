"""How situations get their names, and how a rule's words find them."""

from collections.abc import Callable
from functools import lru_cache
from inspect import signature

from listener.catalogue.near import hint
from listener.model.ledger import Deed, Ledger
from listener.rules.case import Case
from listener.rules.situations.arguments import MAY_GO_BARE, TAKES, must_be_taken

Situation = Callable[[Case, str], bool]
SITUATIONS: dict[str, Situation] = {}
SENTENCES: dict[str, str] = {}
"""Each situation as people say it, `they have [some|no] cause`: what is so before the bar, what is not behind it."""


def situation(words: str, sentence: str) -> Callable[[Situation], Situation]:
    """Give a claim the words by which rules ask for it, and a sentence that says whether it is so."""

    def enter(claim: Situation) -> Situation:
        SITUATIONS[words], SENTENCES[words] = claim, sentence
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
        raise ValueError(f"no situation is called {bare!r}{hint(bare, SITUATIONS, '`listener rules situations`')}")
    name = max(names, key=len)
    claim, argument = SITUATIONS[name], bare[len(name) :].strip()
    must_be_taken(name, parameter(claim), argument)
    return claim, argument, wanted


def parameter(claim: Situation) -> str:
    """What a claim calls its argument: it says what it takes (arguments.py)."""
    return list(signature(claim).parameters)[1]


def takes(name: str) -> str:
    """What stands behind a situation's name, in words; empty where nothing does."""
    known = TAKES.get(parameter(SITUATIONS[name]))
    return "" if known is None else f"{known.words}, or nothing" if name in MAY_GO_BARE else known.words


def deeds_of(ledger: Ledger, codes: str, at_s: int, within_s: int) -> list[Deed]:
    """The acts of these codes noticed within a time, oldest first."""
    wanted = codes.split()
    return [deed for deed in ledger.deeds if deed.code in wanted and at_s - deed.at_s <= within_s and deed.p >= 0.5]
