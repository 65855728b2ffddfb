"""What came of it, in words: of an act noticed, of what is owed, of an alert."""

from datetime import UTC, datetime
from typing import Final

from listener.catalogue import Catalogue
from listener.model.ledger import Debt
from listener.model.outputs import Alert, NoticedAct
from listener.model.told import Told
from listener.rules import phrasing
from listener.rules.explaining_absence import Owing, Settling

FIRM: Final = ("agent", "bot", "system", "campaign")
"""Who speaks for the firm."""
_HELD_BACK: Final = {
    "unsure": "it is not sure enough that it was done (from {act_p:g} on it is)",
    "doubtful": "it is not sure enough that this customer minds (much of the belief lies with types that would not)",
    "shadow": "the rule is in shadow: it is noted, and nobody is told",
    "silenced": "the rule is silenced for this customer",
    "symptom": "{other} tells of it already",
    "cool_down": "an alert of this rule has only just ended",
    "cap": "as many alerts as a day may bring were raised for this customer",
}
_LIFE: Final = {
    "updated": "it happened again, or is graver",
    "escalated": "the repair was due and nobody has taken it up",
    "acknowledged": "someone has taken it up",
    "expired": "its time is over and it was never mended",
}


def at(moment: datetime | int) -> str:
    """A moment, in UTC."""
    when = datetime.fromtimestamp(moment, UTC) if isinstance(moment, int) else moment.astimezone(UTC)
    return f"{when:%Y-%m-%d %H:%M}"


def of_notice(act: NoticedAct, told: Told, book: Catalogue) -> str:
    """An act noticed: how sure it is, how grave for them, and why an alert comes of it or none."""
    return f"noticed, sure to {act.p:.2f}; {_fate(act, told, book)}"


def of_debt(debt: Debt, act: NoticedAct | None, told: Told, book: Catalogue) -> str:
    """Something owed whose time is up."""
    what = f"nothing settled what was owed for {debt.cause} since {at(debt.opened_s)}"
    return f"{what}; sure to {act.p:.2f}; {_fate(act, told, book)}" if act else what


def _fate(act: NoticedAct, told: Told, book: Catalogue) -> str:
    if act.code[0] == "B":
        return "it honours a norm, and may mend"
    grave = f"{phrasing.GRAVE[act.severity]} for them"
    if act.code[0] == "C" and not act.severity:
        grave = "no breach of theirs"
    if act.held_back is None:
        return f"{grave}, and an alert tells of it" if act.alert_id else f"{grave}: noted, no alert"
    other = next((one for one in told.open if one.alert_id == act.held_by), None)
    rule = book.rules.by_id.get(other.rule) if other else None
    named = f"the open alert {rule.code} {rule.id} ({rule.title})" if rule else "another alert"
    reason = _HELD_BACK[act.held_back].format(act_p=book.thresholds.act_p, other=named)
    return f"{grave}, but no alert of its own: {reason}"


def of_owing(owed: Owing, book: Catalogue) -> str:
    """Whether something came to be owed, by when, and what if not."""
    if owed.due_s is None:
        return "nothing comes to be owed"
    if owed.joins is not None:
        return f"asked again; it is owed since {at(owed.joins.opened_s)}, and due {at(owed.joins.due_s)} as before"
    is_sure = owed.p >= book.thresholds.act_p
    doubt = "" if is_sure else " (not sure enough: if nothing comes it is noted, and no alert)"
    ways = phrasing.any_of(owed.rule.owes.settled_by) if owed.rule.owes else ""
    return (
        f"something is owed from now on, sure to {owed.p:.2f}{doubt}; due {at(owed.due_s)}, "
        f"else {phrasing.GRAVE[owed.level]} for them; settled by {ways}"
    )


def of_settling(one: Settling, side: str) -> str:
    """What a signal of this side makes of something owed."""
    since = f"what is owed for {one.debt.cause} since {at(one.debt.opened_s)}"
    due = f"it was due {at(one.debt.due_s)}" if one.debt.breached else f"it is due {at(one.debt.due_s)}"
    if one.by is None:
        words = " (bots, mere thanks and canned words are no answer)" if side in FIRM else ""
        return f"this settles nothing of {since}{words}; {due}"
    return f"this settles {since} ({one.by}), {'late: ' if one.debt.breached else 'in time: '}{due}"


def of_alert(alert: Alert, ended_by: str) -> str:
    """One change in the life of an alert; `ended_by` says what resolves one at such a moment."""
    why = alert.why if alert.status in ("raised", "updated") else ""
    life = ended_by if alert.status == "resolved" else _LIFE.get(alert.status, "")
    told = ". ".join(part for part in (life, why) if part)
    return f"{at(alert.updated_at)} {alert.status}, {alert.severity}: {alert.title} ({alert.act.code})" + (
        f". {told[0].upper()}{told[1:]}" if told else ""
    )
