"""One text to learn from."""

from dataclasses import dataclass, field


@dataclass
class Example:
    """One text: `labels` maps a head to (how true, 0..1; how much it counts).

    `group` names texts that must not be parted when some are held out; `kind` where it comes from: post, said (written
    for a signal), voice, comment, turn, desk. `thread` is a help-desk thread's number and mark, for texts of one;
    `fold` that of a labelled thread (scripts/ear/labelled.py).
    """

    text: str
    firm: bool = False
    labels: dict[str, tuple[float, float]] = field(default_factory=dict)
    group: str = ""
    kind: str = ""
    thread: tuple[int, float] | None = None
    fold: int | None = None
