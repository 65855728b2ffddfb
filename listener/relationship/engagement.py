"""Does the customer want more of the tie, or less (K024); and which breaches they still mind."""

from typing import Final

from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.outputs import Engagement
from listener.model.spans import DAY_S
from listener.model.tie import TieState
from listener.relationship.conduct import conduct
from listener.relationship.distress import is_breach
from listener.relationship.packing import Numbers
from listener.relationship.view import View

SLIGHTS_HALF_LIFE_DAYS = 45.0
"""As long as accumulated strain remembers (DOMAIN 3.3, S01)."""
MOST_SLIGHTS = 4.0
"""Slights beyond which more change nothing (ours)."""


def engagement_of(view: View, wanted: Numbers, distress: float, catalogue: Catalogue) -> Engagement:
    """The likeliest of three wishes; `wanted` (29) is the belief about the tie they want."""
    known = catalogue.engagement
    told = conduct(view, distress, min(1.0, slights_at(view.tie, view.at_s)))
    less, more = known.less.nats(told, wanted), known.more.nats(told, wanted)
    if max(less, more) <= 0.0:
        return "steady"
    return "ratcheting_up" if more > less else "dialling_down"


_SIGNS: Final = {
    "slower": "their moves grow rarer",
    "longer": "their messages grow longer",
    "dearer": "they spend less",
    "leaving": "they speak of leaving, cancel or opt out",
    "silent": "they have been silent for longer than usual",
    "hurt": "breaches of the firm's are not forgotten",
    "distress": "some distress",
    "young": "the tie is young",
}
_A_SIGN: Final = 0.2
"""Nats from which a piece of conduct is worth naming (ours)."""


def drawing_back(view: View, distress: float, catalogue: Catalogue) -> tuple[str, ...]:
    """What in their conduct speaks most for wanting less of the tie, in words, the weightiest first."""
    told = conduct(view, distress, min(1.0, slights_at(view.tie, view.at_s)))
    weighs = {name: catalogue.engagement.less.conduct.get(name, 0.0) * value for name, value in told.items()}
    most = sorted((name for name in _SIGNS if weighs.get(name, 0.0) >= _A_SIGN), key=lambda name: -weighs[name])
    return tuple(_SIGNS[name] for name in most[:3])


def slights_at(tie: TieState, at_s: int) -> float:
    """Breaches by the firm that this customer minds, each by its level of three, halved every 45 days."""
    elapsed = max(0, at_s - tie.slights_s)
    return float(tie.slights * 2.0 ** -(elapsed / (SLIGHTS_HALF_LIFE_DAYS * DAY_S)))


def slight(tie: TieState, findings: tuple[Finding, ...], mended: float = 0.0) -> TieState:
    """Add breaches of level two and above; thanks and honoured norms take half of it away."""
    told = sum(f.p * f.level / 3 for f in findings if f.level >= 2 and is_breach(f))
    honoured = max((f.p for f in findings if f.code.startswith("B") and f.by == "firm"), default=0.0)
    if not told and not (tie.slights and (mended or honoured)):
        return tie
    left = slights_at(tie, tie.at_s) * (1.0 - 0.5 * max(mended, honoured)) + told
    return replace(tie, slights=round(min(MOST_SLIGHTS, left), 4), slights_s=tie.at_s)
