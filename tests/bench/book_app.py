"""The Faust app that all of the book's ways start from; its id and its broker stand in the environment."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import faust

from listener.model.record import Record, Understood

if TYPE_CHECKING:  # (a) has no need of the ear, and shall not pay for it
    from listener.hearing import Hearing
    from listener.model.signals import Signal


def book_app() -> faust.App:
    """An app with the settings that (a), (a=) and (a+) share, so that only their work differs."""
    return faust.App(
        os.environ["BENCH_ID"],
        broker=f"kafka://{os.environ['BENCH_BROKER']}",
        store="memory://",
        topic_partitions=4,
        topic_replication_factor=1,
        web_enabled=False,
        autodiscover=False,
        consumer_auto_offset_reset="earliest",
    )


def heard(event: Any, hearing: "Hearing") -> "Iterator[Signal]":
    """What our ear makes of one chat line of the stream: the book hears every event by itself."""
    raw = event.message
    at = datetime.fromtimestamp(raw.timestamp, UTC)
    (fate,) = hearing.hear([Record("contact_chat", raw.key, event.value, (), raw.partition, raw.offset, at)])
    yield from fate.signals if isinstance(fate, Understood) else ()
