"""`listener rules diff`: which alerts appear, vanish or change where a recording is played with two catalogues.

And what the rules that differ made of it: a rule of one's own may notice much and raise nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from listener import pipeline
from listener.book import Core
from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.commands.reading import Reading
from listener.commands.rules.explaining.recordings import both
from listener.commands.rules.voices import instead
from listener.commands.shared import catalogue_in_force, progress
from listener.model.outputs import Alert, NoticedAct
from listener.model.record import Record
from listener.replay import Watch, replay, unwatched
from listener.settings import Settings
from listener.workbench import hearing_of, records_of


@dataclass(frozen=True, slots=True)
class Play:
    """What one catalogue made of a recording: every alert as it was last told, by its id, and the acts noticed."""

    book: Catalogue
    alerts: dict[str, dict[str, Any]] = field(default_factory=dict)
    acts: list[NoticedAct] = field(default_factory=list)


def played(
    old: Path | None, new: Path | None, file: Path, until: datetime | None, settings: Settings
) -> tuple[Play, Play]:
    """The recording with each of two catalogues."""
    records = records_of(file)
    reading = Reading(file, records, settings.brand)
    before = _play(old, "old", records, until, settings, reading.take)
    reading.end()
    return before, _play(new, "new", records, until, settings, unwatched)


def differences(before: Play, after: Play) -> Iterator[dict[str, Any]]:
    """Alerts that only one of two catalogues raises, or that both raise otherwise."""
    for alert_id in sorted({*before.alerts, *after.alerts}):
        a, b = before.alerts.get(alert_id), after.alerts.get(alert_id)
        what = "appears" if a is None else "vanishes" if b is None else "changes"
        one = b or a
        assert one is not None  # it is in one of the two
        if a and b and (a["severity"], a["status"]) == (b["severity"], b["status"]):
            continue
        note = f"{a['severity']} {a['status']} -> {b['severity']} {b['status']}" if a and b else one["why"]
        yield {"what": what, **one, "note": note}


def unheard(before: Play, after: Play) -> Iterator[str]:
    """Of each rule that only the new catalogue has, or has otherwise: what it noticed and had no alert of, and why.

    One that the old catalogue has and the new one puts aside is meant to be silent.
    """
    known = before.book.rules.by_id
    for rule in after.book.rules.live:
        if rule != known.get(rule.id) and (rule.status == "on" or rule.id not in known):
            yield from _of_rule(rule, after)


def _of_rule(rule: Rule, play: Play) -> Iterator[str]:
    acts = [act for act in play.acts if act.rule_id == rule.id]
    why = Counter((act.held_back, _carrier(act, play)) for act in acts if act.alert_id is None)
    name = f"{rule.code} {rule.id}"
    if not acts:
        yield f"{name} noticed nothing here; `listener rules explain {rule.id} FILE` says where it came nearest"
    for (reason, other), times in why.most_common():
        acted = f"{name} noticed {times} act{'' if times == 1 else 's'}"
        if reason == "shadow":
            yield f"{acted} and raised nothing: it is in shadow; write `status: on` to see its alerts here"
        elif other:
            yield f"{acted} told by {other}, not by it; {instead(rule.id, other)}"
        elif reason:
            yield f"{acted} without an alert: {reason.replace('_', ' ')}"
        elif rule.code[0] != "B":
            yield f"{acted} that {'was' if times == 1 else 'were'} no breach for whom it was done to"


def _carrier(act: NoticedAct, play: Play) -> str | None:
    """The rule whose alert tells of an act that another noticed too."""
    alert = play.alerts.get(act.held_by or "")
    return alert["rule_id"] if alert else None


def _play(
    folder: Path | None, which: str, records: list[Record], until: datetime | None, settings: Settings, watch: Watch
) -> Play:
    book = catalogue_in_force(folder)
    core = Core(
        settings.brand,
        partial(pipeline.step, catalogue=book),
        partial(pipeline.wake, catalogue=book),
        pipeline.next_due,
    )
    play = Play(book)
    with progress(f"playing it with the {which} catalogue", len(records)) as turn:
        for outcome in replay(records, until, hearing_of(settings, book), core, both(watch, turn)):
            if outcome.topic == "alerts" and isinstance(alert := outcome.value, Alert):
                play.alerts[alert.alert_id] = {
                    "severity": alert.severity, "status": alert.status, "code": alert.act.code,
                    "rule_id": alert.rule_id, "customer_id": alert.customer_id, "why": alert.why,
                }  # fmt: skip
            elif outcome.topic == "acts" and isinstance(act := outcome.value, NoticedAct):
                play.acts.append(act)
    return play
