"""Whether what rules want heard can be heard: cues by names that are known, each as a probability."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from listener.catalogue import Catalogue
from listener.catalogue.cues import Beside
from listener.catalogue.mistakes import Place
from listener.catalogue.near import hint
from listener.catalogue.rules import Condition, Rule
from listener.rules.checking.issues import Issue

LISTED: Final = "`listener cues list`"
SPEAKERS: Final = ("customer", "agent", "campaign", "system", "bot")
"""Who may speak in an example; the first four in a rule."""


def cues_are_heard(catalogue: Catalogue) -> Iterator[Issue]:
    """Every cue that a rule, or an example of one, names is one that can be heard."""
    for rule in catalogue.rules.by_id.values():
        for at, named in _asked(rule):
            for cue, p in named.items():
                if says := trouble_with(cue, p, catalogue):
                    yield Issue(rule.id, "cues_are_heard", says, (*at, cue))
                elif at[-1] in ("says", "says_any") and _is_told_by_nothing(cue, catalogue):
                    says = f"nothing tells {cue} yet; `listener cues new {cue}` begins what would"
                    yield Issue(rule.id, "cues_are_heard", says, (*at, cue))


def trouble_with(cue: str, p: Any, catalogue: Catalogue) -> str:
    """What is wrong with a cue and how sure it is to be heard; empty where nothing is."""
    if cue not in catalogue.cues.heard:
        return f"no cue is called {cue!r}{hint(cue, catalogue.cues.heard, LISTED)}"
    if isinstance(p, bool) or not isinstance(p, int | float) or not 0 <= p <= 1:
        return f"{cue}: {p!r} is no probability: write a number from 0 to 1"
    return ""


def cues_are_of_the_side(catalogue: Catalogue, rules: Iterable[Rule]) -> Iterator[Issue]:
    """What a customer says is not waited for in the firm's words, nor the other way round."""
    for rule in rules:
        for n, way in enumerate(rule.notices):
            for part in ("says", "says_any"):
                for cue in getattr(way, part):
                    side = catalogue.cues.heard[cue].side if cue in catalogue.cues.heard else "both"
                    if way.when in SPEAKERS and side != "both" and (side == "customer") != (way.when == "customer"):
                        says = f"{cue} is heard when the {side} speaks, and this way waits for the {way.when}"
                        yield Issue(rule.id, "cues_are_of_the_side", says, ("notices", n, part, cue))


def _is_told_by_nothing(cue: str, catalogue: Catalogue) -> bool:
    known = catalogue.cues.heard[cue]
    return isinstance(known, Beside) and known.by == "nothing"


def _asked(rule: Rule) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Where a rule names cues."""
    ways: list[tuple[Place, Condition]] = [(("notices", n), way) for n, way in enumerate(rule.notices)]
    for at, way in [*ways, *([(("owes",), rule.owes)] if rule.owes else [])]:
        for part in ("says", "says_any", "unless_says"):
            yield (*at, part), getattr(way, part)
