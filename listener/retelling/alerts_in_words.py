"""What becomes of an alert at one moment, in words: raised, for whom to mend and by when, or how it went on."""

import re
from typing import Final

from listener.model.outputs import SEVERITIES, Alert
from listener.model.told import Open
from listener.retelling.verdicts import at
from listener.rules.explaining.sentences import lasting
from listener.showing.words import ANYBODY, plain

_SEEN: Final = re.compile(r"^(?:Not settled|(?:Seen as|Not settled; perhaps) “([^”]+)” \([\d.]+\))\. ")
"""How an alert's why begins: the tie of those who mind, for whom the repair is chosen."""
_GRAVE: Final = re.compile(r" For them this is [^.]*\.$")
"""How it ends; its verdict says so already."""
_SOON_S: Final = 3600
"""What is noticed again within so many seconds is hardly done anew: most often one decision seen twice (ours)."""


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
        return f"{told}: {_news(alert, was, graver)}; {_repair(alert, was)}"
    return f"{told}: {ended_by if alert.status == 'resolved' else _aged(alert)}"


def _aged(alert: Alert) -> str:
    """What time, or somebody of the firm, made of it."""
    if alert.status == "escalated":
        return f"its repair is overdue: told again, still for {_role(alert)}"
    if alert.status == "acknowledged":
        return "someone has taken it up"
    if not alert.why:  # all that was said of them is gone
        return "they were erased, and nothing is left to mend"
    stood = lasting((alert.updated_at - alert.started_at).total_seconds())
    return f"never mended in the {stood} that rule {alert.act.code} gives it"


def _news(alert: Alert, was: Open | None, graver: str) -> str:
    """What is new of an alert that was raised before."""
    is_graver = was is not None and SEVERITIES.index(alert.severity) > was.severity
    again = was is None or alert.occurrences > was.occurrences
    news = [f"it was {SEVERITIES[was.severity]}"] if was and is_graver else []
    news += [_again(alert, was)] if again else []
    news += [graver] if is_graver and graver else []
    return "; ".join(news) or "there is more proof of it"


def _again(alert: Alert, was: Open | None) -> str:
    """How often by now; what follows at once is said to be of the same matter."""
    last_s = max((proof.at_s for proof in was.proofs), default=0) if was else 0
    one = ", within the hour, of the same matter" if alert.updated_at.timestamp() - last_s <= _SOON_S else ""
    return f"done again, {alert.occurrences} times by now{one}"


def _repair(alert: Alert, was: Open | None = None) -> str:
    """Who is to mend it, and by when; of one that was told before, whether that is as it was."""
    due = alert.repair.due_at
    if was is None or due is None:
        return f"To be mended by {_role(alert)}{f' by {at(due)}' if due else ''}"
    if int(due.timestamp()) != was.repair_due_s:
        return f"now to be mended by {_role(alert)} by {at(due)}"
    was_due = "was due" if alert.updated_at > due else "due"
    return f"still for {_role(alert)}, {was_due} {at(due)}"


def _role(alert: Alert) -> str:
    return plain(alert.repair.role or ANYBODY)


def _why(alert: Alert) -> str:
    return _GRAVE.sub("", _SEEN.sub("", alert.why))
