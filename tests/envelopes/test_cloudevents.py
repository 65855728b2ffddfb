"""What goes out, read by the reference library of CloudEvents; and what we send, read by ourselves."""

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event

from listener.envelopes.cloudevents import encoded, envelope
from listener.envelopes.recording import read
from listener.hearing.decoding import decode
from listener.model.outcomes import Outcome

AT = "2026-03-02T09:14:05+00:00"


def test_others_read_an_outcome_with_the_reference_library():
    outcome = Outcome("alerts", "C-1", None, "alert.raised", "5f0c", AT, cause="m-3", conversation_id="chat-88")
    message = KafkaMessage(dict(encoded(envelope(outcome, "acme"))), b"C-1", b'{"alert_id": "5f0c"}')
    event = from_binary_event(message)
    assert (event.get_id(), event.get_type()) == ("5f0c", "relational.alert.raised.v1")
    assert (event.get_source(), event.get_subject(), event.get_specversion()) == ("/listener/acme", "C-1", "1.0")
    assert (event.get_extension("correlationid"), event.get_extension("causationid")) == ("chat-88", "m-3")
    assert event.get_time().isoformat() == AT
    assert event.get_data() == {"alert_id": "5f0c"}


def test_what_is_sent_of_a_recording_says_when_it_happened():
    """A profile has no time of its own; its record's is the one the bus gave it when it was sent."""
    line = '{"topic": "crm.customers.v1", "key": "C-1", "value": {"customer_id": "C-1"}}'
    earlier = f'{{"topic": "contact.chat.v1", "value": {{"occurred_at": "{AT}"}}}}'
    *_, profile = read([earlier, line])
    event = from_binary_event(KafkaMessage(dict(profile.as_cloud_event()), profile.key, profile.value))
    assert event.get_time().isoformat() == AT
    sent = profile.as_record()
    assert decode(sent.__class__(sent.topic, sent.key, sent.value, profile.as_cloud_event())).time == event.get_time()
