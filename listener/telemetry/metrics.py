"""Every metric of CONTRACT 7, given its registry. Labels come from our own catalogues, never from customers."""

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
BYTES: Final = (256, 512, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 16384, 65536)


class Metrics:
    """What is counted; one object for a process. Keep a child (`.labels(…)`) where a line is hot."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        ProcessCollector(registry=registry)  # process_start_time_seconds tells of a restart, whatever was missed

        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(name, meaning, labels, registry=registry)

        def gauge(name: str, meaning: str, *labels: str) -> Gauge:
            return Gauge(name, meaning, labels, registry=registry)

        self.events = counter("listener_events", "Events read, by what became of them", "topic", "outcome")
        self.dead_letters = counter("listener_dead_letters", "Records kept with the reason, by stage", "stage")
        self.lag = gauge("listener_lag_events", "Events on the bus not yet committed", "topic", "partition")
        self.event_to_alert = Histogram(
            "listener_event_to_alert_seconds",
            "From the causing event's arrival on the bus to the alert's acknowledgement",
            buckets=SECONDS,
            registry=registry,
        )
        self.alerts = counter("listener_alerts", "Changes in the life of alerts", "rule", "severity", "status")
        self.open_alerts = gauge("listener_open_alerts", "Alerts that are open now", "severity")
        self.gathered = gauge(
            "listener_brand_alert_customers", "Customers whose open alert an open alert of the brand stands for", "rule"
        )
        self.rules_suppressed = counter(
            "listener_rules_suppressed", "Findings that became no alert, and why", "rule", "reason"
        )
        self.offset_gaps = counter("listener_offset_gaps", "Holes found in the signals, mended or lost", "outcome")
        self.state_bytes = Histogram(
            "listener_state_bytes", "Size of a customer's state as written", buckets=BYTES, registry=registry
        )
        self.customers = gauge("listener_customers", "Customers by the family they most probably hold", "family")
        self.unsettled_ratio = gauge("listener_unsettled_ratio", "Mean unsettledness of the held track, 0 to 1")
        self.wakes_overdue = gauge("listener_wakes_overdue", "Customers past their deadline who wait to be woken")
        self.wakes_held_back = counter(
            "listener_wakes_held_back", "Looks that found a deadline past, and something unread that may keep it"
        )
        self.recovery_seconds = gauge("listener_recovery_seconds", "How long the last recovery of state took")
        self.rebalances = counter("listener_rebalances", "How often partitions were given out anew to this process")
        self.stores_discarded = counter(
            "listener_stores_discarded", "Partitions whose files were thrown away, to be restored", "reason"
        )
        self.bus_silence = gauge("listener_bus_silence_seconds", "Since the bus last answered this process")
        self.bus_outages = counter("listener_bus_outages", "Silences of the bus of five seconds or more that are over")
        self.bus_ack = Histogram(
            "listener_bus_ack_seconds",
            "From sending a batch to the bus's acknowledgement of all of it",
            buckets=SECONDS,
            registry=registry,
        )
        self.clock_step = gauge("listener_clock_step_seconds", "How far the wall clock jumped from where it was")
        self.clock_steps = counter("listener_clock_steps", "How often the wall clock jumped by more than a minute")
        self.rebuilt = counter("listener_rebuilt_customers", "Customers made anew from the signals that are still kept")
        self.build_info = gauge("listener_build_info", "What runs", "version", "python", "catalogue", "stage")

    def built(self, catalogue: str, stage: str) -> None:
        """Say what runs."""
        python = platform.python_version()
        self.build_info.labels(version("listener"), python, catalogue, stage).set(1)

    def lags(self, lags: Mapping[tuple[str, int], int]) -> None:
        """The lag of every partition this process holds now; those it no longer holds are forgotten."""
        self.lag.clear()
        for (topic, partition), lag in lags.items():
            self.lag.labels(topic, str(partition)).set(lag)
