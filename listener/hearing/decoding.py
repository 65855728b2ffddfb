"""From the bytes of a record to what someone wrote: plain JSON, or CloudEvents in either mode (CONTRACT 3)."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NoReturn

import orjson
from pydantic import TypeAdapter, ValidationError

from listener.model.inputs import (
    BrandAct,
    ChatTurn,
    Command,
    Disposition,
    Email,
    Profile,
    SocialPost,
    SurveyAnswer,
    TimeTold,
    VoiceSegment,
)
from listener.model.record import DeadLetter, DeadLetterStage, Record
from listener.model.topics import InputTopic
from listener.model.wire import Incoming, Moment

Report = BrandAct | Profile | Disposition | Command | TimeTold
Input = ChatTurn | VoiceSegment | Email | SocialPost | SurveyAnswer | Report

MODELS: Final[dict[InputTopic, type[Incoming]]] = {
    "contact_chat": ChatTurn,
    "contact_email": Email,
    "contact_social": SocialPost,
    "contact_voice": VoiceSegment,
    "contact_survey": SurveyAnswer,
    "brand_acts": BrandAct,
    "crm_customers": Profile,
    "crm_dispositions": Disposition,
    "commands": Command,
}
_ALL: Final[tuple[type[Incoming], ...]] = (*MODELS.values(), TimeTold)
FIELDS: Final = {model: frozenset(model.model_fields) for model in _ALL}
WIDEST_TEXT: Final = 24 * 2**20
WIDEST_REPORT: Final = 512 * 2**10
"""The most bytes of a contact, which may carry attachments, and of all else, which goes on whole into the signals."""
_MOMENT: Final[TypeAdapter[datetime]] = TypeAdapter(Moment)
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z_0-9]{0,40}\Z")


class Unusable(Exception):
    """A record that cannot be used; `letter` says why."""

    def __init__(self, stage: DeadLetterStage, error: str, message: str) -> None:
        super().__init__(message)
        self.letter = DeadLetter(stage, error, message)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a record says: its value (None is a tombstone), when its envelope says it happened, fields nobody knows."""

    value: Input | None
    time: datetime | None = None
    unknown_fields: int = 0


def decode(record: Record) -> Decoded:
    """The value a record carries, checked against its model.

    Raises:
        Unusable: with the stage and the reason, never with the text.
    """
    if not all(name.isascii() or _is_text(name) for name, _ in record.headers):
        _no("the name of a header is not UTF-8")
    if record.value is None:
        return Decoded(None, _time_of(_header(record, "ce_time")))
    widest = WIDEST_TEXT if record.topic.startswith("contact_") else WIDEST_REPORT
    if len(record.value) > widest:
        raise Unusable("decode", "TooLarge", f"{len(record.value)} bytes, more than {widest}")
    payload, time = _unwrap(record, _json(record.value))
    if payload is None:
        return Decoded(None, time)
    model = _model(record.topic, payload)
    try:
        value = model.model_validate(payload)
    except ValidationError as trouble:
        raise Unusable("schema", "ValidationError", _reasons(trouble)) from None
    except RecursionError:
        raise Unusable("schema", "RecursionError", "nested too deep") from None
    return Decoded(value, time, sum(name not in FIELDS[model] for name in payload))  # type: ignore[arg-type]  # each model has its own fields


def happened_at(record: Record, decoded: Decoded, foresight: timedelta | None) -> datetime:
    """When it happened: as it says itself, else as its envelope does, else when it was received.

    Raises:
        Unusable: where that is more than `foresight` after it was received (None: time is the recording's own).
    """
    at: datetime = getattr(decoded.value, "occurred_at", None) or decoded.time or record.received_at
    if foresight is not None and at > record.received_at + foresight:
        raise Unusable("schema", "Future", f"its time is more than {foresight} after it was received")
    return at


def _model(topic: InputTopic, payload: Mapping[str, Any]) -> type[Incoming]:
    return TimeTold if topic == "commands" and payload.get("command") == "tick" else MODELS[topic]


def _json(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as trouble:
        _no(f"not JSON: {trouble.msg} at {trouble.pos}")


def _unwrap(record: Record, parsed: Any) -> tuple[dict[str, Any] | None, datetime | None]:
    """The data inside the envelope, if there is one, and the envelope's time."""
    sent_at = _time_of(_header(record, "ce_time"))
    if parsed is None:
        return None, sent_at
    if not isinstance(parsed, dict):
        _no(f"a JSON {type(parsed).__name__}, not an object")
    if not _is_structured(record, parsed):
        return parsed, sent_at
    if "specversion" not in parsed:  # a profile that is only called an event holds no data, and would be an erasure
        _no("called a CloudEvent, and has no specversion")
    time, inner = parsed.get("time"), _data(parsed)
    if inner is not None and not isinstance(inner, dict):
        _no(f"a CloudEvent whose data is a {type(inner).__name__}, not an object")
    return inner, _time_of(time if isinstance(time, str) else None) or sent_at


def _is_structured(record: Record, parsed: Mapping[str, Any]) -> bool:
    kind = _header(record, "content-type") or ""
    return kind.startswith("application/cloudevents") or (
        {"specversion", "type", "source", "id"} <= parsed.keys() and ("data" in parsed or "data_base64" in parsed)
    )


def _data(event: Mapping[str, Any]) -> Any:
    packed = event.get("data_base64")
    if isinstance(packed, str):
        try:
            return _json(base64.b64decode(packed, validate=True))
        except binascii.Error:
            _no("data_base64 is not base64")
    if "data" not in event:  # an erasure is said with a null, never by leaving it out
        _no("a CloudEvent without data")
    return event["data"]


def _time_of(text: str | None) -> datetime | None:
    """The envelope's time; an ill-formed one is as good as none, for the data says when it happened."""
    try:
        return None if text is None else _MOMENT.validate_python(text)
    except ValidationError:
        return None


def _is_text(name: str) -> bool:
    return not any("\udc80" <= letter <= "\udcff" for letter in name)


def _header(record: Record, name: str) -> str | None:
    for key, value in record.headers:
        if key.casefold() == name and value is not None:
            return value.decode("utf-8", "replace")
    return None


def _reasons(trouble: ValidationError) -> str:
    """What is wrong and where, without a word of what was written."""
    found = []
    for error in trouble.errors(include_input=False, include_url=False, include_context=False)[:5]:
        where = ".".join(str(x) if isinstance(x, int) or _PLAIN_NAME.match(x) else "?" for x in error["loc"])
        found.append(f"{where or 'value'}: {error['msg']}")
    return "; ".join(found)[:500]


def _no(message: str) -> NoReturn:
    raise Unusable("decode", "DecodeError", message)
