"""What moved the belief: of one signal, which feature moved which type most, and the five strongest kept."""

import numpy as np
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.inputs import Profile
from listener.model.outputs import Because
from listener.model.signals import Said
from listener.model.tie import Moved, TieState
from listener.model.types import TRACKS, TYPES
from listener.relationship.belief import N, fading, features, look, voiced
from listener.relationship.packing import unpack

KEPT = 5
WORTH_TELLING = 0.15
"""Nats below which a signal moved nothing worth telling."""
FADES = 0.9
"""What an older reason weighs against each newer one when there is place for five only."""


def remember(
    before: TieState, after: TieState, signal: Said, profile: Profile | None, catalogue: Catalogue
) -> TieState:
    """Keep this signal among the five that moved the belief most, if it did."""
    moved = _moved_most(before, after, signal.event_id, profile, catalogue)
    if moved is None:
        return after
    older = [(event, what, track, kind, round(FADES * nats, 3)) for event, what, track, kind, nats in after.because]
    if len(older) == KEPT:
        weakest = min(range(KEPT), key=lambda i: abs(older[i][4]))
        if abs(older[weakest][4]) >= abs(moved[4]):
            return replace(after, because=tuple(older))
        del older[weakest]
    return replace(after, because=(*older, moved))


def _moved_most(
    before: TieState, after: TieState, event_id: str, profile: Profile | None, catalogue: Catalogue
) -> Moved | None:
    emissions, at_s = catalogue.emissions, after.at_s
    earlier, later = look(before, profile, at_s, catalogue), look(after, profile, at_s, catalogue)
    change = features(later, catalogue) - features(earlier, catalogue)
    nats = change[:, None] * emissions.weights
    spoken = voiced(later, catalogue) - voiced(earlier, catalogue)
    fade = fading(after, at_s, emissions.settings.half_life_days.shifts)
    jumped = (unpack(after.shifts, 2 * N) - unpack(before.shifts, 2 * N)).reshape(2, N) * fade
    total = nats.sum(0) + spoken + jumped[1]
    place = int(np.argmax(np.abs(total)))
    track = 1
    if abs(jumped[0]).max() > abs(total[place]):
        track, place = 0, int(np.argmax(np.abs(jumped[0])))
    size = float(jumped[0, place] if track == 0 else total[place])
    if abs(size) < WORTH_TELLING:
        return None
    parts = nats[:, place] * np.sign(size)
    best = int(np.argmax(parts))
    rivals = {
        emissions.names[best]: parts[best],
        "voice": spoken[place] * np.sign(size),
        "jump": jumped[track, place] * np.sign(size),
    }
    return event_id, max(rivals, key=lambda name: float(rivals[name])), track, place, round(size, 3)


def reasons(tie: TieState) -> tuple[Because, ...]:
    """The signals that moved the belief most, newest first."""
    return tuple(
        Because(event_id=event, signal=what, moved=TRACKS[track], type=TYPES[place], weight=round(nats, 2))
        for event, what, track, place, nats in reversed(tie.because)
    )
