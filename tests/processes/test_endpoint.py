"""The door of a stage: open while it works, at the port that is its own."""

import os
import socket

import aiohttp
import pytest
from prometheus_client import CollectorRegistry

from listener.processes.endpoint import STAGES, Endpoint, PortTaken, has_its_port, workers
from listener.settings import Settings
from listener.telemetry import Check, Metrics


def door(stage: str, port: int) -> Endpoint:
    settings = Settings(metrics_bind=f"127.0.0.1:{port}")
    return Endpoint(stage, Metrics(CollectorRegistry()), settings, healthy=Check, ready=lambda: Check.of(known=False))


def first_of_free_ports() -> int:
    """The first of three in a row that nobody holds, below those that the system gives to whoever connects."""
    ports = range(20_000 + os.getpid() % 10_000, 32_000, len(STAGES))
    return next(port for port in ports if all(is_free(port + n) for n in range(len(STAGES))))


def is_free(port: int) -> bool:
    with socket.socket() as held:
        try:
            held.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@pytest.mark.parametrize(("later", "stage"), list(enumerate(STAGES)))
async def test_each_stage_has_the_port_after_the_one_before_it(stage: str, later: int):
    port = first_of_free_ports()
    async with (
        door(stage, port),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port + later}/readyz") as answer,
    ):
        assert (answer.status, await answer.json()) == (503, {"ok": False, "known": False})
        async with session.get(f"http://127.0.0.1:{port + later}/metrics") as told:
            text = await told.text()
        assert "listener_ready 0.0" in text
        assert "listener_healthy 1.0" in text


async def test_a_door_is_closed_with_its_stage_even_where_that_fails():
    port = first_of_free_ports()
    with pytest.raises(ZeroDivisionError):
        async with door("ingest", port):
            raise ZeroDivisionError
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(f"http://127.0.0.1:{port}/healthz")


async def test_a_stage_whose_port_is_taken_says_what_to_set():
    port = first_of_free_ports()
    async with door("relate", port):
        with pytest.raises(
            PortTaken, match=rf"127.0.0.1:{port + 1} \(Address already in use\); set LISTENER_METRICS_BIND"
        ):
            has_its_port("relate", Settings(metrics_bind=f"127.0.0.1:{port}"))
        has_its_port("gather", Settings(metrics_bind=f"127.0.0.1:{port}"))
        has_its_port("relate", Settings(metrics_bind="127.0.0.1:0"))


def test_a_stage_whose_port_would_be_beyond_the_last_says_so():
    settings = Settings(metrics_bind="127.0.0.1:65535")
    with pytest.raises(PortTaken, match=r"relate cannot .* at 127.0.0.1:65536 \(ports end at 65535\); set LISTENER_M"):
        has_its_port("relate", settings)


def test_no_two_workers_under_one_command_share_a_port():
    settings = Settings(stages="ingest,relate,relate,gather,relate")
    served = [bind.later(STAGES.index(stage)).port for stage, bind in workers(settings)]
    assert served == [9464, 9465, 9468, 9466, 9471]
