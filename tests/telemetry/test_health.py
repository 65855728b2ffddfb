import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from prometheus_client import CollectorRegistry

from listener.telemetry import Check, HealthServer, Metrics


@dataclass
class Stage:
    """A stage whose health the test decides."""

    ready: Check
    url: str = ""


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    made = Stage(Check.of(assigned=True, recovered=False))
    registry = Metrics(CollectorRegistry()).registry
    server = HealthServer(registry, healthy=Check, ready=lambda: made.ready, token="s3cret")
    made.url = f"http://127.0.0.1:{await server.start('127.0.0.1', 0)}"
    yield made
    await server.stop()


async def get(url: str, **headers: str) -> tuple[int, str, str]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers.get("Content-Type", "")


async def test_alive_is_200(stage: Stage):
    assert (await get(stage.url + "/healthz"))[0] == 200


async def test_not_ready_is_503_and_says_what_is_missing(stage: Stage):
    status, body, _ = await get(stage.url + "/readyz")
    assert (status, '"recovered": false' in body) == (503, True)
    stage.ready = Check.of(assigned=True, recovered=True)
    assert (await get(stage.url + "/readyz"))[0] == 200


async def test_metrics_want_the_token_and_speak_openmetrics(stage: Stage):
    openmetrics = "application/openmetrics-text"
    assert (await get(stage.url + "/metrics", Authorization="Bearer guess"))[0] == 401
    status, body, kind = await get(stage.url + "/metrics", Authorization="Bearer s3cret", Accept=openmetrics)
    assert (status, kind.startswith(openmetrics), body.endswith("# EOF\n")) == (200, True, True)


async def test_an_empty_token_is_no_token(stage: Stage):
    """`Bearer` and nothing else would be equal to it."""
    with pytest.raises(ValueError, match="let anybody in"):
        HealthServer(CollectorRegistry(), healthy=Check, ready=Check, token="")
    assert (await get(stage.url + "/metrics", Authorization="Bearer "))[0] == 401


async def test_at_a_port_that_is_taken_nothing_is_served_nor_at_another():
    """Probes and scrapes would find the one that has it, and take it for this one."""
    first, second = (HealthServer(CollectorRegistry(), healthy=Check, ready=Check) for _ in range(2))
    port = await first.start("127.0.0.1", 0)
    with pytest.raises(OSError, match="address already in use"):
        await second.start("127.0.0.1", port)
    await first.stop()


async def test_a_token_of_any_bytes_is_refused_and_the_scheme_may_be_written_in_small_letters(stage: Stage):
    host, _, port = stage.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET /metrics HTTP/1.0\r\nAuthorization: Bearer \xff\xfe\r\n\r\n")
    assert b" 401 " in await reader.readline()
    writer.close()
    assert (await get(stage.url + "/metrics", Authorization="bearer s3cret"))[0] == 200
