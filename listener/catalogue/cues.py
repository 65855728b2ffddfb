"""Cues: what tells that a customer complains, an agent promises …; one file for each signal, with examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pydantic import Field

from listener.catalogue.shelf import CatalogueError, Entry, Shelf

Side = Literal["customer", "firm", "both"]
Language = Literal["en", "de", "es", "zh"]
Circumstance = Literal["negated", "question", "conditional", "quoted", "reported", "past", "rival"]
NAMES_FILE, HEARD_FILE = "phrase_names.yaml", "heard.yaml"


class Cue(Entry):
    """One signal's cue file.

    `patterns` are phrases (listener/signals/cues/phrases.py) by language and by how surely each alone tells the
    signal, as a probability. `unless` says what is left of that probability where a match stands in a circumstance. A
    match that overlaps one of `stops` does not count. `says` and `not` are example sentences; `listener cues test`
    holds them.
    """

    id: str
    side: Side
    means: str
    why: str = ""
    unless: dict[Circumstance, float] = Field(default_factory=dict)
    patterns: dict[Language, dict[float, list[str]]]
    stops: dict[Language, list[str]] = Field(default_factory=dict)
    says: list[str] = Field(default_factory=list)
    not_: list[str] = Field(default_factory=list, alias="not")


class PhraseNames(Entry):
    """Choices that phrases may call by name, `{firm}`, by language."""

    names: dict[Language, dict[str, str]]


class Overlay(Entry):
    """Words whose everyday charge misleads in talk with a firm, and the valence they have there (-4..4)."""

    why: str
    words: dict[str, float]


class Beside(Entry):
    """A signal without a cue file: told by a trained head alone, by several cues together, or by nothing yet."""

    side: Side
    by: Literal["head", "cues", "nothing"]
    means: str


class HeardFile(Entry):
    """All signals without a cue file."""

    signals: dict[str, Beside]


@dataclass(frozen=True)
class Cues:
    """All cues by signal, the named choices by language, and the overlay on the sentiment lexicon.

    `beside` are the signals that have no file of their own.
    """

    by_signal: Mapping[str, Cue]
    names: Mapping[str, Mapping[str, str]]
    overlay: Mapping[str, float]
    beside: Mapping[str, Beside] = field(default_factory=dict)

    @cached_property
    def heard(self) -> Mapping[str, Cue | Beside]:
        """Every signal that a rule may ask for, by name."""
        every: dict[str, Cue | Beside] = {**self.beside, **self.by_signal}
        return {name: every[name] for name in sorted(every)}


def read_cues(shelf: Shelf) -> Cues:
    """The cues, from the files."""
    told: dict[str, Cue] = shelf.folder("cues", Cue)
    for name, cue in told.items():
        if cue.id != name:
            raise CatalogueError(f"cues/{name}.yaml: its id is {cue.id!r}; it must be its file's name")
        for strengths in cue.patterns.values():
            if not all(0 < p < 1 for p in strengths):
                raise CatalogueError(f"cues/{name}.yaml: a pattern's strength lies between 0 and 1")
    names: PhraseNames = shelf.one(NAMES_FILE, PhraseNames)
    overlay: Overlay = shelf.one("sentiment.yaml", Overlay)
    heard: HeardFile = shelf.one(HEARD_FILE, HeardFile)
    return Cues(told, {lang: dict(n) for lang, n in names.names.items()}, overlay.words, heard.signals)
