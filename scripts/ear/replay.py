"""Distress of a conversation after its last turn, as the last estimate of a replay tells it."""

import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from listener.cli import listener

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SPAN = timedelta(seconds=90)
"""A whole conversation's time: less than any deadline, so that what is measured is the reading, not the clock."""
Talk = Sequence[tuple[str, str]]


def distress_after(talks: Sequence[Talk], channel: str = "chat") -> list[float]:
    """One figure a conversation of (author, text), each of a customer of its own."""
    events = [e for n, talk in enumerate(talks) for e in _events(n, talk, channel)]
    events.sort(key=lambda e: e["value"]["occurred_at"])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "talks.jsonl"
        place.write_text("".join(json.dumps(e) + "\n" for e in events))
        until = (START + SPAN).isoformat()
        told = CliRunner().invoke(listener, ["replay", str(place), "--until", until], catch_exceptions=False).stdout
    last = {}
    for line in told.splitlines():
        out = json.loads(line)
        if out["topic"] == "relational.estimates.v1" and out["value"]:
            last[out["value"]["customer_id"]] = float(out["value"]["distress"])
    return [last.get(f"t{n}", 0.0) for n in range(len(talks))]


def _events(number: int, talk: Talk, channel: str) -> list[dict[str, Any]]:
    found = []
    for n, (author, text) in enumerate(talk):
        at, name = START + SPAN * n / len(talk), f"t{number}"
        value = {
            "event_id": f"{name}-{n}",
            "occurred_at": at.isoformat(),
            "customer": {"customer_id": name},
            "author": author,
            "conversation_id": name,
            "text": text,
        }
        if channel == "social":
            value |= {"post_id": f"{name}-{n}", "public": True, "incentivised": False}
        found.append({"topic": f"contact.{channel}.v1", "key": None, "value": value, "headers": {}})
    return found
