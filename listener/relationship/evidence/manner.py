"""The manner of asking: how long, how ordered, how formal, how lively, who begins (DOMAIN 2.3, cross-type families)."""

from listener.relationship.evidence.tables import Share, Shares
from listener.relationship.seen import Seen

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


def turns(seen: Seen) -> float:
    """All turns of the customer's."""
    return seen.n("turns")


def _talks(seen: Seen) -> float:
    return max(seen.n("talks"), 1e-9) if turns(seen) > 0 else 0.0


def _words(seen: Seen) -> float:
    return words if (words := seen.n("words")) >= 1 and turns(seen) > 0 else 0.0


def _sure(seen: Seen) -> float:
    """Form is shrunk toward nothing while few turns were heard."""
    return turns(seen) / (turns(seen) + 1.5)


MANNER = (
    Shares(
        "form",
        turns,
        _sure,
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
    ),
    Shares(
        "talking", _talks, _sure, (Share("begins", "begun_talks", 0.5, 1.0), Share("long_threads", "turns", 2.0, 5.0))
    ),
    Shares(
        "wording",
        _words,
        _sure,
        tuple(Share(f"says_{name}", f"trait_{name}", *span) for name, span in PER_WORD.items()),
    ),
)
"""Form per turn, per talk, and per word."""
