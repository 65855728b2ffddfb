"""The manner of asking: how long, how ordered, how formal, how lively, who begins (DOMAIN 2.3, cross-type families)."""

from typing import Final

from listener.relationship.evidence.tables import Share, Shares, Sureness

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


FEW_TURNS: Final[Sureness] = {"given": "turns", "by": "turns", "doubt": 1.5}
"""Form is shrunk toward nothing while few turns were heard."""

MANNER = (
    Shares(
        "form",
        "turns",
        (
            Share("curt", "words", 3, 9, falls=True),
            Share("brief", "words", 8, 25, falls=True),
            Share("wordy", "words", 25, 70),
            Share("essays", "words", 70, 150),
            Share("formal", "formal", 0.5, 0.85),
            Share("casual", "formal", 0.15, 0.5, falls=True),
            Share("offers_solutions", "offered", 0.05, 0.5),
            Share("complex_words", "trait_word_length", 3.9, 4.9),
            Share("small_letters", "trait_lower_start", 0.2, 0.9),
            Share("shouts", "trait_caps", 0.02, 0.15),
            *(Share(f"uses_{name}", f"trait_{name}", 0, 1) for name in PER_TURN),
        ),
        **FEW_TURNS,
    ),
    Shares(
        "talking",
        "talks",
        (Share("begins", "begun_talks", 0.5, 1.0), Share("long_threads", "turns", 2.0, 5.0)),
        **FEW_TURNS,
    ),
    Shares(
        "wording",
        "words",
        tuple(Share(f"says_{name}", f"trait_{name}", *span) for name, span in PER_WORD.items()),
        least=1.0,
        **FEW_TURNS,
    ),
)
"""Form per turn, per talk, and per word."""
