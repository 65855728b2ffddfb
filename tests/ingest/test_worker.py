"""An ingest that hears nothing of the bus any more ends, and is begun again."""

import asyncio
from types import SimpleNamespace

import pytest

from listener.ingest import worker
from listener.ingest.worker import LONGEST_SILENCE_S, BusSilent


async def test_a_bus_that_is_silent_for_a_minute_is_the_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker, "MEASURE_S", 0.0)
    reading = SimpleNamespace(silence=SimpleNamespace(seconds=LONGEST_SILENCE_S))
    listening = asyncio.create_task(worker._listen_for_silence(reading))
    await asyncio.sleep(0)
    assert not listening.done()
    reading.silence.seconds += 1
    with pytest.raises(BusSilent, match="said nothing for 60 s"):
        await listening
