"""Labelled threads in folds, so that who learned from all folds but one can be asked about that one (Wolpert 1992).

What the voices say of the very threads they learned from is too good to be true, and a tie fitted to it would believe
them too much of everybody else.
"""

from pathlib import Path

KEPT = Path(__file__).resolve().parents[2] / "build" / "ear"
"""Where weights lie that are for fitting alone."""
FOLDS = 4
TOGETHER = 12
"""Threads in a row that are not parted: many stand in twos to sevens that share their words."""


def fold_of(n: int) -> int:
    """The fold of the n-th thread of its file."""
    return n // TOGETHER % FOLDS


def without(fold: int) -> Path:
    """The weights whose voices learned from no thread of a fold."""
    return KEPT / f"without-{fold}.npz"
