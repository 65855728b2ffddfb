"""The HTTP endpoint of a stage: its metrics and its health, for as long as it works."""

from collections.abc import Callable
from typing import Final, Self

from listener.settings import Settings
from listener.settings.secret_files import secret
from listener.telemetry import Check, HealthServer, Metrics, get_logger

STAGES: Final = ("ingest", "relate", "gather")
"""In the order of their ports, from that of `metrics_bind` on."""
log = get_logger(__name__)


class Endpoint:
    """A health server where the settings want it; `async with` opens and closes it."""

    def __init__(
        self,
        stage: str,
        metrics: Metrics,
        settings: Settings,
        *,
        healthy: Callable[[], Check],
        ready: Callable[[], Check],
    ) -> None:
        token = secret("token_file", settings.token_file) if settings.token_file else None
        self._server = HealthServer(metrics.registry, healthy=healthy, ready=ready, token=token)
        self._stage, self._bind = stage, settings.metrics_bind.later(STAGES.index(stage))

    async def open(self) -> None:
        """Serve, and say at which port."""
        port = await self._server.start(self._bind.host, self._bind.port)
        log.info("serving", stage=self._stage, port=port)

    async def close(self) -> None:
        """Serve no more."""
        await self._server.stop()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
