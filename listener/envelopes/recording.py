"""The recorded form: `{"topic", "key", "value", "headers"}` a line, ordered as received (CONTRACT 4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

import orjson
from pydantic import TypeAdapter, ValidationError

from listener.catalogue.near import hint
from listener.envelopes.cloudevents import envelope
from listener.model.outcomes import Outcome
from listener.model.record import Headers, Record
from listener.model.topics import INPUTS, KEY_OF, OUTPUTS
from listener.model.wire import EARLIEST, Moment

_MOMENT: Final[TypeAdapter[datetime]] = TypeAdapter(Moment)


class NotARecording(ValueError):
    """A file that is not in the recorded form; says which line, and why."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded input. `at` is when it was received: its own event time, or that of the event before it."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    at: datetime
    line: int

    def as_record(self) -> Record:
        """What hearing would be given of it."""
        return Record(
            topic=KEY_OF[self.topic],
            key=self.key,
            value=self.value,
            headers=self.headers,
            offset=self.line,
            received_at=self.at,
        )

    def as_cloud_event(self) -> tuple[tuple[str, bytes], ...]:
        """Headers to publish it under, so that a profile keeps its time and the file its order on any bus.

        `ce_sequence`, the CloudEvents extension, settles which of two records of one millisecond came first. A time of
        its own that is none gives way: whoever reads it from a bus would take the bus's for it, and a replay would not.
        """
        own = {name: value or b"" for name, value in self.headers if name != "ce_time" or _is_moment(value)}
        mark = sha256(b"|".join((self.topic.encode(), self.key or b"", self.value or b"null"))).hexdigest()[:32]
        given = {
            "ce_specversion": b"1.0",
            "ce_id": mark.encode(),
            "ce_type": self.topic.encode(),
            "ce_source": b"/listener/send",
            "ce_time": self.at.isoformat().encode(),
            "ce_sequence": b"%012d" % self.line,
            "content-type": b"application/json",
        }
        return tuple((given | own).items())


def read(lines: Iterable[bytes | str]) -> Iterator[Recorded]:
    """The records of a recording.

    A line without a time of its own (a profile, a tombstone) has that of the event before it; before the first
    event, that of the first.

    Raises:
        NotARecording: at the first line that is none.
    """
    early: list[Recorded] = []
    now: datetime | None = None
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        entry = _entry(line, number)
        own = _occurred_at(entry.get("value"))
        now = own or now
        recorded = _recorded(entry, number, now or EARLIEST)
        if now is None:
            early.append(recorded)
            continue
        yield from (replace(one, at=now) for one in early)
        early.clear()
        yield recorded
    yield from (replace(one, at=EARLIEST) for one in early)


def tick(until: datetime, line: int = 0) -> Recorded:
    """A record for the commands topic that says: time has come to `until` for everyone."""
    order = {"command_id": f"tick:{until.isoformat()}", "occurred_at": until.isoformat(), "command": "tick"}
    return Recorded(INPUTS["commands"], None, orjson.dumps(order), (), until, line)


def written(outcome: Outcome, brand: str) -> bytes:
    """An outcome as one line of a recording; the value is encoded once."""
    value = None if outcome.value is None else orjson.Fragment(outcome.value.model_dump_json(by_alias=True))
    return orjson.dumps(
        {
            "topic": OUTPUTS[outcome.topic],
            "key": outcome.key or outcome.customer_id,
            "value": value,
            "headers": dict(envelope(outcome, brand)),
        },
        option=orjson.OPT_APPEND_NEWLINE,
    )


def _entry(line: bytes | str, number: int) -> dict[str, Any]:
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError as trouble:
        raise NotARecording(f"line {number + 1}: not JSON ({trouble.msg})") from None
    says = _wrong(entry) if isinstance(entry, dict) else f'a JSON {type(entry).__name__}, not {{"topic", "value", …}}'
    if says:
        raise NotARecording(f"line {number + 1}: {says}")
    told: dict[str, Any] = entry
    return told


def _wrong(entry: dict[str, Any]) -> str:
    """What keeps a line from being a record, by the field's name; empty where nothing does."""
    topic, headers = entry.get("topic"), entry.get("headers")
    if missing := [name for name in ("topic", "value") if name not in entry]:
        shape = '{"topic": …, "key": …, "value": {…}, "headers": {…}}'
        return f"{' and '.join(missing)} missing; a record is {shape}"
    if topic in OUTPUTS.values():
        return f"topic: {topic} is what the listener says, and not what it hears"
    if not isinstance(topic, str) or topic not in KEY_OF:
        return f"topic: {str(topic)[:80]!r} is no input topic{hint(str(topic), KEY_OF)}"
    if headers is not None and not isinstance(headers, dict):
        return f"headers: a JSON {type(headers).__name__}, not an object"
    return ""


def _recorded(entry: dict[str, Any], number: int, at: datetime) -> Recorded:
    value, headers = entry["value"], entry.get("headers") or {}
    key = entry.get("key") if entry.get("key") is not None else _own_key(entry["topic"], value)
    try:
        body = None if value is None else orjson.dumps(value)
    except orjson.JSONEncodeError:  # which writes less deep than it reads
        raise NotARecording(f"line {number + 1}: nested too deep") from None
    return Recorded(
        topic=entry["topic"],
        key=None if key is None else str(key).encode(),
        value=body,
        headers=tuple((str(name), str(text).encode()) for name, text in headers.items()),
        at=at,
        line=number,
    )


def _own_key(topic: str, value: Any) -> Any:
    """What a profile that has no key is keyed by: its topic is compacted, and the bus takes none without."""
    is_profile = topic == INPUTS["crm_customers"] and isinstance(value, dict)
    return value.get("customer_id") if is_profile else None


def _is_moment(told: bytes | None) -> bool:
    try:
        _MOMENT.validate_python((told or b"").decode("utf-8", "replace"))
    except ValidationError:
        return False
    return True


def _occurred_at(value: Any) -> datetime | None:
    """When the value, or the value inside a structured CloudEvent, says it happened."""
    if not isinstance(value, dict):
        return None
    inner = value.get("data") if "specversion" in value else None
    told = (inner if isinstance(inner, dict) else value).get("occurred_at")
    try:
        return _MOMENT.validate_python(told) if isinstance(told, str) else None
    except ValidationError:
        return None
