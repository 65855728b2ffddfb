"""How grave an act is for this customer: level, threat and confidence (DOMAIN 3.3)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listener.catalogue import Catalogue
from listener.catalogue.types import FIRM_ACTS
from listener.model.ledger import Matter, unfold
from listener.model.reading import Reading
from listener.model.types import TRACK_INDEX, TYPES

Belief = NDArray[np.float64]
_WANTED_HELD = np.array([TRACK_INDEX["wanted"], TRACK_INDEX["held"]])


@dataclass(frozen=True, slots=True)
class Weight:
    """`level` 0..3, `threat` 0..1; `share` of the belief holds the level; `invigorates`: a `+` for this tie.

    `expected` is the digit over the whole belief, 0..3, of a first act of the firm's; 0 for all else.
    """

    level: int
    threat: float
    share: float
    invigorates: bool = False
    expected: float = 0.0


def belief_for(matter: Matter | None, reading: Reading, catalogue: Catalogue) -> Belief:
    """What an act is judged on, shape (2, 29): the belief before the matter's first act, wanted and held.

    A belief formed on n turns counts n / (n + 3): what was not known yet when the matter opened is taken from today's.
    """
    today: Belief = reading.p[_WANTED_HELD]
    if matter is None:
        return today
    weight = matter.contacts / (matter.contacts + catalogue.thresholds.steady_contacts)
    mixed: Belief = weight * unfold(matter.belief) + (1 - weight) * today
    return mixed


def weigh_firm_act(
    code: str, belief: Belief, catalogue: Catalogue, *, strength: float, repeats: int = 0, safety: bool = False,
    public: bool = False, avoidable: bool | None = None,
) -> Weight:  # fmt: skip
    """The weight of a firm's act, `repeats` of the same kind having gone before within 90 days."""
    limits = catalogue.thresholds
    digits, adds = catalogue.types.digits(code).copy(), catalogue.types.invigorates[:, FIRM_ACTS.index(code)]
    digits[adds] = 2.0 if safety else (1.0 if repeats else 0.0)
    rows = [belief[0], belief[1]] if belief[1].max() >= limits.held_counts_from else [belief[0]]
    invigorates = not safety and not repeats and float(belief[0] @ adds) >= limits.majority
    levels = [level_of(digits, row, limits.majority) for row in rows]
    level = max(levels)
    row = rows[levels.index(level)]
    share = float(row @ (digits >= level)) if level else float(row @ (digits < 1))
    expected = max(float(r @ digits) for r in rows)
    threat = expected / 3 * _class_factor(code, strength, catalogue)
    threat *= limits.avoidable if avoidable else limits.unavoidable if avoidable is False else 1.0
    exposed = public and float(belief[0] @ _listed(limits.public_steps_up)) >= limits.majority
    level = _stepped(level, repeats + 1 >= limits.steps_up_on, exposed)
    if safety:
        level = max(level, 2)
    threat = min(1.0, threat * (limits.public if public else 1.0))
    return Weight(level, threat, share, invigorates and level == 0, 0.0 if repeats or safety else expected)


def level_of(digits: Belief, q: Belief, majority: float) -> int:
    """The largest digit that types with at least half of the belief hold.

    >>> level_of(np.array([3.0, 2.0, 0.0]), np.array([0.4, 0.2, 0.4]), 0.5)
    2
    """
    for digit in (3, 2, 1):
        if float(q @ (digits >= digit)) >= majority:
            return digit
    return 0


def _stepped(level: int, third: bool, exposed: bool) -> int:
    return min(3, level + int(third) + int(exposed)) if level else 0


def _class_factor(code: str, strength: float, catalogue: Catalogue) -> float:
    """Strong ties soften what was delivered and sharpen how one was treated (V16)."""
    limits, kind = catalogue.thresholds, catalogue.acts.by_code[code].class_
    if "M" in kind:
        return limits.moral
    if "O" in kind:
        return 1 - limits.outcome_softened * strength
    return 1 + limits.relational_sharpened * strength


def _listed(types: tuple[str, ...]) -> Belief:
    return np.array([float(name in types) for name in TYPES])


def share_of(types: tuple[str, ...], row: Belief) -> float:
    """How much of one distribution these types hold."""
    return float(row @ _listed(types))


def minded_by(code: str, belief: Belief, catalogue: Catalogue) -> Belief:
    """Given that the act hurt, who is it likely to have hurt? The wanted belief times what the act is to each type.

    Shape (29,), summing to one. Where the act has no digits, or hurts nobody believed in, the belief alone counts.
    """
    wanted: Belief = belief[0]
    minds: Belief = wanted * catalogue.types.digits(code) if code.startswith("F") else wanted
    total = float(minds.sum())
    return minds / total if total > 0 else wanted


def only(types: tuple[str, ...], minds: Belief) -> Belief:
    """What is left of a distribution when it can only be one of these types; as it was where none of them is likely."""
    left = minds * _listed(types)
    total = float(left.sum())
    return left / total if total > 0 else minds


def fitting_type(minds: Belief, catalogue: Catalogue) -> str:
    """The type whose repair fits those who are likely to mind.

    Types share a role (reliability desk, ambassadors …), so the role is found first, then the type of that role.
    """
    role_of = catalogue.types.role_of
    among = role_of == np.bincount(role_of, minds).argmax()
    return TYPES[int(np.where(among, minds, -1.0).argmax())]
