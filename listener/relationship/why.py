"""What moved the belief: of one signal, which feature moved which type most, and the five strongest kept."""

import numpy as np
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.catalogue.emissions import VOICE
from listener.model.inputs import Profile
from listener.model.outputs import Because
from listener.model.signals import Act, Said
from listener.model.tie import SLOT, SLOTS, Moved, TieState
from listener.model.types import TRACKS, TYPES
from listener.relationship.belief import N, fading, features, look, spoken
from listener.relationship.packing import Numbers, unpack, unpack_sparse

KEPT = 5
WORTH_TELLING = 0.15
"""Nats below which a signal moved nothing worth telling."""
FADES = 0.9
"""What an older reason weighs against each newer one when there is place for five only."""
WANTED = 1


def remember(
    before: TieState, after: TieState, signal: Said, profile: Profile | None, catalogue: Catalogue
) -> TieState:
    """Keep this signal among the five that moved the belief most, if it did."""
    moved = _moved_most(before, after, signal, profile, catalogue)
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
    before: TieState, after: TieState, signal: Said, profile: Profile | None, catalogue: Catalogue
) -> Moved | None:
    emissions = catalogue.emissions
    change = _change(before, after, signal, profile, catalogue)
    jumped = _jumped(before, after, catalogue)
    total = jumped.copy()
    total[WANTED] += change @ emissions.weights
    track, place = divmod(int(np.abs(total).argmax()), N)
    size = float(total[track, place])
    if abs(size) < WORTH_TELLING:
        return None
    way = 1.0 if size > 0 else -1.0
    nats = way * change * emissions.weights[:, place]
    best = int(nats.argmax())
    by_jump = way * float(jumped[track, place]) >= float(nats[best])
    what = "jump" if by_jump else _called(emissions.names[best])
    return signal.event_id, what, track, place, round(size, 3)


def _called(feature: str) -> str:
    return "voice" if feature.startswith(VOICE) else feature


def _change(before: TieState, after: TieState, signal: Said, profile: Profile | None, catalogue: Catalogue) -> Numbers:
    """How far the features moved; after a turn only the cues counted as they stand, the manner is in the voice."""
    emissions, at_s = catalogue.emissions, after.at_s
    if isinstance(signal, Act):
        earlier, later = (look(tie, profile, at_s, catalogue) for tie in (before, after))
        return features(later, catalogue) - features(earlier, catalogue)
    life = emissions.settings.half_life_days.counts
    old, new = (unpack_sparse(tie.counts, len(SLOTS)) * fading(tie, at_s, life) for tie in (before, after))
    change = np.zeros(len(emissions.rows))
    change[emissions.counted] = 2.0 * (np.exp2(-old[emissions.slots]) - np.exp2(-new[emissions.slots]))
    if before.voices != after.voices:
        turns = SLOT["voiced"]
        change[-N:] = spoken(after, new[turns], at_s, catalogue) - spoken(before, old[turns], at_s, catalogue)
    return change


def _jumped(before: TieState, after: TieState, catalogue: Catalogue) -> Numbers:
    if before.shifts == after.shifts:
        return np.zeros((2, N))
    life = catalogue.emissions.settings.half_life_days.shifts
    old, new = (unpack(tie.shifts, 2 * N) * fading(tie, after.at_s, life) for tie in (before, after))
    return (new - old).reshape(2, N)


def reasons(tie: TieState) -> tuple[Because, ...]:
    """The signals that moved the belief most, newest first."""
    return tuple(
        Because.model_construct(
            event_id=event, signal=what, moved=TRACKS[track], type=TYPES[place], weight=round(nats, 2)
        )
        for event, what, track, place, nats in reversed(tie.because)
    )
