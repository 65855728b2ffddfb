"""What `listener rules` says: a rule in words, a recording explained, two catalogues compared, a first draft."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from listener import pipeline, relationship
from listener.book import Core
from listener.catalogue import Catalogue
from listener.catalogue.acts import KindOfAct
from listener.catalogue.rules import Rule
from listener.commands.shared import catalogue_in_force, say
from listener.model.outcomes import Outcome
from listener.model.signals import Act, Broadcast, Heard, Signal
from listener.model.state import CustomerState
from listener.replay import Tally, replay
from listener.rules.case import of_signal
from listener.rules.explaining import Account, account
from listener.settings import Settings
from listener.workbench import hearing_of, records_of

Step = tuple[CustomerState, tuple[Outcome, ...]]


def rule_in_words(rule: Rule, book: Catalogue) -> str:
    """What a rule waits for, for whom it is how grave, and why."""
    lines = [f"{rule.code} {rule.id} ({rule.status}): {rule.title}", "", rule.why.strip(), ""]
    for n, way in enumerate(rule.notices, 1):
        lines.append(f"{n}. noticed when {way.when.replace('_', ' ')}, sure to {way.p:g}")
        lines += [f"     {name} is {wanted}" for name, wanted in way.where.items()]
        lines += [
            f"     {cue} is heard at {least:g} or more" for cue, least in (*way.says.items(), *way.says_any.items())
        ]
        lines += [f"     unless {cue} is heard at {least:g}" for cue, least in way.unless_says.items()]
        lines += [f"     and: {words}" for words in way.if_]
    if rule.owes:
        lines.append(
            f"owed when {rule.owes.when} speaks, within {rule.owes.within}; "
            f"settled by {', '.join(rule.owes.settled_by)}"
        )
    if rule.mismatch:
        conduct = ", ".join(f"{code} x{worth:g}" for code, worth in rule.mismatch.conduct.items())
        lines.append(
            f"wants one of: {_named(rule.mismatch.wants, book)}; treated with {conduct}; "
            f"from {rule.mismatch.needs:g} within {rule.mismatch.within}"
        )
    if rule.code.startswith("F"):
        for digit, word in ((3, "grave breach"), (2, "breach"), (1, "irritation"), (0, "nothing")):
            names = [name for name in book.types.by_id if book.types.digit(name, rule.code) == digit]
            lines.append(f"{word}: {_named(names, book) or 'nobody'}")
    if rule.mended_by:
        lines.append(f"mended by: {', '.join(f'{code} {book.acts.name(code)}' for code in rule.mended_by)}")
    return "\n".join(lines)


def _named(types: Iterable[str], book: Catalogue) -> str:
    """Types by the names that staff know them by."""
    return ", ".join(book.types.by_id[name].display for name in types)


def recording_in_words(
    file: Path, customer: str | None, every: bool, book: Catalogue, settings: Settings, until: datetime | None = None
) -> Iterator[str]:
    """Signal by signal, what each rule made of it; then what came of it, up to and including deadlines at `until`."""
    told: list[str] = []

    def step(state: CustomerState, signal: Signal) -> Step:
        if isinstance(signal, Heard | Act | Broadcast) and customer in (None, state.customer_id):
            woken, _ = pipeline.wake(state, signal.occurred_at, book)
            told.extend(_signal_in_words(woken, signal, every, book))
        return pipeline.step(state, signal, catalogue=book)

    core = Core(settings.brand, step, partial(pipeline.wake, catalogue=book), pipeline.next_due)
    tally = Tally()
    for outcome in replay(records_of(file), until, hearing_of(settings, book), core, tally.take):
        yield from told
        told.clear()
        if outcome.topic == "alerts" and outcome.value is not None and customer in (None, outcome.customer_id):
            alert: Any = outcome.value
            yield f"    => {alert.status} {alert.severity}: {alert.title} ({alert.act.code}). {alert.why}"
    yield from told
    if tally.in_words:
        say(tally.in_words)


def _signal_in_words(
    state: CustomerState, signal: Heard | Act | Broadcast, every: bool, book: Catalogue
) -> Iterator[str]:
    now = max(signal.occurred_at, state.at)
    tie = state.tie or relationship.begin(state.profile, now, book)
    reading = relationship.read(relationship.forget(tie, now, book), state.profile, now, book)
    case = of_signal(state.ledger, signal, reading, state.profile, book)
    (top, p), *_ = reading.top("wanted")
    what = signal.excerpt or f"({signal.channel})" if isinstance(signal, Heard) else signal.data.kind
    wants = f"[wants “{book.types.by_id[top].display}”, {p:.2f}]"
    yield f"{signal.occurred_at.isoformat()}  {case.kind or case.side} {signal.event_id}: {what}  {wants}"
    for one in account(case, near=not every):
        yield from _account_in_words(one)


def _account_in_words(one: Account) -> Iterator[str]:
    yield f"  {one.rule.code} {one.rule.id}: {_verdict(one)}"
    yield from (f"      {'yes' if line.held else 'NO '}  {line.words}" for line in one.lines)


_GRAVE = ("nothing", "an irritation", "a breach", "a grave breach")


def _verdict(one: Account) -> str:
    """What came of it, in words."""
    if not one.fired:
        return "not owed" if one.owes else "not noticed"
    what = f"noticed, p {one.p:.2f}"
    if one.owes:
        return f"something is owed now, p {one.p:.2f}; due within {_span(one.owes.within)}, else {_GRAVE[one.level]}"
    if one.p < 0.6:
        return f"{what} (below .6: noted, no alert)"
    if one.rule.code[0] == "F":
        return f"{what}, {_GRAVE[one.level]} for them" + (" (noted, no alert)" if one.level < 2 else "")
    return what


def _span(within: str | dict[str, str]) -> str:
    if isinstance(within, str):
        return "what was promised" if within == "promise" else within
    return ", ".join(f"{span} ({channel})" for channel, span in within.items())


def differences(
    old: Path | None, new: Path | None, file: Path, until: datetime | None, settings: Settings
) -> Iterator[dict[str, Any]]:
    """Alerts that only one of two catalogues raises, or that both raise otherwise."""
    before, after = (_alerts(catalogue_in_force(folder), file, until, settings) for folder in (old, new))
    for alert_id in sorted({*before, *after}):
        a, b = before.get(alert_id), after.get(alert_id)
        what = "appears" if a is None else "vanishes" if b is None else "changes"
        one = b or a
        assert one is not None  # it is in one of the two
        if a and b and (a["severity"], a["status"]) == (b["severity"], b["status"]):
            continue
        note = f"{a['severity']} {a['status']} -> {b['severity']} {b['status']}" if a and b else one["why"]
        yield {"what": what, **one, "note": note}


def _alerts(book: Catalogue, file: Path, until: datetime | None, settings: Settings) -> dict[str, dict[str, Any]]:
    core = Core(
        settings.brand,
        partial(pipeline.step, catalogue=book),
        partial(pipeline.wake, catalogue=book),
        pipeline.next_due,
    )
    last: dict[str, dict[str, Any]] = {}
    for outcome in replay(records_of(file), until, hearing_of(settings, book), core):
        alert: Any = outcome.value
        if outcome.topic == "alerts" and alert is not None:
            last[alert.alert_id] = {
                "severity": alert.severity, "status": alert.status, "code": alert.act.code, "rule_id": alert.rule_id,
                "customer_id": alert.customer_id, "why": alert.why,
            }  # fmt: skip
    return last


def first_draft(name: str, act: KindOfAct, book: Catalogue) -> str:
    """A rule to begin with; the comments say what each part is for. Its stories hold as they are."""
    minds, tolerates = _who_minds(act.code, book)
    tolerant = f"""
  - name: the same for somebody who tolerates it
    type: {tolerates}
    given: [{{at: 0 min, act: service_incident, details: {{incident: late, severity: 3}}}}]
    expect: []"""
    return f"""id: {name}
code: {act.code}
title: {_title(act, book)}
status: shadow            # shadow: noted, no alert; turn it `on` when you trust it
notices:
  # when: a kind of act (service_incident, campaign_sent, ...) or who speaks (customer, agent, campaign)
  - when: service_incident
    where: {{incident: late, severity: [2, 3]}}   # details of the act; a list means any of these
    p: 0.9                                      # how sure this is
    tells: 'It came late: {{incident}}.'
  # - when: customer
  #   says: {{complaint: 0.6}}                    # cues that must be heard, at least so probable
  #   if: [about the brand, not just content]   # situations: see docs/rules-howto.md
mended_by: [B08]
why: >-
  Say in a sentence why this hurts the tie, and how you know.
version: 1
examples:
  - name: it fires
    type: {minds}
    given: [{{at: 0 min, act: service_incident, details: {{incident: late, severity: 3}}}}]
    expect: [{act.code}]
  - name: it stays quiet
    type: {minds}
    given: [{{at: 0 min, act: order_placed, details: {{by: customer}}}}]
    expect: []{tolerant if tolerates else ""}
"""


def _title(act: KindOfAct, book: Catalogue) -> str:
    """What the first rule of the act says; the taxonomy names acts, and a title is a statement."""
    rule = book.rules.of_code(act.code)
    return rule.title if rule else act.title


def _who_minds(code: str, book: Catalogue) -> tuple[str, str]:
    """The type that minds an act most, and one that tolerates it (empty: none does, or the act has no digits)."""
    if not code.startswith("F"):
        return "basic_exchange", ""
    names = sorted(book.types.by_id, key=lambda name: book.types.digit(name, code))
    return names[-1], names[0] if book.types.digit(names[0], code) < 2 else ""
