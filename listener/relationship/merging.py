"""Two customers who turn out to be one: their ties read as two halves of one history.

Counts and shifts fade to one moment and add up; of what is known once the latest word holds; rings are one story.
"""

from collections.abc import Callable
from datetime import datetime

import numpy as np
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.tie import RING, SLOTS, Moved, Order, TieState
from listener.relationship.belief import fading, jumped, look
from listener.relationship.distress import felt_at
from listener.relationship.enduring import forget
from listener.relationship.engagement import MOST_SLIGHTS, slights_at
from listener.relationship.jumps import WOUNDS
from listener.relationship.packing import Numbers, pack, pack_sparse, pack_sums, unpack, unpack_sparse
from listener.relationship.revising import LONGEST, SITTING_MINUTES
from listener.relationship.scales import N
from listener.relationship.why import KEPT

Both = tuple[TieState, TieState]
"""The half that fell silent first, and the other."""


def merge(tie: TieState | None, other: TieState | None, at: datetime, catalogue: Catalogue) -> TieState | None:
    """One customer where two were thought, from whichever side; one of whom nothing is known adds nothing."""
    known = [one for one in (tie, other) if one is not None and not _is_empty(one)]
    if len(known) < 2:
        return known[0] if known else tie or other
    halves = sorted((forget(one, at) for one in known), key=lambda half: (half.last_s, half.talk_s))
    return _join((halves[0], halves[1]), catalogue)


def _is_empty(tie: TieState) -> bool:
    return replace(tie, at_s=0, anchor_s=0) == TieState()


def _join(both: Both, catalogue: Catalogue) -> TieState:
    earlier, later = both
    at_s = max(half.at_s for half in both)
    moves, lengths, orders = _as_one_story(both)
    spoken = max(both, key=lambda half: (half.talk_s, half.talk))
    joined = TieState(
        begun_s=_begun_s(both),
        at_s=at_s,
        anchor_s=at_s,
        first_s=min((half.first_s for half in both if half.first_s), default=0),
        last_s=later.last_s,
        moves=moves,
        lengths=lengths,
        orders=orders,
        launched_s=max(half.launched_s for half in both),
        talk=spoken.talk,
        talk_s=spoken.talk_s,
        said=spoken.said,
        answered=max((half.answered for half in both), key=lambda answer: (answer[2], answer)),
        because=_reasons(both),
        named=_named(both),
        opted_out_s=max(half.opted_out_s for half in both),
        engaged=later.engaged or earlier.engaged,
        agent=spoken.agent or earlier.agent or later.agent,
        turn=max((half.turn for half in both), key=lambda turn: (turn.at_s, turn.talk)),
    )
    return _hurt_as_both(_counted_as_both(joined, both, catalogue), both, catalogue)


def _counted_as_both(joined: TieState, both: Both, catalogue: Catalogue) -> TieState:
    """With all that is counted: of both halves, faded to the moment of the joined one, and added up."""
    lives = catalogue.emissions.settings.half_life_days

    def summed(stored: Callable[[TieState], Numbers], half_life_days: float) -> Numbers:
        return sum((stored(half) * fading(half, joined.at_s, half_life_days) for half in both), start=np.zeros(1))

    counts, counts_carry = pack_sparse(
        summed(lambda half: unpack_sparse(half.counts, half.counts_carry, len(SLOTS)), lives.counts)
    )
    voices, voices_carry = pack_sums(summed(lambda half: unpack(half.voices, N, half.voices_carry), lives.counts))
    return replace(
        joined,
        counts=counts,
        counts_carry=counts_carry,
        voices=voices,
        voices_carry=voices_carry,
        shifts=pack(summed(lambda half: unpack(half.shifts, 2 * N), lives.shifts)),
        enacted=pack(summed(lambda half: unpack(half.enacted, N), lives.enacted)),
    )


def _hurt_as_both(joined: TieState, both: Both, catalogue: Catalogue) -> TieState:
    """With all that hurt: distress, slights, wounds, and the graver rupture of the two with what mended it."""
    at_s = joined.at_s
    ruptured, mended = max((jumped(half, at_s, catalogue) for half in both), key=sum)
    return replace(
        joined,
        distress=_felt(both, at_s, catalogue),
        distress_s=at_s,
        pained=any(half.pained for half in both),
        wounds=tuple(sorted({wound for half in both for wound in half.wounds}))[-WOUNDS:],
        slights=min(MOST_SLIGHTS, sum(slights_at(half, at_s) for half in both)),
        slights_s=at_s,
        ruptured=ruptured,
        mended=mended,
        jumped_s=at_s if ruptured or mended else 0,
    )


def _begun_s(both: Both) -> int:
    return min((half.begun_s for half in both if half.begun_s), default=0)


def _as_one_story(both: Both) -> tuple[tuple[int, ...], tuple[int, ...], tuple[Order, ...]]:
    """The latest moves, how long each was, the latest orders; minutes count from where the first half begins."""
    begun_s = _begun_s(both)
    told: list[tuple[int, int]] = []
    orders: list[Order] = []
    for half in both:
        later = (half.begun_s - begun_s) // 60 if half.begun_s else 0
        told += [(minute + later, words) for minute, words in zip(half.moves, half.lengths, strict=True)]
        orders += [(minute + later, value, kind) for minute, value, kind in half.orders]
    moves: dict[int, int] = {}
    for minute, words in sorted(told):
        begun = next(reversed(moves), None)
        if begun is not None and minute - begun < SITTING_MINUTES:
            moves[begun] = min(moves[begun] + words, LONGEST)
        else:
            moves[minute] = words
    return tuple(moves)[-RING:], tuple(moves.values())[-RING:], tuple(sorted(orders)[-RING:])


def _felt(both: Both, at_s: int, catalogue: Catalogue) -> float:
    """What is felt at a moment: of the earlier half what the later one's turns since then have kept, as turns do."""
    earlier, later = both
    since = sum(later.begun_s + 60 * minute > earlier.last_s for minute in later.moves)
    share = since / len(later.moves) if later.moves else 0.0
    view, known = look(later, None, at_s, catalogue), catalogue.distress
    turns, chats = share * view.n("turns"), share * view.n("chats")
    kept = known.keeps_in_chat**chats * known.keeps ** (turns - chats)
    low, high = known.within
    felt = felt_at(later, at_s, catalogue) + kept * felt_at(earlier, at_s, catalogue)
    return float(min(high, max(low, felt)))


def _reasons(both: Both) -> tuple[Moved, ...]:
    """The strongest reasons of both, those of the half heard last behind the other's: newest last, as they are told."""
    every = tuple({moved[0]: moved for half in both for moved in half.because}.values())
    strongest = sorted(every, key=lambda moved: -abs(moved[4]))[:KEPT]
    return tuple(moved for moved in every if moved in strongest)


def _named(both: Both) -> tuple[int, int, int]:
    """The types that were told last; what was never told of the half heard last may have been of the other."""
    earlier, later = both
    return earlier.named if -1 in later.named else later.named
