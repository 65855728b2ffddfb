"""A customer is erased on a real bus, with the real parts; then the broker's own files are searched for a trace."""

import asyncio
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from listener.bus import clients
from listener.bus.names import changelog
from listener.bus.tailing import Tail, Until
from listener.topics import create, wanted
from tests.kafka import Bus, bus_on
from tests.patience import PATIENT_S, comes_true
from tests.secured import Guarded
from tests.shell_fakes import chat

pytestmark = pytest.mark.broker

WORD = "Zanzibarine"
WHO = f"C-{WORD}-77"
ADDRESS = {"kind": "email", "value": f"{WORD}@example.org"}
AT_ONCE = {
    "min.cleanable.dirty.ratio": "0.0",
    "segment.ms": "100",
    "delete.retention.ms": "0",
    "file.delete.delay.ms": "0",
    "max.compaction.lag.ms": "100",
}
TEXT = f"I am {WORD}. I've asked three times now, nobody answers, this is a disgrace and I am leaving you for good."


@pytest.fixture
def bus(fortress: Guarded, tmp_path: Path) -> Bus:
    """Topics that compact at once, on the broker whose cleaner does not wait either."""
    made = bus_on(fortress.broker.bootstrap_servers, tmp_path, partitions=2, brand="acme")
    asyncio.run(_create(made))
    return made


async def _create(bus: Bus) -> None:
    hurried = [
        replace(topic, config={**topic.config, **AT_ONCE}) if topic.config["cleanup.policy"] == "compact" else topic
        for topic in wanted(bus.settings)
    ]
    async with clients.admin(bus.settings) as admin:
        await create(admin, hurried)


def listener(bus: Bus, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "listener", *words]
    environ = bus.environ(BRAND="acme")
    return subprocess.run(
        command, env=environ, input=told, capture_output=True, text=True, timeout=PATIENT_S, check=False
    )


@pytest.fixture
def stages(bus: Bus, tmp_path: Path) -> Iterator[Path]:
    """The real ingest and relate under `listener run`; the file they log to."""
    log = tmp_path / "log"
    with log.open("wb") as out:
        environ = bus.environ(BRAND="acme", LOG="json", STORE="rocksdb")
        process = subprocess.Popen([sys.executable, "-m", "listener", "run"], env=environ, stdout=out, stderr=out)
    yield log
    process.terminate()
    assert process.wait(PATIENT_S) == 0, log.read_text()[-2000:]


def story() -> str:
    """A stranger complains, a profile says who it is, the customer writes again; some records are unfit."""
    profile = {"customer_id": WHO, "brand": "acme", "name": f"Ann {WORD}", "handles": [ADDRESS]}
    lines = [
        {"topic": "contact.chat.v1", "key": "k", "value": chat(TEXT, {"handle": ADDRESS}, event_id="e-1")},
        {"topic": "crm.customers.v1", "key": WHO, "value": profile},
        {"topic": "contact.chat.v1", "key": "k", "value": chat(TEXT, WHO, event_id="e-2")},
        {"topic": "contact.chat.v1", "key": WHO, "value": {"event_id": WORD, WORD: TEXT, "occurred_at": WORD}},
        {"topic": "crm.dispositions.v1", "key": WHO, "value": [WORD]},
        {"topic": "listener.commands.v1", "key": WHO, "value": {"command": WORD, "customer_id": WHO}},
        {"topic": "contact.chat.v1", "key": "k", "value": chat("Thank you!", "C-other", event_id="e-3")},
    ]
    return "".join(json.dumps(line) + "\n" for line in lines)


async def are_told_of(bus: Bus, events_of: dict[str, int]) -> None:
    """Wait until there is an estimate of each customer that rests on so many events."""
    waiting = dict(events_of)
    async with asyncio.timeout(PATIENT_S), Tail(bus.settings, ["relational.estimates.v1"], from_start=True) as tail:
        async for seen in tail:
            who = (seen.key or b"").decode()
            if json.loads(seen.value or b"{}").get("events_heard") == waiting.get(who, -1):
                del waiting[who]
            if not waiting:
                return


async def is_told_of(bus: Bus, who: str) -> bool:
    async with Tail(bus.settings, ["relational.estimates.v1"], from_start=True, until=Until(end=True), key=who) as tail:
        found = [seen.value async for seen in tail]
    return bool(found) and found[-1] is not None


def has_the_word(file: Path) -> bool:
    """Not where it has been put away since it was listed, as a cleaner does."""
    try:
        return WORD.lower().encode() in file.read_bytes().lower()
    except FileNotFoundError:
        return False


def traces(fortress: Guarded, bus: Bus) -> set[str]:
    """The compacted topics in whose files the broker still has the word."""
    compacted = [topic.name for topic in wanted(bus.settings) if topic.config["cleanup.policy"] == "compact"]
    found = set()
    for name in compacted:
        for file in fortress.data.glob(f"{name}-[0-9]*/*"):
            if has_the_word(file):
                found.add(name)
    return found


def files_here(bus: Bus) -> list[Path]:
    """What relate's RocksDB has on this machine's disk of the customer."""
    return [file for file in (bus.settings.data_dir / "relate").rglob("*") if file.is_file() and has_the_word(file)]


async def is_cleaned(bus: Bus, fortress: Guarded) -> bool:
    """Whether the broker has no trace left; else its cleaner, who leaves the newest segment alone, gets a newer one."""
    if not traces(fortress, bus):
        return True
    await stir(bus)
    return False


async def stir(bus: Bus) -> None:
    """Write on."""
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        for topic in wanted(bus.settings):
            if topic.config["cleanup.policy"] == "compact":
                for partition in range(topic.partitions):
                    await producer.send_and_wait(topic.name, b"{}", key=b"filler", partition=partition)


async def test_after_an_erasure_nothing_of_the_customer_is_left(bus: Bus, fortress: Guarded, stages: Path):
    """By what the broker has on its disk after compaction, by relate's own disk, the stages' logs, their metrics."""
    assert listener(bus, "send", "-", told=story()).returncode == 0
    await are_told_of(bus, {WHO: 2, "C-other": 1})
    given = json.loads(listener(bus, "customer", "export", WHO, "--json").stdout)
    assert given["estimate"]["events_heard"] == 2
    assert f"What we keep about {WHO}" in listener(bus, "customer", "export", WHO).stdout
    kept = {changelog(bus.settings), bus.names.real("crm.customers.v1")}
    await comes_true(lambda: kept < traces(fortress, bus) and bool(files_here(bus)))  # after what is said of it

    done = listener(bus, "customer", "erase", WHO, "--yes", "--profile")
    assert (done.returncode, done.stderr) == (0, "forgotten\n")
    await comes_true(lambda: is_cleaned(bus, fortress))
    await comes_true(lambda: files_here(bus) == [])
    assert await is_told_of(bus, "C-other")
    log = stages.read_text()
    assert "serving" in log
    assert WORD.lower() not in log.lower()
    for port in set(re.findall(r'"port": (\d+)', log)):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as page:
            metrics = page.read().decode()
        assert "listener_events_total" in metrics
        assert WORD.lower() not in metrics.lower()


def test_an_erasure_that_nobody_carries_out_is_not_called_done(bus: Bus):
    done = listener(bus, "customer", "erase", WHO, "--yes", "--within", "1")
    assert done.returncode == 1
    assert "asked, but not seen done within 1 s; it will be once the listener runs" in done.stderr


def test_without_waiting_it_is_asked_for_and_the_standing_profile_is_told_of(bus: Bus):
    profile = {"topic": "crm.customers.v1", "key": WHO, "value": {"customer_id": WHO, "brand": "acme"}}
    listener(bus, "send", "-", told=json.dumps(profile) + "\n")
    done = listener(bus, "customer", "erase", WHO, "--yes", "--no-wait")
    assert done.returncode == 0
    assert "the CRM's profile still stands in crm.customers.v1; --profile erases it too" in done.stderr
    assert done.stderr.endswith("asked\n")


def test_of_a_stranger_nothing_is_exported(bus: Bus):
    done = listener(bus, "customer", "export", "nobody")
    assert (done.returncode, done.stdout) == (0, "What we keep about nobody\n=========================\nNothing.\n")
