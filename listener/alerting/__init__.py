"""Alerts: which findings are worth one, and its life: raised, updated, escalated, acknowledged, resolved, expired."""

from datetime import datetime

from listener.alerting.ageing import next_due_s
from listener.alerting.choosing import Fate, choose
from listener.alerting.forgetting import forget
from listener.alerting.merging import merge
from listener.alerting.teaching import dispose, silence
from listener.model.spans import moment
from listener.model.told import Told

__all__ = ["Fate", "choose", "dispose", "forget", "merge", "next_due", "silence"]


def next_due(told: Told) -> datetime | None:
    """When something next happens to an open alert by time alone."""
    at_s = next_due_s(told)
    return None if at_s is None else moment(at_s)
