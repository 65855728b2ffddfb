"""A small web server beside each stage: /metrics, /healthz (alive), /readyz (can work)."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder


@dataclass(frozen=True, slots=True)
class Check:
    """Whether all is well, and each thing looked at: `Check.of(assigned=True, recovered=False)`."""

    facts: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, **facts: bool) -> Self:
        """One name for each thing that must hold."""
        return cls(facts)

    @property
    def is_well(self) -> bool:
        """Whether everything holds."""
        return all(self.facts.values())


class HealthServer:
    """Serves one registry and two questions; the answers are asked for at each request.

    `token`, where given, is wanted for /metrics; the two health pages say yes or no to anybody.
    """

    def __init__(
        self,
        registry: CollectorRegistry,
        *,
        healthy: Callable[[], Check],
        ready: Callable[[], Check],
        token: str | None = None,
    ) -> None:
        if token == "":
            raise ValueError("an empty token would let anybody in")
        self._registry, self._healthy, self._ready, self._token = registry, healthy, ready, token
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)

    async def start(self, host: str, port: int) -> int:
        """Listen; the port that was got, any free one for 0.

        Raises:
            OSError: where it cannot be had; at another port no probe would look.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self.stop()
            raise
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Serve no more."""
        await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return _answer(self._healthy())

    async def _readyz(self, _: web.Request) -> web.Response:
        return _answer(self._ready())

    async def _metrics(self, request: web.Request) -> web.Response:
        if not self._may_read(request):
            return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._registry), headers={"Content-Type": content_type})

    def _may_read(self, request: web.Request) -> bool:
        if self._token is None:
            return True
        scheme, _, told = request.headers.get("Authorization", "").partition(" ")
        given = told.encode(errors="surrogateescape")
        return scheme.lower() == "bearer" and hmac.compare_digest(given, self._token.encode())


def _answer(check: Check) -> web.Response:
    return web.json_response({"ok": check.is_well, **check.facts}, status=200 if check.is_well else 503)
