"""Where a belief begins, how it joins another, and how it endures what did not happen."""

from datetime import datetime

from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.inputs import Profile
from listener.model.tie import RING, SLOTS, TieState
from listener.relationship.belief import N, fading
from listener.relationship.distress import distress_at
from listener.relationship.jumps import WOUNDS, enact
from listener.relationship.packing import pack, pack_sparse, unpack, unpack_sparse
from listener.relationship.why import KEPT


def begin(profile: Profile | None, at: datetime, catalogue: Catalogue) -> TieState:
    """A belief about a customer nobody has heard of: the prior, which the profile bends whenever it is read."""
    del profile, catalogue  # both speak when the belief is read, so that a profile told later counts as much
    moment = int(at.timestamp())
    return TieState(begun_s=moment, at_s=moment, anchor_s=moment)


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
    return replace(tie, wounds=(*tie.wounds, *fresh)[-WOUNDS:])


def merge(tie: TieState, other: TieState, catalogue: Catalogue) -> TieState:
    """One customer where two were thought: counts and shifts add up, rings are read as one story."""
    at_s, lives = max(tie.at_s, other.at_s), catalogue.emissions.settings.half_life_days
    both = (tie, other)
    begun = min(t.begun_s for t in both)
    first = [t.first_s for t in both if t.first_s]
    offsets = [(t.begun_s - begun) // 60 for t in both]
    moves = sorted(
        (m + o, n) for t, o in zip(both, offsets, strict=True) for m, n in zip(t.moves, t.lengths, strict=True)
    )
    orders = sorted((m + o, value, kind) for t, o in zip(both, offsets, strict=True) for m, value, kind in t.orders)
    reasons = sorted((*tie.because, *other.because), key=lambda moved: -abs(moved[4]))[:KEPT]
    newest = max(both, key=lambda t: t.at_s)
    return replace(
        newest,
        begun_s=begun,
        at_s=at_s,
        anchor_s=at_s,
        first_s=min(first, default=0),
        last_s=max(t.last_s for t in both),
        counts=pack_sparse(sum(unpack_sparse(t.counts, len(SLOTS)) * fading(t, at_s, lives.counts) for t in both)),
        voices=pack(sum(unpack(t.voices, N) * fading(t, at_s, lives.counts) for t in both)),
        shifts=pack(sum(unpack(t.shifts, 2 * N) * fading(t, at_s, lives.shifts) for t in both)),
        enacted=pack(sum(unpack(t.enacted, N) * fading(t, at_s, lives.enacted) for t in both)),
        moves=tuple(m for m, _ in moves)[-RING:],
        lengths=tuple(n for _, n in moves)[-RING:],
        orders=tuple(orders)[-RING:],
        launched_s=max(t.launched_s for t in both),
        answered=max((t.answered for t in both), key=lambda told: told[2]),
        distress=max(distress_at(t, at_s) for t in both),
        distress_s=at_s,
        because=tuple(reasons),
        opted_out_s=max(t.opted_out_s for t in both),
        wounds=tuple(sorted((*tie.wounds, *other.wounds)))[-WOUNDS:],
    )
