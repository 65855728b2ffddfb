"""What `listener rules diff` says of alerts that appear, vanish or change, and of all of them together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from listener.commands.rules.comparing import AlertDifference, What
from listener.model.outputs import Alert
from listener.retelling.folding import folded

_MARGIN: Final = " " * 10
_SEVERAL: Final[dict[What, str]] = {"appears": "appear", "vanishes": "vanish", "changes": "change"}


def as_told(change: AlertDifference, recording: str) -> dict[str, Any]:
    """A change for a program to read."""
    one = change.alert
    return {
        "recording": recording, "what": change.what, "at": one.started_at.isoformat(), "customer_id": one.customer_id,
        "code": one.act.code, "rule_id": one.rule_id, "severity": one.severity, "status": one.status,
        "title": one.title, "why": one.why,
        "moved": {name: {"from": was, "to": is_} for name, (was, is_) in change.moved.items()},
    }  # fmt: skip


def in_words(change: AlertDifference) -> Iterator[str]:
    """A line that says what became of which alert of whom and when; below it why, or what moved."""
    one = change.alert
    who = one.customer_id or "the whole brand"
    yield f"{change.what:9} {one.started_at:%Y-%m-%d %H:%M}  {who}  {one.act.code} {one.rule_id}, {one.severity}"
    if change.what == "changes":
        for name, (was, is_) in change.moved.items():
            yield from folded(_MARGIN + _what_moved(name, was, is_), _MARGIN + "  ")
    else:
        yield from folded(f"{_MARGIN}{one.title}. {one.why} {_end(one)}", _MARGIN)


def _end(alert: Alert) -> str:
    if alert.ended_at is None:
        return "Open at the end." if alert.status == "raised" else f"Open at the end, {alert.status}."
    return f"{alert.status.capitalize()} on {alert.ended_at:%Y-%m-%d %H:%M}."


def _what_moved(name: str, was: str, is_: str) -> str:
    """One part of an alert; of words and of lists only the sentences, or the members, that the other has not."""
    between = {"why": ". ", "do": ", ", "avoid": ", "}.get(name)
    if between is not None:
        a, b = was.rstrip(".").split(between), is_.rstrip(".").split(between)
        was, is_ = (between.join(one for one in own if one not in other) for own, other in ((a, b), (b, a)))
    return f"{name}: {_quoted(name, was)} -> {_quoted(name, is_)}"


def _quoted(name: str, said: str) -> str:
    return f"“{said}.”" if name == "why" and said else said.replace("_", " ") or "nothing"


def in_all(changes: Iterable[AlertDifference], stay: int, recordings: int) -> Iterator[str]:
    """How many alerts appear, vanish, change and stay; over several recordings also rule by rule."""
    changes = list(changes)
    where = f"in {recordings} recordings: " if recordings > 1 else ""
    if not changes:
        yield f"{where}no alert differs"
        return
    yield f"{where}{_counted([one.what for one in changes])}, {stay} as before"
    if recordings > 1:
        by_rule: dict[str, list[What]] = {}
        for one in changes:
            by_rule.setdefault(f"{one.alert.act.code} {one.alert.rule_id}", []).append(one.what)
        yield from (f"  {rule}: {_counted(whats)}" for rule, whats in sorted(by_rule.items()))


def _counted(whats: Sequence[What]) -> str:
    return ", ".join(
        f"{times} {what if times == 1 else _SEVERAL[what]}" for what, times in sorted(Counter(whats).items())
    )
