"""The core: one customer, one signal at a time. Read this first; it is the table of contents of the project.

    step(state, signal, catalogue) -> (state, outcomes)        wake(state, now, catalogue) -> (state, outcomes)

Both are pure: no clock, no chance, no topic, no file. Time is the event's time. Before a signal at time t is heard,
every deadline due at or before t is woken, in order, so that what is decided never depends on when a timer fired,
on batch boundaries, on partitions or on workers.
"""

from datetime import datetime
from functools import partial

from msgspec.structs import replace

from listener import alerting, briefing, directives, relationship, rules
from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.outcomes import Outcome, Step
from listener.model.reading import Reading
from listener.model.signals import (
    Act,
    Broadcast,
    Commanded,
    Disposed,
    Heard,
    MergeState,
    ProfileTold,
    Signal,
    Tick,
    Wake,
    mark_of,
)
from listener.model.state import CustomerState
from listener.telling import Teller, teller_of


def step(state: CustomerState, signal: Signal, catalogue: Catalogue) -> Step:
    """Take one signal in, and say what it changed; a signal heard before changes nothing."""
    if isinstance(signal, Wake | Tick):
        return wake(state, signal.occurred_at, catalogue)
    if not directives.is_erasure(signal) and directives.is_repeat(state, signal):
        return state, ()
    if state.merged_into is not None and not directives.is_back(state, signal):
        return directives.pass_on(state, signal)
    state, woken = wake(state, signal.occurred_at, catalogue)  # what fell due before this
    state, outcomes = _dispatch(state, signal, catalogue)
    if directives.is_erasure(signal):  # nothing is left, not even that it was asked for
        return state, woken + outcomes
    return replace(state, recent=state.remembering(mark_of(signal))), woken + outcomes


def wake(state: CustomerState, now: datetime, catalogue: Catalogue) -> Step:
    """Let every deadline due at or before `now` fall due, in order."""
    outcomes: tuple[Outcome, ...] = ()
    while (due := next_due(state)) is not None and due <= now:
        state, more = _fall_due(state, due, catalogue)
        outcomes += more
    return state, outcomes


def next_due(state: CustomerState) -> datetime | None:
    """When this customer wants to be woken, or None."""
    dues = [due for due in (rules.next_due(state.ledger), alerting.next_due(state.told)) if due is not None]
    return min(dues, default=None)


def _dispatch(state: CustomerState, signal: Signal, catalogue: Catalogue) -> Step:
    """Each kind of signal to the one place that knows what it means."""
    match signal:
        case Heard() | Act():
            return _listen(state, signal, catalogue)
        case Broadcast():
            return _listen(state, signal, catalogue) if _is_meant(state, signal) else (state, ())
        case ProfileTold(data=None):
            return directives.erase(state, signal.occurred_at, signal, catalogue)
        case ProfileTold():
            learnt = directives.learn_profile(state, signal)
            is_news = directives.was_told_of(state) and learnt.profile_json != state.profile_json
            return _say_anew(state, learnt, signal, catalogue) if is_news else (learnt, ())
        case Disposed():
            return directives.dispose(state, signal, catalogue)
        case Commanded(data=order) if order.command == "rebuild" and state.tie is not None:
            return _fall_due(state, max(signal.occurred_at, state.at), catalogue)  # say what is believed now
        case Commanded(data=order) if order.command == "override":
            return _say_anew(state, directives.override(state, signal, catalogue), signal, catalogue)
        case Commanded():
            return directives.command(state, signal, catalogue)
        case MergeState():
            return _merge_in(state, signal, catalogue)
    return state, ()


def _listen(state: CustomerState, signal: Heard | Act | Broadcast, catalogue: Catalogue) -> Step:
    """Judge what was done on the belief as it stood, then revise the belief, then see what the new belief minds."""
    now = max(signal.occurred_at, state.at)  # a late event finds no time elapsed
    profile = state.profile
    tie = state.tie or relationship.begin(now)
    before = relationship.read(relationship.forget(tie, now), profile, now, catalogue)
    ledger, judged = rules.judge(state.ledger, signal, before, profile, catalogue)
    tie = relationship.revise(tie, signal, judged, profile, catalogue)
    after = relationship.read(tie, profile, now, catalogue)
    ledger, assessed = rules.assess(ledger, signal, after, profile, catalogue)
    state = replace(state, tie=tie, ledger=ledger, at_s=now.timestamp(), heard=state.heard + 1)
    teller = teller_of(state, now, signal.event_id, _conversation(signal))
    return _conclude(state, judged + assessed, before, after, teller, catalogue, done=signal)


def _fall_due(state: CustomerState, due: datetime, catalogue: Catalogue) -> Step:
    """One deadline: what was owed and did not come, and what an alert does when its time is up."""
    profile = state.profile
    tie = relationship.forget(state.tie or relationship.begin(due), due)
    before = relationship.read(tie, profile, due, catalogue)
    ledger, missed = rules.due(state.ledger, due, before, profile, catalogue)
    tie = relationship.endure(tie, missed, due, catalogue)
    after = relationship.read_again(before, tie, profile, due, catalogue) if missed else before
    ledger, assessed = rules.assess(ledger, due, after, profile, catalogue)
    state = replace(state, tie=tie, ledger=ledger, at_s=max(state.at_s, due.timestamp()))
    teller = teller_of(state, due, f"due:{due.isoformat()}")
    return _conclude(state, missed + assessed, before, after, teller, catalogue)


def _say_anew(was: CustomerState, state: CustomerState, signal: ProfileTold | Commanded, catalogue: Catalogue) -> Step:
    """Tell anew what is believed, after word from the CRM or an operator: nobody acted, so nothing is judged.

    A profile does not move the customer's clock: one of today may stand before contacts of years ago. An order does.
    """
    is_profile = isinstance(signal, ProfileTold) and was.at_s > 0
    now = was.at if is_profile else max(signal.occurred_at, was.at)
    tie = relationship.forget(was.tie or relationship.begin(now), now)
    before = relationship.read(tie, was.profile, now, catalogue)
    assert state.tie is not None  # it was just told of
    after = relationship.read(state.tie, state.profile, now, catalogue)
    state = replace(state, at_s=now.timestamp())  # what is told next is not of a time before
    teller = teller_of(state, now, signal.event_id)
    return _conclude(state, (), before, after, teller, catalogue, is_news=True)


def _merge_in(state: CustomerState, signal: MergeState, catalogue: Catalogue) -> Step:
    """Become one with a customer who was merged into this one, and say what is believed of both."""
    state, passed_on = directives.merge_in(state, signal, catalogue)
    if state.tie is None:
        return state, passed_on
    state, outcomes = _fall_due(state, state.at, catalogue)
    return state, passed_on + outcomes


def _conclude(
    state: CustomerState,
    findings: tuple[Finding, ...],
    before: Reading,
    after: Reading,
    teller: Teller,
    catalogue: Catalogue,
    *,
    is_news: bool = False,
    done: Heard | Act | Broadcast | None = None,
) -> Step:
    """Decide which findings are worth an alert, and tell: acts, alerts, transitions, estimate, briefing."""
    who, at, profile = teller.who, teller.at, state.profile
    told, alerts, fates = alerting.choose(state.told, findings, after, profile, who, at, catalogue, done)
    assert state.tie is not None  # it was just revised, or left to itself
    tie, moves = relationship.transitions(state.tie, before, after, who, at, catalogue)
    state = replace(state, told=told, tie=tie)
    outcomes = teller.acts(findings, fates) + teller.alerts(alerts) + teller.transitions(moves)
    strain = state.ledger.strain_at(at.timestamp(), catalogue.thresholds.s("strain_half_life"))
    outcomes += teller.estimate(partial(relationship.estimate, after, who, at, state.heard, strain, profile, catalogue))
    if findings or alerts or moves or is_news or state.heard == 1:  # else an agent would read what was said before
        outcomes += teller.briefing(partial(briefing.brief, who, at, after, state.ledger, told, profile, catalogue))
    return state, outcomes


def _conversation(signal: Heard | Act | Broadcast) -> str | None:
    return signal.conversation_id if isinstance(signal, Heard) else signal.data.conversation_id


def _is_meant(state: CustomerState, signal: Broadcast) -> bool:
    """Whether this customer belongs to the act's audience; segments come from the profile."""
    audience, profile = signal.data.audience, state.profile
    if audience is None or audience.everyone:
        return True
    return profile is not None and audience.segment in profile.segments
