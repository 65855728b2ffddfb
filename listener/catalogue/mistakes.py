"""What is wrong with a catalogue file, for whoever wrote it: the key, what it may be, the line; each thing once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from listener.catalogue.near import hint
from listener.catalogue.unreadable import Loader
from listener.model.types import TYPES

Place = tuple[str | int, ...]
"""Where in a file: keys, and places in lists, from the top."""

_WANTED: Final = {
    "tuple_type": "a list is wanted, in brackets: [one, two]; or under it, each of them beginning with a -",
    "dict_type": "names with values are wanted, like {{name: value}}",
    "model_type": "keys with values are wanted, like `key: value`",
    "float_type": "a number is wanted",
    "float_parsing": "a number is wanted",
    "int_type": "a whole number is wanted",
    "int_parsing": "a whole number is wanted",
    "string_type": "a text is wanted, in quotes if it looks like something else",
    "less_than_equal": "it may be {le:g} at most",
    "greater_than": "it must be above {gt:g}",
    "greater_than_equal": "it must be {ge:g} at least",
}
"""What is wanted where something else stands, by the name the validator has for it."""
_SHOWN: Final = 40
"""So much of a value is quoted to whoever wrote it."""


def in_a_line(trouble: ValidationError, model: type[BaseModel], layers: Sequence[bytes]) -> str:
    """All that is wrong, without the validator's own pages; the same mistake in several places is said once.

    `layers` are the file's texts, the one that counts most first: a line is of the first that has such a key.
    """
    places: dict[str, list[Place]] = {}
    for one in trouble.errors(include_url=False):
        places.setdefault(_says(one, model), []).append(one["loc"])
    return "; ".join(f"{_where(found)}: {says}{_lines(found, layers)}" for says, found in places.items())


def _says(one: ErrorDetails, model: type[BaseModel]) -> str:
    if one["type"] == "extra_forbidden":
        return _no_key(str(one["loc"][-1]), one["loc"][:-1], model)
    if one["type"] == "missing":
        return "is missing"
    if one["type"] == "literal_error":
        return _no_choice(one["input"], _choices(model, one["loc"]))
    if one["input"] is None:
        more = "; what belongs to it stands behind it, or under it and further in" if one["loc"] else ""
        return f"is empty{more}"
    if wanted := _WANTED.get(one["type"]):
        return f"{_shown(one['input'])}: {wanted.format_map(one.get('ctx', {}))}"
    return " ".join(one["msg"].removeprefix("Value error, ").split())


def _no_key(key: str, at: Place, model: type[BaseModel]) -> str:
    """A key that is none here: where it is one, if it is one elsewhere; else what was likely meant."""
    known = _keys(_inside(model, at))
    places = [name for name in _keys(model) if key in _keys(next(_models(_field(model, name)), None))]
    if places and not at:
        return f"no such key here; it is one of {' or '.join(places)}, where it stands further in"
    if at and key in _keys(model):
        return f"no such key in {at[0]}; it is one of the whole, where it stands at the beginning of a line"
    return f"no such key{hint(key, known)}"


def _shown(told: object) -> str:
    if isinstance(told, Mapping):
        return "cannot be keys with values"
    if isinstance(told, list):
        return "cannot be a list"
    shown = repr(told)
    return f"cannot be {shown if len(shown) <= _SHOWN else shown[:_SHOWN] + '…'}"


def _no_choice(told: object, choices: Sequence[str]) -> str:
    if set(choices) == set(TYPES):
        return f"no type has the id {told!r}{hint(str(told), choices, '`listener rules types`')}"
    return f"cannot be {told!r}{hint(str(told), choices)}"


def _where(found: Sequence[Place]) -> str:
    """The first place, and how many more there are."""
    named = ".".join(map(str, found[0])) or "the file"
    return f"{named} and {len(found) - 1} more" if len(found) > 1 else named


def _lines(found: Sequence[Place], layers: Sequence[bytes]) -> str:
    of_each = (next(filter(None, (line_of(text, at) for text in layers)), None) for at in found)
    lines = [str(line) for line in sorted({line for line in of_each if line})]
    return f" (line{'s' if len(lines) > 1 else ''} {', '.join(lines)})" if lines else ""


def line_of(text: bytes, at: Place) -> int | None:
    r"""The line on which what stands at a place begins; None where the file has not even the place's first key.

    What is missing has the line of what it should stand in.

    >>> line_of(b"id: x\nowes:\n  when: customer\n", ("owes", "when"))
    3
    """
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError:
        return None
    line: int | None = None
    for part in at:
        found = _child(node, part)
        if found is None:
            return line
        line, node = found
    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next(((key.start_mark.line + 1, value) for key, value in pairs if key.value == str(part)), None)


def _inside(model: type[BaseModel], at: Place) -> type[BaseModel] | None:
    """The model of what stands at a place."""
    inner: type[BaseModel] | None = model
    for part in at:
        if isinstance(part, str):
            inner = next(_models(_field(inner, part)), None)
    return inner


def _field(model: type[BaseModel] | None, key: str) -> Any:
    """What a key of a model holds, by the name it is written under."""
    fields = model.model_fields.items() if model else ()
    return next((field.annotation for name, field in fields if key in (name, field.alias)), None)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _keys(model: type[BaseModel] | None) -> list[str]:
    fields: Mapping[str, Any] = model.model_fields if model else {}
    return [field.alias or name for name, field in fields.items()]


def _choices(model: type[BaseModel], at: Place) -> list[str]:
    """The words that may stand at a place."""
    words = [part for part in at if isinstance(part, str)]
    inner = _inside(model, tuple(words[:-1]))
    return [one for one in _leaves(_field(inner, words[-1]) if words else None) if isinstance(one, str)]


def _leaves(annotation: Any) -> Iterator[Any]:
    parts = get_args(annotation)
    for part in parts:
        yield from _leaves(part) if get_args(part) else (part,)
