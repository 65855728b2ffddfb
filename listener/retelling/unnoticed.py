"""Of a turn of which nothing came, though a reader may expect something: the nearest rule, and what kept it quiet."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from listener.retelling.verdicts import RuleVerdict
from listener.rules.explaining.account import Line
from listener.rules.explaining.naming import heard
from listener.rules.explaining.sentences import share

EXPECTED: Final = {
    "customer": frozenset({"complaint", "suggestion", "need", "promise_broken"}),
    "agent": frozenset({"scripted", "refusal"}),
}
"""What, once a side is heard to say it, makes a reader ask what became of it."""
LOUD: Final = {"customer": 0.5, "agent": 0.8}
"""How surely it must be heard; of the firm more so: whoever answers says much that sounds alike."""
NEARLY: Final = 0.3
"""What falls short by this share of what is needed was nearly heard."""


def nothing_came(
    side: str, signals: Mapping[str, float], verdicts: Sequence[RuleVerdict], done: Collection[str] = ()
) -> str:
    """What was heard or done though nothing came of it, and what the nearest rule lacked; empty: nothing is expected.

    That the customer speaks up, and what is done well, is noted beside: a reader still asks for what the firm did. Of
    an act a reader asks only where something came of the same before: `done` are the codes of that.
    """
    news = [one for one in verdicts if one.is_news]
    if any(one.code[0] not in "BC" or not one.is_slight for one in news):
        return ""
    if side == "act":
        nearest = nearest_to("", [one for one in verdicts if one.code in done], most=1)
        return f"nothing came of it this time: {nearest}" if nearest and not news else ""
    told = {line.heard for one in news if one.code != "C03" for _, lines in one.ways for line in lines}
    cues = {name: signals.get(name, 0.0) for name in EXPECTED.get(side, ()) if heard(name) not in told}
    cue = max(cues, key=lambda name: (cues[name], name), default="")
    if not cue or cues[cue] < LOUD[side]:
        return ""
    nearest = nearest_to(heard(cue), verdicts)
    return f"heard {heard(cue)} ({share(cues[cue])}), and nothing came of it{f': {nearest}' if nearest else ''}"


def nearest_to(what: str, verdicts: Sequence[RuleVerdict], most: int = 9) -> str:
    """Of the rules of the firm's acts that wait for this the one that came nearest, and what it lacked.

    It lacked so many conditions at `most`; the first is told.
    """
    lacking = [
        (len(missing), _how_far(missing[0]), one.lack,
         f"nearest was {one.name}, but {missing[0].brief or missing[0].words}")
        for one in verdicts
        if one.code[0] == "F" and not one.is_news
        for _, lines in one.ways[:1]
        if (missing := [line for line in lines if not line.held]) and any(line.held for line in lines)
        and any(what in line.words for line in lines)
    ]  # fmt: skip
    return min((one for one in lacking if one[0] <= most), default=("",))[-1]


def _how_far(missing: Line) -> int:
    """Something nearly heard is nearer than a situation that is not so, and that than something hardly heard."""
    is_heard = (missing.brief or missing.words).startswith("heard ")
    return 1 if not is_heard else 0 if missing.lack <= NEARLY else 2
