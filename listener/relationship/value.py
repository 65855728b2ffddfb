"""How likely the customer is to leave, and what is at risk (K058, K072; CONTRACT 3: its formula)."""

from typing import Any

from listener.catalogue import Catalogue
from listener.model.inputs import Profile
from listener.model.outputs import Engagement
from listener.relationship.packing import Numbers
from listener.relationship.view import View, ramp

PACE = {"dialling_down": 0.25, "steady": 0.0, "ratcheting_up": -0.1}


def leaving_of(held: Numbers, distress: float, engagement: Engagement, view: View, catalogue: Catalogue) -> float:
    """Likelihood of leaving within a year.

    Independent causes, combined as chances are: the fragility of what is held (1 - durability, a third of it, as
    most fragile ties go on), talk of leaving (which overstates: V27), distress, dialling down, cancelled orders.
    """
    fragile = float(held @ catalogue.types.fragility)
    causes = (
        0.35 * fragile,
        0.45 * ramp(view.n("exit"), 0.2, 1.5),
        0.30 * distress,
        max(0.0, PACE[engagement]),
        0.30 * ramp(view.n("cancelled"), 0.0, 2.0),
        0.20 * ramp(view.n("betrayal"), 0.2, 1.5),
    )
    stays = 1.0
    for cause in causes:
        stays *= 1.0 - cause
    return min(1.0, max(0.0, 1.0 - stays + min(0.0, PACE[engagement]) * (1.0 - stays)))


def at_stake(profile: Profile | None, leaving: float) -> dict[str, Any]:
    """Annual value, and annual value times the likelihood of leaving, as both stand on the bus (ValueAtStake)."""
    if profile is None or profile.annual_value is None:
        return {"annual": None, "at_risk": None}
    return {"annual": profile.annual_value.model_dump(), "at_risk": profile.annual_value.times(leaving).model_dump()}
