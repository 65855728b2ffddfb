"""The life of a stage that is a process: it works until it is told to stop, and what ends it before is logged."""

from collections.abc import Callable, Coroutine
from typing import Any

import uvloop
from prometheus_client import CollectorRegistry

from listener.processes.worker_slot import take_slot
from listener.settings import Settings
from listener.telemetry import Metrics, get_logger

log = get_logger(__name__)


def run_stage(
    stage: str, settings: Settings, catalogue: str, work: Callable[[Metrics, str], Coroutine[Any, Any, None]]
) -> int:
    """Do `work`, given its metrics and the name it has in its group; the exit code, 1 where it ended of itself."""
    metrics = Metrics(CollectorRegistry())
    metrics.built(catalogue, stage)
    try:
        slot = take_slot(settings.data_dir, stage)
        uvloop.run(work(metrics, slot.name))
    except Exception as trouble:
        log.error(f"{stage}_ends", error=type(trouble).__name__, exc_info=trouble)
        return 1
    return 0
