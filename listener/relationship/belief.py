"""From counts to distributions: prior, evidence in capped groups, voices, jumps and the clock (DESIGN 2)."""

from functools import lru_cache
from typing import Any, Final

import numpy as np

from listener.catalogue import Catalogue
from listener.model.inputs import Profile
from listener.model.spans import DAY_S
from listener.model.tie import SLOTS, TieState
from listener.relationship.evidence import EVIDENCE
from listener.relationship.evidence.tables import Saturating, Shares, Sheet
from listener.relationship.packing import Numbers, unpack, unpack_sparse
from listener.relationship.scales import N, Scales, scales
from listener.relationship.view import View

_FADING = len(SLOTS)
_NOT_VOICED: Final = np.zeros(N)
_TINY = 1e-12
MOST_ENACTED = 6.0
"""Nats that acts of the firm may move the enacted track by."""
FOLLOWS: Final = np.array([[1.0], [0.1]])
"""How far held and wanted go along in a jump: in its heat a customer still wants what they wanted (DESIGN 2)."""


def look(tie: TieState, profile: Profile | None, at_s: int, catalogue: Catalogue) -> View:
    """The customer as evidence functions see them at a moment."""
    emissions = catalogue.emissions
    fade = fading(tie, at_s, emissions.settings.half_life_days.counts)
    return View(*_counted(tie.counts, tie.counts_carry, fade, scales(emissions).sheet), tie, profile, at_s)


@lru_cache(maxsize=512)
def _counted(stored: bytes, carry: bytes, fade: float, sheet: Sheet) -> tuple[Numbers, Numbers]:
    """The counts as they weigh now, and those that saturate; asked for twice by a signal, as voices are."""
    counts = unpack_sparse(stored, carry, _FADING) * fade
    saturated = sheet.saturate(counts)
    counts.setflags(write=False)
    saturated.setflags(write=False)
    return counts, saturated


def fading(tie: TieState, at_s: int, half_life_days: float) -> float:
    """What an amount kept at the anchor weighs at a moment: half after a half-life, so that two steps equal one."""
    return float(2.0 ** -((at_s - tie.anchor_s) / (half_life_days * DAY_S)))


_FUNCTIONS: Final = tuple(one for one in EVIDENCE if not isinstance(one, Shares | Saturating))


def features(view: View, catalogue: Catalogue) -> Numbers:
    """All features in the order of the catalogue's rows: counted cues, tables, what evidence functions say, voices."""
    laid = scales(catalogue.emissions)
    values: Numbers = _laid_out(view, laid, catalogue)[laid.places]
    return values


def _laid_out(view: View, laid: Scales, catalogue: Catalogue) -> Numbers:
    """The same as the scales want them."""
    values, at = laid.blank(), laid.at
    laid.sheet.fill(values, view)
    one_by_one: Any = values.data
    for function in _FUNCTIONS:
        for name, value in function(view).items():
            if value and name in at:
                one_by_one[at[name]] = value
    if view.tie.voices:
        values[laid.voices] = voiced(view, catalogue)
    return values


def voiced(view: View, catalogue: Catalogue) -> Numbers:
    """How well each type explains the customer's words, as it stood at their last move; read-only.

    Turns are alike, so n of them count as n ** power.
    """
    settings, tie, turns = catalogue.emissions.settings, view.tie, view.n("voiced")
    if not tie.voices or turns <= 0:
        return _NOT_VOICED
    fresh = freshness(view, catalogue)
    fade = fading(tie, view.at_s, settings.half_life_days.counts) / fresh
    share = fade * (turns / fresh) ** (settings.voices.power - 1.0)
    return _speaking(tie.voices, tie.voices_carry, share, settings.voices.cap)


@lru_cache(maxsize=512)
def _speaking(stored: bytes, carry: bytes, share: float, cap: float) -> Numbers:
    """So much of what all turns' words say of each type, (29,), about the average type, within the cap.

    A signal asks for it twice: when what moved the belief is looked for, and when the belief is read.
    """
    said = _within(_centred(stored, carry) * share, cap)
    said.setflags(write=False)
    return said


@lru_cache(maxsize=2048)
def _centred(stored: bytes, carry: bytes) -> Numbers:
    """What all turns' words say of each type, (29,), about the average type; a customer's next signal asks again."""
    summed = unpack(stored, N, carry)
    return np.asarray(summed - np.add.reduce(summed) / N)


def freshness(view: View, catalogue: Catalogue) -> float:
    """What is left of the customer's words since their last move: half after a half-life of silence."""
    quiet = view.quiet_days if view.tie.last_s else 0.0
    return float(2.0 ** -(quiet / catalogue.emissions.settings.half_life_days.counts))


def _within(nats: Numbers, cap: float) -> Numbers:
    """Nats that nobody else holds, held within -cap..cap where they are."""
    np.maximum(nats, -cap, out=nats)
    return np.minimum(nats, cap, out=nats)


def distributions(tie: TieState, profile: Profile | None, at_s: int, catalogue: Catalogue) -> Numbers:
    """The three distributions at a moment, shape (3, 29)."""
    view = look(tie, profile, max(at_s, tie.at_s), catalogue)
    return believe(view, evidence(view, catalogue), catalogue)


def evidence(view: View, catalogue: Catalogue) -> Numbers:
    """What the prior, all that was counted and direct answers say, in nats, (3, 29); acts and jumps are not in it."""
    tie, life = view.tie, catalogue.emissions.settings.half_life_days.shifts
    laid = scales(catalogue.emissions)
    logp = laid.weigh(_laid_out(view, laid, catalogue), freshness(view, catalogue))
    logp[:2] += prior(view, catalogue)
    if tie.answered[2]:
        logp[:2] *= beside_answers(tie, view.at_s, catalogue)
    if tie.shifts:
        logp[:2] += unpack(tie.shifts, 2 * N).reshape(2, N) * fading(tie, view.at_s, life)
    return logp


def beside_answers(tie: TieState, at_s: int, catalogue: Catalogue) -> Numbers:
    """What other evidence weighs beside direct answers, for held and wanted, (2, 1): part of it, with the days all."""
    settings = catalogue.emissions.settings.survey
    fresh = max(0.0, 1.0 - max(0, at_s - tie.answered[2]) / (settings.days * DAY_S))
    return np.array([[1.0 - (1.0 - settings.evidence_beside) * fresh * (told >= 0)] for told in tie.answered[:2]])


def believe(view: View, logp: Numbers, catalogue: Catalogue) -> Numbers:
    """The three distributions, from the evidence, from the acts of the firm's, from time and from jumps."""
    tie, at_s = view.tie, view.at_s
    if tie.enacted:
        fade = fading(tie, at_s, catalogue.emissions.settings.half_life_days.enacted)
        logp = logp.copy()
        logp[2] += _within(unpack(tie.enacted, N) * fade, MOST_ENACTED)
    p = softmax(logp * scales(catalogue.emissions).warmth)
    share = drift_share(view, catalogue)
    if share:
        p[:2] += share * (p[:2] @ catalogue.types.drift)
    if tie.jumped_s:
        ruptured, mended = jumped(tie, at_s, catalogue)
        along_rupture, along_repair = catalogue.types.jumps
        p[:2] += FOLLOWS * (p[:2] @ (ruptured * along_rupture + mended * along_repair))
    return p


def jumped(tie: TieState, at_s: int, catalogue: Catalogue) -> tuple[float, float]:
    """Which shares of the belief have moved along rupture and along repair edges, and not come back."""
    elapsed = max(0, at_s - tie.jumped_s)
    left = float(2.0 ** -(elapsed / (catalogue.emissions.settings.half_life_days.shifts * DAY_S)))
    return tie.ruptured * left, tie.mended * left


def prior(view: View, catalogue: Catalogue) -> Numbers:
    """What is thought before anything is heard, in nats: less, the more the customer has been heard and has done.

    Whoever was heard once and is in no CRM is one of those who write in, and they are not as customers at large are.
    """
    emissions = catalogue.emissions
    at_large = catalogue.priors.log_of(view.profile.industry_prior if view.profile else None)
    fades = max(0.0, emissions.settings.prior.first - emissions.prior) * newness(view, catalogue)
    return np.asarray((emissions.prior + fades) * at_large + fades * emissions.once)


def newness(view: View, catalogue: Catalogue) -> float:
    """How little was heard: 1 where a customer speaks for the first time and no CRM knows them, toward 0 after that."""
    heard = max(0.0, view.n("talks") + view.n("orders") - 1.0) + 2.0 * (view.profile is not None)
    return 1.0 / (1.0 + heard / catalogue.emissions.settings.prior.talks)


def drift_share(view: View, catalogue: Catalogue) -> float:
    """What silence does: half of what is forgotten goes one step along drift and decay edges; no other edge moves."""
    quiet = view.quiet_days if view.tie.last_s else 0.0
    half_life = catalogue.emissions.settings.half_life_days.drift
    share = float(0.5 * (1.0 - 2.0 ** -(quiet / half_life)))
    return share if share >= 1e-4 else 0.0


def softmax(logp: Numbers) -> Numbers:
    """Distributions from log weights, row by row, never zero."""
    p = logp - np.maximum.reduce(logp, -1, keepdims=True)
    np.exp(p, out=p)
    p /= np.add.reduce(p, -1, keepdims=True)
    return np.maximum(p, _TINY, out=p)
