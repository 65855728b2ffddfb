"""The belief read out: distributions, dimensions, strength, distress, engagement, likelihood of leaving."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import numpy as np
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.inputs import Profile
from listener.model.reading import Reading
from listener.model.tie import TieState
from listener.model.types import TYPES
from listener.relationship.belief import believe, evidence, look
from listener.relationship.distress import distress_at
from listener.relationship.engagement import drawing_back, engagement_of
from listener.relationship.packing import Numbers
from listener.relationship.strength import strength_of
from listener.relationship.value import leaving_of
from listener.relationship.why import reasons

_MOST = float(np.log(len(TYPES)))


def read(tie: TieState, profile: Profile | None, at: datetime, catalogue: Catalogue) -> Reading:
    """Everything others ask of a belief, at a moment (never before the newest event heard)."""
    if profile is None and not tie.begun_s and replace(tie, at_s=0, anchor_s=0) == _NOTHING_HEARD:
        return _of_a_stranger(catalogue)
    return AsAsked(tie, profile, max(int(at.timestamp()), tie.at_s), catalogue)


def read_again(before: Reading, tie: TieState, profile: Profile | None, at: datetime, catalogue: Catalogue) -> Reading:
    """The moment of `before` read anew, after the tie endured what fell due: what was counted says what it said."""
    after = AsAsked(tie, profile, max(int(at.timestamp()), tie.at_s), catalogue)
    if "evidence" in vars(before):
        vars(after)["evidence"] = vars(before)["evidence"]
    return after


def signs_of_drawing_back(
    tie: TieState, profile: Profile | None, at: datetime, catalogue: Catalogue
) -> tuple[str, ...]:
    """What in their conduct speaks most for wanting less of the tie, in words."""
    now = AsAsked(tie, profile, max(int(at.timestamp()), tie.at_s), catalogue)
    return drawing_back(now.view, now.distress, catalogue)


_NOTHING_HEARD: Final = TieState()


@lru_cache(maxsize=8)
def _of_a_stranger(catalogue: Catalogue) -> Reading:
    """What is believed of somebody of whom nothing was ever heard: at any moment the same, so it is read once."""
    return AsAsked(_NOTHING_HEARD, None, 0, catalogue)


class Part:
    """A part of a reading: worked out when it is first asked for, from then on it stands with the reading."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._work = work

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, reading: Any, owner: type) -> Any:
        part = vars(reading)[self._name] = self._work(reading)
        return part


class AsAsked(Reading):
    """A reading of a tie. Most signals ask for little of it, so each part is worked out once, when it is asked for.

    Each is worked out of the others; never of anything but the tie, the profile, the moment, the catalogue.
    """

    tie: TieState
    profile: Profile | None
    at_s: int
    catalogue: Catalogue

    def __init__(self, tie: TieState, profile: Profile | None, at_s: int, catalogue: Catalogue) -> None:
        self.__dict__.update(tie=tie, profile=profile, at_s=at_s, catalogue=catalogue)

    view: Any = Part(lambda r: look(r.tie, r.profile, r.at_s, r.catalogue))
    evidence: Any = Part(lambda r: evidence(r.view, r.catalogue))
    p: Any = Part(lambda r: believe(r.view, r.evidence, r.catalogue))
    unsettled: Any = Part(lambda r: unsettled(r.p))
    dimensions: Any = Part(lambda r: (r.p[0] @ r.catalogue.types.coordinates[:, :4]).tolist())
    valence: Any = Part(lambda r: r.dimensions[0])
    intimacy: Any = Part(lambda r: r.dimensions[1])
    intensity: Any = Part(lambda r: r.dimensions[2])
    power: Any = Part(lambda r: r.dimensions[3])
    strength: Any = Part(lambda r: strength_of(r.p[0], r.view, r.catalogue))
    distress: Any = Part(lambda r: distress_at(r.tie, r.at_s, r.catalogue))
    engagement: Any = Part(lambda r: engagement_of(r.view, r.p[1], r.distress, r.catalogue))
    leaving: Any = Part(lambda r: leaving_of(r.p[0], r.distress, r.engagement, r.view, r.catalogue))
    because: Any = Part(lambda r: reasons(r.tie))


def unsettled(p: Numbers) -> tuple[float, float, float]:
    """Normalised entropy of each track: 0 certain, 1 uniform."""
    bits = np.add.reduce(p * np.log(p), 1) / -_MOST
    held, wanted, enacted = (min(1.0, max(0.0, x)) for x in bits.tolist())
    return held, wanted, enacted
