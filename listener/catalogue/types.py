"""The 29 types as arrays: coordinates, what each act means to each, and the edges between them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from listener.catalogue.shelf import CatalogueError, Entry, Shelf
from listener.model.types import FAMILIES, TYPE_INDEX, TYPES, Family, TypeId

AXES: Final = (
    "valence",
    "intimacy",
    "intensity",
    "power",
    "durability",
    "formality",
    "hedonic",
    "cooperation",
    "communal",
    "voluntariness",
    "publicness",
    "exclusivity",
    "ambivalence",
)
"""The thirteen axes of DOMAIN 2.1, in its order."""
FIRM_ACTS: Final = tuple(f"F{n:02}" for n in range(1, 36))
DESTRUCTIVE: Final = frozenset({"rupture", "exit"})
CONSTRUCTIVE: Final = frozenset({"repair", "bolster", "shift"})
CLOCKWORK: Final = frozenset({"drift", "decay"})
"""The only kinds of edge that move by the clock (DESIGN 2)."""
ORDINALS: Final = {"-": 0.0, "VL": 0.05, "L": 0.25, "L-M": 0.375, "M": 0.5, "M-H": 0.625, "H": 0.75, "VH": 0.95}


class RelationshipType(Entry):
    """One of the 29, as its file tells it."""

    id: TypeId
    number: int
    label: str
    display: str
    family: Family
    status: str
    source: str
    definition: str
    coordinates: dict[str, float]
    expects: list[str]
    broken_by: list[str]
    says: str
    does: str
    severity: dict[str, int | str]
    economics: dict[str, str]
    response: str
    role: str | None = None
    handled_by: str

    @field_validator("severity")
    @classmethod
    def _are_digits(cls, digits: dict[str, int | str]) -> dict[str, int | str]:
        for code, digit in digits.items():
            if code not in FIRM_ACTS:
                raise ValueError(f"{code} is no act of the firm's, {FIRM_ACTS[0]} to {FIRM_ACTS[-1]}")
            if digit not in (0, 1, 2, 3, "+"):
                raise ValueError(f"{code}: it is 0, 1, 2, 3 or +, and never {digit!r}")
        return digits


class Edge(Entry):
    """A move from one type to another, and what sets it off."""

    from_: TypeId = Field(alias="from")
    to: TypeId
    kind: str
    trigger: str
    source: str


class Edges(Entry):
    """All moves (DOMAIN 2.7)."""

    edges: list[Edge]


Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Types:
    """Everything the project knows of the 29 types, as arrays in the order of TYPES.

    `coordinates` (29, 13) in the order of AXES; `severity` (29, 35) digits 0..3 in the order of FIRM_ACTS, a `+` of the
    matrix standing as 0 in `severity` and as True in `invigorates`; `family_of` (29, 7) is one where a type belongs;
    `rupture`, `repair`, `clockwork` (29, 29) hold rows that sum to one where a type has such edges, else to zero;
    `clockwork` leaves out edges into a tie of ill feeling: silence alone never makes an enemy. `bonds` (29,) is how
    strong a tie of each type is (durability, warmth, communality; none in hostile ones), `fragility` (29,) one less
    its durability (DOMAIN 2.5); `role_of` (29,) is who handles it, as the place of that role's first type.
    """

    by_id: dict[str, RelationshipType]
    coordinates: Matrix
    severity: Matrix
    invigorates: NDArray[np.bool_]
    family_of: Matrix
    edges: dict[tuple[str, str], Edge]
    rupture: Matrix
    repair: Matrix
    clockwork: Matrix
    bonds: Matrix
    fragility: Matrix
    role_of: NDArray[np.intp]

    def axis(self, name: str) -> Matrix:
        """One coordinate of all 29 types."""
        column: Matrix = self.coordinates[:, AXES.index(name)]
        return column

    @cached_property
    def drift(self) -> Matrix:
        """What a step of the clock changes, shape (29, 29): a type with such edges gives all it has along them."""
        change: Matrix = self.clockwork - np.diag(self.clockwork.sum(1))
        return change

    @cached_property
    def jumps(self) -> Matrix:
        """What a confirmed breach changes, and what an honoured norm does, (2, 29, 29): along rupture, along repair."""
        return np.array([edges - np.diag(edges.sum(1)) for edges in (self.rupture, self.repair)])

    @cached_property
    def centred_digits(self) -> Matrix:
        """The severity matrix, (29, firm acts), each act's digits about their mean."""
        return np.asarray(self.severity - self.severity.mean(0))

    def digit(self, type_id: str, code: str) -> int:
        """How grave a firm act is to a type: 0 nothing, 1 irritation, 2 breach, 3 grave breach."""
        return int(self.severity[TYPE_INDEX[type_id], FIRM_ACTS.index(code)])

    def digits(self, code: str) -> Matrix:
        """How grave a firm act is to each of the 29 types."""
        column: Matrix = self.severity[:, FIRM_ACTS.index(code)]
        return column

    def is_expected(self, source: str, target: str) -> bool:
        """Whether a move is on a known path."""
        return (source, target) in self.edges


def read_types(shelf: Shelf) -> Types:
    """The types and their edges, from the files."""
    told = shelf.folder("types", RelationshipType)
    by_id: dict[str, RelationshipType] = {one.id: one for one in told.values()}
    if set(by_id) != set(TYPES):
        raise CatalogueError(f"types: missing or unknown {sorted(set(by_id) ^ set(TYPES))}")
    edges: dict[tuple[str, str], Edge] = {(e.from_, e.to): e for e in shelf.one("transitions.yaml", Edges).edges}
    rows = [by_id[name] for name in TYPES]
    return Types(
        by_id=by_id,
        coordinates=np.array([[one.coordinates[axis] for axis in AXES] for one in rows]),
        severity=np.array([[_digit(one.severity[code]) for code in FIRM_ACTS] for one in rows]),
        invigorates=np.array([[one.severity[code] == "+" for code in FIRM_ACTS] for one in rows]),
        family_of=np.array([[float(one.family == family) for family in FAMILIES] for one in rows]),
        edges=edges,
        rupture=_moves(edges, DESTRUCTIVE),
        repair=_moves(edges, CONSTRUCTIVE),
        bonds=_bonds(rows),
        role_of=np.array([[one.role for one in rows].index(row.role) for row in rows]),
        fragility=np.array([1.0 - _ordinal(one.economics["durability"]) for one in rows]),
        clockwork=_moves(
            {pair: e for pair, e in edges.items() if by_id[pair[1]].coordinates["valence"] >= 0}, CLOCKWORK
        ),
    )


def _bonds(rows: list[RelationshipType]) -> Matrix:
    axes = [one.coordinates for one in rows]
    made_of = [0.45 * at["durability"] + 0.3 * at["intimacy"] + 0.25 * at["communal"] for at in axes]
    return np.array([share * (1.0 + min(at["valence"], 0.0)) for share, at in zip(made_of, axes, strict=True)])


def _ordinal(word: str) -> float:
    return ORDINALS.get(word, ORDINALS.get(word.split(" ")[0], 0.5))


def _digit(digit: int | str) -> float:
    return 0.0 if digit == "+" else float(digit)


def _moves(edges: dict[tuple[str, str], Edge], kinds: frozenset[str]) -> Matrix:
    moves = np.zeros((len(TYPES), len(TYPES)))
    for (source, target), edge in edges.items():
        if edge.kind in kinds:
            moves[TYPE_INDEX[source], TYPE_INDEX[target]] = 1.0
    totals = moves.sum(1, keepdims=True)
    shared: Matrix = np.divide(moves, totals, out=np.zeros_like(moves), where=totals > 0)
    return shared
