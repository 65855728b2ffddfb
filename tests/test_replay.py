"""A recorded stream through both cores."""

from datetime import timedelta

import orjson
import pytest

from listener.envelopes.recording import NotARecording, read, tick, written
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.recordings import BOOK
from tests.shell_fakes import NOON, act, chat, counting_core, hearing
from tests.stories_told import interleaved

CHAT, ACTS, CRM = "contact.chat.v1", "brand.acts.v1", "crm.customers.v1"


def lines(*entries):
    return [orjson.dumps({"topic": topic, "key": key, "value": value, "headers": {}}) for topic, key, value in entries]


def played(entries, until=NOON + timedelta(days=30)):
    records = [recorded.as_record() for recorded in read(lines(*entries))]
    return list(replay(records, until, hearing(), counting_core()))


def alerts(outcomes):
    return [(o.customer_id, o.value.count, o.value.of) for o in outcomes if o.topic == "alerts"]


def test_deadlines_fall_due_in_the_order_of_time_up_to_until():
    entries = [
        (CHAT, None, chat("a", customer=who, occurred_at=f"2026-03-02T{hour}:00:00Z"))
        for who, hour in (("B", "11"), ("A", "10"))
    ]
    assert alerts(played(entries)) == [("B", 1, "event"), ("A", 1, "event"), ("A", 1, "silence"), ("B", 1, "silence")]


def test_until_is_inclusive():
    entries = [(CHAT, None, chat("a", occurred_at="2026-03-02T12:00:00Z"))]
    assert len(alerts(played(entries, NOON + timedelta(hours=24)))) == 2
    assert len(alerts(played(entries, NOON + timedelta(hours=24, seconds=-1)))) == 1


def test_a_broadcast_reaches_everyone_known_and_nobody_later():
    entries = [
        (CHAT, None, chat("a", customer="A")),
        (ACTS, None, act(customer=None)),
        (CHAT, None, chat("b", customer="B")),
    ]
    assert alerts(played(entries, None)) == [("A", 1, "event"), ("A", 2, "event"), ("B", 1, "event")]


def test_handles_are_read_ahead_of_the_profiles_that_link_them():
    ann = {"kind": "email", "value": "ann@example.org"}
    entries = [
        (CHAT, None, chat("a", customer={"handle": ann})),
        (CRM, "C-1", {"customer_id": "C-1", "handles": [ann]}),
    ]
    assert {who for who, _, _ in alerts(played(entries, None))} == {"C-1"}


def test_the_same_event_twice_is_one():
    twice = [(CHAT, None, chat("a", event_id="t-1"))] * 2
    assert alerts(played(twice, None)) == [("C-1", 1, "event")]


def test_a_tick_in_the_recording_moves_time_for_everyone():
    entries = [
        (CHAT, None, chat("a")),
        ("listener.commands.v1", None, orjson.loads(tick(NOON + timedelta(days=2)).value)),
    ]
    assert alerts(played(entries, None)) == [("C-1", 1, "event"), ("C-1", 1, "silence")]


def test_two_replays_print_the_same_bytes():
    entries = [(CHAT, None, chat(f"complaint {n}", customer=f"C-{n % 7}")) for n in range(100)]
    once, again = ([written(outcome, "acme") for outcome in played(entries)] for _ in range(2))
    assert once == again
    assert orjson.loads(once[0]).keys() == {"topic", "key", "value", "headers"}


def test_a_profile_has_the_time_of_the_event_before_it():
    entries = [(CRM, "C-1", {}), (CHAT, None, chat(occurred_at="2026-03-02T10:00:00Z")), (CRM, "C-1", {})]
    assert {recorded.at.isoformat() for recorded in read(lines(*entries))} == {"2026-03-02T10:00:00+00:00"}


def test_a_profile_without_a_key_has_its_customers_for_a_compacted_topic_takes_none_without():
    told = [(CRM, None, {"customer_id": "C-1"}), (CRM, "C-2", {"customer_id": "C-1"}), (CHAT, None, chat("hello"))]
    keys = [recorded.key for recorded in read(lines(*told))]
    assert keys == [b"C-1", b"C-2", None]


def test_sent_over_a_bus_a_record_keeps_its_time_and_place():
    recorded = next(iter(read(lines((CRM, "C-1", {}), (CHAT, None, chat(occurred_at="2026-03-02T10:00:00Z"))))))
    headers = dict(recorded.as_cloud_event())
    assert (headers["ce_time"], headers["ce_sequence"]) == (b"2026-03-02T10:00:00+00:00", b"000000000000")


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'{"topic": "nobody.knows", "value": {}}', b'{"topic": "contact.chat.v1"}']
)
def test_what_is_no_recording_says_which_line(line):
    with pytest.raises(NotARecording, match="line 1"):
        list(read([line]))


def test_what_live_puts_on_the_bus_is_what_each_model_would_write():
    """Live sends an estimate's fields unchecked; here each of the stories' is checked, and written by its model."""
    settings, records = Settings(), [recorded.as_record() for recorded in read(interleaved())]
    outcomes = list(replay(records, None, hearing_of(settings, BOOK), core_of(settings, BOOK)))
    assert {"estimates", "briefings", "alerts", "acts", "transitions"} <= {outcome.topic for outcome in outcomes}
    for outcome in outcomes:
        assert outcome.value is not None
        assert outcome.body == outcome.value.model_dump_json(by_alias=True).encode()
