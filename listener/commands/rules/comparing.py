"""`listener rules diff`: which alerts appear, vanish or change where recordings are played with two catalogues.

And what the rules that differ made of them: a rule of one's own may notice much and raise nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from listener.catalogue import Catalogue
from listener.catalogue.rules import Rule
from listener.commands.reading import Tally, records_of
from listener.commands.rules.explaining.recordings import both
from listener.commands.rules.voices import instead
from listener.commands.shared import Trouble, catalogue_in_force, hearing_in_force, progress, say
from listener.model.outputs import Alert, NoticedAct
from listener.model.record import Record
from listener.replay import Watch, replay, unwatched
from listener.settings import Settings
from listener.workbench import core_of

What = Literal["appears", "vanishes", "changes"]
_FOR_EVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Play:
    """What one catalogue made of a recording: every alert as it was last told, by its id, and the acts noticed."""

    book: Catalogue
    alerts: dict[str, Alert] = field(default_factory=dict)
    acts: list[NoticedAct] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AlertDifference:
    """An alert with the old catalogue and with the new one; None where that one raises none."""

    before: Alert | None
    after: Alert | None

    @property
    def what(self) -> What:
        """What became of it."""
        return "appears" if self.before is None else "vanishes" if self.after is None else "changes"

    @property
    def alert(self) -> Alert:
        """It, as it is now; as it was, where it is no more."""
        one = self.after or self.before
        assert one is not None  # nobody compares nothing with nothing
        return one

    @property
    def moved(self) -> dict[str, tuple[str, str]]:
        """What is told of it otherwise, by name: as it was, as it is."""
        if self.before is None or self.after is None:
            return {}
        was, is_ = _told(self.before), _told(self.after)
        return {name: (was[name], is_[name]) for name in was if was[name] != is_[name]}


def _told(alert: Alert) -> dict[str, str]:
    """What an alert says, by the names that people know it by."""
    due = alert.repair.due_at
    return {
        "rule": alert.rule_id,
        "severity": alert.severity,
        "since": f"{alert.started_at:%Y-%m-%d %H:%M}",
        "status": f"{alert.status} {alert.ended_at:%Y-%m-%d %H:%M}" if alert.ended_at else alert.status,
        "times": str(alert.occurrences),
        "title": alert.title,
        "why": alert.why,
        "who mends it": alert.repair.role or "",
        "mend it by": f"{due:%Y-%m-%d %H:%M}" if due else "",
        "do": ", ".join(alert.repair.do),
        "avoid": ", ".join(alert.repair.avoid),
    }


@dataclass(frozen=True, slots=True)
class _Player:
    """A catalogue, that whose ear hears for it, and what progress calls it."""

    book: Catalogue
    ears: Catalogue
    name: str
    until: datetime | None
    settings: Settings

    def play(self, file: Path, records: list[Record], watch: Watch = unwatched) -> Play:
        """What it makes of a recording."""
        play, core = Play(self.book), core_of(self.settings, self.book)
        hearing = hearing_in_force(self.settings, self.ears)
        with progress(f"playing {file.name} with the {self.name} catalogue", len(records)) as turn:
            for outcome in replay(records, self.until, hearing, core, both(watch, turn)):
                if outcome.topic == "alerts" and isinstance(alert := outcome.value, Alert):
                    play.alerts[alert.alert_id] = alert
                elif outcome.topic == "acts" and isinstance(act := outcome.value, NoticedAct):
                    play.acts.append(act)
        return play


def played(
    old: Path | None, new: Path | None, files: Sequence[Path], until: datetime | None, settings: Settings
) -> Iterator[tuple[Path, Play, Play]]:
    """Each recording with each of two catalogues; of several one in which nothing can be heard is passed over.

    Raises:
        Trouble: where nothing can be heard in any of them.
    """
    before, after = catalogue_in_force(old), catalogue_in_force(new)
    alike = before if before.cues == after.cues else after  # making an ear takes longer than hearing most recordings
    first, second = _Player(before, before, "old", until, settings), _Player(after, alike, "new", until, settings)
    any_heard = False
    for file in files:
        records = records_of(file)
        tally = Tally(file, records, settings.brand)
        made = first.play(file, records, tally.take)
        try:
            tally.end()
        except Trouble as trouble:
            if file == files[-1] and not any_heard:
                raise
            say(trouble.message)
            continue
        any_heard = True
        yield file, made, second.play(file, records)


def differences(before: Play, after: Play) -> list[AlertDifference]:
    """Alerts that only one of two catalogues raises, or of which they tell otherwise, in order of time."""
    both_raise = before.alerts.keys() & after.alerts.keys()
    changes = [AlertDifference(before.alerts[one], after.alerts[one]) for one in both_raise]
    changes += _matched(
        [alert for one, alert in before.alerts.items() if one not in both_raise],
        [alert for one, alert in after.alerts.items() if one not in both_raise],
    )
    differ = (one for one in changes if one.what != "changes" or one.moved)
    return sorted(differ, key=lambda one: (one.alert.started_at, one.alert.customer_id or "", one.alert.alert_id))


def _matched(gone: list[Alert], come: list[Alert]) -> Iterator[AlertDifference]:
    """One that vanishes and one that appears are one, told otherwise, where both tell the same customer's same act.

    That is, where they are of one code and stood open at the same time; the nearest in time first.
    """
    pairs = ((a, b) for a in gone for b in come if _are_of_one_thing(a, b))
    for a, b in sorted(pairs, key=lambda pair: abs(pair[0].started_at - pair[1].started_at)):
        if a in gone and b in come:
            gone.remove(a)
            come.remove(b)
            yield AlertDifference(a, b)
    yield from (AlertDifference(a, None) for a in gone)
    yield from (AlertDifference(None, b) for b in come)


def _are_of_one_thing(a: Alert, b: Alert) -> bool:
    same = (a.customer_id, a.act.code) == (b.customer_id, b.act.code)
    return same and a.started_at <= (b.ended_at or _FOR_EVER) and b.started_at <= (a.ended_at or _FOR_EVER)


def unheard(plays: Sequence[tuple[Play, Play]]) -> Iterator[str]:
    """Of each rule that only the new catalogue has, or has otherwise: what it noticed and had no alert of, and why.

    One that the old catalogue has and the new one puts aside is meant to be silent.
    """
    before, after = plays[0][0].book.rules, plays[0][1].book.rules
    for rule in after.live:
        if rule != before.by_id.get(rule.id) and (rule.status == "on" or rule.id not in before.by_id):
            yield from _of_rule(rule, [new for _, new in plays])


def _of_rule(rule: Rule, plays: Sequence[Play]) -> Iterator[str]:
    acts = [(act, play) for play in plays for act in play.acts if act.rule_id == rule.id]
    why = Counter((act.held_back, _carrier(act, play)) for act, play in acts if act.alert_id is None)
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
    return alert.rule_id if alert else None
