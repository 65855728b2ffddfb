"""The manner of asking: how long, how ordered, how formal, how lively, who begins (DOMAIN 2.3, cross-type families)."""

from listener.relationship.seen import Features, Seen, ramp

SHARES = (
    "we",
    "numbered",
    "imperatives",
    "courtesy",
    "exclamations",
    "capitals",
    "emoji",
    "questions",
    "past",
    "laughter",
)


def manner(seen: Seen) -> Features:
    """Form per turn, shrunk toward nothing while few turns were heard."""
    turns = seen.n("turns")
    if turns <= 0:
        return {}
    sure = turns / (turns + 1.5)
    length = seen.n("words") / turns
    talks = max(seen.n("talks"), 1e-9)
    formal = seen.n("formal") / turns
    told = {
        "curt": 1.0 - ramp(length, 3, 9),
        "brief": 1.0 - ramp(length, 8, 25),
        "wordy": ramp(length, 25, 70),
        "essays": ramp(length, 70, 150),
        "formal": ramp(formal, 0.5, 0.85),
        "casual": 1.0 - ramp(formal, 0.15, 0.5),
        "begins": ramp(seen.n("begun_talks") / talks, 0.5, 1.0),
        "long_threads": ramp(turns / talks, 2.0, 5.0),
        "offers_solutions": ramp(seen.n("offered") / turns, 0.05, 0.5),
    }
    told |= {f"uses_{name}": ramp(seen.n(f"trait_{name}") / turns, 0.0, 1.0) for name in SHARES}
    told["says_i"] = ramp(seen.n("trait_i") / max(10 * seen.n("words"), 1.0), 0.03, 0.12)
    told["says_you"] = ramp(seen.n("trait_you") / max(10 * seen.n("words"), 1.0), 0.01, 0.07)
    return {name: sure * value for name, value in told.items()}
