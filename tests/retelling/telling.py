"""Short recordings, and what `rules explain` tells of them: each is played once, with one catalogue and one ear."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from listener.commands.rules.explaining.one_rule import rule_over_recording
from listener.commands.rules.explaining.recordings import recording_in_words
from listener.commands.rules.explaining.rule_in_words import rules_called
from listener.settings import Settings
from tests.rules.builders import CATALOGUE

WHO = {"customer": {"customer_id": "C-1"}}
ASKED = "My washing machine is broken and floods the kitchen. When will you send somebody?"
ANSWER = "A fitter comes today between 14:00 and 16:00, Jo."
UNTIL = "2026-06-01T00:00:00+00:00"


def act(event_id: str, at: str, kind: str, **details: object) -> dict:
    value = {"event_id": event_id, "occurred_at": at, **WHO, "kind": kind, "details": details}
    return {"topic": "brand.acts.v1", "key": "C-1", "headers": {}, "value": value}


def mail(event_id: str, at: str, text: str, author: str = "customer", **over: object) -> dict:
    value = {"event_id": event_id, "occurred_at": at, **WHO, "author": author, "message_id": f"<{event_id}@x>",
             "conversation_id": "t", "text": text, **over}  # fmt: skip
    return {"topic": "contact.email.v1", "key": None, "headers": {}, "value": value}


def wants(kind: str, at: str = "2026-03-01T09:00:00Z") -> dict:
    value = {"event_id": "s0", "occurred_at": at, **WHO, "instrument": "tie", "wanted": kind}
    return {"topic": "contact.survey.v1", "key": None, "headers": {}, "value": value}


def asked(at: str = "2026-03-02T09:00:00Z") -> dict:
    return mail("m1", at, ASKED)


def written(folder: Path, *lines: dict) -> Path:
    file = folder / "story.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def explained(
    *lines: dict, until: str | None = None, every: bool = False, customer: str | None = None, rule: str | None = None,
    text: bool = False,
) -> str:  # fmt: skip
    """What is told of a recording, or of a rule over it; lines that were folded are whole again."""
    return _told("".join(json.dumps(line) + "\n" for line in lines), until, every, customer, rule, text)


@cache
def _told(lines: str, until: str | None, every: bool, customer: str | None, rule: str | None, text: bool) -> str:
    end = datetime.fromisoformat(until) if until else None
    with TemporaryDirectory() as folder:
        file = Path(folder) / "story.jsonl"
        file.write_text(lines)
        if rule:
            rules = rules_called(rule, CATALOGUE)
            told = [*rule_over_recording(rules, file, customer, every, CATALOGUE, Settings(), end)]
        else:
            told = [*recording_in_words(file, customer, every, CATALOGUE, Settings(), end, text)]
    return "\n".join(told)


def whole(told: str) -> str:
    """Lines that were folded, put together again: what is folded stands further in than any that begins."""
    return told.replace("\n          ", " ").replace("\n      ", " ")


def block(told: str, beginning: str) -> str:
    """The block that begins with this moment, each of its sentences on one line."""
    lines = whole(told).splitlines()
    (start,) = [n for n, line in enumerate(lines) if line.startswith(beginning)]
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith("  ")), len(lines))
    return "\n".join(lines[start:end])
