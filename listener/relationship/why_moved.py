"""Why what a customer is believed to want went from one type to another: what speaks for the new one that did not."""

from typing import NamedTuple

import numpy as np

from listener.catalogue import Catalogue
from listener.catalogue.emissions import VOICE
from listener.model.inputs import Profile
from listener.model.tie import TieState
from listener.model.types import TRACK_INDEX, TYPE_INDEX
from listener.relationship.belief import features, look
from listener.relationship.why import moved_by_jumps

WANTED = TRACK_INDEX["wanted"]
WORTH_TELLING = 0.05
"""Nats below which a feature did not tip it from one type to another."""


class Reason(NamedTuple):
    """A feature of the catalogue's (or `voice`, `answer`, `rupture`, `mending`), and whether there is now more of it.

    `nats` is how much further it now speaks for the new type over the old one.
    """

    what: str
    more: bool
    nats: float


def why_moved(
    before: TieState, after: TieState, profile: Profile | None, catalogue: Catalogue, *, fell: str, rose: str
) -> tuple[Reason, ...]:
    """The reasons worth telling, the strongest first; none where nothing in particular tipped it.

    The groups' caps are left out of account: what is told is an order, not a sum.
    """
    up, down, emissions = TYPE_INDEX[rose], TYPE_INDEX[fell], catalogue.emissions
    earlier, later = (features(look(tie, profile, after.at_s, catalogue), catalogue) for tie in (before, after))
    change = later - earlier
    counts = emissions.tracks[WANTED][emissions.group_of]
    nats = change * (emissions.weights[:, up] - emissions.weights[:, down]) * counts
    said = np.array([name.startswith(VOICE) for name in emissions.names])
    told = [Reason("voice", True, float(nats[said].sum()))]
    told += [
        Reason(name, bool(grew > 0), float(n))
        for name, grew, n, is_voice in zip(emissions.names, change, nats, said, strict=True)
        if not is_voice
    ]
    moved = moved_by_jumps(before, after, profile, catalogue)
    if moved is not None:
        told.append(Reason(_jump(before, after), True, float(moved[WANTED, up] - moved[WANTED, down])))
    return tuple(sorted((one for one in told if one.nats >= WORTH_TELLING), key=lambda one: -one.nats))


def _jump(before: TieState, after: TieState) -> str:
    """What the jump was: something broken, something mended, or what the customer said outright."""
    broke, mended = after.ruptured - before.ruptured, after.mended - before.mended
    if max(broke, mended) <= 0:
        return "answer"
    return "rupture" if broke >= mended else "mending"
