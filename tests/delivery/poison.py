"""Records that cannot be used, without end: each field of each input made wrong in turn, keys, headers, raw bytes."""

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from listener.envelopes.recording import Recorded
from listener.model.topics import INPUTS, InputTopic

AT: Final = "2026-03-02T11:59:00Z"
WHO: Final = {"customer_id": "C-poison"}
EVENT: Final = {"event_id": "p", "occurred_at": AT}
WHOLE: Final[dict[InputTopic, dict[str, Any]]] = {
    "contact_chat": EVENT | {"customer": WHO, "author": "customer", "text": "hello"},
    "contact_voice": EVENT | {"customer": WHO, "author": "customer", "text": "hello", "started_at_ms": 1},
    "contact_email": EVENT | {"customer": WHO, "author": "customer", "subject": "hello", "text": "hello"},
    "contact_social": EVENT | {"customer": WHO, "author": "customer", "text": "hello", "platform": "mastodon"},
    "contact_survey": EVENT | {"customer": WHO, "verbatim": "fine", "survey_id": "s"},
    "brand_acts": EVENT | {"customer": WHO, "kind": "campaign_sent", "details": {}},
    "crm_customers": {"customer_id": "C-poison", "name": "Ann", "tenure_days": 3},
    "crm_dispositions": EVENT | {"alert_id": "a" * 32, "customer_id": "C-poison", "outcome": "acknowledged"},
    "commands": {"command_id": "p", "occurred_at": AT, "customer_id": "C-poison", "command": "silence"},
}
"""A whole record of every input; whether it is one is not relied on, for the replay says what becomes of each."""
BAD: Final[tuple[Any, ...]] = (
    None, [], {}, 0, -1, 1e308, True, "", "\x00", "x" * 100_000, "never", {"a": {"b": [1] * 500}}, [[[]]],
    "\u202e\ufeff",
)  # fmt: skip
RAW: Final[tuple[bytes | None, ...]] = (
    b"", b"{", b"null", b"[]", b"\xff\xfe\x00\x01", b"[" * 50_000, b'{"event_id":"\\ud800"}', b"\x1f\x8b\x08\x00" * 9,
    b'{"event_id":1e999}', b'"' + b"x" * 70_000 + b'"',
)  # fmt: skip
KEYS: Final[tuple[bytes | None, ...]] = (None, b"", b"\xff" * 300, b"\x00", b"\xff\xfebookmark")
HEADERS: Final = (
    (("content-type", b"application/cloudevents+json"),),
    (("content-type", b"\xff"), ("", b""), ("ce_id", None), ("ce_time", b"never")),
    (("listener.attempt", b"\xff"), ("x" * 3000, b"y" * 3000)),
)


def poisonous(chance: random.Random) -> Iterator[Recorded]:
    """One after the other, in an order of chance; the time of each is set by whoever sends it."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    for n in itertools.count():
        topic = chance.choice(list(WHOLE))
        value: bytes | None = orjson.dumps(_marked(_spoilt(topic, chance), n))
        key, headers = b"C-poison", ()
        match chance.randrange(5):
            case 0:
                value = chance.choice(RAW)
            case 1:
                key = chance.choice(KEYS)
            case 2:
                headers = chance.choice(HEADERS)
        if topic == "crm_customers" and (value is None or key is None):  # an erasure; what a compacted topic refuses
            topic = "contact_chat"
        yield Recorded(INPUTS[topic], key, value, headers, at, n)


def _spoilt(topic: InputTopic, chance: random.Random) -> dict[str, Any]:
    whole = WHOLE[topic]
    return dict(whole) | {chance.choice(list(whole)): chance.choice(BAD)}


def _marked(value: dict[str, Any], n: int) -> dict[str, Any]:
    """With an id of its own, unless the id is what is spoilt: or it would be a repeat of another."""
    return {name: f"p-{n}" if told == "p" else told for name, told in value.items()}
