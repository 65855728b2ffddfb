"""What names somebody, and what only looks as if it did."""

import pytest

from listener.hearing import Identities
from listener.model.inputs import Profile
from listener.model.record import DeadLetter, Understood
from listener.model.wire import Handle
from tests.shell_fakes import NOON, chat, hearing, record

ANN = {"kind": "email", "value": "ann@example.org"}


def who(fate) -> list[str]:
    assert isinstance(fate, Understood), fate
    return [signal.customer_id for signal in fate.signals]


@pytest.mark.parametrize("blank", [" ", "\t\n", "\u00a0\u3000", "__faust\0offset__"])
@pytest.mark.parametrize(
    ("topic", "named"),
    [
        ("contact_chat", lambda blank: chat("hi", blank)),
        ("contact_chat", lambda blank: chat("hi", {"handle": ANN | {"value": blank}})),
        ("contact_chat", lambda blank: chat("hi", event_id=blank)),
        ("crm_customers", lambda blank: {"customer_id": blank}),
        ("crm_customers", lambda blank: {"customer_id": "C-1", "handles": [ANN, ANN | {"value": blank}]}),
    ],
    ids=["id", "handle", "event", "profile", "profile's handle"],
)
def test_a_field_that_an_export_filled_with_blanks_names_nobody(topic, named, blank):
    """All who have none would be one customer, and a profile that claims it would have them all."""
    (fate,) = hearing().hear([record(topic, named(blank))])
    assert isinstance(fate, DeadLetter)
    assert fate.stage == "schema"


@pytest.mark.parametrize("value", ["@Jos\u00e9", "@JOS\u00c9", " @Jose\u0301 "])
def test_a_handle_is_one_however_its_letters_are_put_together(value):
    handle = {"handle": {"kind": "social", "network": "x", "value": value}}
    assert who(hearing().hear([record("contact_chat", chat("hi", handle))])[0]) == ["handle:social:x:@jos\u00e9"]


@pytest.mark.parametrize("key", [b"C-1", b'"C-1"'])
def test_an_erasure_reaches_whom_it_names_though_a_serializer_put_the_key_into_quotes(key):
    assert who(hearing().hear([record("crm_customers", None, key=key)])[0]) == ["C-1"]


@pytest.mark.parametrize("key", [b'"C-1', b'"', b'C-"1"', b'"\\ud800"'])
def test_a_key_that_only_has_quotes_in_it_is_as_it_is(key):
    assert who(hearing().hear([record("crm_customers", None, key=key)])[0]) == [key.decode()]


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0)])
def test_a_profile_written_anew_in_the_millisecond_of_its_erasure_holds(order):
    """A CRM that replicates deletes and inserts at once: of one partition the offset tells which came first."""
    ids, handle = Identities(), Handle(**ANN)
    told = (
        lambda: ids.unlink("C-1", NOON, (0, 7)),
        lambda: ids.link(Profile(customer_id="C-1", name="Ann", handles=(handle,)), NOON, (0, 8)),
    )
    for n in order:
        told[n]()
    assert (ids.of_handle(handle), ids.names.get("C-1")) == ("C-1", ("Ann",))
    ids.unlink("C-1", NOON, (0, 9))
    assert ids.of_handle(handle) == handle.customer_id
