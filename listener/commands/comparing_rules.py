"""`listener rules diff`: which alerts appear, vanish or change where a recording is played with two catalogues."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from listener import pipeline
from listener.book import Core
from listener.commands.shared import catalogue_in_force, progress
from listener.model.record import Record
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import hearing_of, records_of


def differences(
    old: Path | None, new: Path | None, file: Path, until: datetime | None, settings: Settings
) -> Iterator[dict[str, Any]]:
    """Alerts that only one of two catalogues raises, or that both raise otherwise."""
    records = records_of(file)
    before, after = (_alerts(folder, which, records, until, settings) for folder, which in ((old, "old"), (new, "new")))
    for alert_id in sorted({*before, *after}):
        a, b = before.get(alert_id), after.get(alert_id)
        what = "appears" if a is None else "vanishes" if b is None else "changes"
        one = b or a
        assert one is not None  # it is in one of the two
        if a and b and (a["severity"], a["status"]) == (b["severity"], b["status"]):
            continue
        note = f"{a['severity']} {a['status']} -> {b['severity']} {b['status']}" if a and b else one["why"]
        yield {"what": what, **one, "note": note}


def _alerts(
    folder: Path | None, which: str, records: list[Record], until: datetime | None, settings: Settings
) -> dict[str, dict[str, Any]]:
    """Every alert as it was last told, by its id."""
    book = catalogue_in_force(folder)
    core = Core(
        settings.brand,
        partial(pipeline.step, catalogue=book),
        partial(pipeline.wake, catalogue=book),
        pipeline.next_due,
    )
    last: dict[str, dict[str, Any]] = {}
    with progress(f"playing it with the {which} catalogue", len(records)) as turn:
        for outcome in replay(records, until, hearing_of(settings, book), core, lambda _: turn(1)):
            alert: Any = outcome.value
            if outcome.topic == "alerts" and alert is not None:
                last[alert.alert_id] = {
                    "severity": alert.severity, "status": alert.status, "code": alert.act.code,
                    "rule_id": alert.rule_id, "customer_id": alert.customer_id, "why": alert.why,
                }  # fmt: skip
    return last
