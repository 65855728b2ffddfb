"""The belief read out: distributions, dimensions, strength, distress, engagement, likelihood of leaving."""

from datetime import datetime

import numpy as np

from listener.catalogue import Catalogue
from listener.model.inputs import Profile
from listener.model.reading import Reading
from listener.model.tie import TieState
from listener.model.types import TYPES
from listener.relationship.belief import believe, look
from listener.relationship.distress import distress_at
from listener.relationship.engagement import engagement_of
from listener.relationship.packing import Numbers
from listener.relationship.strength import strength_of
from listener.relationship.value import leaving_of
from listener.relationship.why import reasons

_MOST = float(np.log(len(TYPES)))


def read(tie: TieState, profile: Profile | None, at: datetime, catalogue: Catalogue) -> Reading:
    """Everything others ask of a belief, at a moment (never before the newest event heard)."""
    at_s = max(int(at.timestamp()), tie.at_s)
    seen = look(tie, profile, at_s, catalogue)
    p = believe(seen, catalogue)
    held, distress, engagement = p[0], distress_at(tie, at_s), engagement_of(seen)
    valence, intimacy, intensity, power = (float(x) for x in held @ catalogue.types.coordinates[:, :4])
    return Reading(
        p=p,
        unsettled=unsettled(p),
        valence=valence,
        intimacy=intimacy,
        intensity=intensity,
        power=power,
        strength=strength_of(held, seen, catalogue),
        distress=distress,
        engagement=engagement,
        leaving=leaving_of(held, distress, engagement, seen, catalogue),
        because=reasons(tie),
    )


def unsettled(p: Numbers) -> tuple[float, float, float]:
    """Normalised entropy of each track: 0 certain, 1 uniform."""
    bits = -(p * np.log(p)).sum(1) / _MOST
    held, wanted, enacted = (min(1.0, max(0.0, float(x))) for x in bits)
    return held, wanted, enacted
