"""What each feature says of each type, in nats, as arrays; every weight is told with its source in data/emissions."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from listener.catalogue.shelf import CatalogueError, Entry, Shelf
from listener.catalogue.types import AXES, Types
from listener.model.tie import SLOT
from listener.model.types import FAMILIES, TRACKS, TYPE_INDEX, TYPES, Track, TypeId

SETTINGS: Final = "emissions/settings.yaml"
TREATMENT: Final = "emissions/treatment.yaml"
LEARNED: Final = "emissions/learned.yaml"
VOICE: Final = "voice_"
SLOPES: Final[tuple[str, ...]] = (*AXES, *FAMILIES, *TYPES)
"""What a feature may learn to speak of: the axes, standardised over the types; the families and each type, centred."""
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
    """A direct answer gives its type this share; all else weighs this much beside it, all of it so many days after."""

    share: float
    evidence_beside: float
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


class Fading(Entry):
    """How much the prior counts: `first` when nothing was heard, then less toward what was learned, by `talks`.

    Evidence is made of shares and saturating counts, so it does not grow as fast as what was heard; the prior fades
    instead. Those who write once are customers at large; those heard often speak for themselves.
    """

    first: float = Field(ge=0, le=1)
    talks: float = Field(gt=0)


class EmissionSettings(Entry):
    """The few global numbers."""

    half_life_days: HalfLives
    voices: Voices
    prior: Fading
    temperature: dict[Track, float]
    scale: dict[str, float] = Field(default_factory=dict)
    survey: Survey
    jump: Jump
    enacted: Enacted
    source: str


class Learned(Entry):
    """What development histories have taught (scripts/tie/fit.py): slopes of features, and the few global numbers.

    `once`: nats by which each type is likelier among those who write in once than among customers at large.
    """

    source: str
    scale: dict[str, float] = Field(default_factory=dict)
    prior: float = 1.0
    once: dict[TypeId, float] = Field(default_factory=dict)
    temperature: dict[Track, float] = Field(default_factory=dict)
    slopes: dict[str, dict[str, float]] = Field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Emissions:
    """The weights as arrays: features by 29 types, centred, in groups.

    `rows` gives a feature's row; `counted` are the rows of features that are counts as they stand, `slots` their places
    in SLOTS; `weights` (features, 29) are scaled by their group's scale; `bare` are the weights knowledge has
    set, before anything was learned; `slopes_of` (29, 49) is where each type lies on SLOPES; `starts` is each group's
    first row, `group_of` each row's group; `once` (29,) is what the
    prior is moved by for one who writes in once; `caps` (groups,) in nats; `tracks` (3, groups) and `temperature`
    (3, 1) in the order of TRACKS. The last group is what the words themselves say: a row a type, VOICE before its name.
    `treatment` is the row of each thing the firm does, for the enacted track.
    """

    settings: EmissionSettings
    learned: Learned
    groups: tuple[str, ...]
    treatment: dict[str, Array]
    rows: dict[str, int]
    counted: NDArray[np.intp]
    slots: NDArray[np.intp]
    bare: Array
    slopes_of: Array
    weights: Array
    starts: NDArray[np.intp]
    group_of: NDArray[np.intp]
    caps: Array
    tracks: Array
    temperature: Array
    prior: float
    once: Array

    @property
    def names(self) -> tuple[str, ...]:
        """The features in order of their rows."""
        return tuple(self.rows)


def read_emissions(shelf: Shelf, types: Types) -> Emissions:
    """All groups of features, what was learned, and the settings."""
    settings, learned = shelf.one(SETTINGS, EmissionSettings), _learned(shelf)
    apart = (SETTINGS, TREATMENT, LEARNED)
    groups = [shelf.one(name, Group) for name in shelf.names("emissions") if name not in apart]
    groups.append(spoken(settings.voices))
    treatment = shelf.one(TREATMENT, Group).features
    rows = _rows(groups)
    bare = np.array([row(name, feature, types) for group in groups for name, feature in group.features.items()])
    scale = [learned.scale.get(group.group, 1.0) * settings.scale.get(group.group, 1.0) for group in groups]
    sizes = [len(group.features) for group in groups]
    slopes = slopes_of(types)
    temperature = settings.temperature | learned.temperature
    return Emissions(
        settings=settings,
        learned=learned,
        groups=tuple(group.group for group in groups),
        treatment={name: row(name, feature, types) for name, feature in treatment.items()},
        rows=rows,
        counted=np.array([place for name, place in rows.items() if name in SLOT], dtype=np.intp),
        slots=np.array([SLOT[name] for name in rows if name in SLOT], dtype=np.intp),
        bare=bare,
        slopes_of=slopes,
        weights=np.repeat(scale, sizes)[:, None] * bare
        + _taught(learned, rows, np.repeat(_on(settings, groups), sizes)) @ slopes.T,
        starts=np.cumsum([0, *sizes[:-1]], dtype=np.intp),
        group_of=np.repeat(np.arange(len(groups), dtype=np.intp), sizes),
        caps=np.array([group.cap for group in groups]),
        temperature=np.array([[temperature[track]] for track in TRACKS]),
        tracks=np.array([[group.tracks.get(track, 0.0) for group in groups] for track in TRACKS]),
        prior=learned.prior,
        once=np.array([learned.once.get(name, 0.0) for name in TYPES]),
    )


def spoken(voices: Voices) -> Group:
    """What the words themselves say, as a group of features: each type's voice speaks for its own type."""
    source = "the ear's heads over the authored voices (data/voices)"
    features = {VOICE + name: Feature(weights={name: voices.scale}, source=source) for name in TYPES}
    tracks: dict[Track, float] = {"wanted": voices.wanted, "held": voices.held}
    return Group(group="voices", tracks=tracks, cap=voices.cap, features=features)


def _learned(shelf: Shelf) -> Learned:
    if LEARNED in shelf.names("emissions"):
        return shelf.one(LEARNED, Learned)
    return Learned(source="nothing was learned")


def _rows(groups: list[Group]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for group in groups:
        for name in group.features:
            if name in rows:
                raise CatalogueError(f"emissions: {name} stands in two groups")
            rows[name] = len(rows)
    return rows


def _on(settings: EmissionSettings, groups: list[Group]) -> list[float]:
    """A group whose scale is set to 0 is off: what was learned of it is off too."""
    return [float(settings.scale.get(group.group, 1.0) != 0) for group in groups]


def _taught(learned: Learned, rows: dict[str, int], on: Array) -> Array:
    taught = np.zeros((len(rows), len(SLOPES)))
    for name, slopes in learned.slopes.items():
        for slope, nats in slopes.items():
            if name in rows:  # what was learned of a feature since taken away says nothing
                taught[rows[name], SLOPES.index(slope)] = nats * on[rows[name]]
    return taught


def slopes_of(types: Types) -> Array:
    """Where each type lies on what can be learned: axes standardised and of one length together, the others centred.

    Under one penalty on all slopes, what many types share is learned along axes and families, and what is left over
    type by type.
    """
    axes = (types.coordinates - types.coordinates.mean(0)) / types.coordinates.std(0) / np.sqrt(len(AXES))
    return np.hstack([axes, types.family_of - types.family_of.mean(0), np.eye(len(TYPES)) - 1.0 / len(TYPES)])


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
