"""An identity merged mid-story: hardly told from one who wrote under one id all along, and never lost."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import orjson
import pytest
from msgspec.structs import replace

from listener import catalogue, relationship
from listener.book import Book, Core
from listener.envelopes.recording import read
from listener.model.inputs import Command
from listener.model.outcomes import Outcome
from listener.model.outputs import Alert, Estimate
from listener.model.record import Understood
from listener.model.signals import Act, Broadcast, Commanded, Heard, ProfileTold, Signal
from listener.model.state import RECENT, both_recent, digest
from listener.model.told import OPEN, Told
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.alerting.test_repairing import alert
from tests.stories_told import STORIES

KNOWN = catalogue.load()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OLD, NEW = "handle:email:-:ann@example.org", "C-1"
PLAYED = sorted(STORIES.glob("*.jsonl"))[::4]


@pytest.fixture(scope="module")
def core() -> Core:
    return core_of(Settings(brand="acme"), KNOWN)


def said(minute: int, customer: str, name: str = "") -> dict:
    at = NOON + timedelta(minutes=minute)
    return {
        "event_id": name or f"e-{minute}",
        "occurred_at": at,
        "heard_at": at,
        "customer_id": customer,
        "brand": "acme",
    }


def complaint(minute: int, customer: str, name: str = "") -> Heard:
    told = said(minute, customer, name)
    return Heard(
        **told, channel="chat", role="customer", target="brand", signals={"complaint": 0.9, "failure:late": 0.9}
    )


def merging(minute: int, customer: str = OLD, into: str = NEW, at: datetime | None = None) -> Commanded:
    told = said(minute, customer) | ({"occurred_at": at, "heard_at": at} if at else {})
    order = Command(
        command_id=told["event_id"], occurred_at=told["occurred_at"], customer_id=customer, command="merge", into=into
    )
    return Commanded(**told, data=order)


def played(core: Core, *signals: Signal, until: datetime = NOON) -> tuple[Book, list[Outcome]]:
    """All customers after these signals and whatever falls due by then, and what was said of them."""
    book, told = Book(core), []
    for signal in signals:
        told += [*book.advance(signal.occurred_at), *book.take(signal)]
    return book, [*told, *book.advance(until)]


def test_what_is_believed_of_the_two_is_said_when_they_are_one(core: Core) -> None:
    """Else the bus would know nothing of the customer until they speak again: the old estimate is a tombstone."""
    book, _ = played(core, complaint(1, OLD), complaint(2, NEW))
    told = {(one.topic, one.customer_id): one.value for one in book.take(merging(3))}
    assert told["estimates", OLD] is None
    estimate = told["estimates", NEW]
    assert isinstance(estimate, Estimate)
    assert estimate.events_heard == 2


def test_a_merge_told_twice_changes_nothing(core: Core) -> None:
    """The second must not hand the customer to itself: nothing would be left, and nothing be heard again."""
    book, _ = played(core, complaint(1, OLD), complaint(2, NEW), merging(3))
    before = dict(book.states)
    list(book.take(merging(4)))
    assert book.states[NEW].tie == before[NEW].tie
    assert book.states[NEW].ledger == before[NEW].ledger
    assert (book.states[NEW].heard, book.states[NEW].merged_into) == (2, None)
    list(book.take(complaint(5, OLD)))
    assert book.states[NEW].heard == 3


def test_a_merge_back_into_who_is_one_already_changes_nothing(core: Core) -> None:
    book, _ = played(core, complaint(1, "C-0"), merging(2, "C-0", "C-1"), merging(3, "C-1", "C-2"))
    for again in (merging(4, "C-0", "C-1"), merging(5, "C-1", "C-2"), merging(6, "C-2", "C-0")):
        list(book.take(again))
        assert (book.states["C-2"].heard, book.states["C-2"].merged_into) == (1, None)
    list(book.take(complaint(7, "C-0")))
    assert book.states["C-2"].heard == 2


def test_many_merges_under_one_commands_id_each_bring_their_own(core: Core) -> None:
    """A job that cleans up names all its merges alike: the second must not be taken for the first told again."""
    book, _ = played(core, *(complaint(n, who) for n, who in enumerate(("C-0", "C-1", "C-2"), 1)))
    for who in ("C-0", "C-1"):
        order = merging(9, who, "C-2")
        list(book.take(order.model_copy(update={"event_id": "clean-up"})))
    assert book.states["C-2"].heard == 3


def test_what_was_passed_on_while_a_state_was_away_is_heard_when_it_comes_round(core: Core) -> None:
    """Two merges cross: for a while each is the other, and hands on what it has heard itself nowhere yet."""
    here, _ = core.step(core.begin("C-1"), complaint(1, "C-1"))
    away, (state, *_) = core.step(here, merging(2, "C-1", "C-2"))
    away, (passed,) = core.step(away, complaint(3, "C-1"))
    away, again = core.step(away, complaint(3, "C-1"))
    assert [one.made for one in again] == [passed.made], "the other may have been away as well"
    back, _ = core.step(away, state.made.model_copy(update={"customer_id": "C-1"}))
    heard, _ = core.step(back, complaint(3, "C-1"))
    assert (back.heard, heard.heard) == (1, 2)


def test_what_goes_round_for_ever_is_given_up(core: Core) -> None:
    away, _ = core.step(core.begin("C-1"), merging(1, "C-1", "C-2"))
    rounds = 0
    while told := core.step(away, complaint(2, "C-1")):
        away, passed = told
        if not passed:
            break
        rounds += 1
        assert rounds < 10
    assert rounds > 1


def test_an_event_that_comes_again_under_the_other_name_is_known(core: Core) -> None:
    """Ingest reads it again after a crash, and by now it knows whose handle it is."""
    book, _ = played(core, complaint(1, OLD, "x"), complaint(2, NEW, "y"), merging(3))
    list(book.take(complaint(1, NEW, "x")))
    assert book.states[NEW].heard == 2


def test_one_ring_of_recent_events_holds_the_newest_of_both() -> None:
    mine, theirs = (b"".join(digest(f"{who}{n}") for n in range(RECENT)) for who in "ab")
    both = both_recent(mine, theirs)
    assert len(both) == len(mine)
    assert all(digest(f"{who}{n}") in both for who in "ab" for n in range(RECENT // 2, RECENT))
    assert both_recent(mine, b"") == both_recent(b"", mine) == both_recent(mine, mine) == mine


def test_open_alerts_too_many_for_one_customer_end_with_a_word_when_they_are_one(core: Core) -> None:
    """Whoever was told that they were raised would else hold them for ever."""
    book, _ = played(core, complaint(1, OLD), complaint(2, NEW))
    noon = int(NOON.timestamp())
    for name in (OLD, NEW):
        many = (alert(alert_id=f"{name}-{n}", started_s=noon + n, expires_s=2 * noon) for n in range(OPEN))
        book.states[name] = replace(book.states[name], told=Told(open=tuple(many)))
    said = [one.value for one in book.take(merging(3)) if isinstance(one.value, Alert)]
    assert {one.status for one in said} == {"expired"}
    ended, kept = [one.alert_id for one in said], [one.alert_id for one in book.states[NEW].told.open]
    assert len(set(ended)) == len(set(kept)) == OPEN
    assert {*ended, *kept} == {f"{name}-{n}" for name in (OLD, NEW) for n in range(OPEN)}


@cache
def heard_in(place: int) -> tuple[str, tuple[Signal, ...]]:
    """A story's customer, and what was heard and done there, in order of time."""
    lines = [orjson.loads(line) for line in PLAYED[place].read_bytes().splitlines()]
    for line in lines:
        if line["value"] and "brand" in line["value"]:
            line["value"]["brand"] = "acme"
    records = [line.as_record() for line in read(map(orjson.dumps, lines))]
    fates = hearing_of(Settings(brand="acme"), KNOWN).hear(records)
    signals = [signal for fate in fates if isinstance(fate, Understood) for signal in fate.signals]
    told = [one for one in signals if isinstance(one, Heard | Act | Broadcast | ProfileTold)]
    who = Counter(one.customer_id for one in told if isinstance(one, Heard)).most_common(1)[0][0]
    theirs = [one for one in told if one.customer_id == who or isinstance(one, Broadcast)]
    return who, tuple(sorted(theirs, key=lambda one: one.occurred_at))


def parted(signals: Sequence[Signal], who: str) -> list[Signal]:
    """The same story, but up to its middle every other conversation is had under another name, merged there."""
    own = [one for one in signals if isinstance(one, Heard | Act)]
    middle, talks = own[len(own) // 2].occurred_at, dict[str, int]()
    told: list[Signal] = []
    for one in signals:
        if isinstance(one, Heard | Act) and one.occurred_at < middle:
            talk = one.conversation_id if isinstance(one, Heard) else one.data.conversation_id
            if talks.setdefault(talk or one.event_id, len(talks)) % 2 == 0:
                one = one.model_copy(update={"customer_id": OLD})
        told.append(one)
    first = next(n for n, one in enumerate(told) if one.occurred_at >= middle)
    return [*told[:first], merging(0, OLD, who, at=middle), *told[first:]]


def rules_alerted(outcomes: Sequence[Outcome], of: str | None = None) -> set[str]:
    alerts = [one.value for one in outcomes if isinstance(one.value, Alert)]
    return {alert.rule_id for alert in alerts if alert.status == "raised" and of in (None, alert.customer_id)}


@pytest.mark.parametrize("place", range(len(PLAYED)), ids=[path.stem for path in PLAYED])
def test_whoever_is_merged_mid_story_is_believed_and_alerted_as_one_who_had_one_name(place: int, core: Core) -> None:
    who, signals = heard_in(place)
    until = signals[-1].occurred_at + timedelta(days=40)
    one, alerted = played(core, *signals, until=until)
    other, alerted_too = played(core, *parted(signals, who), until=until)
    beliefs = []
    for book in (one, other):
        state = book.states[who]
        assert state.tie is not None
        beliefs.append(relationship.read(relationship.forget(state.tie, until), state.profile, until, KNOWN).p)
    assert (0.5 * np.abs(beliefs[0] - beliefs[1]).sum(1) < 0.1).all()
    apart = rules_alerted(alerted_too, of=OLD)  # of half a story, before the merge, less is known
    assert rules_alerted(alerted) <= rules_alerted(alerted_too) <= rules_alerted(alerted) | apart
