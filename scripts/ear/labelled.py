"""Labelled threads (tests/threads/README.md): which types their readers saw, and the folds they are left out by.

What the voices say of the very threads they learned from is too good to be true, and a tie fitted to it would believe
them too much of everybody else. So who is fitted to voices hears each thread by voices that learned from all folds but
its own (stacking, Wolpert 1992).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

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


def seen_in(thread: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The type that counts as wanted, and those that are plausible beside it.

    Where a third reader was asked whether it is cheer or a plain exchange, as readers of real posts draw that line, the
    answer counts; else what the writer says. (With the second reader's types beside them the fit told real threads a
    little worse; what that reader saw says how far two agree.)
    """
    told = thread.get("third", thread["labels"])
    return told["wanted"], tuple(told["plausible"])
