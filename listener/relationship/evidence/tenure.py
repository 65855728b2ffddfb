"""How long the tie has lasted (DOMAIN 2.3: tenure in years speaks for durable types, a few days against them)."""

from math import log10

from listener.relationship.view import Features, View, ramp


def tenure(view: View) -> Features:
    """`long_tenure` grows from one year to ten; `new` fades over three months; only where the CRM says when."""
    if view.profile is None or view.profile.customer_since is None:
        private = 1.0 - min(1.0, view.share("public_turns", "turns"))
        return {"unknown_to_crm": private * ramp(view.heard_days, 0.5, 20)} if view.profile is None else {}
    days = view.tenure_days
    return {
        "long_tenure": ramp(log10(days + 1), log10(366), log10(3650)),
        "very_long_tenure": ramp(days, 3650, 7300),
        "new": 1.0 - ramp(days, 20, 100),
        "first_year": ramp(days, 60, 150) * (1.0 - ramp(days, 365, 540)),
    }
