"""What stays on a page of metrics is seen, however seldom it is looked at."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from listener.telemetry import Metrics
from tests.delivery.watching import Watch


def page(born: float = 1.0, **counted: int) -> str:
    """What a process born then shows, with a batch of three seconds, and a lag in partition seven."""
    metrics = Metrics(CollectorRegistry())
    metrics.bus_ack.observe(0.02)
    metrics.bus_ack.observe(3.0)
    metrics.lag.labels("contact.chat.v1", "7").set(5)
    for name, count in counted.items():
        getattr(metrics, name).inc(count)
    metrics.offset_gaps.labels("mended").inc()
    told = [line for line in generate_latest(metrics.registry).decode().splitlines() if "process_start" not in line]
    return "\n".join([*told, f"process_start_time_seconds {born}"])


def watched(*pages: str) -> Watch:
    watch, process = Watch(SimpleNamespace(all=[])), SimpleNamespace(stage="relate", log=Path("relate-0.log"))
    for one in pages:
        watch._read(process, one)
    return watch


@pytest.mark.parametrize(
    ("sign", "is_seen"),
    [
        ("relate:listener_clock_steps", True),
        ("relate:listener_clock_steps>2", False),
        ("relate:listener_bus_outages", False),
        ("relate:listener_offset_gaps{mended}", True),
        ("relate:listener_offset_gaps{lost}", False),
        ("relate:listener_bus_ack_seconds{>1.0}", True),
        ("relate:listener_bus_ack_seconds{>0.01}>1", True),
        ("relate:listener_bus_ack_seconds{>1.0}>1", False),
        ("relate:listener_bus_ack_seconds{>5.0}", False),
        ("relate:listener_lag_events{partition}>6", True),
        ("relate:listener_lag_events{partition}>7", False),
        ("relate:listener_lag_events<6", True),
        ("relate:restarts|relate:listener_clock_steps", True),
        ("ingest:listener_clock_steps", False),
        ("no relate:listener_bus_outages", True),
        ("no relate:listener_clock_steps", False),
    ],
)
def test_a_sign_is_seen_where_it_stands(sign: str, is_seen: bool):
    assert watched(page(clock_steps=2)).sees(sign) is is_seen


def test_a_process_that_was_killed_has_another_time_of_birth_when_it_is_back():
    assert not watched(page(), page()).sees("relate:restarts")
    assert watched(page(), page(born=2.0), page(born=2.0), page(born=3.0)).most["relate:restarts"] == 2


def test_a_door_is_away_only_once_it_was_open():
    watch, process = Watch(SimpleNamespace(all=[])), SimpleNamespace(stage="relate", log=Path("relate-0.log"))
    watch._ask(process, {"ok": False, "recovered": False})
    assert not watch.sees("relate:not recovered")
    watch._ask(process, {"ok": True, "recovered": True})
    watch._ask(process, {"ok": False, "recovered": False})
    assert watch.sees("relate:not recovered")
