"""How a belief moved between two estimates, if it moved enough to be worth a line."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rich.text import Text

from listener.model.outputs import Estimate, TrackEstimate
from listener.showing.words import Phrasebook, engagement, percent, reason

TRACKS: Final = {"wanted": ("wants", 0.05), "held": ("has", 0.1)}
"""What the customer wants and what both live, and how much each must move to be worth a line."""
DISTRESS: Final = 0.15
INFORMED: Final = 0.2
"""A first guess below this is only what anybody would have guessed."""


def movement(before: Estimate | None, after: Estimate, words: Phrasebook) -> list[Text]:
    """A line for each thing that moved: what the customer wants and has, distress, drawing nearer or back."""
    lines = [
        line for track in TRACKS if (line := _track(track, getattr(before, track, None), getattr(after, track), words))
    ]
    if before is not None and before.engagement != after.engagement:
        lines.append(Text.assemble(("is    ", "dim"), f"{engagement(after)} (was {engagement(before)})"))
    if abs(after.distress - (before.distress if before else 0.0)) >= DISTRESS:
        rose = after.distress > (before.distress if before else 0.0)
        lines.append(
            Text.assemble(("feels ", "dim"), (f"distress {percent(after.distress)} {_arrow(rose)}", _colour(not rose)))
        )
    return lines


def moves(estimates: Sequence[Estimate], words: Phrasebook) -> list[str]:
    """A line for each time the belief moved: the day, what moved, and what was heard or done then."""
    told: list[str] = []
    for before, after in pairwise([None, *estimates]):
        if after is None or not (lines := movement(before, after, words)):
            continue
        known = {one.event_id for one in before.because} if before else set[str]()
        fresh = [reason(one.signal) for one in after.because if one.event_id not in known]
        why = f"  [{', '.join(dict.fromkeys(fresh))}]" if fresh else ""
        told += [f"{after.as_of:%Y-%m-%d}  {line.plain}{why}" for line in lines]
    return told


def _track(track: str, before: TrackEstimate | None, after: TrackEstimate, words: Phrasebook) -> Text | None:
    (label, least), first = TRACKS[track], after.top[0]
    old = {share.type: share.p for share in before.top}.get(first.type) if before else None
    changed = before is None or before.top[0].type != first.type
    if first.p < INFORMED if changed else abs(first.p - (old or 0.0)) < least:
        return None
    line = Text.assemble((f"{label:<6}", "dim"), (words.belief(after), "bold"))
    if changed and before is not None:
        line.append(f"  (was {words.share(before.top[0])})", style="dim")
    elif old is not None:
        line.append(f" {_arrow(first.p > old)} from {percent(old)}", style="dim")
    return line


def _arrow(up: bool) -> str:
    return "▲" if up else "▼"


def _colour(good: bool) -> str:
    return "green" if good else "red"
