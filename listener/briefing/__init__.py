"""What a service agent should know before speaking: who this is to us, what is open, what would insult."""

from datetime import datetime
from typing import Any

from listener.catalogue import Catalogue
from listener.model.inputs import Profile
from listener.model.ledger import Ledger
from listener.model.outcomes import Draft
from listener.model.outputs import Briefing
from listener.model.reading import Reading
from listener.model.spans import moment
from listener.model.told import Told

__all__ = ["brief"]

SETTLED_ENOUGH = 0.5
"""From this probability a type is named; below it the line says that it is not settled (DESIGN 2)."""
MOST = 6


def brief(
    who: tuple[str, str],
    at: datetime,
    reading: Reading,
    ledger: Ledger,
    told: Told,
    profile: Profile | None,
    catalogue: Catalogue,
) -> Draft:
    """The briefing as things stand; of an unchanged customer it is the same, but for `as_of`."""
    customer, brand = who
    wanted, p = reading.top("wanted", 1)[0]
    known = catalogue.types.by_id[wanted]
    mending = catalogue.repairs.types.get(wanted)  # type: ignore[call-overload]  # any text may be asked for
    open_alerts = sorted(told.open, key=lambda one: (-one.severity, one.started_s))
    moves = [
        move
        for one in open_alerts
        for move in catalogue.repairs.wound(one.rule, one.code).do  # acts of the customer's own (C) are no wounds
    ]
    insults = [word for one in open_alerts for word in one.avoid]
    says = {
        "customer_id": customer,
        "brand": brand,
        "as_of": at,
        "name": profile.name if profile else None,
        "held": _shares(reading, "held"),
        "wanted": _shares(reading, "wanted"),
        "in_one_line": _line(known.display, p, reading, len(open_alerts)),
        "expects": tuple(known.expects),
        "do": _few([*moves, *(mending.do if mending else ())]),
        "avoid": _few([*insults, *(mending.avoid if mending else ())]),
        "open_matters": _matters(ledger, told, catalogue),
        "history": _history(profile, ledger),
        "role": known.role,
    }
    return Draft(Briefing, says)


def _line(display: str, p: float, reading: Reading, open_alerts: int) -> str:
    """Who this is to us, in neutral words: the types' own names are never shown to people."""
    who = f"Treat as a {display}" if p >= SETTLED_ENOUGH else f"Not settled yet; nearest to a {display}"
    mood = {"ratcheting_up": "coming closer", "dialling_down": "turning away"}.get(reading.engagement)
    parts = [who, *([mood] if mood else []), *(["in distress"] if reading.distress >= 0.7 else [])]
    if open_alerts:
        parts.append(f"{open_alerts} {'matter' if open_alerts == 1 else 'matters'} to mend first")
    return "; ".join(parts) + "."


def _matters(ledger: Ledger, told: Told, catalogue: Catalogue) -> list[dict[str, Any]]:
    """What is owed and what is broken, oldest first; what is owed and alerted is told once."""
    alerted = {(one.rule, one.cause) for one in told.open}
    rules = catalogue.rules.by_id
    matters = [
        {"what": rules[debt.rule].title, "since": moment(debt.opened_s), "due_at": moment(debt.due_s)}
        for debt in ledger.debts
        if debt.rule in rules and (debt.rule, debt.cause) not in alerted
    ]
    matters += [
        {"what": rules[one.rule].title, "since": moment(one.started_s), "due_at": moment(one.repair_due_s)}
        for one in told.open
        if one.rule in rules
    ]
    return sorted(matters, key=lambda one: (one["since"], one["what"]))


def _history(profile: Profile | None, ledger: Ledger) -> dict[str, Any]:
    since = profile.customer_since if profile else None
    return {
        "customer_since": since.isoformat()[:10] if since else None,
        "last_contact": moment(ledger.customer_s) if ledger.customer_s else None,
        "named_contacts": profile.named_contacts if profile else (),
    }


def _shares(reading: Reading, track: str) -> tuple[dict[str, Any], ...]:
    return tuple({"type": name, "p": round(p, 4)} for name, p in reading.top(track))


def _few(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:MOST]
