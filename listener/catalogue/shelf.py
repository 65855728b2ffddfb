"""The catalogue's files: the built-in ones, with a folder of one's own laid over them, read strictly."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from listener.catalogue.mistakes import Place, in_a_line, line_of
from listener.catalogue.unreadable import Loader, in_words

EDITION = "2026.11"


class CatalogueError(ValueError):
    """A catalogue file that can't be used, and why."""


class Entry(BaseModel):
    """What every catalogue file is read into: exactly the keys we know, nothing converted behind our back."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Shelf:
    """Every file of the catalogue by its path, e.g. `types/kinship.yaml`: built-in, and laid over it.

    A file of the overlay that bears the name of a built-in one changes only the keys it names; any other adds a file.
    """

    built_in: Mapping[str, bytes]
    laid_over: Mapping[str, bytes]
    overlay: Path | None = None

    @property
    def version(self) -> str:
        """What was read, in one string: the edition and a digest over every file's name and bytes."""
        digest = hashlib.sha256()
        for layer in (self.built_in, self.laid_over):
            for name in sorted(layer):
                digest.update(name.encode() + b"\0" + layer[name] + b"\0")
            digest.update(b"\1")
        return f"{EDITION}+sha256:{digest.hexdigest()[:12]}"

    def names(self, folder: str) -> list[str]:
        """The files directly in a folder, in order of name."""
        every = {*self.built_in, *self.laid_over}
        return sorted(n for n in every if n.startswith(folder + "/") and n.endswith(".yaml"))

    def layers(self, name: str) -> list[bytes]:
        """The texts of one file, the one laid over first."""
        return [layer[name] for layer in (self.laid_over, self.built_in) if name in layer]

    def called(self, name: str) -> str:
        """A file as whoever wrote it would open it: one that is laid over with its folder."""
        return str(self.overlay / name) if self.overlay and name in self.laid_over else name

    def line(self, name: str, at: Place) -> int | None:
        """The line of what stands at a place in a file, in the overlay's text if it is there."""
        return next(filter(None, (line_of(text, at) for text in self.layers(name))), None)

    def raw(self, name: str) -> Any:
        """One file's contents, the overlay's keys laid over the built-in ones."""
        layers = self.layers(name)
        if not layers:
            raise CatalogueError(f"{name}: no such file in the catalogue")
        told: Any = None
        for text in reversed(layers):
            told = lay_over(told, parse(self.called(name), text))
        return told

    def one(self, name: str, model: type[M]) -> M:
        """One file, read into a model."""
        try:
            return model.model_validate(self.raw(name))
        except ValidationError as trouble:
            raise CatalogueError(f"{self.called(name)}: {in_a_line(trouble, model, self.layers(name))}") from None

    def folder(self, folder: str, model: type[M]) -> dict[str, M]:
        """Every file of a folder, read into a model, by file name without its ending."""
        return {name[len(folder) + 1 : -len(".yaml")]: self.one(name, model) for name in self.names(folder)}


def parse(name: str, text: bytes) -> Any:
    """The contents of a YAML file; what is not YAML is an error that names the file, the line and what is wanted."""
    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506  # the C form of the safe loader
    except (yaml.YAMLError, ValueError) as trouble:  # a date that is none is a ValueError
        raise CatalogueError(f"{name}, {in_words(trouble, text)}") from None


def lay_over(below: Any, above: Any) -> Any:
    """Lay one value over another: mappings key by key, anything else whole.

    >>> lay_over({"a": 1, "b": {"c": 2}}, {"b": {"d": 3}})
    {'a': 1, 'b': {'c': 2, 'd': 3}}
    """
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return {**below, **{key: lay_over(below.get(key), value) for key, value in above.items()}}
    return above


def built_in() -> dict[str, bytes]:
    """The files that the package ships, by their names."""
    return dict(_walk(files("listener.catalogue").joinpath("data"), ""))


def stock(overlay: Path | None = None) -> Shelf:
    """Read all files: the built-in ones and those of the overlay."""
    below = built_in()
    laid_over = dict(_walk(overlay, "")) if overlay else {}
    if overlay and not overlay.is_dir():
        raise CatalogueError(f"{overlay}: the overlay is not a folder")
    places = {name.partition("/")[0] for name in below}
    for name in laid_over:
        if name.partition("/")[0] not in places:
            known = ", ".join(sorted(places))
            says = f"nothing of the catalogue is kept there (a rule is kept in rules/); places are {known}"
            raise CatalogueError(f"{overlay}/{name}: {says}")
        if name.endswith(".yml"):
            raise CatalogueError(f"{overlay}/{name}: a file of the catalogue ends in .yaml")
    return Shelf(below, laid_over, overlay)


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir() if folder.is_dir() else ():
        if item.is_dir():
            found += _walk(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".yaml", ".yml")):
            found.append((prefix + item.name, item.read_bytes()))
    return found
