from prometheus_client import CollectorRegistry
from prometheus_client.openmetrics.exposition import generate_latest

from listener.telemetry import Metrics

PROMISED = {
    "listener_events_total": ("topic", "outcome"),
    "listener_dead_letters_total": ("stage",),
    "listener_lag_events": ("topic", "partition"),
    "listener_event_to_alert_seconds": (),
    "listener_alerts_total": ("rule", "severity", "status"),
    "listener_open_alerts": ("severity",),
    "listener_rules_suppressed_total": ("rule", "reason"),
    "listener_offset_gaps_total": ("outcome",),
    "listener_state_bytes": (),
    "listener_customers": ("family",),
    "listener_unsettled_ratio": (),
    "listener_wakes_overdue": (),
    "listener_recovery_seconds": (),
    "listener_bus_silence_seconds": (),
    "listener_bus_outages_total": (),
    "listener_bus_ack_seconds": (),
    "listener_rebalances_total": (),
    "listener_stores_discarded_total": ("reason",),
    "listener_wakes_held_back_total": (),
    "listener_clock_step_seconds": (),
    "listener_clock_steps_total": (),
    "listener_rebuilt_customers_total": (),
    "listener_changelog_passed_over_total": (),
    "listener_brand_alert_customers": ("rule",),
    "listener_ready": (),
    "listener_healthy": (),
    "listener_build_info": ("version", "python", "catalogue", "stage"),
}


def test_the_names_dashboards_rely_on_are_there_with_their_labels():
    metrics = Metrics(CollectorRegistry())
    made = {
        ("listener_" + name if not collector._name.startswith("listener_") else collector._name)
        + ("_total" if collector._type == "counter" else ""): tuple(collector._labelnames)
        for name, collector in vars(metrics).items()
        if name != "registry"
    }
    assert made == PROMISED


def test_two_can_live_in_one_process():
    assert Metrics(CollectorRegistry()) is not Metrics(CollectorRegistry())


def test_the_lag_of_a_partition_that_went_elsewhere_is_forgotten():
    metrics = Metrics(CollectorRegistry())
    metrics.lags({("a", 0): 5, ("a", 1): 7})
    metrics.lags({("a", 1): 0})
    page = generate_latest(metrics.registry).decode()
    assert 'partition="1",topic="a"} 0.0' in page
    assert 'partition="0"' not in page


def test_what_runs_is_said_and_since_when():
    metrics = Metrics(CollectorRegistry())
    metrics.built("2026.11+sha256:ab", "ingest")
    page = generate_latest(metrics.registry).decode()
    assert 'stage="ingest"' in page
    assert "process_start_time_seconds" in page
