"""The rules as data: one YAML a rule, its id the file's name; how each act is noticed, what is owed, what mends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, TypeVar

from pydantic import Field, field_validator

from listener.catalogue.shelf import CatalogueError, Entry, Shelf
from listener.model.outputs import AlertKind
from listener.model.spans import seconds
from listener.model.types import TypeId

Side = Literal["customer", "agent", "campaign", "system"]
Shares = dict[str, float]


class Condition(Entry):
    """What must hold: who spoke or what was done (`when`), its details (`where`), cues (`says…`), situation (`if`).

    `where` compares the act's details: a list holds any of its members, `{above: x}` and `{below: x}` compare numbers;
    a detail that is not told does not match. `says` wants every cue at least that probable, `says_any` at least one,
    `unless_says` none of them. `if` names situations of listener/rules/situations/, `not ` before one turns it round.
    """

    when: str
    where: dict[str, Any] = Field(default_factory=dict)
    says: Shares = Field(default_factory=dict)
    says_any: Shares = Field(default_factory=dict)
    unless_says: Shares = Field(default_factory=dict)
    if_: tuple[str, ...] = Field(default=(), alias="if")

    @field_validator("if_", mode="before")
    @classmethod
    def _several(cls, told: Any) -> Any:
        return (told,) if isinstance(told, str) else tuple(told or ())


class Notice(Condition):
    """One way to notice the act; `p` is how sure that is, times the weakest cue it rests on.

    `once` says what counts as one act: `each` event, one a `talk`, one a `matter`. `for_anyone`: a breach at least,
    whoever they are (what the law forbids as well). `tells` is a sentence for the alert's why.
    """

    p: float = Field(default=1.0, gt=0, le=1)
    once: Literal["each", "talk", "matter"] = "each"
    for_anyone: bool = False
    tells: str = ""


PROMISE: Final = "promise"
FOR_GOOD: Final = "for good"


class Owes(Condition):
    """What the firm comes to owe, by when, and what settles it.

    `within` is a span, a span by channel, `promise` (by the day that is named), or `for good`: never due, and broken
    the day it does not hold.
    """

    within: str | dict[str, str]
    settled_by: tuple[str, ...]
    until: str = "30 d"
    p: float = Field(default=1.0, gt=0, le=1)
    tells: str = ""

    @property
    def is_word(self) -> bool:
        """Whether what is owed is the firm's own word."""
        return self.within in (PROMISE, FOR_GOOD)


class Mismatch(Entry):
    """A treatment at odds with the wish: who `wants` (at least `share` of the belief) met `conduct` worth `needs`."""

    wants: tuple[TypeId, ...]
    track: Literal["wanted", "held"] = "wanted"
    share: float = Field(default=0.5, gt=0, le=1)
    conduct: Shares
    kinds: int = Field(default=1, ge=1)
    needs: float = Field(gt=0)
    within: str = "60 d"
    contacts: int = Field(default=1, ge=0)
    tells: str = ""


class Example(Entry):
    """A story: what is given, how long it runs, and which codes come of it. Types differ, so one may name a type."""

    name: str
    type: TypeId
    given: tuple[dict[str, Any], ...]
    until: str = "1 min"
    expect: tuple[str, ...] = ()
    level: int | None = Field(default=None, ge=0, le=3)
    tenure: str | None = None
    named_contacts: tuple[str, ...] = ()


class Rule(Entry):
    """One rule. `severity: matrix` takes the type's digit; a word is the same for everyone whom it is a breach for.

    It says nothing while an alert of a code in `silent_while` is open, nor of an act that an open alert of a code in
    `symptom_of` tells of already; where it is graver than that alert, the alert becomes as grave.
    `unsafe`: what it notices puts somebody in danger, as an act's `safety` does: critical, whoever they are.
    """

    id: str
    code: str
    title: str
    kind: AlertKind = "transgression"
    status: Literal["on", "shadow", "off"] = "on"
    notices: tuple[Notice, ...] = ()
    owes: Owes | None = None
    mismatch: Mismatch | None = None
    silent_while: tuple[str, ...] = ()
    symptom_of: tuple[str, ...] = ()
    unsafe: bool = False
    mended_by: tuple[str, ...] = ()
    window: str = "30 d"
    severity: Literal["matrix", "info", "low", "medium", "high"] = "matrix"
    breach_in: tuple[TypeId, ...] = ()
    why: str
    version: int = 1
    examples: tuple[Example, ...] = ()

    @field_validator("status", mode="before")
    @classmethod
    def _as_written(cls, told: Any) -> Any:
        """YAML 1.1 reads a bare `on` or `off` as true or false."""
        return {True: "on", False: "off"}.get(told, told) if isinstance(told, bool) else told

    @property
    def by(self) -> Literal["firm", "customer"]:
        """Whose act it is."""
        return "customer" if self.code[0] in "CD" else "firm"

    @cached_property
    def window_s(self) -> int:
        """How long its alert may stay open, in seconds."""
        return seconds(self.window)


T = TypeVar("T")
Way = tuple[Rule, Notice]


@dataclass(frozen=True)
class RuleBook:
    """Every rule by id, and the ways to notice an act by what sets them off, so that a signal meets only its own."""

    by_id: Mapping[str, Rule]

    @cached_property
    def mismatches(self) -> tuple[Rule, ...]:
        """The rules that compare the wish with the treatment."""
        return tuple(rule for rule in self.live if rule.mismatch)

    @cached_property
    def owing(self) -> tuple[tuple[Rule, Owes], ...]:
        """The rules by which something comes to be owed."""
        return tuple((rule, rule.owes) for rule in self.live if rule.owes)

    @cached_property
    def live(self) -> tuple[Rule, ...]:
        """The rules that are not switched off."""
        return tuple(rule for rule in self.by_id.values() if rule.status != "off")

    @cached_property
    def of_kind(self) -> Mapping[str, tuple[Way, ...]]:
        """Ways by kind of act, or by side for those that want no cue."""
        return _grouped((n.when, (r, n)) for r in self.live for n in r.notices if not (n.says or n.says_any))

    @cached_property
    def of_cue(self) -> Mapping[tuple[str, str], tuple[tuple[float, Way], ...]]:
        """Ways by side and by the cue that can set them off, each with how probable the cue must be."""
        return _grouped(
            ((n.when, cue), (least, (r, n))) for r in self.live for n in r.notices for cue, least in _triggers(n)
        )

    @cached_property
    def owing_when(self) -> Mapping[str, tuple[tuple[Rule, Owes], ...]]:
        """The rules by which something comes to be owed, by kind of act or side."""
        return _grouped((owes.when, (rule, owes)) for rule, owes in self.owing)

    def of_code(self, code: str) -> Rule | None:
        """The first rule of this code that is not of danger alone."""
        return self._first.get(code)

    @cached_property
    def _first(self) -> Mapping[str, Rule]:
        return {rule.code: rule for rule in reversed(list(self.by_id.values())) if not rule.unsafe}


def _triggers(notice: Condition) -> Iterable[tuple[str, float]]:
    """The cues without which it can't hold: the first of `says`, else each of `says_any`."""
    return list(notice.says.items())[:1] if notice.says else notice.says_any.items()


def _grouped(pairs: Iterable[tuple[Any, T]]) -> dict[Any, tuple[T, ...]]:
    grouped: dict[Any, tuple[T, ...]] = {}
    for key, one in pairs:
        grouped[key] = (*grouped.get(key, ()), one)
    return grouped


SIDES: frozenset[str] = frozenset(Side.__args__)  # type: ignore[attr-defined]  # a Literal's members


def read_rules(shelf: Shelf) -> RuleBook:
    """All rules of the catalogue and of the folder laid over it.

    Raises:
        CatalogueError: where a file can't be read, or an id is not its file's name.
    """
    rules = shelf.folder("rules", Rule)
    for name, rule in rules.items():
        if rule.id != name:
            raise CatalogueError(f"rules/{name}.yaml: its id is {rule.id!r}; a rule's id is its file's name")
    return RuleBook(dict(sorted(rules.items(), key=lambda pair: (pair[1].code, pair[0]))))
