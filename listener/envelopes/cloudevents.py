"""What goes out, as CloudEvents 1.0 in Kafka's binary mode: the envelope in headers, the value bare (CONTRACT 3)."""

from collections.abc import Iterator
from typing import Final

from listener.model.outcomes import Outcome
from listener.model.signals import Heard, Said, Signal

JSON: Final = ("content-type", "application/json")


def envelope(outcome: Outcome, brand: str) -> tuple[tuple[str, str], ...]:
    """The headers of an outcome.

    >>> outcome = Outcome("alerts", "C-1", None, "alert.raised", "5f0c", "2026-03-02T09:14:05+00:00", cause="m-3")
    >>> dict(envelope(outcome, "acme"))["ce_type"]
    'relational.alert.raised.v1'
    """
    return tuple(
        _headers(
            id_=outcome.id,
            type_=f"relational.{outcome.type}.v1",
            brand=brand,
            subject=outcome.customer_id,
            time=outcome.at,
            conversation=outcome.conversation_id,
            cause=outcome.cause,
        )
    )


def signal_envelope(signal: Signal) -> tuple[tuple[str, str], ...]:
    """The headers of an entry of relational.signals."""
    return tuple(
        _headers(
            id_=f"{signal.kind}:{signal.event_id}",
            type_=f"relational.signal.{signal.kind}.v1",
            brand=signal.brand,
            subject=signal.customer_id,
            time=signal.occurred_at.isoformat(),
            conversation=_conversation(signal),
            cause=signal.event_id,
        )
    )


def encoded(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, bytes]]:
    """Headers as a client of the bus wants them."""
    return [(name, value.encode(errors="replace")) for name, value in headers]


def _conversation(signal: Said) -> str | None:
    return signal.conversation_id if isinstance(signal, Heard) else None


def _headers(
    *, id_: str, type_: str, brand: str, subject: str, time: str, conversation: str | None, cause: str | None
) -> Iterator[tuple[str, str]]:
    yield "ce_specversion", "1.0"
    yield "ce_id", id_
    yield "ce_type", type_
    yield "ce_source", f"/listener/{brand}"
    if subject:
        yield "ce_subject", subject
    yield "ce_time", time
    if conversation:
        yield "ce_correlationid", conversation
    if cause:
        yield "ce_causationid", cause
    yield JSON
