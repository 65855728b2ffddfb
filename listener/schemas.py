"""JSON Schemas of every value on the bus, made from the models, and what would break whoever reads or writes them.

One file for each topic, named as the topic is, version included. A reader of our outputs must go on understanding
what we write; a writer of our inputs must go on being understood.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import orjson
from pydantic import BaseModel, TypeAdapter

from listener.hearing.decoding import MODELS
from listener.model.brand_outputs import Portfolio, Reaction
from listener.model.inputs import Command, TimeTold
from listener.model.outcomes import OutputTopic
from listener.model.outputs import Advocate, Alert, Briefing, Estimate, NoticedAct, Transition
from listener.model.signals import SIGNAL
from listener.model.topics import INPUTS, OUTPUTS

Direction = Literal["in", "out"]
Schema = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
WRITTEN: Final[dict[OutputTopic, type[BaseModel]]] = {
    "acts": NoticedAct,
    "estimates": Estimate,
    "transitions": Transition,
    "alerts": Alert,
    "briefings": Briefing,
    "portfolio": Portfolio,
    "reactions": Reaction,
    "advocates": Advocate,
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A change that breaks someone: in which schema, at which place, and how."""

    name: str
    where: str
    what: str


def schemas() -> dict[str, Schema]:
    """Every schema, by its file's name."""
    made = {}
    for key, model in MODELS.items():
        adapter: TypeAdapter[Any] = TypeAdapter(Command | TimeTold if model is Command else model)
        made[f"{INPUTS[key]}.json"] = _finished(adapter.json_schema(mode="validation"), INPUTS[key])
    for topic, written in WRITTEN.items():
        made[f"{OUTPUTS[topic]}.json"] = _finished(written.model_json_schema(mode="serialization"), OUTPUTS[topic])
    signals = OUTPUTS["signals"]
    made[f"{signals}.json"] = _finished(SIGNAL.json_schema(mode="serialization"), signals)
    return made


def direction_of(name: str) -> Direction:
    """Whether others write it or we do."""
    return "in" if name.removesuffix(".json") in INPUTS.values() else "out"


def read_schemas(folder: Path) -> dict[str, Schema]:
    """The schemas in a folder, by file name."""
    return {file.name: orjson.loads(file.read_bytes()) for file in sorted(folder.glob("*.json"))}


def as_text(schema: Schema) -> bytes:
    """A schema as it stands in its file."""
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def breaches(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> Iterator[Breach]:
    """Everything in `new` that someone who relies on `old` could stumble over."""
    for name, before in old.items():
        if name not in new:
            yield Breach(name, "", "is gone")
            continue
        yield from _compare(name, "", _Side(before, before), _Side(new[name], new[name]), frozenset())


@dataclass(frozen=True, slots=True)
class _Side:
    """A schema inside its document, for its references."""

    schema: Schema
    document: Schema

    def settled(self) -> "_Side":
        """Past any reference."""
        side = self
        while "$ref" in side.schema:
            part: Any = side.document
            for step in side.schema["$ref"].removeprefix("#/").split("/"):
                part = part[step]
            side = _Side(part, side.document)
        return side

    def at(self, schema: Schema) -> "_Side":
        return _Side(schema, self.document)

    @property
    def properties(self) -> dict[str, Schema]:
        found: dict[str, Schema] = self.schema.get("properties", {})
        return found

    @property
    def required(self) -> frozenset[str]:
        return frozenset(self.schema.get("required", ()))

    @property
    def kinds(self) -> frozenset[str]:
        """The JSON types it may be."""
        choices = self.schema.get("anyOf") or self.schema.get("oneOf")
        if choices:
            return frozenset().union(*(self.at(choice).settled().kinds for choice in choices))
        told = self.schema.get("type")
        if told is None:
            return frozenset({"string"} if "const" in self.schema or "enum" in self.schema else {"any"})
        return frozenset({told} if isinstance(told, str) else told)

    @property
    def words(self) -> frozenset[str] | None:
        """The values it may be, where they are listed."""
        if "const" in self.schema:
            return frozenset({str(self.schema["const"])})
        return frozenset(map(str, self.schema["enum"])) if "enum" in self.schema else None


def _compare(name: str, where: str, old: _Side, new: _Side, seen: frozenset[str]) -> Iterator[Breach]:
    reference = f"{old.schema.get('$ref')}→{new.schema.get('$ref')}"
    if "$ref" in old.schema and reference in seen:
        return
    seen = seen | {reference}
    old, new = old.settled(), new.settled()
    direction = direction_of(name)
    narrower, wider = (new, old) if direction == "in" else (old, new)  # what must still be taken, and what may be met
    if "any" not in narrower.kinds and (lost := wider.kinds - narrower.kinds - {"any"}):
        told = (
            f"no longer takes {', '.join(sorted(lost))}"
            if direction == "in"
            else f"may now be {', '.join(sorted(lost))}"
        )
        yield Breach(name, where, told)
    if direction == "in" and new.words is not None and (gone := (old.words or frozenset()) - new.words):
        yield Breach(name, where, f"no longer takes {', '.join(sorted(gone))}")
    yield from _compare_fields(name, where, old, new, seen)
    yield from _compare_choices(name, where, old, new, seen)
    if "items" in old.schema and "items" in new.schema:
        yield from _compare(name, f"{where}[]", old.at(old.schema["items"]), new.at(new.schema["items"]), seen)


def _compare_fields(name: str, where: str, old: _Side, new: _Side, seen: frozenset[str]) -> Iterator[Breach]:
    for field, before in old.properties.items():
        place = f"{where}.{field}".lstrip(".")
        if field not in new.properties:
            yield Breach(name, place, "is gone")
        else:
            yield from _compare(name, place, old.at(before), new.at(new.properties[field]), seen)
    if direction_of(name) == "in":
        for field in sorted(new.required - old.required):
            yield Breach(name, f"{where}.{field}".lstrip("."), "is required now")
    else:
        for field in sorted(old.required & new.properties.keys() - new.required):
            yield Breach(name, f"{where}.{field}".lstrip("."), "may be missing now")


def _compare_choices(name: str, where: str, old: _Side, new: _Side, seen: frozenset[str]) -> Iterator[Breach]:
    """Choices that go by the same name are compared; one that is gone breaks whoever wrote it."""
    befores, afters = (_choices(side) for side in (old, new))
    for called, before in befores.items():
        if called in afters:
            yield from _compare(name, f"{where}({called})", before, afters[called], seen)
        elif direction_of(name) == "in" and called.startswith("#"):
            yield Breach(name, where, f"no longer takes {called.rsplit('/', 1)[-1]}")


def _choices(side: _Side) -> dict[str, _Side]:
    found = side.schema.get("anyOf") or side.schema.get("oneOf") or []
    return {choice["$ref"]: side.at(choice) for choice in found if "$ref" in choice}


def _finished(schema: Schema, topic: str) -> Schema:
    return {"$schema": DIALECT, "$id": f"urn:listener:{topic}"} | schema
