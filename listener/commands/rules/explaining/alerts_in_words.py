"""What becomes of an alert at one moment, in words: raised with what is to be done by when, or how it went on."""

import re
from typing import Final

from listener.commands.rules.explaining.verdicts import at
from listener.model.outputs import Alert

_SEEN: Final = re.compile(r"^(?:Seen as|Not settled; perhaps) “([^”]+)” \([\d.]+\)\. ")
"""How an alert's why begins: the tie of those who mind, for whom the repair is chosen."""
_GRAVE: Final = re.compile(r" For them this is [^.]*\.$")
"""How it ends; its verdict says so already."""
_LIFE: Final = {
    "escalated": "its repair is overdue",
    "acknowledged": "someone has taken it up",
    "expired": "its time is over and it was never mended",
}


def of_alert(alert: Alert, ended_by: str, *, is_named: bool) -> str:
    """One change in the life of an alert; `ended_by` says what resolves one at such a moment.

    `is_named` is whether its act was just told of by name: then its code is enough.
    """
    name = alert.act.code if is_named else f"{alert.act.code} {alert.title}"
    told = f"{name}: alert {alert.status}, {alert.severity}"
    if alert.status == "raised":
        return f"{told}{_repair(alert)}. {_why(alert)}"
    if alert.status == "updated":
        again = f"it happened again, or is graver; {alert.occurrences} times by now"
        return f"{told}: {again if alert.occurrences > 1 else 'it is graver than it was'}"
    return f"{told}: {ended_by if alert.status == 'resolved' else _LIFE[alert.status]}"


def _repair(alert: Alert) -> str:
    """By when it is to be mended, and as for whom."""
    seen = _SEEN.match(alert.why)
    due = f" due {at(alert.repair.due_at)}" if alert.repair.due_at else ""
    whose = f" chosen for “{seen[1]}”" if seen and seen[1] != "unknown" else ""
    return f"; repair{due}{',' if due and whose else ''}{whose}" if due or whose else ""


def _why(alert: Alert) -> str:
    return _GRAVE.sub("", _SEEN.sub("", alert.why))
