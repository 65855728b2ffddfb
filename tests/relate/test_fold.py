"""A batch of the signals, folded: the same however it is cut, sent again or interrupted."""

from datetime import UTC, datetime, timedelta

import msgspec
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listener.model.inputs import BrandAct
from listener.model.signals import Broadcast, Commanded, Heard, ProfileTold, Source, Tick, Wake
from listener.model.state import CustomerState
from listener.relate.bookmark import KEY, Bookmark
from listener.relate.fold import Entry, fold
from tests.shell_fakes import counting_core

CORE = counting_core()
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
LOUD = {"event_id": "b", "occurred_at": MONDAY, "kind": "x", "audience": {"everyone": True}}


def heard(n, customer="A", **over):
    told = {
        "event_id": f"e-{n}",
        "occurred_at": MONDAY + timedelta(minutes=n),
        "heard_at": MONDAY + timedelta(minutes=n),
        "customer_id": customer,
        "brand": "acme",
        "channel": "chat",
        "role": "customer",
        "source": Source(topic="contact.chat.v1", partition=0, offset=n),
    }
    return Heard(**told | over)


def for_all(n, kind=Broadcast, **over):
    told = {
        "event_id": f"b-{n}",
        "occurred_at": MONDAY + timedelta(minutes=n),
        "heard_at": MONDAY,
        "customer_id": "",
        "brand": "acme",
    }
    if kind is Broadcast:
        told["data"] = BrandAct(**LOUD)
    return kind(**told | over)


def wake(n, customer="A"):
    at = MONDAY + timedelta(minutes=n)
    return Wake(event_id=f"w-{n}", occurred_at=at, heard_at=at, customer_id=customer, brand="acme")


def entry(offset, signal):
    value = signal if isinstance(signal, bytes) else signal.model_dump_json(by_alias=True).encode()
    return Entry(offset, b"k", value)


class Shelf:
    """A partition's table, and everything that was said from it."""

    def __init__(self):
        self.stored, self.told, self.dead = {}, [], []

    def take(self, *signals, first=0, keep=True):
        plan = fold(0, [entry(first + n, signal) for n, signal in enumerate(signals)], self.stored.get, CORE)
        if keep:
            self.keep(plan)
        return plan

    def keep(self, plan, writes=None):
        self.told += [(t.outcome.topic, t.outcome.id) for t in plan.decisions]
        self.dead += plan.dead
        for key, value in list(plan.writes())[:writes]:
            self.stored.pop(key, None) if value is None else self.stored.__setitem__(key, value)

    def count(self, customer="A"):
        stored = self.stored.get(customer.encode())
        return CustomerState.from_bytes(stored).heard if stored else None


def test_a_signal_read_again_changes_nothing():
    shelf = Shelf()
    shelf.take(heard(0), heard(1))
    assert shelf.take(heard(0), heard(1)).decisions == []
    assert shelf.count() == 2


def test_a_record_sent_again_by_a_restarted_ingest_is_known_by_its_place():
    """However far back: a ring of recent ids would have forgotten the first of five hundred."""
    shelf = Shelf()
    shelf.take(*(heard(n) for n in range(500)))
    plan = shelf.take(*(heard(n) for n in range(500)), first=500)
    assert (plan.decisions, plan.heard) == ([], {"duplicate": 500})
    assert shelf.count() == 500


def test_the_same_event_under_another_offset_is_one_event():
    shelf = Shelf()
    again = heard(0, source=Source(topic="contact.chat.v1", partition=0, offset=9))
    assert shelf.take(heard(0), again).heard == {"heard": 1, "duplicate": 1}


def test_two_signals_of_one_record_are_two():
    """A profile and the merges of its handles come from one place."""
    source = Source(topic="crm.customers.v1", partition=0, offset=5)
    shelf = Shelf()
    shelf.take(heard(0, source=source, event_id="x"), heard(1, source=source, event_id="y"))
    assert shelf.count() == 2
    shelf.take(heard(0, source=source, event_id="x"), heard(1, source=source, event_id="y"), first=2)
    assert shelf.count() == 2


def test_a_topic_made_anew_begins_anew():
    shelf = Shelf()
    later = heard(0, event_id="new", heard_at=MONDAY + timedelta(days=1))
    shelf.take(heard(7), later)
    assert shelf.count() == 2


def test_a_crash_between_customers_and_bookmark_loses_and_doubles_nothing():
    signals = [heard(n, customer=who) for n, who in enumerate("ABCAB")]
    whole = Shelf()
    whole.take(*signals)
    for written in range(4):
        shelf = Shelf()
        shelf.keep(shelf.take(*signals, keep=False), writes=written)
        shelf.take(*signals)
        assert shelf.stored == whole.stored
        assert set(shelf.told) == set(whole.told)


def test_a_broadcast_reaches_each_customer_before_their_next_signal():
    shelf = Shelf()
    shelf.take(heard(0), heard(1, customer="B"), for_all(2))
    assert (shelf.count("A"), shelf.count("B")) == (1, 1)
    shelf.take(heard(3), first=3)
    assert (shelf.count("A"), shelf.count("B")) == (3, 1)
    shelf.take(wake(2, customer="B"), first=4)
    assert shelf.count("B") == 2


def test_more_for_everyone_than_a_bookmark_holds_is_set_aside_and_the_bookmark_stays_a_record_the_bus_takes():
    shelf = Shelf()
    acts = [for_all(n, data=BrandAct(**LOUD | {"details": {"x": "y" * 16_000}})) for n in range(100)]
    plan = shelf.take(heard(0), *acts, heard(101))
    assert {dead.error for dead in plan.dead} == {"TooMuchForEveryone"}
    assert len(plan.dead) + len(plan.bookmark.pending) == 100
    assert len(plan.bookmark.to_bytes()) < 600_000
    assert shelf.count() == 2 + len(plan.bookmark.pending)


def test_a_broadcast_does_not_reach_those_who_came_later():
    shelf = Shelf()
    shelf.take(for_all(0), heard(1))
    shelf.take(heard(2), first=2)
    assert shelf.count() == 2


def test_a_tick_holds_at_its_place_in_the_log():
    """Whoever was due by then was woken then, though the wake-up itself comes later."""
    shelf = Shelf()
    plan = shelf.take(heard(0), for_all(60 * 48, Tick), heard(1))
    assert [t.outcome.value.of for t in plan.decisions if t.outcome.topic == "alerts"] == ["event", "silence", "event"]


def test_a_wake_up_of_someone_unknown_is_nothing():
    shelf = Shelf()
    shelf.take(wake(0))
    assert shelf.stored.keys() == {KEY}


def test_a_link_of_a_handle_nobody_met_is_nothing():
    command = {"command_id": "link:h>C", "occurred_at": MONDAY, "customer_id": "h", "command": "merge", "into": "C"}
    signal = Commanded(
        event_id="link:h>C", occurred_at=MONDAY, heard_at=MONDAY, customer_id="h", brand="acme", data=command
    )
    shelf = Shelf()
    assert shelf.take(signal).decisions == []
    assert shelf.stored.keys() == {KEY}


@pytest.mark.parametrize("poison", [b"\xff", b"null", b"{}", b'{"kind": "heard"}'])
def test_what_is_no_signal_is_set_aside_and_its_neighbours_heard(poison):
    shelf = Shelf()
    shelf.take(heard(0), poison, heard(1))
    assert (shelf.count(), [d.stage for d in shelf.dead]) == (2, ["relate"])


@pytest.mark.parametrize("corrupt", [b"", b"\xc1", msgspec.msgpack.encode(["A"]), b"not a state"])
def test_a_stored_state_that_is_none_is_set_aside_and_begun_anew(corrupt):
    shelf = Shelf()
    shelf.stored = {b"A": corrupt, b"B": CustomerState("B", "acme", heard=4).to_bytes()}
    shelf.take(heard(0), heard(1, customer="B"))
    assert (shelf.count("A"), shelf.count("B")) == (1, 5)
    assert [(d.entry.offset, d.entry.value) for d in shelf.dead] == [(-1, corrupt)]


def test_a_bookmark_that_is_none_is_set_aside_and_begun_anew():
    shelf = Shelf()
    shelf.stored = {KEY: b"\xc1"}
    shelf.take(heard(0))
    assert (shelf.count(), len(shelf.dead)) == (1, 1)


def test_a_signal_the_core_chokes_on_costs_only_itself():
    def choking(state, signal):
        if signal.event_id == "e-1":
            raise RuntimeError("choked")
        return CORE.step(state, signal)

    core = type(CORE)("acme", choking, CORE.wake, CORE.next_due)
    plan = fold(0, [entry(n, heard(n)) for n in range(3)], lambda _: None, core)
    assert plan.states[b"A"].heard == 2
    assert [d.error for d in plan.dead] == ["RuntimeError"]


def test_of_what_holds_now_only_a_customers_last_is_sent():
    plan = Shelf().take(heard(0), heard(1), heard(2, customer="B"))
    assert [t.outcome.topic for t in plan.outgoing()].count("estimates") == 2
    assert [t.outcome.topic for t in plan.outgoing()].count("alerts") == 3


def test_an_erased_customer_leaves_nothing_behind():
    def erasing(state, signal):
        if isinstance(signal, ProfileTold):
            return CustomerState(state.customer_id, state.brand, at_s=5.0), ()
        return CORE.step(state, signal)

    core = type(CORE)("acme", erasing, CORE.wake, CORE.next_due)
    erase = ProfileTold(event_id="x", occurred_at=MONDAY, heard_at=MONDAY, customer_id="A", brand="acme", data=None)
    plan = fold(0, [entry(0, heard(0)), entry(1, erase)], lambda _: None, core)
    assert dict(plan.writes())[b"A"] is None


@st.composite
def logs(draw):
    """A log of signals of a few customers, with broadcasts, ticks, repeats and poison in it."""
    log, n = [], 0
    for kind in draw(
        st.lists(st.sampled_from(["heard"] * 5 + ["broadcast", "tick", "repeat", "poison"]), min_size=1, max_size=30)
    ):
        n += draw(st.integers(1, 900))
        if kind == "repeat" and log:
            log.append(draw(st.sampled_from(log)))
        elif kind == "poison":
            log.append(b"?")
        elif kind in ("broadcast", "tick"):
            log.append(for_all(n, Broadcast if kind == "broadcast" else Tick))
        else:
            log.append(heard(n, customer=draw(st.sampled_from("ABC"))))
    return log


@settings(max_examples=150, deadline=None)
@given(logs(), st.data())
def test_however_a_log_is_cut_and_interrupted_the_same_comes_of_it(log, data):
    """Batches of any size; any of them folded and only partly written, then read again from where it was committed."""
    whole, cut = Shelf(), Shelf()
    whole.take(*log)
    at = 0
    while at < len(log):
        size = data.draw(st.integers(1, 7))
        if data.draw(st.booleans()):
            plan = cut.take(*log[at : at + size], first=at, keep=False)
            cut.keep(plan, writes=data.draw(st.integers(0, len(plan.states))))
        size = data.draw(st.integers(1, 7))
        cut.take(*log[at : at + size], first=at)
        at += size
    assert cut.stored == whole.stored
    assert {id_ for topic, id_ in cut.told if topic == "alerts"} == {
        id_ for topic, id_ in whole.told if topic == "alerts"
    }
    assert Bookmark.from_bytes(cut.stored.get(KEY)) == Bookmark.from_bytes(whole.stored.get(KEY))


def test_a_signal_of_a_version_to_come_is_heard_without_what_it_adds():
    """One ingest is replaced before the relates are, or a version is taken back with signals of it still to be read."""
    shelf, told = Shelf(), heard(1).model_dump(mode="json", by_alias=True)
    told["source"]["epoch"] = told["new"] = {"of": "a version to come"}
    shelf.take(orjson.dumps(told))
    assert (shelf.count(), shelf.dead) == (1, [])
