"""Every metric of CONTRACT 7, given its registry. Labels come from our own catalogues, never from customers."""

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Final, get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from listener.model.record import DeadLetterStage

SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
OFFSET_GAPS: Final = ("mended", "lost")
DISCARDED: Final = ("stale", "damaged")
BYTES: Final = (256, 512, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 16384, 65536)


class Metrics:
    """What is counted; one object for a process. Keep a child (`.labels(…)`) where a line is hot."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        ProcessCollector(registry=registry)  # process_start_time_seconds tells of a restart, whatever was missed
        self._count_events()
        self._count_alerts()
        self._count_states()
        self._count_faults()
        self.ready = self._gauge("listener_ready", "Whether /readyz says yes: 1 or 0")
        self.healthy = self._gauge("listener_healthy", "Whether /healthz says yes: 1 or 0")
        self._begin_at_zero()
        self.build_info = self._gauge("listener_build_info", "What runs", "version", "python", "catalogue", "stage")

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self.registry)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, registry=self.registry)

    def _histogram(self, name: str, meaning: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(name, meaning, buckets=buckets, registry=self.registry)

    def _count_events(self) -> None:
        """What is read, and how far behind."""
        self.events = self._counter("listener_events", "Events read, by what became of them", "topic", "outcome")
        self.dead_letters = self._counter("listener_dead_letters", "Records kept with the reason, by stage", "stage")
        self.lag = self._gauge("listener_lag_events", "Events on the bus not yet committed", "topic", "partition")

    def _count_alerts(self) -> None:
        """What is told, how soon, and what is not."""
        self.event_to_alert = self._histogram(
            "listener_event_to_alert_seconds",
            "From the causing event's arrival on the bus to the alert's acknowledgement",
            SECONDS,
        )
        self.alerts = self._counter("listener_alerts", "Changes in the life of alerts", "rule", "severity", "status")
        self.open_alerts = self._gauge("listener_open_alerts", "Alerts that are open now", "severity")
        self.gathered = self._gauge(
            "listener_brand_alert_customers", "Customers whose open alert an open alert of the brand stands for", "rule"
        )
        self.rules_suppressed = self._counter(
            "listener_rules_suppressed", "Findings that became no alert, and why", "rule", "reason"
        )

    def _count_states(self) -> None:
        """What is believed of how many, and the deadlines that wait."""
        self.state_bytes = self._histogram("listener_state_bytes", "Size of a customer's state as written", BYTES)
        self.customers = self._gauge("listener_customers", "Customers by the family they most probably hold", "family")
        self.unsettled_ratio = self._gauge("listener_unsettled_ratio", "Mean unsettledness of the held track, 0 to 1")
        self.wakes_overdue = self._gauge("listener_wakes_overdue", "Customers past their deadline who wait to be woken")
        self.wakes_held_back = self._counter(
            "listener_wakes_held_back", "Looks that found a deadline past, and something unread that may keep it"
        )
        self.passed_over = self._counter(
            "listener_changelog_passed_over",
            "Values of the changelog that are none, behind a good one that holds and is stored again",
        )
        self.rebuilt = self._counter(
            "listener_rebuilt_customers", "Customers made anew from the signals that are still kept"
        )

    def _count_faults(self) -> None:
        """What the bus, the clock and the disks did to us."""
        self.offset_gaps = self._counter(
            "listener_offset_gaps", "Holes found in the signals, mended or lost", "outcome"
        )
        self.recovery_seconds = self._gauge("listener_recovery_seconds", "How long the last recovery of state took")
        self.rebalances = self._counter(
            "listener_rebalances", "How often partitions were given out anew to this process"
        )
        self.stores_discarded = self._counter(
            "listener_stores_discarded", "Partitions whose files were thrown away, to be restored", "reason"
        )
        self.bus_silence = self._gauge("listener_bus_silence_seconds", "Since the bus last answered this process")
        self.bus_outages = self._counter(
            "listener_bus_outages", "Silences of the bus of five seconds or more that are over"
        )
        self.bus_ack = self._histogram(
            "listener_bus_ack_seconds", "From sending a batch to the bus's acknowledgement of all of it", SECONDS
        )
        self.clock_step = self._gauge("listener_clock_step_seconds", "How far the wall clock jumped from where it was")
        self.clock_steps = self._counter(
            "listener_clock_steps", "How often the wall clock jumped by more than a minute"
        )

    def _begin_at_zero(self) -> None:
        """What is rare is there from the first look on: a rate sees nothing of a series that begins with a 1."""
        for outcome in OFFSET_GAPS:
            self.offset_gaps.labels(outcome)
        for reason in DISCARDED:
            self.stores_discarded.labels(reason)
        for stage in get_args(DeadLetterStage):
            self.dead_letters.labels(stage)

    def built(self, catalogue: str, stage: str) -> None:
        """Say what runs."""
        python = platform.python_version()
        self.build_info.labels(version("listener"), python, catalogue, stage).set(1)

    def lags(self, lags: Mapping[tuple[str, int], int]) -> None:
        """The lag of every partition this process holds now; those it no longer holds are forgotten."""
        self.lag.clear()
        for (topic, partition), lag in lags.items():
            self.lag.labels(topic, str(partition)).set(lag)
