"""To forget a customer, as a value: what the core keeps of one that was erased, which is nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from listener import catalogue
from listener.book import Book, Core, is_blank
from listener.directives import erasing, merging
from listener.hearing import Identities
from listener.model.inputs import BrandAct, Command, Profile
from listener.model.signals import Act, Commanded, Heard, ProfileTold
from listener.model.wire import Handle
from listener.settings import Settings
from listener.workbench import core_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANN = Handle(kind="email", value="ann@example.org")


@pytest.fixture(scope="module")
def core() -> Core:
    return core_of(Settings(brand="acme"), catalogue.load())


def said(minute: int, customer: str = "C-1") -> dict:
    at = NOON + timedelta(minutes=minute)
    return {"event_id": f"e-{minute}", "occurred_at": at, "heard_at": at, "customer_id": customer, "brand": "acme"}


def complaint(minute: int, customer: str = "C-1") -> Heard:
    return Heard(**said(minute, customer), channel="chat", role="customer", signals={"complaint": 0.9, "exit": 0.6})


def command(minute: int, customer: str, what: str, into: str | None = None) -> Commanded:
    told = said(minute, customer)
    order = {"command_id": told["event_id"], "occurred_at": told["occurred_at"], "customer_id": customer}
    return Commanded(**told, data=Command(**order, command=what, into=into))


def by_command(minute: int) -> Commanded:
    return command(minute, "C-1", "erase")


def by_null_profile(minute: int) -> ProfileTold:
    return ProfileTold(**said(minute), data=None)


@pytest.mark.parametrize("erasure", [by_command, by_null_profile])
def test_an_erased_customer_is_no_more_than_one_never_heard_of(core: Core, erasure):
    book = Book(core)
    told = [*book.take(complaint(1)), *book.take(complaint(2))]
    assert told
    tombstones = {outcome.topic: outcome.value for outcome in book.take(erasure(3)) if outcome.value is None}
    assert tombstones == {"estimates": None, "briefings": None, "advocates": None}
    assert book.states == {}


def incident(minute: int, **details: object) -> Act:
    told = said(minute)
    event = {"event_id": told["event_id"], "occurred_at": told["occurred_at"], "customer": {"customer_id": "C-1"}}
    act = BrandAct.model_validate({**event, "kind": "service_incident", "details": {"severity": 3, **details}})
    return Act(**told, data=act)


@pytest.mark.parametrize("erasure", [by_command, by_null_profile])
def test_an_alert_that_is_open_ends_with_the_customer_and_tells_nothing_of_them(core: Core, erasure):
    """Else whoever holds the case would hold it for ever: nothing is left that could resolve it or let it expire."""
    book = Book(core)
    raised = [one.value for one in book.take(incident(1, incident="lost")) if one.topic == "alerts"]
    assert [one.status for one in raised] == ["raised"]
    assert raised[0].evidence
    told = list(book.take(erasure(3)))
    (end,) = [one.value for one in told if one.topic == "alerts"]
    assert (end.alert_id, end.status) == (raised[0].alert_id, "expired")
    assert end.ended_at == end.updated_at == NOON + timedelta(minutes=3)
    assert (end.evidence, end.why, end.value_at_risk, end.suppresses) == ((), "", None, ())
    assert (end.relationship.held, end.relationship.wanted, end.repair.role, end.repair.avoid) == ((), (), None, ())
    assert [one.topic for one in told][:2] == ["alerts", "estimates"], "it ends before they are forgotten"
    assert [one for one in book.take(erasure(4)) if one.topic == "alerts"] == [], "and once"


def test_whoever_became_the_customer_is_forgotten_with_it(core: Core):
    """A handle that a profile linked is an address: it may not stay as the key of an empty state."""
    book = Book(core)
    list(book.take(complaint(1, ANN.customer_id)))
    list(book.take(command(2, ANN.customer_id, "merge", "C-0")))
    list(book.take(command(3, "C-0", "merge", "C-1")))
    assert set(book.states) == {ANN.customer_id, "C-0", "C-1"}
    list(book.take(by_command(4)))
    assert book.states == {}


def merged_into_one(core: Core, names: int, size: int = 0) -> Book:
    """So many names, each heard once, merged into C-1 one after the other."""
    book = Book(core)
    for n in range(names):
        name = f"{n:04}".ljust(size, "x")
        list(book.take(complaint(2 * n, name)))
        list(book.take(command(2 * n + 1, name, "merge", "C-1")))
    return book


def test_however_many_became_the_customer_all_are_forgotten_with_it(core: Core):
    book = merged_into_one(core, 150)
    assert len(book.states) == 151
    list(book.take(by_command(1000)))
    assert book.states == {}


def test_names_too_many_to_be_remembered_are_forgotten_at_once_the_oldest_first(core: Core, monkeypatch):
    """What no erasure would find may not stay; and a state must go into one record of the bus."""
    monkeypatch.setattr(merging, "NAMES_BYTES", 512 * 10)
    book = merged_into_one(core, 14, 512)
    assert [name[:4] for name in book.states["C-1"].known_as] == [f"{n:04}" for n in range(4, 14)]
    assert {*book.states} == {*book.states["C-1"].known_as, "C-1"}
    list(book.take(complaint(1000, f"{9:04}".ljust(512, "x"))))
    assert book.states["C-1"].heard == 15
    list(book.take(by_command(1001)))
    assert book.states == {}


def test_an_erasure_under_an_old_id_erases_the_customer_it_became(core: Core):
    book = Book(core)
    list(book.take(complaint(1, "C-0")))
    list(book.take(command(2, "C-0", "merge", "C-1")))
    list(book.take(command(3, "C-0", "erase")))
    assert book.states == {}


def test_an_erasure_under_an_id_that_was_used_before_is_carried_out(core: Core):
    """Whoever gives all orders one id is told of repeats nowhere; an event of the customer may have it as well."""
    book = Book(core)
    list(book.take(complaint(1)))
    list(book.take(by_command(3).model_copy(update={"event_id": "e-1"})))
    assert book.states == {}


def test_the_erasure_of_a_name_that_was_merged_leaves_alone_who_is_new_under_it(core: Core):
    """It comes from whom they had become, later than what was said meanwhile."""
    state, _ = core.step(core.begin("C-0"), complaint(1, "C-0"))
    late = erasing.erasure_of("C-0", NOON, by_command(0))
    assert core.step(state, late)[0].heard == 1


def test_an_erasure_of_a_stranger_begins_nothing(core: Core):
    state, _ = core.step(core.begin("C-1"), by_command(1))
    assert is_blank(state)


def test_who_comes_back_begins_anew(core: Core):
    book = Book(core)
    for signal in (complaint(1), by_command(2), complaint(3)):
        list(book.take(signal))
    assert book.states["C-1"].heard == 1


def profile(*handles: Handle) -> Profile:
    return Profile(customer_id="C-1", name="Ann Example", handles=handles)


def test_who_is_who_forgets_handles_names_and_merges():
    ids = Identities()
    ids.link(profile(ANN), NOON)
    ids.merge("C-0", "C-1")
    ids.unlink("C-1", NOON + timedelta(minutes=1))
    assert "C-1" not in repr(ids)
    assert "ann" not in repr(ids).lower()


def test_a_profile_that_came_after_the_erasure_is_not_forgotten_by_it():
    """After a restart profiles are read before commands: an old erasure may not undo a new acquaintance."""
    ids = Identities()
    ids.link(profile(ANN), NOON)
    ids.unlink("C-1", NOON - timedelta(days=1))
    assert ids.of_handle(ANN) == "C-1"
