"""What the firm was told of a customer: the alerts that are open, what is silenced, what dispositions taught."""

import msgspec
from msgspec.structs import replace

from listener.model.ledger import Proof
from listener.model.spans import DAY_S

OPEN, CLOSED, SILENCES, RAISED = 12, 16, 12, 12
"""How many of each are kept; the oldest go first (an open alert is told to have ended then)."""
PROOFS = 4
"""How many proofs of an alert are kept: the first, and the newest."""
ENDED_S = 90 * DAY_S
"""Seconds for which an alert that ended is remembered: by then what caused it can cause no other of the same id."""
COOLS_NOTHING = -1
"""The severity of what ended mended: whatever comes again of its kind is graver, and is told without a cool-down."""


class Open(msgspec.Struct, frozen=True, array_like=True):
    """An open alert: enough to say it again whatever happens next. Times are whole seconds since 1970 (UTC).

    `due_s` is when the repair is due (0: escalated or acknowledged already), `expires_s` when it ends unmended,
    `mends_s` when it will count as resolved if no new complaint comes (0: nothing has mended it yet). `tops` are the
    three most probable types of each track when it was last decided: type index and probability in 255ths, by turns.

    `severity` is a place in SEVERITIES, `threat` and `confidence` are 0..1. `occurrences` counts the acts it carries,
    and `codes` names them; `cause` is the first event of it. `repair_due_s` is the time for the repair that was told,
    and stays when `due_s` is dealt with. `updated_s` is its last change, `said_s` the last that was told. `at_risk` is
    the yearly value that hangs on it: amount and currency. `broadcast` is the act to everybody that it comes from.
    """

    alert_id: str
    rule: str
    code: str
    matter: int
    cause: str
    severity: int
    status: str
    started_s: int
    updated_s: int
    due_s: int
    repair_due_s: int
    expires_s: int
    mends_s: int
    occurrences: int
    threat: float
    confidence: float
    wanted: str
    why: str
    avoid: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = ()
    broadcast: str | None = None
    critical: bool = False
    said_s: int = 0
    tops: bytes = b""
    at_risk: tuple[str, str] | None = None
    codes: tuple[str, ...] = ()


class Closed(msgspec.Struct, frozen=True, array_like=True):
    """An alert that ended: its rule, matter, id and when."""

    rule: str
    matter: int
    alert_id: str
    ended_s: int
    severity: int = 0


class Silence(msgspec.Struct, frozen=True, array_like=True):
    """A rule (empty: all) that says nothing until `until_s`, or only from `levels` higher than it would."""

    rule: str
    until_s: int
    levels: int = 9


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What was told of one customer. Fields are only ever appended, each with a default."""

    open: tuple[Open, ...] = ()
    closed: tuple[Closed, ...] = ()
    silences: tuple[Silence, ...] = ()
    raised: tuple[int, ...] = ()

    def standing(self, rule: str, matter: int) -> Open | None:
        """The open alert of this rule and matter."""
        return next((one for one in self.open if one.rule == rule and one.matter == matter), None)

    def with_changed(self, alert: Open, changed: Open) -> "Told":
        """The same with one open alert as it is now, in the place where it stood."""
        return replace(self, open=tuple(changed if one is alert else one for one in self.open))
