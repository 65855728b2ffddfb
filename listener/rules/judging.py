"""The three verbs that pass judgement, in the order in which a moment asks for them."""

from datetime import datetime

from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.inputs import Profile
from listener.model.ledger import Ledger
from listener.model.reading import Reading
from listener.model.signals import Act, Broadcast, Heard
from listener.model.spans import moment
from listener.rules.case import Case, of_signal
from listener.rules.debts import owing
from listener.rules.findings import noticing
from listener.rules.memory import remembering
from listener.rules.memory.forgetting import forget
from listener.rules.treatment import feeling, mismatches

Judged = tuple[Ledger, tuple[Finding, ...]]


def judge(
    ledger: Ledger, signal: Heard | Act | Broadcast, reading: Reading, profile: Profile | None, catalogue: Catalogue
) -> Judged:
    """What this signal settles, what acts it shows, and what comes to be owed by it; on the belief before it."""
    case = of_signal(ledger, signal, reading, profile, catalogue)
    case.ledger = forget(case.ledger, case.at_s, catalogue.thresholds)
    settled = owing.settle(case)
    noticed = feeling.muted(case, noticing.notice(case))
    owing.take_back(case, noticed)
    owing.open_debts(case)
    remembering.remember(case)
    feeling.add_strain(case, noticed)
    return case.ledger, settled + noticed


def due(ledger: Ledger, at: datetime, reading: Reading, profile: Profile | None, catalogue: Catalogue) -> Judged:
    """What is breached because its time is up at or before `at`."""
    case = Case(ledger, at, reading, profile, catalogue)
    case.ledger = forget(case.ledger, case.at_s, catalogue.thresholds)
    findings = owing.fall_due(case)
    feeling.add_strain(case, findings)
    return case.ledger, findings


def assess(
    ledger: Ledger,
    signal: Heard | Act | Broadcast | datetime,
    reading: Reading,
    profile: Profile | None,
    catalogue: Catalogue,
) -> Judged:
    """What the revised belief minds: mismatches (M), strain (S01), distress (D01), a customer turning away (C02)."""
    if isinstance(signal, datetime):
        case = Case(ledger, signal, reading, profile, catalogue)
    else:
        case = of_signal(ledger, signal, reading, profile, catalogue)
    findings = mismatches.compare(case) + feeling.strained(case) + feeling.distressed(case)
    findings += feeling.muted(case, feeling.turned_away(case))
    return case.ledger, findings


def next_due(ledger: Ledger) -> datetime | None:
    """When the next thing owed falls due, if anything is owed."""
    at_s = owing.next_due_s(ledger.debts)
    return None if at_s is None else moment(at_s)
