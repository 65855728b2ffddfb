"""Beliefs are made anew from the signals still kept: by themselves where a state is spoilt, and when asked for."""

import asyncio
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from listener.bus import clients
from listener.bus.names import changelog
from listener.bus.tailing import Tail, Until
from tests.delivery.harness import BRAND, Listening, Stages, expected, flood, send
from tests.delivery.listening import FLAWLESS, Result
from tests.kafka import Bus
from tests.patience import PATIENT_S
from tests.shell_fakes import chat

pytestmark = pytest.mark.broker
WHO = "C-1042"
SAME = ("events_heard", "held", "wanted")


def listener(bus: Bus, *words: str, told: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "listener", *words]
    environ = bus.environ(BRAND=BRAND, CLOCK="event", **environ)
    return subprocess.run(
        command, env=environ, input=told, capture_output=True, text=True, timeout=PATIENT_S, check=False
    )


def said(n: int, text: str) -> str:
    at = (datetime.now(UTC) - timedelta(minutes=30 - n)).isoformat()
    return json.dumps(
        {"topic": "contact.chat.v1", "key": WHO, "value": chat(text, WHO, event_id=f"e-{n}", occurred_at=at)}
    )


async def estimates(bus: Bus) -> list[dict]:
    async with Tail(bus.settings, ["relational.estimates.v1"], from_start=True, until=Until(end=True), key=WHO) as tail:
        return [json.loads(seen.value) async for seen in tail if seen.value]


async def estimate_after(bus: Bus, heard: int) -> dict:
    """The first estimate that rests on so many events."""
    async with (
        asyncio.timeout(PATIENT_S),
        Tail(bus.settings, ["relational.estimates.v1"], from_start=True, key=WHO) as tail,
    ):
        async for seen in tail:
            if seen.value and (told := json.loads(seen.value))["events_heard"] == heard:
                return told
    raise AssertionError("a tail without an end has ended")


async def test_asked_for_a_customer_is_what_the_signals_say(bus: Bus, tmp_path):
    """And the answer comes even where there was nothing to mend; a customer nobody heard of gives none."""
    lines = "\n".join(said(n, text) for n, text in enumerate(["Where is my parcel?", "Nobody answers!", "Thank you."]))
    with Stages(bus, tmp_path, core="real") as stages:
        assert listener(bus, "send", "-", told=lines).returncode == 0
        before = await estimate_after(bus, heard=3)
        done = await asyncio.to_thread(listener, bus, "customer", "rebuild", WHO, "--yes", "--by", "ops:jo")
        assert (done.returncode, done.stderr) == (0, "rebuilt\n"), stages.logs()
        after = (await estimates(bus))[-1]
        assert [after[name] for name in SAME] == [before[name] for name in SAME]
        assert after["strain"] == pytest.approx(before["strain"], rel=0.01)
        lost = await asyncio.to_thread(listener, bus, "customer", "rebuild", "nobody", "--yes", "--within", "2")
        assert lost.returncode == 1
        assert "no relate runs, or nothing is kept of nobody" in lost.stderr


@pytest.mark.parametrize("store", ["memory", "rocksdb"])
async def test_a_spoilt_state_is_rebuilt_without_being_asked_for(bus: Bus, tmp_path, store):
    """What comes of it is what would have come had nothing been spoilt; the rubbish is kept as a dead letter."""
    recorded = [*flood(400, customers=20)]
    should_be = expected(recorded)
    with Stages(bus, tmp_path, store=store) as stages:
        async with Listening(bus).open() as listening:
            await send(bus, recorded[:200])
            assert await listening.until(lambda r: len(r.alerts) >= 200), stages.logs()
            (relate,) = stages.of("relate")
            relate.kill()
            settings = bus.settings
            async with clients.started(clients.producer(settings), settings) as producer:
                for n in range(20):
                    for value in (None, b"\xc1 rubbish"):  # as if what was good had been compacted away
                        await producer.send(changelog(settings), value, key=f"C-{n}".encode())
                await producer.flush()
            relate.start()
            await send(bus, recorded[200:])

            def is_mended(result: Result) -> bool:
                return result.aside >= 20 and result.against(should_be) == FLAWLESS

            assert await listening.until(is_mended), (listening.result.against(should_be), stages.logs())


async def test_all_is_rebuilt_from_the_signals_once_nobody_relates(bus: Bus, tmp_path):
    """The changelog may be all rubbish and the disk of another time: the next start begins anew, and says the same."""
    recorded = flood(300, customers=20)
    should_be = expected(recorded)
    with Stages(bus, tmp_path, store="rocksdb") as stages:
        async with Listening(bus).open() as listening:
            await send(bus, recorded)
            assert await listening.until(lambda r: r.against(should_be) == FLAWLESS), stages.logs()
            said_once = listening.result.said
            (relate,) = stages.of("relate")
            await relate.stop_and_wait()
            done = await asyncio.to_thread(listener, bus, "state", "rebuild", "--yes")
            assert done.returncode == 0, done.stderr
            assert "300 signals again" in done.stderr
            relate.start()

            def is_told_again(result: Result) -> bool:
                return result.said >= 2 * said_once and result.against(should_be) == FLAWLESS

            assert await listening.until(is_told_again), (listening.result.against(should_be), stages.logs())


async def test_a_state_is_not_rebuilt_under_a_running_relate(bus: Bus, tmp_path, monkeypatch):
    from listener.operating import rebuilding

    monkeypatch.setattr(rebuilding, "LEAVE_WITHIN_S", 0.0)
    with Stages(bus, tmp_path, ingests=0) as stages:
        await stages.all[0].until("readyz")
        with pytest.raises(rebuilding.StillRunning):
            await rebuilding.rebuild_all(bus.settings)
