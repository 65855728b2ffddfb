"""The listener's outputs as they come, told as a story: who said or did what, what it moved, what it broke."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import orjson
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from listener.bus.tailing import Seen
from listener.model.outputs import Alert, Estimate
from listener.model.signals import SIGNAL, Act, Broadcast, Heard, ProfileTold, Signal
from listener.model.topics import OUTPUTS
from listener.showing.movement import movement
from listener.showing.notice import COLOURS, change, notice, what_changed
from listener.showing.words import CHANNELS, Phrasebook, act, day, engagement, heard, money

TOPICS: Final = tuple(OUTPUTS[name] for name in ("signals", "estimates", "alerts"))
"""What a chronicle is told from."""
LONGEST_NAME: Final = 16

Tell = Callable[[RenderableType], None]


@dataclass(slots=True)
class Story:
    """What was told of one customer so far, and what waits to be told with the next that comes of it."""

    name: str
    waiting: list[Heard | Act] = field(default_factory=list)
    estimate: Estimate | None = None
    alerts: dict[str, Alert] = field(default_factory=dict)


class Chronicle:
    """Takes records in and tells them, each contact once, before what it led to."""

    def __init__(self, words: Phrasebook, tell: Tell) -> None:
        self._words, self._tell = words, tell
        self.customers: dict[str, Story] = {}
        self.raised = 0
        self._broadcasts: set[str] = set()
        self._changes: list[tuple[str, Alert]] = []
        self._told_of = ""

    def take(self, records: Iterable[Seen]) -> None:
        """Some records, in the order they came."""
        for seen in records:
            if seen.value is None:
                continue
            value = orjson.loads(seen.value)
            if seen.topic == OUTPUTS["signals"]:
                self._signal(SIGNAL.validate_python(value, extra="ignore"))
            elif seen.topic == OUTPUTS["estimates"]:
                self._estimate(Estimate.model_validate(value, extra="ignore"))
            elif seen.topic == OUTPUTS["alerts"]:
                self._alert(Alert.model_validate(value, extra="ignore"))
        self._tell_changes()

    def finish(self) -> None:
        """Tell what still waits."""
        for customer in self.customers.values():
            self._catch_up(customer, None)
        self._tell_changes()

    def summary(self) -> Table:
        """Everybody at a glance, those with the most at risk first."""
        table = Table(box=None, padding=(0, 1), header_style="dim", pad_edge=False)
        for head in ("customer", "wants", "and is", "open alerts", "at risk a year"):
            table.add_column(head, justify="right" if head == "at risk a year" else "left", no_wrap=True)
        known = [told for told in self.customers.values() if told.estimate is not None]
        for told in sorted(known, key=_at_risk, reverse=True):
            if told.estimate is not None:
                wants, stake = self._words.belief(told.estimate.wanted), told.estimate.value.at_risk
                table.add_row(told.name, wants, engagement(told.estimate), _counted(told.alerts.values()), money(stake))
        return table

    def _customer(self, customer_id: str) -> Story:
        return self.customers.setdefault(customer_id, Story(customer_id))

    def _signal(self, signal: Signal) -> None:
        match signal:
            case ProfileTold() if signal.data is not None and signal.data.name:
                self._customer(signal.customer_id).name = signal.data.name
            case Broadcast() if signal.event_id not in self._broadcasts:
                self._broadcasts.add(signal.event_id)
                self._line(signal.occurred_at, "everyone", Text(act(signal.data)))
            case Heard() | Act():
                self._customer(signal.customer_id).waiting.append(signal)

    def _estimate(self, estimate: Estimate) -> None:
        customer = self._customer(estimate.customer_id)
        self._catch_up(customer, estimate.as_of)
        for line in movement(customer.estimate, estimate, self._words):
            self._line(None, "" if self._told_of == customer.name else customer.name, line)
        customer.estimate = estimate

    def _alert(self, alert: Alert) -> None:
        customer = self._customer(alert.customer_id or alert.brand)
        self._catch_up(customer, alert.updated_at)
        before = customer.alerts.get(alert.alert_id)
        customer.alerts[alert.alert_id] = alert
        if alert.status == "raised":
            self.raised += 1
            self._tell_changes()
            self._told_of = customer.name
            self._tell(Padding(notice(alert, customer.name, self._words), (0, 0, 0, 2)))
        else:
            self._changes.append((what_changed(alert, before), alert))

    def _catch_up(self, customer: Story, until: datetime | None) -> None:
        """What the customer said and was done to them, up to a time."""
        due = [signal for signal in customer.waiting if until is None or signal.occurred_at <= until]
        customer.waiting = [signal for signal in customer.waiting if signal not in due]
        if due:
            self._tell_changes()
        for signal in due:
            self._line(signal.occurred_at, customer.name, _said(signal))

    def _tell_changes(self) -> None:
        """Alerts whose life went on: one line for each customer and turn."""
        grouped: dict[tuple[str | None, str], list[Alert]] = {}
        for what, alert in self._changes:
            grouped.setdefault((alert.customer_id, what), []).append(alert)
        self._changes.clear()
        for (customer_id, what), alerts in grouped.items():
            whose = self._customer(customer_id or alerts[-1].brand)
            self._line(alerts[-1].updated_at, whose.name, change(what, alerts))

    def _line(self, at: datetime | None, name: str, what: RenderableType) -> None:
        row = Table.grid(padding=(0, 1))
        row.add_column(width=12, style="dim", no_wrap=True)
        row.add_column(width=LONGEST_NAME + 1, style="bold", no_wrap=True, overflow="ellipsis")
        row.add_column()
        row.add_row(day(at) if at else "", name, what)
        self._told_of = name or self._told_of
        self._tell(row)


def _said(signal: Heard | Act) -> RenderableType:
    if isinstance(signal, Act):
        by = signal.data.details.get("by")
        return Text.assemble(("" if by == "customer" else "the firm: ", "dim"), act(signal.data))
    channel = CHANNELS.get(signal.channel, signal.channel)
    whose = channel if signal.role == "customer" else f"{channel}, {signal.role}"
    said = Text.assemble((f"{whose}: ", "dim"), f"“{signal.excerpt}”" if signal.excerpt else "…")
    told = heard(signal.signals)
    return Group(said, Text.assemble(("heard ", "dim"), (told, "cyan"))) if told else said


def _counted(alerts: Iterable[Alert]) -> Text:
    """Open alerts by severity, the gravest first."""
    still_open = [alert for alert in alerts if alert.status not in ("resolved", "expired")]
    line = Text()
    for severity, colour in COLOURS.items():
        if count := sum(alert.severity == severity for alert in still_open):
            line.append(f"{count} {severity} ", style=colour)
    return line


def _at_risk(story: Story) -> float:
    stake = story.estimate.value.at_risk if story.estimate else None
    return float(stake.amount) if stake else 0.0
