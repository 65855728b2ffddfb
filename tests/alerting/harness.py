"""One customer whose wish is known, rules and alerts together: signals in, alerts out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from listener import alerting, rules
from listener.model.inputs import Disposition, Profile
from listener.model.ledger import Ledger
from listener.model.outputs import Alert
from listener.model.reading import Reading
from listener.model.signals import Act, Heard
from listener.model.told import Told
from listener.rules.rehearsing import BEGIN
from tests.rules.builders import CATALOGUE, belief

WHO = ("C-1", "acme")


@dataclass
class Customer:
    """Someone who wants one type of relationship, and all that was said of them."""

    wanted: str
    profile: Profile | None = None
    ledger: Ledger = field(default_factory=Ledger)
    told: Told = field(default_factory=Told)
    alerts: list[Alert] = field(default_factory=list)
    reading: Reading | None = None
    fates: list[tuple[str, alerting.Fate]] = field(default_factory=list)

    def hear(self, *signals: Heard | Act) -> "Customer":
        """Take signals in, letting time pass between them."""
        for signal in signals:
            self.wait(signal.occurred_at)
            now = self.reading or belief(self.wanted)
            self.ledger, judged = rules.judge(self.ledger, signal, now, self.profile, CATALOGUE)
            self.ledger, assessed = rules.assess(self.ledger, signal, now, self.profile, CATALOGUE)
            self._choose(judged + assessed, signal.occurred_at)
        return self

    def wait(self, until: datetime | timedelta) -> "Customer":
        """Let everything fall due up to a moment (or a time after the beginning)."""
        end = BEGIN + until if isinstance(until, timedelta) else until
        while (at := self.next_due()) is not None and at <= end:
            now = self.reading or belief(self.wanted)
            self.ledger, missed = rules.due(self.ledger, at, now, self.profile, CATALOGUE)
            self.ledger, assessed = rules.assess(self.ledger, at, now, self.profile, CATALOGUE)
            self._choose(missed + assessed, at)
            later = self.next_due()
            assert later is None or later > at, "what was due is done, so time goes on"
        return self

    def next_due(self) -> datetime | None:
        """When the next thing happens by itself."""
        return min((at for at in (rules.next_due(self.ledger), alerting.next_due(self.told)) if at), default=None)

    def dispose(self, at: timedelta, **disposition: object) -> "Customer":
        """Let the CRM dispose of an alert."""
        value = Disposition.model_validate({"occurred_at": BEGIN + at, **disposition})
        self.told, said = alerting.dispose(self.told, value, WHO, BEGIN + at, CATALOGUE)
        self.alerts += said
        return self

    def _choose(self, findings: Iterable, at: datetime) -> None:
        findings, now = tuple(findings), self.reading or belief(self.wanted)
        self.told, said, fates = alerting.choose(self.told, findings, now, self.profile, WHO, at, CATALOGUE)
        self.fates += [(finding.code, fate) for finding, fate in zip(findings, fates, strict=True)]
        self.alerts += said

    def life(self, code: str) -> list[str]:
        """The statuses of this code's alerts, in order."""
        return [alert.status for alert in self.alerts if alert.act.code == code]

    def last(self, code: str) -> Alert:
        """The newest message about this code."""
        return [alert for alert in self.alerts if alert.act.code == code][-1]

    def reasons(self, code: str) -> list[str | None]:
        """For each finding of this code: why it became no alert, or None."""
        return [fate.held_back for one, fate in self.fates if one == code]
