"""Who follows whom: sends and calls nobody answered, opt-outs, and sends after an opt-out."""

from listener.relationship.evidence.tables import Saturating
from listener.relationship.view import Features, View, ramp

CALLS = Saturating("calls", ("called_up",), ("outreach",))
"""Calls that nobody had asked for; opt-outs, and what is sent after them, are rows by their own names."""


def pursuit(view: View) -> Features:
    """How far the firm's contact outruns the customer's."""
    sent = view.n("campaigns") + 2.0 * view.n("outreach")
    moves = len(view.tie.moves)
    if sent == 0:
        return {"left_alone": 1.0} if moves > 2 else {}
    return {"pursued": ramp(sent / (moves + 1.0), 1.0, 4.0)}
