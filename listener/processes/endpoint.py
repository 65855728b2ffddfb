"""The HTTP endpoint of a stage: its metrics and its health, for as long as it works."""

import socket
from collections.abc import Callable, Iterator
from typing import Final, Self, get_args

from listener.settings import Bind, Settings
from listener.settings.secret_files import secret
from listener.settings.values import Stage
from listener.telemetry import Check, HealthServer, Metrics, get_logger

STAGES: Final = get_args(Stage)
"""In the order of their ports, from that of `metrics_bind` on."""
LAST_PORT: Final = 65_535
log = get_logger(__name__)


class PortTaken(Exception):
    """A stage has its own port, where probes look for it, or it does not start."""


def bind_of(stage: str, settings: Settings) -> Bind:
    """Where a stage serves."""
    return settings.metrics_bind.later(STAGES.index(stage))


def workers(settings: Settings) -> Iterator[tuple[str, Bind]]:
    """Each stage to start and the `metrics_bind` of its worker: second ones are served after all first ones.

    >>> [str(bind_of(one, Settings(metrics_bind=bind))) for one, bind in workers(Settings(stages="relate,relate"))]
    ['127.0.0.1:9465', '127.0.0.1:9468']
    """
    for n, stage in enumerate(settings.stages):
        yield stage, settings.metrics_bind.later(len(STAGES) * settings.stages[:n].count(stage))


def has_its_port(stage: str, settings: Settings) -> None:
    """Try it before anything else is begun.

    Raises:
        PortTaken: with what to do.
    """
    bind = bind_of(stage, settings)
    if why := _why_not(bind):
        raise PortTaken(
            f"{stage} cannot serve metrics and health at {bind} ({why}); set LISTENER_METRICS_BIND, "
            f"whose port {stage} adds {STAGES.index(stage)} to (port 0: any free one, which the log names)"
        )


def _why_not(bind: Bind) -> str | None:
    if bind.port > LAST_PORT:  # asked for it, Python raises an OverflowError and leaves a socket open
        return f"ports end at {LAST_PORT}"
    family = socket.AF_INET6 if ":" in bind.host else socket.AF_INET
    try:
        socket.create_server((bind.host, bind.port), family=family).close()
    except OSError as trouble:
        return str(trouble.strerror).partition(" (")[0]
    return None


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
        self._stage, self._bind = stage, bind_of(stage, settings)
        metrics.healthy.set_function(lambda: float(healthy().is_well))
        metrics.ready.set_function(lambda: float(ready().is_well))

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
