"""How the firm speaks to this customer: both sides' conduct shows what tie they live in (DESIGN 2, held)."""

from listener.relationship.seen import Features, Seen, ramp


def answers(seen: Seen) -> Features:
    """Length, register and liveliness of the firm's turns, and whether it is always the same person."""
    turns = seen.n("firm_turns")
    if turns <= 0:
        return {}
    sure = turns / (turns + 1.5)
    formal = seen.n("firm_formal") / turns
    told = {
        "answered_at_length": ramp(seen.n("firm_words") / turns, 20, 60),
        "answered_briefly": 1.0 - ramp(seen.n("firm_words") / turns, 6, 18),
        "answered_formally": ramp(formal, 0.5, 0.85),
        "answered_casually": 1.0 - ramp(formal, 0.15, 0.5),
        "answered_playfully": ramp(seen.n("firm_emoji") / turns, 0.0, 0.6),
        "answered_by_bots": ramp(seen.n("bot_turns") / (turns + seen.n("bot_turns")), 0.1, 0.6),
    }
    agents = seen.n("named_agent")
    if agents > 1:
        told["same_face"] = ramp(seen.n("same_agent") / (agents - 0.99), 0.3, 1.0) * ramp(agents, 1, 4)
    return {name: sure * value for name, value in told.items()}
