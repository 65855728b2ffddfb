"""Labelled threads (tests/threads/README.md): what their readers saw, and the folds they are left out by.

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
UPSET = 2
"""The distress of a customer who leaves the firm in anger, as readers of real posts give it; our writers, who weigh
need more, gave half of them 1."""


def fold_of(n: int) -> int:
    """The fold of the n-th thread of its file."""
    return n // TOGETHER % FOLDS


def without(fold: int) -> Path:
    """The weights whose voices learned from no thread of a fold."""
    return KEPT / f"without-{fold}.npz"


def seen_in(thread: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The type that counts as wanted, and those that are plausible beside it.

    What was read last counts: readers were asked again, as readers of real posts draw the lines, whether it is cheer or
    a plain exchange (`third`), and whether a bond, a rank or a quarrel shows in it (`fourth`); else what its writer
    says.
    (With the second reader's types beside them the fit told real threads a little worse; what that reader saw says how
    far two agree.)
    """
    told = next(thread[reader] for reader in ("fourth", "third", "labels") if reader in thread)
    return told["wanted"], tuple(told["plausible"])


def felt_in(thread: Mapping[str, Any]) -> int:
    """The distress that counts, 0 none to 3 beside themselves: the writer's, UPSET at least of who parts in anger."""
    labels = thread["labels"]
    parts_in_anger = labels["exit_intent"] and labels["valence"] == "neg"
    return max(labels["distress"], UPSET if parts_in_anger else 0)


TOLD_OF = {
    "F01": "idea_ignored",
    "F03": "ad_in_trouble",
    "F06": "price_rise",
    "F08": "confidence_broken",
    "F11": "pressed_to_commit",
    "F15": "repositioned",
    "F16": "fault_denied",
    "F20": "demoted",
    "F22": "newcomer_envy",
    "F24": "untold",
    "F25": "exposed",
    "F26": "supply_cut",
    "F27": "kept_in",
    "F28": "pursued",
    "F29": "deceived",
    "F30": "inconsistent",
}
"""Acts of the firm's that mostly its customers tell of, and the signal by which they do."""
SIGNALS = (
    ("F12", "failure", 1.0),
    ("C04", "public_warning", 4.0),
    ("C04", "shaming", 2.0),
    ("C05", "gone", 2.0),
    ("suggestion", "suggestion", 2.0),
    ("exit_intent", "exit", 1.5),
    *((act, signal, 2.0) for act, signal in TOLD_OF.items()),
)
"""What a customer of whom a reader noted this says, by the signal's name, and how much a turn counts that says it (one
of a thread that lacks it counts 1). What is rare counts more, so that .5 is near where F1 is best (chosen on dev5c,
dev6a and dev6b left out); not so failures, of which real threads hold many already. Taught from C01, `names_rival`
told real threads worse: what gives a rival away is its name, and no two threads share those.
"""
AT_ONCE = frozenset(["F12"])
"""What is told in the first turn, where there are several; an act of the firm's most likely in the longest. Of the rest
nobody noted in which."""
HASTY = frozenset(["dev2b", "dev8a", "dev8b", "dev8c", "dev8d"])
"""Files whose acts were labelled in haste: nothing is learned from those."""


def said_in(thread: Mapping[str, Any]) -> list[dict[str, tuple[float, float]]]:
    """For each turn of the customer's, which signals it says or does not (how true, how much it counts)."""
    told = thread["labels"]
    noted = {*told["acts"], *(name for name in ("suggestion", "exit_intent") if told.get(name))}
    texts = [turn["text"] for turn in thread["turns"] if turn["who"] == "cust"]
    turns: list[dict[str, tuple[float, float]]] = [{} for _ in texts]
    longest = max(range(len(texts)), key=lambda n: len(texts[n]), default=0)
    for name, signal, heavy in SIGNALS:
        for n, turn in enumerate(turns):
            if name not in noted:
                turn[f"customer:{signal}"] = (0.02, 1.0)
            elif len(turns) == 1:
                turn[f"customer:{signal}"] = (0.97, heavy)
            elif (name in AT_ONCE and n == 0) or (name in TOLD_OF and n == longest):
                turn[f"customer:{signal}"] = (0.85, heavy)
    return turns
