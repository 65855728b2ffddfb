"""What people teach: dispositions of alerts, silences asked for."""

from datetime import datetime

from msgspec.structs import replace

from listener.alerting.ageing import age, end
from listener.alerting.occasion import Occasion, Who
from listener.alerting.saying import say
from listener.catalogue import Catalogue
from listener.model.inputs import Command, Disposition
from listener.model.outputs import Alert
from listener.model.told import SILENCES, Open, Silence, Told

FOR_EVER_S = 4_102_444_800
"""2100: a silence without an end."""


def dispose(
    told: Told, disposition: Disposition, who: Who, at: datetime, catalogue: Catalogue
) -> tuple[Told, tuple[Alert, ...]]:
    """What the CRM did with an alert: taken up, closed, or called wrong, which silences the rule for a while."""
    occasion = Occasion(who, at, catalogue)
    told, said = age(told, occasion)
    alert = _meant(told, disposition)
    if alert is None:
        return told, tuple(said)
    if disposition.disposition == "acknowledged":
        seen = replace(alert, status="acknowledged", due_s=0, updated_s=occasion.at_s)
        told = told.with_changed(alert, seen)
        return told, (*said, say(seen, "acknowledged", occasion))
    told, ended = end(told, alert, "resolved", occasion)
    return _taught(told, alert, disposition.disposition, occasion), (*said, ended)


def _meant(told: Told, disposition: Disposition) -> Open | None:
    """The alert of that id; or the newest open one of that rule."""
    if disposition.alert_id is not None:
        return next((one for one in told.open if one.alert_id == disposition.alert_id), None)
    of_rule = [one for one in told.open if one.rule == disposition.rule_id]
    return max(of_rule, key=lambda one: one.started_s, default=None)


def _taught(told: Told, alert: Open, what: str, occasion: Occasion) -> Told:
    now, limits = occasion.at_s, occasion.catalogue.thresholds
    if what == "false_alarm":
        return _silenced(told, Silence(alert.rule, now + limits.s("false_alarm_silences")))
    if what == "expected":
        return _silenced(told, Silence(alert.rule, now + limits.s("expected_silences"), levels=1))
    return told


def silence(told: Told, command: Command) -> Told:
    """Say nothing of a rule (or of any) until a moment."""
    until = int(command.until.timestamp()) if command.until else FOR_EVER_S
    return _silenced(told, Silence(command.rule_id or "", until))


def _silenced(told: Told, new: Silence) -> Told:
    others = [one for one in told.silences if one.rule != new.rule or one.levels != new.levels]
    return replace(told, silences=(*others, new)[-SILENCES:])
