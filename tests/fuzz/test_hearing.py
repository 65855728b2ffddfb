"""Whatever stands in a record: a signal, a pass or a dead letter, and never an error.

`make test` tries some hundred cases of each kind, `make fuzz` fifty thousand in all.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listener import catalogue
from listener.book import Core
from listener.hearing import Hearing
from listener.hearing.decoding import MODELS
from listener.model.inputs import TimeTold
from listener.model.record import DeadLetter, Passed, Record, Understood
from listener.model.signals import SIGNAL, Heard
from listener.model.topics import INPUTS, InputTopic
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.fuzz.values import ANYTHING, TEXTS, dumps, of_model

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of a strategy, when one fails
CASES = int(os.environ.get("FUZZ_CASES", "1500"))
"""Over all kinds of records."""
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = "zanzibarine"
SHAPES: list[tuple[InputTopic, type]] = [*MODELS.items(), ("commands", TimeTold)]
MODELLED = settings(
    max_examples=max(1, CASES * 3 // 5 // len(SHAPES)),
    derandomize="FUZZ_CASES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
RAW = settings(MODELLED, max_examples=max(1, CASES * 2 // 5 // 4))
OF = {model: st.lists(of_model(model), min_size=1, max_size=2) for _, model in SHAPES}
SHAPED = st.deferred(lambda: st.one_of([st.tuples(st.just(topic), of_model(model)) for topic, model in SHAPES]))
PACKED = st.one_of(st.none(), TEXTS)
KEYS = st.one_of(st.none(), st.binary(max_size=20), st.sampled_from([b"C-1", b"\xff", b"x" * 600]))
HEADERS = st.lists(
    st.tuples(
        st.one_of(TEXTS, st.sampled_from(["content-type", "ce_time", "ce_id", "listener.attempt"])),
        st.one_of(st.none(), st.binary(max_size=30), st.just(b"application/cloudevents+json")),
    ),
    max_size=3,
).map(tuple)


@dataclass(frozen=True, repr=False)
class Listener:
    """Both cores over the real catalogue; hypothesis shows what a test was given, so it says little of itself."""

    ear: Hearing
    core: Core


@pytest.fixture(scope="module")
def listener() -> Listener:
    knowledge, told = catalogue.load(), Settings(brand="acme")
    return Listener(hearing_of(told, knowledge, live=True), core_of(told, knowledge))


def well_heard(listener: Listener, records: Sequence[Record]) -> int:
    """How many fates; of each, a signal can be sent, read back and taken in, and a letter tells no one's words."""
    fates = listener.ear.hear(records)
    for fate in fates:
        assert isinstance(fate, Understood | Passed | DeadLetter)
        if isinstance(fate, DeadLetter):
            assert SECRET not in fate.message.lower()
            assert len(fate.message) <= 600
        if isinstance(fate, Understood):
            for signal in fate.signals:
                body = signal.model_dump_json(by_alias=True).encode()
                again = SIGNAL.validate_json(body)
                assert again.event_id == signal.event_id
                assert not isinstance(again, Heard) or len(again.excerpt or "") <= 160
                state, _ = listener.core.step(listener.core.begin(signal.customer_id), again)
                assert state.from_bytes(state.to_bytes()) == state
    return len(fates)


def record(topic: InputTopic, value: bytes | None, key: bytes | None = b"C-1", headers=()) -> Record:
    return Record(topic=topic, key=key, value=value, headers=headers, received_at=NOON)


@pytest.mark.parametrize(("topic", "model"), SHAPES, ids=[f"{topic}-{model.__name__}" for topic, model in SHAPES])
@MODELLED
@given(data=st.data())
def test_values_that_mostly_fit_their_model(listener: Listener, topic: InputTopic, model: type, data):
    values = data.draw(OF[model])
    assert well_heard(listener, [record(topic, dumps(value), data.draw(KEYS)) for value in values]) == len(values)


@RAW
@given(
    topic=st.sampled_from(list(INPUTS)), value=st.one_of(st.none(), st.binary(max_size=300)), key=KEYS, headers=HEADERS
)
def test_bytes_of_any_kind(listener: Listener, topic, value, key, headers):
    assert well_heard(listener, [record(topic, value, key, headers)]) == 1


@RAW
@given(topic=st.sampled_from(list(INPUTS)), value=ANYTHING, headers=HEADERS)
def test_json_of_any_kind(listener: Listener, topic, value, headers):
    assert well_heard(listener, [record(topic, dumps(value), headers=headers)]) == 1


@RAW
@given(shaped=SHAPED, inner=st.one_of(st.none(), ANYTHING), time=st.one_of(TEXTS, st.integers(-9, 9)), packed=PACKED)
def test_cloud_events_of_any_kind(listener: Listener, shaped, inner, time, packed):
    topic, value = shaped
    event = {"specversion": "1.0", "type": "t", "source": "s", "id": "1", "time": time}
    event |= {"data": value if inner is None else inner} if packed is None else {"data_base64": packed}
    assert well_heard(listener, [record(topic, dumps(event))]) == 1


@RAW
@given(
    field=st.sampled_from(["event_id", "occurred_at", "customer", "author", "language", "brand", SECRET]),
    data=st.data(),
)
def test_a_dead_letter_quotes_nobody(listener: Listener, field, data):
    told = {"event_id": "e", "occurred_at": "2026-03-02T09:00:00Z", "customer": {"customer_id": "C"}, "text": "hi"}
    junk = data.draw(st.sampled_from([SECRET * 600, {SECRET: SECRET}, [SECRET], {"customer_id": {SECRET: 1}}]))
    assert well_heard(listener, [record("contact_chat", dumps(told | {field: junk}))]) == 1
