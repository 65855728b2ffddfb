"""All that is believed and kept of one customer, to be handed to them: as a value, and in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import orjson

from listener.bus.tailing import Seen, Tail, Until
from listener.model.topics import OUTPUTS
from listener.settings import Settings

PARTS: Final = {"estimates": "estimate", "briefings": "briefing", "advocates": "advocacy"}
"""What holds now; a tombstone takes it back."""
LISTS: Final = {"acts": "acts", "transitions": "transitions", "alerts": "alerts"}
"""What happened, as far back as the topics are kept."""
TOPICS: Final = tuple(OUTPUTS[name] for name in (*PARTS, *LISTS))  # type: ignore[index]  # every one is an output's key
OURS_ALONE: Final = frozenset({"threat", "at_risk", "value_at_risk", "rank_inputs"})
"""Figures for our own planning; the letter leaves them out and says so, the JSON form holds them."""
NOTE: Final = "Type names (type, from, to) are internal working terms, not statements about the person."
_NAME: Final = {topic: name for name, topic in OUTPUTS.items()}


@dataclass(slots=True)
class Export:
    """What is kept of one customer; `alerts` holds every change of every alert."""

    customer_id: str
    now: dict[str, Any] = field(default_factory=dict)
    happened: dict[str, list[Any]] = field(default_factory=lambda: {part: [] for part in LISTS.values()})

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is kept."""
        return not any(self.now.values()) and not any(self.happened.values())

    def take(self, seen: Seen) -> None:
        """One record of the customer's."""
        name = _NAME[seen.topic]
        value = None if seen.value is None else orjson.loads(seen.value)
        if name in PARTS:
            self.now[PARTS[name]] = value
        elif value is not None:
            self.happened[LISTS[name]].append(value)

    def as_dict(self) -> dict[str, Any]:
        """For a program."""
        parts = {part: self.now.get(part) for part in PARTS.values()}
        return {"note": NOTE, "customer_id": self.customer_id, **parts, **self.happened}


async def export(settings: Settings, customer_id: str) -> Export:
    """Read all that the topics keep of this customer, up to now."""
    found = Export(customer_id)
    async with Tail(settings, TOPICS, from_start=True, until=Until(end=True), key=customer_id) as tail:
        async for seen in tail:
            found.take(seen)
    return found


def for_the_customer(value: Any, names: Mapping[str, str]) -> Any:
    """The same, with types called by the names that staff know them by, and without figures that are ours alone.

    >>> for_the_customer({"type": "fling", "p": 0.5, "threat": 0.9, "excerpt": "fling"}, {"fling": "a brief joy"})
    {'type': 'a brief joy', 'p': 0.5, 'excerpt': 'fling'}
    """
    if isinstance(value, list):
        return [for_the_customer(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _part(key, one, names) for key, one in value.items() if key not in OURS_ALONE}


def _part(key: str, value: Any, names: Mapping[str, str]) -> Any:
    return names.get(value, value) if key in ("type", "from", "to") else for_the_customer(value, names)


def in_words(found: Export, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """A letter a customer can read: what is believed now, what was noticed, which warnings there were.

    >>> print(in_words(Export("C-1")))
    What we keep about C-1
    ======================
    Nothing.
    """
    title = f"What we keep about {found.customer_id}"
    lines = [title, "=" * len(title)]
    if found.is_empty:
        return "\n".join([*lines, "Nothing."])
    for name, part in found.now.items():
        if part:
            lines += ["", f"{name.capitalize()}, now", "-" * (len(name) + 5), *_told(for_the_customer(part, names), 0)]
    for name, entries in found.happened.items():
        if entries:
            heading = f"{name.capitalize()} ({len(entries)})"
            lines += ["", heading, "-" * len(heading)]
            lines += (line for entry in entries for line in ("", *_told(for_the_customer(entry, names), 0)))
    return "\n".join([*lines, "", "Our estimates of risk are not printed here; the JSON form holds them too."])


def _told(value: Any, depth: int) -> Iterator[str]:
    """A value as indented lines, names first; what is not there is not told."""
    indent = "  " * depth
    for name, inner in value.items():
        label = f"{indent}{name.replace('_', ' ')}:"
        if isinstance(inner, dict):
            yield label
            yield from _told(inner, depth + 1)
        elif isinstance(inner, list):
            yield from _listed(label, inner, depth)
        elif inner not in (None, ""):
            yield f"{label} {inner}"


def _listed(label: str, entries: Sequence[Any], depth: int) -> Iterator[str]:
    if not entries:
        return
    if not any(isinstance(entry, dict) for entry in entries):
        yield f"{label} {', '.join(map(str, entries))}"
        return
    yield label
    for entry in entries:
        yield "  " * (depth + 1) + "- " + _in_line(entry)


def _in_line(value: Any) -> str:
    """A value as one line, what is within it in brackets."""
    if isinstance(value, dict):
        parts = ((name.replace("_", " "), inner) for name, inner in value.items() if inner not in (None, "", [], {}))
        return "; ".join(f"{name}: {f'({_in_line(i)})' if isinstance(i, dict) else _in_line(i)}" for name, i in parts)
    return ", ".join(map(_in_line, value)) if isinstance(value, list) else str(value)
