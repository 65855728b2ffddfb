"""What becomes of an alert at one moment, in words: raised, for whom to mend and by when, or how it went on."""

import re
from typing import Final

from listener.alerting.saying import SEVERITIES
from listener.commands.rules.explaining.verdicts import at
from listener.model.outputs import Alert
from listener.model.told import Open
from listener.showing.words import ANYBODY, plain

_SEEN: Final = re.compile(r"^(?:Seen as|Not settled; perhaps) “([^”]+)” \([\d.]+\)\. ")
"""How an alert's why begins: the tie of those who mind, for whom the repair is chosen."""
_GRAVE: Final = re.compile(r" For them this is [^.]*\.$")
"""How it ends; its verdict says so already."""
_LIFE: Final = {
    "escalated": "its repair is overdue",
    "acknowledged": "someone has taken it up",
    "expired": "its time is over and it was never mended",
}


def of_alert(alert: Alert, was: Open | None, ended_by: str, chosen: str, graver: str, *, is_named: bool) -> str:
    """One change in the life of an alert that `was` so before; `ended_by` says what resolves one at such a moment.

    `chosen` says for what kind of customer its repair is, `graver` what makes it so grave. `is_named` is whether its
    act was told of by name: then its code is enough.
    """
    name = alert.act.code if is_named else f"{alert.act.code} {alert.title}"
    told = f"{name}: alert {alert.status}, {alert.severity}"
    if alert.status == "raised":
        return f"{told}{f' ({graver})' if graver else ''}. {_why(alert)} {_repair(alert)}{chosen}"
    if alert.status == "updated":
        return f"{told}: {_news(alert, was, graver)}"
    return f"{told}: {ended_by if alert.status == 'resolved' else _LIFE[alert.status]}"


def _news(alert: Alert, was: Open | None, graver: str) -> str:
    """What is new of an alert that was raised before."""
    is_graver = was is not None and SEVERITIES.index(alert.severity) > was.severity
    again = was is None or alert.occurrences > was.occurrences
    news = [f"it was {SEVERITIES[was.severity]}"] if was and is_graver else []
    news += [f"done again, {alert.occurrences} times by now"] if again else []
    news += [graver] if is_graver and graver else []
    return "; ".join(news) or "there is more proof of it"


def _repair(alert: Alert) -> str:
    """Who is to mend it, and by when."""
    due = f" by {at(alert.repair.due_at)}" if alert.repair.due_at else ""
    return f"To be mended by {plain(alert.repair.role or ANYBODY)}{due}"


def _why(alert: Alert) -> str:
    return _GRAVE.sub("", _SEEN.sub("", alert.why))
