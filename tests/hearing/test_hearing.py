"""What becomes of a raw record."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from listener.hearing import Identities
from listener.model.inputs import Profile
from listener.model.message import Impression
from listener.model.record import DeadLetter, Passed, Understood
from listener.model.signals import Act, Broadcast, Commanded, Disposed, Heard, ProfileTold, Tick
from listener.model.wire import Handle
from tests.shell_fakes import WordEar, act, chat, hearing, record

ANN = Handle(kind="social", network="mastodon", value="@Ann")

NOON = "2026-03-02T12:00:00Z"
MERGE_WITH_ITSELF = {"command_id": "c", "occurred_at": NOON, "customer_id": "a", "command": "merge", "into": "a"}


def only_signal(fate):
    assert isinstance(fate, Understood), fate
    (signal,) = fate.signals
    return signal


def test_a_chat_line_is_heard_with_its_source_and_without_its_words():
    signal = only_signal(
        hearing().hear([record("contact_chat", chat("a complaint of mine"), partition=3, offset=17)])[0]
    )
    assert isinstance(signal, Heard)
    assert (signal.customer_id, signal.brand, signal.channel, signal.role) == ("C-1", "acme", "chat", "customer")
    assert signal.signals == {"complaint": 1.0}
    assert (signal.source.topic, signal.source.partition, signal.source.offset) == ("contact.chat.v1", 3, 17)
    assert "a complaint of mine" not in signal.model_dump_json()


@pytest.mark.parametrize("topic", ["contact_chat", "contact_voice", "contact_email", "contact_social"])
def test_who_speaks_for_the_firm_is_told_wherever_they_write(topic):
    told = chat("hello") | {"author": "agent", "agent_id": "maria"}
    assert only_signal(hearing().hear([record(topic, told)])[0]).agent_id == "maria"


def test_the_words_of_a_survey_answer_stay_behind():
    answer = {"event_id": "s", "occurred_at": "2026-03-02T11:00:00Z", "customer": {"customer_id": "C-1"}}
    answer |= {"instrument": "r-1q", "wanted": "old_friends", "verbatim": "my secret words"}
    signal = only_signal(hearing().hear([record("contact_survey", answer)])[0])
    assert signal.survey.wanted == "old_friends"
    assert "secret" not in signal.model_dump_json()


@pytest.mark.parametrize("kind", ["binary", "structured", "structured by shape", "base64"])
def test_cloud_events_come_in_either_mode(kind):
    body = chat("exit")
    envelope = {"specversion": "1.0", "id": "1", "type": "t", "source": "/crm"}
    packed = base64.b64encode(orjson.dumps(body)).decode()
    binary = (("ce_specversion", b"1.0"), ("ce_id", b"1"), ("ce_type", b"t"), ("ce_source", b"/crm"))
    made = {
        "binary": record("contact_chat", body, headers=binary),
        "structured": record(
            "contact_chat",
            {"specversion": "1.0", "data": body},
            headers=(("content-type", b"application/cloudevents+json; charset=utf-8"),),
        ),
        "structured by shape": record("contact_chat", envelope | {"data": body}),
        "base64": record("contact_chat", envelope | {"data_base64": packed}),
    }
    assert only_signal(hearing().hear([made[kind]])[0]).signals == {"exit": 1.0}


def test_an_event_without_a_time_of_its_own_has_that_of_the_record_it_came_in():
    told = {"specversion": "1.0", "id": "1", "type": "t", "source": "/crm", "data": {"customer_id": "C-1"}}
    made = record("crm_customers", told, key=b"C-1", headers=(("ce_time", b"2026-02-28T12:00:00Z"),))
    assert only_signal(hearing().hear([made])[0]).occurred_at.isoformat() == "2026-02-28T12:00:00+00:00"
    own = record("crm_customers", told | {"time": "2026-03-01T12:00:00Z"}, key=b"C-1", headers=made.headers)
    assert only_signal(hearing().hear([own])[0]).occurred_at.isoformat() == "2026-03-01T12:00:00+00:00"


CALLED = (("content-type", b"application/cloudevents+json"),)


def test_an_event_erases_only_where_it_says_that_there_is_no_profile_any_more():
    event = {"specversion": "1.0", "id": "1", "type": "t", "source": "/crm"}
    (fate,) = hearing().hear([record("crm_customers", event, key=b"C-1", headers=CALLED)])
    assert fate == DeadLetter("decode", "DecodeError", "a CloudEvent without data")
    said = record("crm_customers", event | {"data": None}, key=b"C-1", headers=CALLED)
    assert only_signal(hearing().hear([said])[0]).data is None


def test_a_profile_that_is_only_called_an_event_erases_nobody():
    fate = hearing().hear([record("crm_customers", {"customer_id": "C-1"}, key=b"C-1", headers=CALLED)])[0]
    assert fate == DeadLetter("decode", "DecodeError", "called a CloudEvent, and has no specversion")


@pytest.mark.parametrize(
    ("made", "stage"),
    [
        (record("contact_chat", b"\xff\xfe\x00"), "decode"),
        (record("contact_chat", b"[1, 2]"), "decode"),
        (record("contact_chat", b'{"text": "\\ud800"}'), "decode"),
        (record("contact_chat", b"[" * 100_000), "decode"),
        (record("contact_chat", None), "decode"),
        (record("contact_chat", b"null"), "decode"),
        (record("contact_chat", {"hello": "world"}), "schema"),
        (record("contact_chat", chat(occurred_at="yesterday")), "schema"),
        (record("contact_chat", chat(occurred_at="9999-12-31T23:59:59Z")), "schema"),
        (record("contact_chat", chat(customer="x" * 2**20)), "schema"),
        (record("contact_chat", chat("x" * (10 * 2**20))), "schema"),
        (record("brand_acts", act(details={"x": "y" * 2**20})), "decode"),
        (record("brand_acts", act(details={"x": "y" * 2**14})), "schema"),
        (record("brand_acts", act("price_changed")), "schema"),
        (record("crm_customers", None), "identity"),
        (record("crm_customers", None, key=b"\xff"), "identity"),
        (record("crm_customers", None, key=b"x" * 2**20), "identity"),
        (record("crm_dispositions", {"alert_id": "a", "occurred_at": NOON, "disposition": "resolved"}), "identity"),
        (record("contact_email", {"event_id": "m", "occurred_at": NOON, "rfc822": "!!"}), "identity"),
        (record("commands", MERGE_WITH_ITSELF), "schema"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_a_dead_letter_that_names_its_stage(made, stage):
    fate = hearing().hear([made])[0]
    assert isinstance(fate, DeadLetter)
    assert fate.stage == stage
    assert len(fate.message) <= 500


def test_a_dead_letter_never_quotes_what_was_written():
    fate = hearing().hear([record("contact_chat", chat(author="my secret words", reach="my secret words"))])[0]
    assert isinstance(fate, DeadLetter)
    assert "secret" not in fate.message


def test_poison_never_touches_its_neighbours():
    good = record("contact_chat", chat("complaint"))
    poison = [record("contact_chat", b"\xff"), record("contact_chat", chat("\x01"))]
    fates = hearing(ear=WordEar(chokes_on="\x01")).hear([good, *poison, good])
    assert [type(fate) for fate in fates] == [Understood, DeadLetter, DeadLetter, Understood]
    assert fates[2].stage == "analyse"


@dataclass(frozen=True)
class FarSighted:
    """Hears a promise for a day that no moment of ours reaches."""

    def listen(self, messages):
        return [
            Impression(promise_due_at=datetime(2201, 1, 1, tzinfo=UTC) if "far" in m.text else None) for m in messages
        ]


def test_what_was_heard_and_cannot_be_told_costs_its_own_record_and_no_other():
    lines = [record("contact_chat", chat(text)) for text in ("near", "far", "near again")]
    fates = hearing(ear=FarSighted()).hear(lines)
    assert [type(fate) for fate in fates] == [Understood, DeadLetter, Understood]
    assert fates[1].stage == "analyse"


def test_another_brands_events_are_passed_over():
    theirs = [
        record("contact_chat", chat(brand="other")),
        record("crm_customers", {"customer_id": "C", "brand": "other"}),
    ]
    assert hearing().hear(theirs) == [Passed("other"), Passed("other")]


def test_unknown_fields_are_counted():
    fate = hearing().hear([record("contact_chat", chat(colour="blue", shape="round"))])[0]
    assert fate.unknown_fields == 2


def test_a_handle_stands_for_whoever_owns_it():
    ids = Identities()
    met = record("contact_chat", chat(customer={"handle": ANN.model_dump()}))
    assert only_signal(hearing(identities=ids).hear([met])[0]).customer_id == "handle:social:mastodon:@ann"
    ids.link(Profile(customer_id="C-7", handles=(ANN,)))
    assert only_signal(hearing(identities=ids).hear([met])[0]).customer_id == "C-7"
    ids.unlink("C-7")
    assert only_signal(hearing(identities=ids).hear([met])[0]).customer_id == "handle:social:mastodon:@ann"


def test_a_profile_merges_whoever_was_met_under_its_handles():
    profile = {"customer_id": "C-7", "handles": [ANN.model_dump()]}
    told, merge = hearing().hear([record("crm_customers", profile, key=b"C-7")])[0].signals
    assert isinstance(told, ProfileTold)
    assert isinstance(merge, Commanded)
    assert (merge.customer_id, merge.data.into) == ("handle:social:mastodon:@ann", "C-7")


def test_a_profile_under_the_name_that_we_gave_a_handle_merges_nobody_with_themselves():
    """A CRM that met the customer here first may take over what we call them."""
    handle = {"kind": "email", "value": "ann@example.org"}
    profile = {"customer_id": "handle:email:-:ann@example.org", "handles": [handle]}
    assert isinstance(only_signal(hearing().hear([record("crm_customers", profile)])[0]), ProfileTold)


def test_a_profiles_id_is_its_value_wherever_it_stands():
    told = [
        record("crm_customers", profile_of(segment), offset=n) for n, segment in enumerate(("gold", "basic", "gold"))
    ]
    ids = [[signal.event_id for signal in fate.signals] for fate in hearing().hear(told)]
    assert ids[0] == ids[2] != ids[1]
    assert len({link for _, link in ids}) == 1  # all three claim the same handles
    assert "ann" not in repr(ids).lower()


def profile_of(segment: str) -> dict:
    return {"customer_id": "C-7", "segments": [segment], "handles": [ANN.model_dump()]}


def test_a_profile_has_the_envelopes_time_else_the_records():
    bare = record("crm_customers", {"customer_id": "C-7"})
    dated = record("crm_customers", {"customer_id": "C-7"}, headers=(("ce_time", b"2025-01-01T00:00:00Z"),))
    times = [only_signal(fate).occurred_at.isoformat() for fate in hearing().hear([bare, dated])]
    assert times == ["2026-03-02T12:00:00+00:00", "2025-01-01T00:00:00+00:00"]


def test_after_a_merge_the_merged_are_the_other():
    merge = {
        "command_id": "c",
        "occurred_at": "2026-03-02T11:00:00Z",
        "customer_id": "C-1",
        "command": "merge",
        "into": "C-2",
    }
    first, _, last = hearing().hear(
        [record("contact_chat", chat()), record("commands", merge), record("contact_chat", chat())]
    )
    assert (only_signal(first).customer_id, only_signal(last).customer_id) == ("C-1", "C-2")


def test_an_act_to_an_audience_concerns_no_single_customer():
    signal = only_signal(hearing().hear([record("brand_acts", act("terms_changed", customer=None))])[0])
    assert isinstance(signal, Broadcast)
    assert signal.customer_id == ""


def test_a_post_to_everyone_is_an_act_without_its_words():
    post = {
        "event_id": "p",
        "occurred_at": "2026-03-02T11:00:00Z",
        "author": "system",
        "text": "our words",
        "audience": {"everyone": True},
    }
    signal = only_signal(hearing().hear([record("contact_social", post)])[0])
    assert isinstance(signal, Broadcast)
    assert "our words" not in signal.model_dump_json()


def test_reports_of_every_kind_become_their_signal():
    when = {"occurred_at": "2026-03-02T11:00:00Z"}
    made = [
        record("brand_acts", act()),
        record("crm_customers", None, key=b"C-1"),
        record("crm_dispositions", when | {"alert_id": "a", "disposition": "resolved", "note": "secret"}, key=b"C-1"),
        record("commands", when | {"command_id": "c", "customer_id": "C-1", "command": "silence", "rule_id": "r"}),
        record("commands", when | {"command_id": "k", "command": "tick"}),
    ]
    signals = [only_signal(fate) for fate in hearing().hear(made)]
    assert [type(s) for s in signals] == [Act, ProfileTold, Disposed, Commanded, Tick]
    assert [s.customer_id for s in signals] == ["C-1", "C-1", "C-1", "C-1", ""]
    assert signals[1].data is None
    assert "secret" not in signals[2].model_dump_json()


def test_what_is_heard_does_not_depend_on_the_batch():
    records = [record("contact_chat", chat(f"complaint {n}"), offset=n) for n in range(7)]
    ear = hearing()
    assert ear.hear(records) == [fate for one in records for fate in ear.hear([one])]


AHEAD = "2026-03-04T12:00:00Z"
DATED = (("ce_time", AHEAD.encode()),)


@pytest.mark.parametrize(
    "future",
    [
        record("contact_chat", chat(occurred_at=AHEAD)),
        record("brand_acts", act(occurred_at=AHEAD)),
        record("commands", {"command_id": "k", "command": "tick", "occurred_at": AHEAD}),
        record("crm_customers", {"customer_id": "C-1"}, headers=DATED),
        record("crm_customers", None, key=b"C-1", headers=DATED),
    ],
    ids=["contact", "act", "tick", "profile", "erasure"],
)
def test_whatever_comes_from_the_future_is_refused_where_time_is_the_walls(future):
    """A profile has its envelope's time: from the future it would make everything owed fall due at once."""
    fate = hearing(foresight=timedelta(days=1)).hear([future])[0]
    assert fate == DeadLetter("schema", "Future", "its time is more than 1 day, 0:00:00 after it was received")
    assert isinstance(hearing().hear([future])[0], Understood)
