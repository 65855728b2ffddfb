"""A customer's history written in a few words, played as a recording, and what the listener says of it."""

import io
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from listener import catalogue
from listener.envelopes.recording import read
from listener.model.outputs import Alert, Estimate, NoticedAct
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import core_of, hearing_of

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOOK = catalogue.load()
LOUD = ("medium", "high", "critical")
GRAVE = {2: "medium", 3: "high"}
ME = {"customer_id": "C-1"}


@dataclass
class Recording:
    """One customer's history, written line by line; days and hours count from the beginning."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    end: datetime = BEGIN

    def _put(self, topic: str, day: float, **value: Any) -> "Recording":
        at = BEGIN + timedelta(days=day)
        self.end = max(self.end, at)
        told = {"event_id": f"e{len(self.lines)}", "occurred_at": at.isoformat(), "customer": ME, "language": "en"}
        self.lines.append({"topic": topic, "key": "C-1", "value": told | value, "headers": {}})
        return self

    def known_since(self, day: str, *contacts: str) -> "Recording":
        """The profile."""
        value = {"customer_id": "C-1", "name": "Ann", "customer_since": day, "segments": [], "handles": []}
        value |= {"named_contacts": list(contacts), "annual_value": {"amount": "7000.00", "currency": "USD"}}
        self.lines.append({"topic": "crm.customers.v1", "key": "C-1", "value": value, "headers": {}})
        return self

    def wants(self, wanted: str, held: str | None = None, day: float = 0.0) -> "Recording":
        """They answer the survey that asks."""
        return self._put("contact.survey.v1", day, instrument="relationship-1q", wanted=wanted, held=held or wanted)

    def mail(self, day: float, text: str, author: str = "customer", talk: str = "m") -> "Recording":
        return self._put("contact.email.v1", day, author=author, text=text, subject="", conversation_id=talk)

    def chat(self, day: float, text: str, author: str = "customer") -> "Recording":
        return self._put("contact.chat.v1", day, author=author, text=text, conversation_id=f"c{int(day)}")

    def post(self, day: float, text: str, author: str = "customer") -> "Recording":
        n = f"p{len(self.lines)}"
        return self._put("contact.social.v1", day, author=author, text=text, post_id=n, conversation_id=n, public=True)

    def act(self, day: float, kind: str, **details: Any) -> "Recording":
        return self._put("brand.acts.v1", day, kind=kind, details=details)

    def to_all(self, day: float, kind: str, **details: Any) -> "Recording":
        self.act(day, kind, **details)
        del self.lines[-1]["value"]["customer"]
        self.lines[-1]["value"]["audience"] = {"everyone": True}
        return self

    def played(self, days_more: float = 5.0) -> "Said":
        """What the listener says of it."""
        settings = Settings(brand="acme")
        records = [
            one.as_record() for one in read(io.BytesIO("".join(json.dumps(x) + "\n" for x in self.lines).encode()))
        ]
        until = self.end + timedelta(days=days_more)
        told = [one.value for one in replay(records, until, hearing_of(settings, BOOK), core_of(settings, BOOK))]
        return Said(
            [one for one in told if isinstance(one, Alert)],
            Counter(one.code for one in told if isinstance(one, NoticedAct) and one.p >= 0.5),
            [one for one in told if isinstance(one, Estimate)][-1],
        )


@dataclass
class Said:
    """The alerts, how often each code of an act was noticed, and the last estimate."""

    alerts: list[Alert]
    noticed: Counter[str]
    estimate: Estimate

    @property
    def loud(self) -> set[str]:
        return {one.act.code for one in self.alerts if one.severity in LOUD}

    def gravest(self, *codes: str) -> Alert:
        mine = [one for one in self.alerts if one.act.code in codes]
        return max(mine, key=lambda one: ("info", "low", *LOUD).index(one.severity))

    def is_answered_as_for(self, wanted: str, *codes: str) -> bool:
        """Whether alerts of these codes are as grave as the matrix has it for a type, and its role is to mend."""
        told, type_ = [self.gravest(code) for code in codes], BOOK.types.by_id[wanted]
        due = [GRAVE[BOOK.types.digit(wanted, code)] for code in codes]
        grave = all(LOUD.index(one.severity) >= LOUD.index(least) for one, least in zip(told, due, strict=True))
        return grave and all(one.repair.role == type_.role and one.repair.do for one in told)

    @property
    def wanted(self) -> str:
        return self.estimate.wanted.top[0].type
