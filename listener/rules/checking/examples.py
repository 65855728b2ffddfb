"""Whether the stories of a rule can be played: every line an act or a turn, by names and details that are known."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from listener.catalogue import Catalogue
from listener.catalogue.kinds import is_taken
from listener.catalogue.mistakes import Place
from listener.catalogue.near import hint
from listener.catalogue.rules import Example
from listener.model.spans import seconds
from listener.rules.checking.cues import SPEAKERS, trouble_with
from listener.rules.checking.issues import Issue

_ACT: Final = ("at", "act", "details", "everyone", "talk", "distress", "engagement")
_TURN: Final = (
    "at", "in", "talk", "needs_answer", "public", "target", "promise", "offered", "asks", "register", "sketch",
    "distress", "engagement", "agent_id", "words",
)  # fmt: skip
_ONE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "in": ("chat", "voice", "email", "social", "survey"),
    "target": ("brand", "rival", "other"),
    "engagement": ("ratcheting_up", "steady", "dialling_down"),
}
"""What some keys of a line may hold."""
KINDS_LISTED: Final = "docs/rules-howto.md"
Line = Mapping[str, Any]
_Found = Iterator[tuple[Place, str]]


def examples_can_be_played(catalogue: Catalogue) -> Iterator[Issue]:
    """Every line of every story stands for something that can happen."""
    for rule in catalogue.rules.by_id.values():
        for n, example in enumerate(rule.examples):
            for at, says in troubles(example, catalogue):
                yield Issue(rule.id, "examples_can_be_played", f"{example.name!r}: {says}", ("examples", n, *at))


def troubles(example: Example, catalogue: Catalogue) -> _Found:
    """What keeps a story from being played: where in it, and why."""
    for key in ("until", "tenure"):
        yield from (((key,), says) for says in _span(getattr(example, key)))
    yield from ((("expect",), says) for code in sorted(set(example.expect)) if (says := no_code(code, catalogue)))
    for n, line in enumerate(example.given):
        for at, says in _of_act(line, catalogue) if "act" in line else _of_turn(line, catalogue):
            yield ("given", n, *at), says
        for at, says in _of_either(line):
            yield ("given", n, *at), says


def no_code(code: str, catalogue: Catalogue) -> str:
    """What is wrong with the code of an act; empty where nothing is."""
    known = catalogue.acts.by_code
    return "" if code in known else f"no act has the code {code}{hint(code, known, '`listener rules list`')}"


def _of_act(line: Line, catalogue: Catalogue) -> _Found:
    yield from _keys(line, _ACT)
    kind, details = line["act"], line.get("details") or {}
    if kind not in catalogue.kinds:
        yield ("act",), f"no kind of act is called {kind!r}{hint(str(kind), catalogue.kinds, KINDS_LISTED)}"
        return
    known = catalogue.kinds[kind]
    for name, told in details.items():
        if name not in known:
            yield ("details", name), f"{kind} has no detail {name!r}{hint(str(name), known)}"
        elif not is_taken(known[name], told) and isinstance(known[name], frozenset):
            yield ("details", name), f"{name} is never {told!r}{hint(str(told), known[name])}"
    if kind == "price_changed" and not isinstance(details.get("change_pct"), int | float):
        yield ("details",), "price_changed needs change_pct, a number"


def _of_turn(line: Line, catalogue: Catalogue) -> _Found:
    sides = [side for side in SPEAKERS if side in line]
    yield from _keys(line, (*_TURN, *SPEAKERS))
    if len(sides) != 1:
        who = f"both {' and '.join(sides)} speak" if sides else "nobody speaks and nothing is done"
        yield (), f"{who}: a line is one `act`, or the turn of one of {', '.join(SPEAKERS)}"
        return
    says = line[sides[0]] or {}
    if not isinstance(says, Mapping):
        yield (sides[0],), f"write what is heard in it as cues, like {sides[0]}: {{complaint: 0.9}}; {{}} for nothing"
        return
    for cue, p in says.items():
        if wrong := trouble_with(str(cue), p, catalogue):
            yield (sides[0], str(cue)), wrong


def _of_either(line: Line) -> _Found:
    for key in ("at", "promise"):
        yield from (((key,), says) for says in _span(line.get(key)))
    for key, words in _ONE_OF.items():
        if key in line and line[key] not in words:
            yield (key,), f"{key} is never {line[key]!r}{hint(str(line[key]), words)}"


def _keys(line: Line, known: tuple[str, ...]) -> _Found:
    for key in sorted(set(line) - set(known)):
        yield (key,), f"a line of `given` has no {key!r}{hint(str(key), {*known, 'act'})}"


def _span(text: Any) -> Iterator[str]:
    try:
        _ = 0 if text is None else seconds(str(text))
    except ValueError as trouble:
        yield str(trouble)
