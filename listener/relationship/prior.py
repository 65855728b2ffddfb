"""Where a belief begins, how it joins another, and how it endures what did not happen."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.inputs import Command, Profile
from listener.model.tie import RING, SLOTS, Order, TieState
from listener.relationship.belief import N, fading, jumped
from listener.relationship.distress import felt_at
from listener.relationship.engagement import slight, slights_at
from listener.relationship.jumps import WOUNDS, enact, tell
from listener.relationship.packing import Numbers, pack, pack_sparse, unpack, unpack_sparse
from listener.relationship.why import KEPT


def begin(profile: Profile | None, at: datetime, catalogue: Catalogue) -> TieState:
    """A belief about a customer nobody has heard of: the prior, which the profile bends whenever it is read."""
    del profile, catalogue  # both speak when the belief is read, so that a profile told later counts as much
    moment = int(at.timestamp())
    return TieState(at_s=moment, anchor_s=moment)


def acquaint(tie: TieState | None, profile: Profile, at: datetime, catalogue: Catalogue) -> TieState:
    """The belief once the CRM has told who this is; the tie itself begins with the first event."""
    return begin(profile, at, catalogue) if tie is None else forget(tie, at, catalogue)


def override(
    tie: TieState | None, order: Command, profile: Profile | None, at: datetime, catalogue: Catalogue
) -> TieState:
    """An operator says what the relationship is: as good as the customer's own answer."""
    known = forget(tie or begin(profile, at, catalogue), at, catalogue)
    return tell(known, order.held, order.wanted, profile, catalogue)


def forget(tie: TieState, at: datetime, catalogue: Catalogue) -> TieState:
    """Let time pass up to a moment. Amounts fade when they are read, so two steps of a day equal one of two."""
    del catalogue
    return replace(tie, at_s=max(tie.at_s, int(at.timestamp())))


def endure(tie: TieState, findings: tuple[Finding, ...], at: datetime, catalogue: Catalogue) -> TieState:
    """Take in what fell due and did not come: it is treatment, and a wound that the customer may yet react to."""
    if not findings:
        return tie
    tie = enact(forget(tie, at, catalogue), findings, catalogue)
    fresh = [
        (tie.at_s, f.level, 0) for f in findings if f.code.startswith("F") and f.phase == "breached" and f.level >= 2
    ]
    return slight(replace(tie, wounds=(*tie.wounds, *fresh)[-WOUNDS:]), findings)


def merge(tie: TieState | None, other: TieState | None, at: datetime, catalogue: Catalogue) -> TieState | None:
    """One customer where two were thought: counts and shifts add up, rings are read as one story."""
    if tie is None or other is None:
        return tie or other
    return _join((forget(tie, at, catalogue), forget(other, at, catalogue)), catalogue)


def _join(both: tuple[TieState, TieState], catalogue: Catalogue) -> TieState:
    at_s, lives = both[0].at_s, catalogue.emissions.settings.half_life_days
    moves, lengths, orders = _as_one_story(both)
    ruptured, mended = max((jumped(t, at_s, catalogue) for t in both), key=sum)

    def summed(stored: Callable[[TieState], Numbers], half_life_days: float) -> Numbers:
        return np.asarray(sum((stored(t) * fading(t, at_s, half_life_days) for t in both), start=np.zeros(1)))

    return replace(
        max(both, key=lambda t: t.last_s),
        begun_s=min((t.begun_s for t in both if t.begun_s), default=0),
        at_s=at_s,
        anchor_s=at_s,
        first_s=min((t.first_s for t in both if t.first_s), default=0),
        counts=pack_sparse(summed(lambda t: unpack_sparse(t.counts, len(SLOTS)), lives.counts)),
        voices=pack(summed(lambda t: unpack(t.voices, N), lives.counts)),
        shifts=pack(summed(lambda t: unpack(t.shifts, 2 * N), lives.shifts)),
        enacted=pack(summed(lambda t: unpack(t.enacted, N), lives.enacted)),
        moves=moves,
        lengths=lengths,
        orders=orders,
        launched_s=max(t.launched_s for t in both),
        answered=max((t.answered for t in both), key=lambda told: told[2]),
        distress=max(felt_at(t, at_s, catalogue) for t in both),
        distress_s=at_s,
        because=tuple(sorted((m for t in both for m in t.because), key=lambda moved: -abs(moved[4]))[:KEPT]),
        opted_out_s=max(t.opted_out_s for t in both),
        wounds=tuple(sorted(w for t in both for w in t.wounds))[-WOUNDS:],
        slights=sum(slights_at(t, at_s) for t in both),
        slights_s=at_s,
        ruptured=ruptured,
        mended=mended,
        jumped_s=at_s if ruptured or mended else 0,
    )


def _as_one_story(both: tuple[TieState, TieState]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[Order, ...]]:
    begun = min((t.begun_s for t in both if t.begun_s), default=0)
    moves: list[tuple[int, int]] = []
    orders: list[Order] = []
    for tie in both:
        later = (tie.begun_s - begun) // 60 if tie.begun_s else 0
        moves += [(minute + later, words) for minute, words in zip(tie.moves, tie.lengths, strict=True)]
        orders += [(minute + later, value, kind) for minute, value, kind in tie.orders]
    moves = sorted(moves)[-RING:]
    return tuple(m for m, _ in moves), tuple(n for _, n in moves), tuple(sorted(orders)[-RING:])
