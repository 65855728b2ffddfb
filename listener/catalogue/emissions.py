"""What each feature says of each type, in nats, as arrays; every weight is told with its source in data/emissions."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from listener.catalogue.shelf import CatalogueError, Entry, Shelf
from listener.catalogue.types import AXES, Types
from listener.model.tie import SLOT
from listener.model.types import FAMILIES, TRACKS, TYPE_INDEX, TYPES, Track

SETTINGS: Final = "emissions/settings.yaml"
TREATMENT: Final = "emissions/treatment.yaml"
Array = NDArray[np.float64]


class Feature(Entry):
    """One feature's nats: `weights` by type or family (a type's own word wins), `along` axes of DOMAIN 2.1."""

    weights: dict[str, float] = Field(default_factory=dict)
    along: dict[str, float] = Field(default_factory=dict)
    source: str


class Group(Entry):
    """Features of one kind: how much they count on each track, and how many nats they may move together."""

    group: str
    tracks: dict[Track, float]
    cap: float = Field(gt=0)
    features: dict[str, Feature]


class HalfLives(Entry):
    """Days after which half is forgotten."""

    counts: float
    shifts: float
    enacted: float
    drift: float


class Voices(Entry):
    """Sum of the words' own likelihoods: n turns weigh n ** power times their mean and `scale`, at most `cap`."""

    scale: float
    power: float
    cap: float
    wanted: float
    held: float


class Survey(Entry):
    """A direct answer gives its type this share, and words count this much for so many days after."""

    share: float
    words_after: float
    days: float


class Jump(Entry):
    """How much of the belief moves along rupture or repair edges when a matter is confirmed."""

    digit_2: float
    digit_3: float
    honoured: float


class Enacted(Entry):
    """Nats per severity digit of a noticed act (down), and per honoured norm (up)."""

    per_digit: float
    per_honour: float


class Settings(Entry):
    """The few global numbers."""

    half_life_days: HalfLives
    voices: Voices
    prior: float = Field(gt=0, le=1)
    temperature: dict[Track, float]
    scale: dict[str, float] = Field(default_factory=dict)
    survey: Survey
    jump: Jump
    enacted: Enacted
    source: str


@dataclass(frozen=True)
class Emissions:
    """The weights as arrays: features by 29 types, centred, in groups.

    `rows` gives a feature's row; `counted` are the rows of features that are counts as they stand, `slots` their places
    in SLOTS; `weights` (features, 29) are scaled by their group's scale; `starts` is each group's
    first row; `caps` (groups,) in nats; `tracks` (3, groups), `voices` (3,) and
    `temperature` (3, 1) in the order of TRACKS.
    `treatment` is the row of each thing the firm does, for the enacted track.
    """

    settings: Settings
    groups: tuple[str, ...]
    treatment: dict[str, Array]
    rows: dict[str, int]
    counted: NDArray[np.intp]
    slots: NDArray[np.intp]
    weights: Array
    starts: NDArray[np.intp]
    caps: Array
    tracks: Array
    voices: Array
    temperature: Array

    @property
    def names(self) -> tuple[str, ...]:
        """The features in order of their rows."""
        return tuple(self.rows)


def read_emissions(shelf: Shelf, types: Types) -> Emissions:
    """All groups of features and the settings."""
    settings = shelf.one(SETTINGS, Settings)
    told = [shelf.one(name, Group) for name in shelf.names("emissions") if name not in (SETTINGS, TREATMENT)]
    treatment = shelf.one(TREATMENT, Group).features
    rows: dict[str, int] = {}
    weights: list[Array] = []
    starts: list[int] = []
    for group in told:
        starts.append(len(rows))
        for name, feature in group.features.items():
            if name in rows:
                raise CatalogueError(f"emissions: {name} stands in two groups")
            rows[name] = len(rows)
            weights.append(settings.scale.get(group.group, 1.0) * row(name, feature, types))
    return Emissions(
        settings=settings,
        groups=tuple(group.group for group in told),
        treatment={name: row(name, feature, types) for name, feature in treatment.items()},
        rows=rows,
        counted=np.array([place for name, place in rows.items() if name in SLOT], dtype=np.intp),
        slots=np.array([SLOT[name] for name in rows if name in SLOT], dtype=np.intp),
        weights=np.array(weights),
        starts=np.array(starts, dtype=np.intp),
        caps=np.array([group.cap for group in told]),
        voices=np.array([settings.voices.held, settings.voices.wanted, 0.0])[:, None],
        temperature=np.array([[settings.temperature[track]] for track in TRACKS]),
        tracks=np.array([[group.tracks.get(track, 0.0) for group in told] for track in TRACKS]),
    )


def row(name: str, feature: Feature, types: Types) -> Array:
    """One feature's nats for each type, centred: what is said of all types alike says nothing."""
    nats = np.zeros(len(TYPES))
    for axis, slope in feature.along.items():
        if axis not in AXES:
            raise CatalogueError(f"emissions: {name}: {axis} is not an axis")
        nats += slope * types.axis(axis)
    own = np.zeros(len(TYPES))
    for key, value in sorted(feature.weights.items(), key=lambda pair: pair[0] not in FAMILIES):
        if key in FAMILIES:
            own[types.family_of[:, FAMILIES.index(key)] > 0] = value
        elif key in TYPE_INDEX:
            own[TYPE_INDEX[key]] = value
        else:
            raise CatalogueError(f"emissions: {name}: {key} is neither a type nor a family")
    nats += own
    return np.asarray(nats - nats.mean())
