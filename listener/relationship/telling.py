"""What others are told of a belief: the estimate, and the moves worth a message."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.inputs import Profile
from listener.model.outcomes import Draft
from listener.model.outputs import Engagement, Estimate, Transition
from listener.model.reading import Reading
from listener.model.tie import TieState
from listener.model.types import FAMILIES, TRACKS, TYPES
from listener.relationship.value import at_stake

MARGIN = 0.05
"""A new type must lead the old one by this much before the belief is said to have moved (hysteresis)."""
NAMED_AT = 0.3
"""A type less probable than this is not named as what the belief moved to."""
DISTRESSED, CALM = 0.6, 0.4
ENGAGED: Final[tuple[Engagement | None, ...]] = (None, "ratcheting_up", "steady", "dialling_down")
"""What a tie's `engaged` stands for."""


def estimate(
    reading: Reading,
    who: tuple[str, str],
    at: datetime,
    heard: int,
    strain: float,
    profile: Profile | None,
    catalogue: Catalogue,
) -> Draft:
    """The belief as the CRM reads it; `who` is customer and brand."""
    value = {
        "customer_id": who[0],
        "brand": who[1],
        "as_of": at,
        "events_heard": heard,
        **_tracks(reading, catalogue),
        "dimensions": {
            "valence": _within(reading.valence, -1.0),
            "intimacy": _within(reading.intimacy, 0.0),
            "intensity": _within(reading.intensity, 0.0),
            "power": _within(reading.power, -1.0),
        },
        "strength": round(reading.strength, 4),
        "strain": round(max(0.0, strain), 4),
        "distress": round(reading.distress, 4),
        "engagement": reading.engagement,
        "leaving": round(reading.leaving, 4),
        "value": at_stake(profile, reading.leaving),
        "because": [vars(reason) for reason in reading.because],
        "catalogue": catalogue.version,
    }
    return Draft(Estimate, value)


def _tracks(reading: Reading, catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """What is held, wanted and enacted: the likeliest types, the families, how unsettled it is."""
    families = (reading.p @ catalogue.types.family_of).round(4).tolist()
    return {
        track: {
            "top": [{"type": name, "p": round(share, 4)} for name, share in reading.top(track)],
            "family": dict(zip(FAMILIES, families[i], strict=True)),
            "unsettled": round(reading.unsettled[i], 4),
        }
        for i, track in enumerate(TRACKS)
    }


def _within(x: float, low: float) -> float:
    return round(min(1.0, max(low, x)), 4)


def transitions(
    tie: TieState, before: Reading, after: Reading, who: tuple[str, str], at: datetime, catalogue: Catalogue
) -> tuple[TieState, tuple[Draft, ...]]:
    """Moves from what was last told: another type on top of a track, engagement turned, distress set in or eased.

    Of a customer of whom nothing was told yet, what was believed `before` counts as told. Where only time has passed
    nothing is told; the next event tells of it.
    """
    if after is before:
        return tie, ()
    occasion = Occasion(after, who, at)
    named, moves = _named(tie, before, occasion, catalogue)
    engaged = ENGAGED[tie.engaged] or before.engagement
    if engaged != after.engagement:
        moves.append(occasion.move("engagement", "held", engaged, after.engagement, 1.0))
    pained = after.distress > CALM if tie.pained else after.distress >= DISTRESSED
    if pained and not tie.pained:
        moves.append(occasion.move("distress", "held", "calm", "distressed", after.distress))
    elif tie.pained and not pained:
        moves.append(occasion.move("distress", "held", "distressed", "calm", 1.0 - after.distress))
    as_told = (named, ENGAGED.index(after.engagement), pained)
    if as_told != (tie.named, tie.engaged, tie.pained):
        tie = replace(tie, named=named, engaged=as_told[1], pained=pained)
    return tie, tuple(moves)


def _named(
    tie: TieState, before: Reading, occasion: "Occasion", catalogue: Catalogue
) -> tuple[tuple[int, int, int], list[Draft]]:
    """The type named on each track from now on, and the moves to those that were not named before."""
    p, moves = occasion.after.p, []
    named = list(tie.named if -1 not in tie.named else before.p.argmax(1).tolist())
    for i, now in enumerate(p.argmax(1).tolist()):
        was, share = named[i], float(p[i, now])
        if was != now and share - p[i, was] >= MARGIN and share >= NAMED_AT:
            expected = catalogue.types.is_expected(TYPES[was], TYPES[now])
            moves.append(occasion.move("type_change", TRACKS[i], TYPES[was], TYPES[now], share, expected=expected))
            named[i] = now
    return (named[0], named[1], named[2]), moves


class Occasion(NamedTuple):
    """What every move tells alike: of whom, when, and because of what."""

    after: Reading
    who: tuple[str, str]
    at: datetime

    def move(self, kind: str, track: str, source: str, target: str, p: float, *, expected: bool = True) -> Draft:
        """One move."""
        value = {
            "customer_id": self.who[0],
            "brand": self.who[1],
            "at": self.at,
            "kind": kind,
            "track": track,
            "from": source,
            "to": target,
            "p": round(p, 4),
            "expected_path": expected,
            "because": [vars(reason) for reason in self.after.because],
        }
        return Draft(Transition, value)
