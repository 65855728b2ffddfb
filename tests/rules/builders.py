"""Small makers of what the rules are given: a belief that is sure, a word of either side, an act of the firm."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from listener.catalogue import Catalogue, load
from listener.model.ledger import Debt, Ledger, mark_of
from listener.model.reading import Reading
from listener.model.signals import Act, Heard
from listener.rules.case import Case, of_signal
from listener.rules.rehearsing import BEGIN, reading_of, signal_of

CATALOGUE: Catalogue = load()
OPENED, DAY = int(BEGIN.timestamp()), 86_400
_SERIAL = iter(range(1_000_000))


def belief(wanted: str, sure: float = 0.9, **over: Any) -> Reading:
    """A reading that is this sure of one type."""
    return replace(reading_of(wanted, sure), **over)


def said(side: str, at: str = "0 s", **cues: Any) -> Heard:
    """A turn of one side: cues as keywords; `talk`, `in_`, `needs_answer` … as in an example."""
    known = {
        "talk",
        "in_",
        "needs_answer",
        "public",
        "target",
        "offered",
        "promise",
        "register",
        "sketch",
        "asks",
        "agent_id",
    }
    line: dict[str, Any] = {"at": at, side: {k: v for k, v in cues.items() if k not in known}}
    line |= {k.rstrip("_"): v for k, v in cues.items() if k in known}
    line.setdefault("talk", "t")
    signal = signal_of(line, next(_SERIAL))
    assert isinstance(signal, Heard)
    return signal


def done(kind: str, at: str = "0 s", **details: Any) -> Act:
    """An act of the firm towards this customer."""
    signal = signal_of({"at": at, "act": kind, "details": details}, next(_SERIAL))
    assert isinstance(signal, Act)
    return signal


def later(signal: Heard | Act) -> datetime:
    """When a signal happened."""
    return signal.occurred_at


def case_of(signal: Heard | Act, ledger: Ledger | None = None) -> Case:
    """The case this signal makes of a customer who can't leave."""
    return of_signal(ledger or Ledger(), signal, belief("captive"), None, CATALOGUE)


def debt(code: str = "F02", **told: object) -> Debt:
    """Something owed since the beginning, for a day, in the conversation `t`."""
    facts = {
        "rule": "unanswered", "code": code, "cause": "idea", "talk": mark_of("t"), "channel": "email", "p": 0.9,
        "opened_s": OPENED, "due_s": OPENED + DAY, "ends_s": OPENED + 30 * DAY,
    }  # fmt: skip
    return Debt(**{**facts, **told})  # type: ignore[arg-type]  # facts of a test


def where_owed(*debts: Debt) -> Ledger:
    """A ledger in which this much is owed."""
    return Ledger(debts=debts)
