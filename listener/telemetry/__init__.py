"""What those who run it can see: logs without customer text, metrics without customers, health."""

from listener.telemetry.health import Check, HealthServer
from listener.telemetry.logs import configure_logs, get_logger
from listener.telemetry.metrics import Metrics
from listener.telemetry.silence import BusSilence

__all__ = ["BusSilence", "Check", "HealthServer", "Metrics", "configure_logs", "get_logger"]
