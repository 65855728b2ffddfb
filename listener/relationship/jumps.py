"""Jumps: a confirmed breach moves the belief along rupture edges, an honoured norm that is thanked along repairs."""

import numpy as np
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.catalogue.types import FIRM_ACTS
from listener.model.findings import Finding
from listener.model.inputs import Profile, SurveyAnswer
from listener.model.signals import Heard, Said
from listener.model.spans import DAY_S
from listener.model.tie import TieState
from listener.model.types import TYPE_INDEX, TYPES
from listener.relationship.belief import distributions, fading, jumped
from listener.relationship.packing import Numbers, pack, unpack
from listener.relationship.scales import N

CONFIRMED_WITHIN_DAYS = 14
WOUNDS = 4
REACTIONS = (
    "complaint",
    "betrayal",
    "negative_emotion",
    "exit",
    "escalation",
    "disrespect_felt",
    "public_warning",
    "distress",
)
THANKS = ("gratitude", "praise", "forgiveness", "joy", "love")
HONOURED = {
    "B01": ("business_partners", "teammates", "old_friends"),
    "B02": ("best_friends", "marriage_partners", "business_partners", "kinship"),
    "B03": ("old_friends", "best_friends", "master_slave"),
    "B04": ("fling", "one_night_stand", "dealer_addict", "secret_affair"),
    "B05": ("master_slave", "marriage_partners", "captive"),
    "B06": ("stalker_prey", "complete_strangers", "one_night_stand", "buddies"),
    "B07": ("secret_affair", "best_friends"),
    "B08": ("basic_exchange", "marriage_of_convenience", "rebound"),
    "B09": ("best_friends", "ex_friends", "love_hate", "adversaries"),
    "B10": ("marriage_partners", "captive", "adversaries"),
    "B11": ("business_partners", "teammates", "close_siblings"),
    "B12": ("childhood_friends", "kinship"),
    "B13": ("casual_acquaintance", "fleeting_acquaintance", "buddies"),
    "B14": ("adversaries", "captive"),
}
"""Which types value an honouring act most (DOMAIN 3.5)."""
VALUES = {
    code: np.array([float(name in types) - len(types) / len(TYPES) for name in TYPES])
    for code, types in HONOURED.items()
}
"""The same as numbers, (29,), centred."""


def confirm(tie: TieState, signal: Said, findings: tuple[Finding, ...], catalogue: Catalogue) -> TieState:
    """Note breaches and honoured norms as wounds and gifts; when the customer's own turn confirms any, jump once."""
    if not findings and not tie.wounds:
        return tie
    tie = enact(tie, findings, catalogue)
    fresh = [
        _wound(tie, finding)
        for finding in findings
        if finding.by == "firm" and finding.phase in ("noticed", "breached")
    ]
    known = [w for w in tie.wounds if tie.at_s - w[0] <= CONFIRMED_WITHIN_DAYS * DAY_S]
    wounds = (known + [w for w in fresh if w[1]])[-WOUNDS:]
    if not isinstance(signal, Heard) or signal.role != "customer" or not known:
        return replace(tie, wounds=tuple(wounds)) if wounds or tie.wounds else tie
    hurt = max(signal.signals.get(name, 0.0) for name in REACTIONS) if signal.target == "brand" else 0.0
    glad = max(signal.signals.get(name, 0.0) for name in THANKS) if signal.target == "brand" else 0.0
    answered = [w for w in known if (w[1] > 0 and hurt >= 0.5) or (w[1] < 0 and glad >= 0.5 > hurt)]
    if answered:
        tie = jump(tie, max(digit for _, digit, _ in answered), catalogue)
    return replace(tie, wounds=tuple(w for w in wounds if w not in answered))


def _wound(tie: TieState, finding: Finding) -> tuple[int, int, int]:
    if finding.code.startswith("B"):
        return tie.at_s, -1 if finding.p >= 0.5 else 0, 0
    return tie.at_s, finding.level if finding.level >= 2 and finding.p >= 0.6 else 0, 0


def jump(tie: TieState, digit: int, catalogue: Catalogue) -> TieState:
    """A share of the belief moves along rupture edges (repair edges for a negative digit), and takes back the other.

    What is kept is the share, not the nats it comes to: where a type is all but sure, a hundredth that goes to another
    is worth three nats to that one, and would outlive what made the first sure.
    """
    sizes = catalogue.emissions.settings.jump
    share = sizes.honoured if digit < 0 else sizes.digit_3 if digit >= 3 else sizes.digit_2
    ruptured, mended = (left * (1.0 - share) for left in jumped(tie, tie.at_s, catalogue))
    if digit < 0:
        mended += share
    else:
        ruptured += share
    return replace(tie, ruptured=round(ruptured, 4), mended=round(mended, 4), jumped_s=tie.at_s)


def shift(tie: TieState, nats: Numbers, catalogue: Catalogue) -> TieState:
    """Add nats to what held and wanted have been moved by, shape (2, 29)."""
    fade = fading(tie, tie.at_s, catalogue.emissions.settings.half_life_days.shifts)
    warm = nats * catalogue.emissions.temperature[:2]
    total = unpack(tie.shifts, 2 * N).reshape(2, N) + np.clip(warm, -14.0, 14.0) / fade
    return replace(tie, shifts=pack(total.reshape(-1)))


def enact(tie: TieState, findings: tuple[Finding, ...], catalogue: Catalogue) -> TieState:
    """Noticed acts say which tie the firm enacts: down by the digit for each type, up where a type values the act."""
    if not findings:
        return tie
    sizes = catalogue.emissions.settings.enacted
    pushed = np.zeros(N)
    for finding in findings:
        if finding.by != "firm" or finding.phase not in ("noticed", "breached"):
            continue
        if finding.code in FIRM_ACTS:
            pushed -= sizes.per_digit * finding.p * catalogue.types.centred_digits[:, FIRM_ACTS.index(finding.code)]
        elif finding.code in VALUES:
            pushed += sizes.per_honour * finding.p * VALUES[finding.code]
    if not pushed.any():
        return tie
    fade = fading(tie, tie.at_s, catalogue.emissions.settings.half_life_days.enacted)
    return replace(tie, enacted=pack(unpack(tie.enacted, N) + pushed / fade))


def answer(tie: TieState, survey: SurveyAnswer, profile: Profile | None, catalogue: Catalogue) -> TieState:
    """A direct answer about the relationship: its type gets its share, the others keep their proportions."""
    return tell(tie, survey.held, survey.wanted, profile, catalogue)


def tell(
    tie: TieState, held: str | None, wanted: str | None, profile: Profile | None, catalogue: Catalogue
) -> TieState:
    """What the customer (a survey) or an operator (an override) says the relationship is: jumps are in it already."""
    if held is None and wanted is None:
        return tie
    share = catalogue.emissions.settings.survey.share
    told = (TYPE_INDEX.get(held or "", -1), TYPE_INDEX.get(wanted or "", -1), tie.at_s)
    tie = replace(tie, ruptured=0.0, mended=0.0, jumped_s=0, answered=told)
    p = distributions(tie, profile, tie.at_s, catalogue)[:2]
    nats = np.zeros((2, N))
    for track, name in enumerate((held, wanted)):
        if name is not None:
            place = TYPE_INDEX[name]
            now = min(max(float(p[track, place]), 1e-9), 1 - 1e-9)
            nats[track, place] = np.log(share / (1 - share)) - np.log(now / (1 - now))
    return shift(tie, nats, catalogue)
