"""How the firm speaks to this customer: both sides' conduct shows what tie they live in (DESIGN 2, held)."""

from listener.relationship.evidence.tables import Share, Shares
from listener.relationship.view import Features, View, ramp

ANSWERS = Shares(
    "answers",
    "firm_turns",
    (
        Share("answered_at_length", "firm_words", 20, 60),
        Share("answered_briefly", "firm_words", 6, 18, falls=True),
        Share("answered_formally", "firm_formal", 0.5, 0.85),
        Share("answered_casually", "firm_formal", 0.15, 0.5, falls=True),
        Share("answered_playfully", "firm_emoji", 0.0, 0.6),
    ),
    given="firm_turns",
    by="firm_turns",
    doubt=1.5,
)
"""Length, register and liveliness of the firm's turns."""


def faces(view: View) -> Features:
    """Whether a bot answers, a person, or always the same one."""
    turns = view.n("firm_turns")
    if turns <= 0:
        return {}
    sure = turns / (turns + 1.5)
    told = {"answered_by_bots": sure * ramp(view.n("bot_turns") / (turns + view.n("bot_turns")), 0.1, 0.6)}
    agents = view.n("named_agent")
    if agents > 1:
        same = ramp(view.n("same_agent") / (agents - 0.99), 0.3, 1.0)
        told["same_face"] = sure * (same * ramp(agents, 1, 4))
    return told
