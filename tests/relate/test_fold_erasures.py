"""Erasures in the signals: what is forgotten of one that was erased, whichever way it still comes."""

from datetime import UTC, datetime, timedelta

import pytest

from listener import catalogue
from listener.model.inputs import Command
from listener.model.signals import Commanded, Heard, Source
from listener.model.state import CustomerState
from listener.model.wire import LATEST
from listener.relate.bookmark import ERASED, KEY, MOST_ERASED, Bookmark
from listener.relate.fold import Entry, fold
from listener.settings import Settings
from listener.workbench import core_of

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
PASSED = Source(topic="relational.signals.v1", partition=1, offset=9)
CORE = core_of(Settings(brand="acme"), catalogue.load())


def said(n, customer, event_id):
    """At minute n."""
    at = MONDAY + timedelta(minutes=n)
    return {"event_id": event_id, "occurred_at": at, "heard_at": at, "customer_id": customer, "brand": "acme"}


def heard(n, customer="A"):
    return Heard(**said(n, customer, f"e-{n}"), channel="chat", role="customer")


def order(n, customer="A", what="erase", **over):
    data = {"command_id": f"c-{n}", "occurred_at": MONDAY, "customer_id": customer, "command": what}
    return Commanded(**said(n, customer, f"c-{n}"), data=Command(**data | over))


def folded(*signals, table=None):
    """The plan of one batch over the real core, and what is stored after it."""
    stored = {} if table is None else table
    first = Bookmark.from_bytes(stored.get(KEY)).built_to + 1
    plan = fold(
        0,
        [Entry(first + n, b"k", signal.model_dump_json(by_alias=True).encode()) for n, signal in enumerate(signals)],
        stored.get,
        CORE,
    )
    for key, value in plan.writes():
        stored.pop(key, None) if value is None else stored.__setitem__(key, value)
    return plan, stored


def count_of(table, customer=b"A"):
    return CustomerState.from_bytes(table[customer]).heard if customer in table else 0


def test_what_came_before_an_erasure_and_is_read_after_it_is_forgotten_and_what_came_after_is_not():
    """Another ingest is behind, or another partition's relate: what they still have is from before."""
    _, table = folded(heard(1), order(5), heard(4), heard(3, "B"), heard(6))
    assert (count_of(table), count_of(table, b"B")) == (1, 1)
    _, table = folded(heard(2), heard(7), table=table)
    assert count_of(table) == 2


@pytest.mark.parametrize("asked", [4, 5])
def test_a_merged_state_that_comes_after_the_erasure_brings_nobody_back_and_leaves_no_name(asked):
    """`erase B` is read while what A was is still on its way to B."""
    merged, away = folded(heard(1), order(asked, what="merge", into="B"))
    (state,) = (one.outcome.made for one in merged.outgoing() if one.outcome.topic == "signals")
    plan, table = folded(heard(2, "B"), order(5, "B"), state)
    assert b"B" not in table
    (gone,) = (one.outcome.made for one in plan.outgoing() if one.outcome.topic == "signals")
    assert gone.customer_id == "A"
    folded(gone, table=away)
    assert b"A" not in away


def test_an_erasure_that_another_id_passes_on_forgets_nothing_that_came_since():
    late = order(5).model_copy(update={"source": PASSED, "event_id": "by alias"})
    _, table = folded(order(5), heard(6), late)
    assert count_of(table) == 1
    _, table = folded(order(7).model_copy(update={"source": PASSED, "event_id": "anew"}), table=table)
    assert count_of(table) == 0


def test_who_was_merged_in_after_the_erasure_brings_what_was_passed_on_to_them_before_it():
    """A became C, B was erased, C became B: what A was is on its way to C still, who hands it on."""
    was, _ = folded(heard(1), order(2, what="merge", into="C"))
    new, _ = folded(heard(3, "C"), order(6, "C", what="merge", into="B"))
    a, c = (
        one.outgoing()[0].outcome.made.model_copy(update={"source": PASSED, "customer_id": "B"}) for one in (was, new)
    )
    _, table = folded(heard(4, "B"), order(5, "B"), c, a)
    assert count_of(table, b"B") == 2
    _, table = folded(heard(4, "B"), order(5, "B"), a, c)
    assert count_of(table, b"B") == 1, "before it, A's is of the one who was erased"


def test_an_erasure_at_no_time_at_all_swallows_nothing_that_comes():
    """A producer that stamps its records in microseconds is in the year 58000."""
    _, table = folded(order(1).model_copy(update={"heard_at": LATEST}), heard(2))
    assert count_of(table) == 1


def test_erasures_are_remembered_by_a_hash_so_many_and_for_a_week():
    many = [order(n, f"C-{n}") for n in range(MOST_ERASED + 20)]
    _, table = folded(*many)
    kept = Bookmark.from_bytes(table[KEY])
    assert sum(place.startswith(ERASED) for place in kept.places) == MOST_ERASED
    assert "C-" not in repr(kept)
    _, table = folded(order(20 * 24 * 60, "C-late"), table=table)
    assert sum(place.startswith(ERASED) for place in Bookmark.from_bytes(table[KEY]).places) == 1
