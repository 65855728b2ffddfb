"""Who said or did what, on which channel: how the telling of a moment begins."""

import re
from typing import Any, Final

from listener.model.inputs import SurveyAnswer
from listener.model.signals import Act, Broadcast, Commanded, Disposed, Heard, ProfileTold, Signal
from listener.retelling.overhearing import ShownWords
from listener.retelling.verdicts import at
from listener.rules.case.written_times import seconds_of
from listener.rules.explaining import phrasing

CHANNELS: Final = {"email": "e-mail", "social": "post", "voice": "call"}
_MASKED: Final = re.compile(r"\[\w+\]")
"""A detail of which nothing is left once its secrets are hidden."""


def said(signal: Heard | Act | Broadcast, words: ShownWords) -> str:
    """Who said or did what."""
    if isinstance(signal, Heard):
        who = {"agent": "the firm", "system": "the firm's system"}.get(signal.role, f"the {signal.role}")
        shown = f"{_scores(signal.survey)}{words.shown}" if signal.survey else words.shown
        return f"{who}, {CHANNELS.get(signal.channel, signal.channel)}{words.subject}: {shown}"
    details = {name: one for name, one in signal.data.details.items() if not name.endswith("_id")}
    what = phrasing.plain(signal.data.kind)
    if signal.data.kind == "order_placed" and details.get("by") == "firm":
        what, details = "billed or renewed by the firm, not ordered by them", details | {"by": None}
    told = ", ".join(_detail(name, one) for name, one in details.items() if one is not None)
    return f"reported: {what}{f' ({told})' if told else ''}"


def _scores(survey: SurveyAnswer) -> str:
    """What a survey's answer gives in figures, before its words."""
    told = {"would recommend": survey.nps, **survey.ratings}
    scores = ", ".join(f"{phrasing.plain(name)} {one:g}" for name, one in told.items() if one is not None)
    return f"{scores}; " if scores else ""


def _detail(name: str, told: Any) -> str:
    when = seconds_of(told) if name.endswith("_at") else None
    if name == "what":
        return phrasing.value(told)
    if name == "novelty" and isinstance(told, int | float):
        return f"novelty {told:g} of 1"
    if isinstance(told, str) and _MASKED.fullmatch(told):
        return f"{phrasing.plain(name)} not shown"
    return f"{phrasing.plain(name).replace('pct', 'percent')} {at(int(when)) if when else phrasing.value(told)}"


def told_by_crm(signal: Signal) -> str:
    """What CRM or an operator said of the customer."""
    if isinstance(signal, Disposed):
        return f"CRM disposes of an alert: {phrasing.plain(signal.data.disposition)}"
    if isinstance(signal, Commanded):
        return f"a command: {signal.data.command}"
    return "the profile is told" if isinstance(signal, ProfileTold) else phrasing.plain(signal.kind)
