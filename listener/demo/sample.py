"""What a demo plays: a recording, whose brand it is of, and how far time must come for the last of it to be decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import orjson

from listener.envelopes.recording import Recorded, read

OWN: Final = Path(__file__).with_name("sample.jsonl")
AFTERMATH: Final = timedelta(days=8)
"""How long after the last event the story goes on: long enough for what is owed to fall due."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A recording, read whole."""

    records: tuple[Recorded, ...]

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> "Sample":
        """From its lines.

        Raises:
            NotARecording: where they are none.
        """
        return cls(tuple(read(lines)))

    @property
    def brand(self) -> str | None:
        """The brand its first event names, if one does."""
        for record in self.records:
            value = orjson.loads(record.value) if record.value else None
            if isinstance(value, dict) and isinstance(value.get("brand"), str):
                return str(value["brand"])
        return None

    @property
    def until(self) -> datetime:
        """The midnight some days after the last event."""
        last = max(record.at for record in self.records) + AFTERMATH
        return datetime.combine(last.date(), time(), last.tzinfo)
