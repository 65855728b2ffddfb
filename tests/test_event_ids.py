"""What makes two events one: the same id of the same source; another source may count from one as well."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from listener import catalogue
from listener.book import Book, Core
from listener.model.inputs import BrandAct, Command, CustomerRef
from listener.model.signals import Act, Commanded, Heard, Signal
from listener.settings import Settings
from listener.workbench import core_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def core() -> Core:
    return core_of(Settings(brand="acme"), catalogue.load())


def said(minute: int) -> dict:
    at = NOON + timedelta(minutes=minute)
    return {"event_id": "17", "occurred_at": at, "heard_at": at, "customer_id": "C-1", "brand": "acme"}


def written(minute: int, channel: str = "chat") -> Heard:
    return Heard(**said(minute), channel=channel, role="customer")


def done(minute: int) -> Act:
    whom = CustomerRef(customer_id="C-1")
    return Act(**said(minute), data=BrandAct(event_id="17", occurred_at=NOON, kind="order_placed", customer=whom))


def ordered(minute: int, what: str, **over: object) -> Commanded:
    order = Command(command_id="17", occurred_at=NOON, customer_id="C-1", command=what, **over)
    return Commanded(**said(minute), data=order)


def heard(core: Core, *signals: Signal) -> int:
    book = Book(core)
    for signal in signals:
        list(book.take(signal))
    return book.states["C-1"].heard


def test_the_same_number_of_another_channel_or_of_the_firm_is_another_event(core: Core) -> None:
    assert heard(core, written(1), written(2, "email"), written(3, "survey"), done(4)) == 4


def test_the_same_number_of_the_same_channel_is_the_same_event(core: Core) -> None:
    assert heard(core, written(1), done(2), written(3), done(4)) == 2


def test_an_order_is_carried_out_though_a_contact_has_its_number(core: Core) -> None:
    book = Book(core)
    for signal in (written(1), ordered(2, "merge", into="C-2")):
        list(book.take(signal))
    assert book.states["C-2"].heard == 1


def test_what_an_older_version_remembered_by_its_bare_id_is_still_known(core: Core) -> None:
    state, _ = core.step(core.begin("C-1"), written(1))
    older = replace(state, recent=replace(state, recent=b"").remembering("17"))
    assert core.step(older, written(2))[0].heard == 1
