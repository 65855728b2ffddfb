"""What the customer feels for the brand over all turns: warm, cold, or both at once (love-hate)."""

from listener.relationship.seen import Features, Seen, ramp, saturate


def feeling(seen: Seen) -> Features:
    """Sums of kind and unkind feeling aimed at the brand, and how evenly both are present."""
    turns = seen.n("turns")
    if turns <= 0:
        return {}
    warm, cold = seen.n("feeling"), seen.n("ill_feeling")
    both = min(warm, cold) / max(warm, cold) if max(warm, cold) > 0 else 0.0
    return {
        "warm": ramp(warm / (turns + 1.0), 0.1, 0.6),
        "cold": ramp(cold / (turns + 1.0), 0.1, 0.6),
        "mixed": both * ramp(warm + cold, 0.8, 3.0),
        "even": 1.0 - ramp((warm + cold) / (turns + 1.0), 0.05, 0.4),
        "of_rivals": saturate(seen.n("about_rival")),
    }
