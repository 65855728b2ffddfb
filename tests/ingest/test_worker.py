"""An ingest that hears nothing of the bus any more ends, and is begun again."""

import asyncio
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry

from listener.bus.clients import FetchesNoMore
from listener.ingest import worker
from listener.ingest.worker import LONGEST_SILENCE_S, BusSilent
from listener.settings import Settings
from listener.telemetry import Metrics


class Silence:
    """As long as it may be; says when that was looked at and found well."""

    def __init__(self):
        self.lasts_s, self.looks, self.was_looked_at_twice = LONGEST_SILENCE_S, 0, asyncio.Event()

    @property
    def seconds(self):
        self.looks += 1
        if self.looks > 1:
            self.was_looked_at_twice.set()
        return self.lasts_s


async def test_a_bus_that_is_silent_for_a_minute_is_the_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker, "MEASURE_S", 0.0)
    silence = Silence()
    listening = asyncio.create_task(worker._listen_for_silence(SimpleNamespace(silence=silence)))
    await silence.was_looked_at_twice.wait()
    assert not listening.done()
    silence.lasts_s += 1
    with pytest.raises(BusSilent, match="said nothing for 60 s"):
        await listening


async def _forever():
    await asyncio.Event().wait()


async def _fails():
    raise FetchesNoMore


async def test_an_ingest_that_no_longer_learns_who_is_who_ends(monkeypatch: pytest.MonkeyPatch):
    """It would go on with handles as they were, and call itself ready."""
    monkeypatch.setattr(worker, "Endpoint", lambda *_, **__: nullcontext())
    reading = SimpleNamespace(run=_forever, measure_lag=_forever, silence=SimpleNamespace(seconds=0.0))
    serving = worker._serve_while(reading, SimpleNamespace(watch=_fails), Metrics(CollectorRegistry()), Settings())
    with pytest.raises(FetchesNoMore):
        await asyncio.wait_for(serving, 10)
