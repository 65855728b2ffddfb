"""What moved the belief: of one signal, which feature moved which type most, and the five strongest kept."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.catalogue.emissions import VOICE, Emissions
from listener.model.inputs import Profile
from listener.model.outputs import Because
from listener.model.signals import Act, Said
from listener.model.tie import Moved, TieState
from listener.model.types import TRACKS, TYPES
from listener.relationship.belief import believe, evidence, features, look, voiced
from listener.relationship.packing import Numbers
from listener.relationship.scales import N

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
    """Which type moved most, by how many nats, and what moved it most: a feature, or a jump."""
    laid, change = _changed(before, after, signal, profile, catalogue)
    total = change @ laid.weights
    jumped = moved_by_jumps(before, after, profile, catalogue)
    if jumped is not None:
        total = jumped + np.array([np.zeros(N), total])
        track, place = divmod(int(np.abs(total).argmax()), N)
        size = total.item(track, place)
    else:
        track, place = WANTED, int(np.abs(total).argmax())
        size = total.item(place)
    if abs(size) < WORTH_TELLING:
        return None
    nats = change * laid.weights[:, place]
    best = int(nats.argmax() if size > 0 else nats.argmin())
    way = 1.0 if size > 0 else -1.0
    by_jump = jumped is not None and way * jumped.item(track, place) >= way * nats.item(best)
    what = "jump" if by_jump else _called(laid.names[best])
    return signal.event_id, what, track, place, round(size, 3)


def _called(feature: str) -> str:
    return "voice" if feature.startswith(VOICE) else feature


@dataclass(frozen=True, slots=True)
class Laid:
    """Some features' weights, (features, 29), by name."""

    names: tuple[str, ...]
    weights: Numbers


@lru_cache(maxsize=8)
def _laid(emissions: Emissions) -> tuple[Laid, Laid]:
    """All features, and those that a turn moves by itself: the cues counted as they stand, then the voices."""
    of_turns = np.array([*emissions.counted, *range(len(emissions.rows) - N, len(emissions.rows))])
    names = emissions.names
    return (
        Laid(names, emissions.weights),
        Laid(tuple(names[row] for row in of_turns), emissions.weights[of_turns]),
    )


def _changed(
    before: TieState, after: TieState, signal: Said, profile: Profile | None, catalogue: Catalogue
) -> tuple[Laid, Numbers]:
    """How far which features moved; after a turn only the cues counted as they stand, the manner is in the voice."""
    every, of_turns = _laid(catalogue.emissions)
    old, new = look(before, profile, after.at_s, catalogue), look(after, profile, after.at_s, catalogue)
    if isinstance(signal, Act):
        return every, features(new, catalogue) - features(old, catalogue)
    cues = len(of_turns.names) - N
    change = np.empty(len(of_turns.names))
    np.subtract(new.saturated[:cues], old.saturated[:cues], out=change[:cues])
    np.subtract(voiced(new, catalogue), voiced(old, catalogue), out=change[cues:])
    return of_turns, change


def moved_by_jumps(before: TieState, after: TieState, profile: Profile | None, catalogue: Catalogue) -> Numbers | None:
    """What jumps and direct answers moved held and wanted by, in nats, (2, 29)."""
    if before.shifts == after.shifts and before.jumped_s == after.jumped_s:
        return None
    still = replace(
        after, shifts=before.shifts, ruptured=before.ruptured, mended=before.mended, jumped_s=before.jumped_s
    )
    view, unmoved = (look(tie, profile, after.at_s, catalogue) for tie in (after, still))
    says = evidence(view, catalogue)
    said = says if before.shifts == after.shifts else evidence(unmoved, catalogue)  # jumps are no evidence
    return np.asarray(np.log(believe(view, says, catalogue)[:2] / believe(unmoved, said, catalogue)[:2]))


def reasons(tie: TieState) -> tuple[Because, ...]:
    """The signals that moved the belief most, newest first."""
    return tuple(
        Because.model_construct(
            event_id=event, signal=what, moved=TRACKS[track], type=TYPES[place], weight=round(nats, 2)
        )
        for event, what, track, place, nats in reversed(tie.because)
    )
