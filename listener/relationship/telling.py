"""What others are told of a belief: the estimate, and the moves worth a message."""

from collections.abc import Iterator
from datetime import datetime

from listener.catalogue import Catalogue
from listener.model.inputs import Profile
from listener.model.outputs import Dimensions, Estimate, TrackEstimate, Transition, TypeShare
from listener.model.reading import Reading
from listener.model.types import FAMILIES, TRACKS, TYPES
from listener.relationship.packing import Numbers
from listener.relationship.value import at_stake

MARGIN = 0.05
"""A new type must lead the old one by this much before the belief is said to have moved (hysteresis)."""
NAMED_AT = 0.3
"""A type less probable than this is not named as what the belief moved to."""
DISTRESSED, CALM = 0.6, 0.4


def estimate(
    reading: Reading,
    who: tuple[str, str],
    at: datetime,
    heard: int,
    strain: float,
    profile: Profile | None,
    catalogue: Catalogue,
) -> Estimate:
    """The belief as the CRM reads it; `who` is customer and brand."""
    held, wanted, enacted = (
        track_estimate(reading.p[i], reading.unsettled[i], reading.top(track), catalogue)
        for i, track in enumerate(TRACKS)
    )
    return Estimate(
        customer_id=who[0],
        brand=who[1],
        as_of=at,
        events_heard=heard,
        held=held,
        wanted=wanted,
        enacted=enacted,
        dimensions=Dimensions(
            valence=_within(reading.valence, -1.0),
            intimacy=_within(reading.intimacy, 0.0),
            intensity=_within(reading.intensity, 0.0),
            power=_within(reading.power, -1.0),
        ),
        strength=round(reading.strength, 4),
        strain=round(max(0.0, strain), 4),
        distress=round(reading.distress, 4),
        engagement=reading.engagement,
        leaving=round(reading.leaving, 4),
        value=at_stake(profile, reading.leaving),
        because=reading.because,
        catalogue=catalogue.version,
    )


def _within(x: float, low: float) -> float:
    return round(min(1.0, max(low, x)), 4)


def track_estimate(p: Numbers, unsettled: float, top: list[tuple[str, float]], catalogue: Catalogue) -> TrackEstimate:
    """One track: three types, seven families, how unsettled."""
    families = p @ catalogue.types.family_of
    return TrackEstimate(
        top=tuple(TypeShare(type=name, p=round(share, 4)) for name, share in top),
        family={family: round(float(share), 4) for family, share in zip(FAMILIES, families, strict=True)},
        unsettled=round(unsettled, 4),
    )


def transitions(
    before: Reading, after: Reading, who: tuple[str, str], at: datetime, catalogue: Catalogue
) -> tuple[Transition, ...]:
    """Moves between two readings: another type on top of a track, engagement turned, distress set in or eased."""
    return tuple(_moves(before, after, who, at, catalogue))


def _moves(
    before: Reading, after: Reading, who: tuple[str, str], at: datetime, catalogue: Catalogue
) -> Iterator[Transition]:
    def told(kind: str, track: str, source: str, target: str, p: float, expected: bool) -> Transition:
        return Transition(
            customer_id=who[0],
            brand=who[1],
            at=at,
            kind=kind,
            track=track,
            from_=source,
            to=target,
            p=round(p, 4),
            expected_path=expected,
            because=after.because,
        )

    for i, (was, now) in enumerate(zip(before.p.argmax(1).tolist(), after.p.argmax(1).tolist(), strict=True)):
        p = float(after.p[i, now])
        if was != now and p - after.p[i, was] >= MARGIN and p >= NAMED_AT:
            source, target = TYPES[was], TYPES[now]
            yield told("type_change", TRACKS[i], source, target, p, catalogue.types.is_expected(source, target))
    if before.engagement != after.engagement:
        yield told("engagement", "held", before.engagement, after.engagement, 1.0, True)
    if before.distress < DISTRESSED <= after.distress:
        yield told("distress", "held", "calm", "distressed", after.distress, True)
    elif before.distress > CALM >= after.distress:
        yield told("distress", "held", "distressed", "calm", 1.0 - after.distress, True)
