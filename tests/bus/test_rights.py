"""Each process works with the rights of deploy/acls and no more; without one of them it says which."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from listener.bus import clients
from listener.bus.rights import Right, missing, needed, processes
from listener.bus.tailing import Seen, Tail, Until
from listener.envelopes.recording import read
from listener.model.topics import OUTPUTS
from listener.settings import Settings
from listener.settings.origins import load
from listener.topics import read as topic_files
from tests.common_cause.builders import alert, many
from tests.delivery.harness import Listening, Stages, send
from tests.delivery.test_hostile_inputs import publish, signal
from tests.kafka import Bus, bus_on, create_topics
from tests.operating.test_dlq import lay_down
from tests.patience import PATIENT_S
from tests.secured import Guarded, allow
from tests.shell_fakes import chat

STORY = [
    json.dumps({"topic": "contact.chat.v1", "key": "k", "value": chat(f"line {n}", event_id=f"e-{n}"), "headers": {}})
    for n in range(5)
]


@pytest.fixture
def bus(fortress: Guarded, tmp_path: Path) -> Bus:
    """Topics of this test's own on the guarded broker, made by its administrator; nobody else may do anything yet."""
    made = bus_on(fortress.broker.bootstrap_servers, tmp_path)
    asyncio.run(create_topics(made.settings))
    return made


def bus_as(bus: Bus, fortress: Guarded, who: str) -> Settings:
    """The settings of a process that comes in as `who`."""
    return load(bus.environ(**fortress.environ(who)))


def lines(rights: list[Right]) -> list[tuple[str, str, str]]:
    return [(right.kind, right.name, right.operation) for right in rights]


def listener(bus: Bus, environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "listener", *words]
    told = bus.environ(**environ)
    return subprocess.run(command, env=told, capture_output=True, text=True, timeout=PATIENT_S, check=False)


@pytest.mark.broker
@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "OAUTHBEARER"])
async def test_ingest_and_relate_work_with_their_rights_and_no_more(
    bus: Bus, fortress: Guarded, tmp_path: Path, mechanism: str
):
    """Over SASL and TLS, Faust's clients as well: from a contact to what is said of it. No log holds a secret."""
    await allow(bus.settings, "ingest", lines(needed(bus.settings, "ingest")))
    await allow(bus.settings, "relate", lines(needed(bus.settings, "relate")))
    with Stages(bus, tmp_path, relates=0) as ingest, Stages(bus, tmp_path, ingests=0) as relate:
        for stages, user in ((ingest, "ingest"), (relate, "relate")):
            for process in stages.all:
                process.kill()
                environ = fortress.environ(user, mechanism)
                process.environ |= {f"LISTENER_{name}": told for name, told in environ.items()}
                process.start()
        async with Listening(bus).open() as listening:
            await send(bus, list(read(line.encode() for line in STORY)))
            done = await listening.until(lambda r: r.estimates.get("C-1", {}).get("count") == len(STORY))
        logs = ingest.logs() + relate.logs()
        assert done, logs
        assert [word for word in ("Authorization", "Pa55", "eyJ") if word in logs] == []


@pytest.mark.broker
async def test_gather_works_with_its_rights_and_no_more(bus: Bus, fortress: Guarded, tmp_path: Path):
    """From a crowd of customers' alerts to the brand's, and without a look at anything else."""
    await allow(bus.settings, "gather", lines(needed(bus.settings, "gather")))
    environ = bus.environ(BRAND="acme", CLOCK="event") | {
        f"LISTENER_{name}": told for name, told in fortress.environ("gather").items()
    }
    with (tmp_path / "log").open("wb") as log:
        gather = subprocess.Popen([sys.executable, "-m", "listener", "gather"], env=environ, stderr=log)
    try:
        async with Tail(bus.settings, [OUTPUTS["alerts"]], from_start=True, until=Until(idle_s=PATIENT_S)) as tail:
            async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
                for one in many():
                    value = one.model_dump_json(by_alias=True).encode()
                    await producer.send_and_wait(bus.names.real(OUTPUTS["alerts"]), value, one.customer_id.encode())
            told = [seen.value async for seen in takewhile(tail, lambda seen: seen.key != b"rise")]
    finally:
        gather.terminate()
        code = gather.wait(PATIENT_S)
    assert (len(told), code) == (30, 0), (tmp_path / "log").read_text()


async def takewhile(tail: Tail, holds: Callable[[Seen], bool]) -> AsyncIterator[Seen]:
    async for seen in tail:
        if not holds(seen):
            return
        yield seen


@pytest.mark.broker
@pytest.mark.parametrize(("stage", "what"), [("ingest", "signals"), ("relate", "signals"), ("gather", "alerts")])
async def test_without_one_right_a_stage_says_which_and_ends(bus: Bus, fortress: Guarded, stage: str, what: str):
    rights = needed(bus.settings, stage)
    lacking = next(right for right in rights if right.operation == "write" and what in right.name)
    await allow(bus.settings, stage, [line for line in lines(rights) if line != lines([lacking])[0]])
    done = await asyncio.to_thread(listener, bus, fortress.environ(stage), stage)
    assert done.returncode == 1
    assert done.stderr == f"listener: the bus does not let {stage}: {lacking}; deploy/acls says what it needs\n"


READS = ("watch --from-start --until-idle 1", "customer export C-7")
OPERATES = (
    "doctor --as operator",
    "alert dispose a-7 resolved --by ops:jo",
    "customer history C-7",
    "customer erase C-1 --yes --no-wait",
    "customer rebuild C-1 --yes --no-wait",
    "dlq list",
    "dlq retry contact.chat.v1.dlq/0/0",
    "dlq discard contact.chat.v1.dlq/0/1 --yes",
    "state rebuild --yes",
)
KEEPS = ("topics apply", "topics check", "topics plan")


@pytest.mark.broker
@pytest.mark.parametrize(("who", "orders"), [("reader", READS), ("operator", OPERATES), ("keeper", KEEPS)])
async def test_people_can_do_their_work_with_their_rights_and_no_more(
    bus: Bus, fortress: Guarded, who: str, orders: tuple[str, ...]
):
    await allow(bus.settings, who, lines(needed(bus.settings, who)))
    await lay_down(bus, b"one", b"two")
    told = alert(7).model_dump_json(by_alias=True).encode()
    await publish(bus, [(OUTPUTS["alerts"], b"C-7", told), (OUTPUTS["signals"], b"C-7", signal(0, "C-7"))])
    for order in orders:
        done = await asyncio.to_thread(listener, bus, fortress.environ(who) | {"BRAND": "acme"}, *order.split())
        assert done.returncode == 0, (order, done.stdout, done.stderr)


@pytest.mark.broker
async def test_every_right_of_every_process_is_named_where_it_is_missing(bus: Bus, fortress: Guarded, tmp_path: Path):
    """Of topics all; of groups what a bus that was never asked of them can tell."""
    settings = bus_as(bus, fortress, "nobody")
    for process in processes():
        wanted = needed(bus.settings, process)
        told = set(await missing(settings, wanted))
        assert {right for right in wanted if right.kind == "topic"} - told == set()
        assert {right for right in wanted if right.kind == "group" and right.operation == "read"} - told == set()


@pytest.mark.broker
@pytest.mark.parametrize("stage", ["ingest", "relate", "gather"])
async def test_one_right_after_the_other_given_is_missed_no_more(bus: Bus, fortress: Guarded, stage: str):
    """So that each of them is asked about by itself, and none hides behind another."""
    settings, wanted = bus_as(bus, fortress, stage), needed(bus.settings, stage)
    lacking = [right for right in wanted if right.kind == "topic" and right.operation != "describe"]
    given = [right for right in wanted if right not in lacking]
    await allow(bus.settings, stage, lines(given))
    for n, right in enumerate(lacking):
        told = [one for one in await missing(settings, wanted) if one in lacking]
        assert told == lacking[n:]
        await allow(bus.settings, stage, lines([right]))
    assert await missing(settings, wanted) == []


@pytest.mark.broker
async def test_a_right_on_a_group_is_missed_as_well(bus: Bus, fortress: Guarded):
    rights = needed(bus.settings, "ingest")
    await allow(bus.settings, "ingest", [line for line in lines(rights) if line[0] != "group"])
    done = await asyncio.to_thread(listener, bus, fortress.environ("ingest"), "doctor", "--json", "--as", "ingest")
    looks = {look["what"]: look for look in json.loads(done.stdout)}
    assert done.returncode == 1
    assert f"read group {bus.prefix}listener-ingest;" in looks["rights of ingest"]["saw"]
    assert "topic" not in looks["rights of ingest"]["saw"].partition(";")[0]


@pytest.mark.broker
async def test_who_may_do_nothing_is_told_in_one_line(bus: Bus, fortress: Guarded):
    done = await asyncio.to_thread(listener, bus, fortress.environ("nobody"), "watch", "--from-start")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    done = await asyncio.to_thread(listener, bus, fortress.environ("nobody"), "customer", "show", "C-1")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr


@pytest.mark.broker
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["send", "-"], STORY[0]),
        (["dlq", "list"], ""),
        (["topics", "apply"], ""),
        (["customer", "erase", "C-1", "--yes", "--no-wait"], ""),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
async def test_a_command_without_its_rights_ends_in_one_line(bus: Bus, fortress: Guarded, words: list[str], told: str):
    command = [sys.executable, "-m", "listener", *words]
    environ = bus.environ(**fortress.environ("nobody"))
    done = await asyncio.to_thread(
        subprocess.run, command, env=environ, input=told, capture_output=True, text=True, timeout=PATIENT_S, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "does not let us" in done.stderr or "Authorization failed" in done.stderr


@pytest.mark.broker
async def test_where_nobody_is_refused_nothing_is_missing(kafka: str, tmp_path: Path):
    """A bus without an authorizer lets everyone do everything."""
    open_bus = bus_on(kafka, tmp_path)
    await create_topics(open_bus.settings)
    for process in processes():
        assert await missing(open_bus.settings, needed(open_bus.settings, process)) == []


def test_the_rights_are_those_of_the_topics_files():
    """Who writes and who reads a topic stands in topics/ too: they may not say two things."""
    settings = Settings()
    for stage in ("ingest", "relate", "gather"):
        may = {(right.name, right.operation) for right in needed(settings, stage) if right.kind == "topic"}
        for file in topic_files():
            for name in file.names:
                real = "listener-relate-customers-changelog" if name == "{changelog}" else name
                if stage in file.readers:
                    assert (real, "read") in may
                if (
                    stage in file.writers
                    and (file.of == () or stage == "ingest")
                    and real != "relational.signals.v1.dlq"
                ):
                    assert (real, "write") in may


def test_no_process_may_delete_or_alter():
    assert {o for lines in processes().values() for line in lines for o in line.may} <= {
        "read",
        "write",
        "describe",
        "describe_configs",
        "create",
    }


def test_only_relate_can_say_what_is_believed_and_only_gather_as_well_that_an_alert_is_raised():
    settings = Settings()
    for process in processes():
        writes = {right.name for right in needed(settings, process) if right.operation == "write"}
        if process != "relate":
            own = {OUTPUTS["signals"], *([OUTPUTS["alerts"]] if process == "gather" else [])}
            assert not writes & (set(OUTPUTS.values()) - own)
