"""What stays on a page of metrics is seen, however seldom it is looked at."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry, generate_latest, start_http_server

from listener.telemetry import Metrics
from tests.delivery.stages import Process
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


def test_what_a_process_counted_is_seen_before_it_is_killed():
    """It dies with the process, and nobody may have looked since."""
    metrics, stages = Metrics(CollectorRegistry()), SimpleNamespace(all=[])
    watch = Watch(stages)
    metrics.bus_outages.inc()
    server, serving = start_http_server(0, "127.0.0.1", metrics.registry)
    stages.before_an_end(SimpleNamespace(stage="relate", log=Path("r.log"), port=server.server_port, is_frozen=False))
    server.shutdown()
    server.server_close()
    serving.join()
    assert watch.sees("relate:listener_bus_outages")


def test_whoever_watches_is_told_before_a_kill_and_not_of_one_that_is_dead(tmp_path: Path):
    told: list[bool] = []
    words = (sys.executable, "-c", "import time; time.sleep(60)")
    process = Process(SimpleNamespace(), "relate", {}, tmp_path / "r.log", words, lambda it: told.append(it.is_alive))
    process.start()
    process.kill()
    process.kill()
    assert told == [True]
