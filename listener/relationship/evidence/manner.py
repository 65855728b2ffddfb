"""The manner of asking: how long, how ordered, how formal, how lively, who begins (DOMAIN 2.3, cross-type families)."""

from listener.relationship.seen import Features, Seen, ramp

PER_TURN = ("points", "imperatives", "politeness", "exclamations", "emoji", "questions", "greeting", "closing", "slang")
"""Marks that a turn has or has not; one a turn is much."""
PER_WORD = {
    "first_plural": (0.01, 0.06),
    "first_singular": (0.03, 0.12),
    "second_person": (0.01, 0.07),
    "past": (0.02, 0.08),
    "affection": (0.002, 0.02),
    "obligation": (0.005, 0.03),
    "modal": (0.005, 0.04),
    "formal": (0.003, 0.02),
    "contractions": (0.01, 0.05),
    "number_word": (0.003, 0.02),
}
"""Kinds of words, and the shares of all words between which they go from few to many (P)."""


def manner(seen: Seen) -> Features:
    """Form per turn, shrunk toward nothing while few turns were heard."""
    turns = seen.n("turns")
    if turns <= 0:
        return {}
    sure = turns / (turns + 1.5)
    told = _length(seen, turns) | _marks(seen, turns) | _wording(seen)
    return {name: sure * value for name, value in told.items()}


def _length(seen: Seen, turns: float) -> dict[str, float]:
    words, talks = seen.n("words") / turns, max(seen.n("talks"), 1e-9)
    formal = seen.n("formal") / turns
    return {
        "curt": 1.0 - ramp(words, 3, 9),
        "brief": 1.0 - ramp(words, 8, 25),
        "wordy": ramp(words, 25, 70),
        "essays": ramp(words, 70, 150),
        "formal": ramp(formal, 0.5, 0.85),
        "casual": 1.0 - ramp(formal, 0.15, 0.5),
        "begins": ramp(seen.n("begun_talks") / talks, 0.5, 1.0),
        "long_threads": ramp(turns / talks, 2.0, 5.0),
        "offers_solutions": ramp(seen.n("offered") / turns, 0.05, 0.5),
        "complex_words": ramp(seen.n("trait_word_length") / turns, 3.9, 4.9),
        "small_letters": ramp(seen.n("trait_lower_start") / turns, 0.2, 0.9),
        "shouts": ramp(seen.n("trait_caps") / turns, 0.02, 0.15),
    }


def _marks(seen: Seen, turns: float) -> dict[str, float]:
    return {f"uses_{name}": ramp(seen.n(f"trait_{name}") / turns, 0.0, 1.0) for name in PER_TURN}


def _wording(seen: Seen) -> dict[str, float]:
    words = seen.n("words")
    if words < 1:
        return {}
    return {f"says_{name}": ramp(seen.n(f"trait_{name}") / words, low, high) for name, (low, high) in PER_WORD.items()}
