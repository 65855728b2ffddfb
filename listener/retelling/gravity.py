"""What moved how grave an act is: that it was done again, that others saw it, or that they are taken for another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from listener import relationship
from listener.catalogue import Catalogue
from listener.model.ledger import Ledger
from listener.model.outputs import SEVERITIES, Alert, NoticedAct
from listener.model.reading import Reading
from listener.model.state import CustomerState
from listener.model.told import Open
from listener.model.types import TYPES
from listener.retelling.fates import called
from listener.retelling.verdicts import at
from listener.rules.explaining.sentences import lasting, share
from listener.rules.situations import deeds_of

_WANTED: Final = 6
"""Where the type most likely wanted stands in what an open alert keeps of the belief: three of held go first."""
_NTH: Final = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}


@dataclass(frozen=True, slots=True)
class Foretold:
    """How grave it was said to be if nothing came, and what they were taken for then."""

    level: int
    taken: str


def stepped(act: NoticedAct, level: int, state: CustomerState, book: Catalogue) -> str:
    """Why an act is graver than the first of its kind would be, which has this level; empty where it is not."""
    if act.severity <= level or not level:
        return ""
    limits, at_s = book.thresholds, int(act.at.timestamp())
    times = sum(one.counts for one in deeds_of(state.ledger, act.code, at_s, limits.s("repeats_within")))
    reasons = []
    if times >= limits.steps_up_on:
        reasons.append(f"the {_NTH.get(times, f'{times}th')} of its kind within {lasting(limits.repeats_within)}")
    if not reasons or act.severity > level + 1:
        reasons.append("done where others read it")
    return f"one step graver, as it is {' and '.join(reasons)}"


def why_so_grave(act: NoticedAct, level: int, ledger: Ledger, state: CustomerState, book: Catalogue) -> str:
    """Why an act is graver than the first of its kind, or weighs other than the same did last time, in the `ledger`."""
    again = stepped(act, level, state, book)
    least = book.thresholds.act_p
    last = next((one for one in reversed(ledger.deeds) if one.code == act.code and one.p >= least), None)
    if again or last is None or act.p < least or not act.severity or last.level in (0, act.severity):
        return again
    who = "kinds of customer that mind it more" if act.severity > last.level else "kinds that mind it less"
    was, (day, time) = called(last.level, "").strip(), at(last.at_s).split()[:2]
    when = f"at {time}" if at(act.at).startswith(day) else f"on {day}"
    return f"{when} it was {was}: who they may be has shifted since, to {who}"


def moved(act: NoticedAct, foretold: Foretold | None, taken: str) -> str:
    """Why what is owed and did not come weighs other than was foretold; empty where it weighs as much."""
    if foretold is None or foretold.level == act.severity:
        return ""
    was = f"when it was asked it would have been {called(foretold.level, '').strip()}"
    if foretold.taken == taken:
        return f"{was}; who else they may be has shifted since"
    return f"{was}: they were taken for “{foretold.taken}” then, for “{taken}” now"


def shifted(alert: Alert, was: Open | None, book: Catalogue) -> str:
    """Why an alert has become graver, where they are taken for another than when it was last told; else empty."""
    now = alert.relationship.wanted
    if was is None or not now or len(was.tops) <= _WANTED or SEVERITIES.index(alert.severity) <= was.severity:
        return ""
    before = TYPES[was.tops[_WANTED]]
    if before == now[0].type:
        return ""
    old, new = (book.types.by_id[name].display for name in (before, now[0].type))
    return f"they were taken for “{old}” then, for “{new}” now"


def why_critical(alert: Alert, state: CustomerState, book: Catalogue) -> str:
    """What makes an alert critical; empty where it is not."""
    if alert.severity != "critical":
        return ""
    now = relationship.begin(state.at) if state.tie is None else state.tie
    reading = relationship.read(now, state.profile, state.at, book)
    return " and ".join(_pressing(state, reading, book)) or "somebody may be in danger"


def _pressing(state: CustomerState, reading: Reading, book: Catalogue) -> Iterator[str]:
    limits, ledger, at_s = book.thresholds, state.ledger, int(state.at.timestamp())
    lately = limits.s("critical_words_within")
    if ledger.exit_s and at_s - ledger.exit_s <= lately:
        yield "they spoke of leaving"
    if ledger.legal_s and at_s - ledger.legal_s <= lately:
        yield "they spoke of the law"
    if reading.distress >= limits.critical_distress and ledger.about_brand:
        yield f"their distress is {share(reading.distress)}, critical from {share(limits.critical_distress)} on"
