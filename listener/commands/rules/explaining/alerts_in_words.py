"""What becomes of an alert at one moment, in words: raised with what is to be done by when, or how it went on."""

import re
from typing import Final

from listener.alerting.saying import SEVERITIES
from listener.commands.rules.explaining.verdicts import at
from listener.model.outputs import Alert
from listener.model.told import Open
from listener.showing.words import ANYBODY, listed, plain

_SEEN: Final = re.compile(r"^(?:Seen as|Not settled; perhaps) “([^”]+)” \([\d.]+\)\. ")
"""How an alert's why begins: the tie of those who mind, for whom the repair is chosen."""
_GRAVE: Final = re.compile(r" For them this is [^.]*\.$")
"""How it ends; its verdict says so already."""
MOVES: Final = 3
"""So many moves of a repair are told, and so many words of what to avoid: the first, which are the most telling."""
_LIFE: Final = {
    "escalated": "its repair is overdue",
    "acknowledged": "someone has taken it up",
    "expired": "its time is over and it was never mended",
}


def of_alert(alert: Alert, was: Open | None, ended_by: str, *, is_named: bool) -> str:
    """One change in the life of an alert that `was` so before; `ended_by` says what resolves one at such a moment.

    `is_named` is whether its act was just told of by name: then its code is enough.
    """
    name = alert.act.code if is_named else f"{alert.act.code} {alert.title}"
    told = f"{name}: alert {alert.status}, {alert.severity}"
    if alert.status == "raised":
        return f"{told}{_repair(alert)}. {_why(alert)}"
    if alert.status == "updated":
        return f"{told}: {_news(alert, was)}"
    return f"{told}: {ended_by if alert.status == 'resolved' else _LIFE[alert.status]}"


def _news(alert: Alert, was: Open | None) -> str:
    """What is new of an alert that was raised before."""
    is_graver = was is not None and SEVERITIES.index(alert.severity) > was.severity
    again = was is None or alert.occurrences > was.occurrences
    news = [f"it was {SEVERITIES[was.severity]}"] if was and is_graver else []
    news += [f"done again, {alert.occurrences} times by now"] if again else []
    return "; ".join(news) or "there is more proof of it"


def _repair(alert: Alert) -> str:
    """By when it is to be mended, as for whom, by whom, with which first moves, and what would insult."""
    seen = _SEEN.match(alert.why)
    due = f" due {at(alert.repair.due_at)}" if alert.repair.due_at else ""
    whose = f" chosen for “{seen[1]}”" if seen and seen[1] != "unknown" else ""
    when = f" repair{due}{',' if due and whose else ''}{whose}" if due or whose else ""
    moves, insults = (listed(some[:MOVES], ", ") for some in (alert.repair.do, alert.repair.avoid))
    todo = f" who: {plain(alert.repair.role or ANYBODY)}; do: {moves}" if moves else ""
    avoid = f" avoid: {insults}" if insults else ""
    return "".join(f";{one}" for one in (when, todo, avoid) if one)


def _why(alert: Alert) -> str:
    return _GRAVE.sub("", _SEEN.sub("", alert.why))
