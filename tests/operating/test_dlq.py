"""Dead letters that go back, or are let go: one effect however often, and the bytes stay as they came."""

import asyncio
import json
import subprocess
import sys

import orjson
import pytest

from listener.bus import clients
from listener.envelopes.dead_letters import bury
from listener.model.record import DeadLetter
from listener.model.topics import OUTPUTS
from listener.operating.dead_letter_office import Choice, GoneBack, Letter, discard, letters, retry
from listener.relate.fold import Entry, fold
from tests.delivery.harness import BRAND, Listening, Stages
from tests.kafka import Bus
from tests.patience import PATIENT_S
from tests.shell_fakes import chat, counting_core, hearing, record

CHAT = "contact.chat.v1"
SIGNALS = OUTPUTS["signals"]


async def lay_down(bus: Bus, *values: bytes, stage: str = "decode", topic: str = CHAT) -> None:
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        for offset, value in enumerate(values):
            letter = DeadLetter(stage, "DecodeError", f"not JSON, because of {stage}")
            buried = bury(letter, topic=topic, partition=0, offset=offset, key=b"k", value=value)
            name = bus.names.real(buried.topic)
            await producer.send_and_wait(name, buried.value, buried.key, 0, headers=list(buried.headers))


async def in_the_office(bus: Bus, topic: str = CHAT) -> list[Letter]:
    return await letters(bus.settings, [topic + ".dlq"])


@pytest.mark.broker
async def test_a_discarded_letter_waits_no_more_and_keeps_its_bytes(bus: Bus):
    await lay_down(bus, b"\xff\x00one", b"two")
    await discard(bus.settings, (await in_the_office(bus))[:1])
    found = await in_the_office(bus)
    assert [(one.seen.value, one.waits, one.was_discarded) for one in found] == [
        (b"\xff\x00one", False, True),
        (b"two", True, False),
    ]


@pytest.mark.broker
async def test_retry_and_discard_remember_apart(bus: Bus):
    await lay_down(bus, b"one", b"two", b"three")
    one, two, _ = await in_the_office(bus)
    await discard(bus.settings, [two])
    await retry(bus.settings, [one])
    told = [(letter.was_retried, letter.was_discarded) for letter in await in_the_office(bus)]
    assert told == [(True, False), (False, True), (False, False)]


def dlq(bus: Bus, *words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "listener", "dlq", *words]
    return subprocess.run(
        command, env=bus.environ(), input=answer, capture_output=True, text=True, timeout=PATIENT_S, check=False
    )


@pytest.mark.broker
async def test_letters_are_discarded_by_what_is_said_of_them_once_somebody_agrees(bus: Bus):
    await lay_down(bus, b"one", b"two", stage="decode")
    await lay_down(bus, b"three", stage="schema")
    refused = await asyncio.to_thread(dlq, bus, "discard", "--stage", "decode", answer="n\n")
    assert refused.returncode == 130
    assert "     2  contact.chat.v1 decode DecodeError: not JSON, because of decode" in refused.stderr
    agreed = await asyncio.to_thread(dlq, bus, "discard", "--stage", "decode", answer="y\n")
    assert agreed.stderr.endswith("2 dead letters discarded\n")
    await asyncio.to_thread(dlq, bus, "discard", "--cause", "because of SCHEMA", "--yes")
    listed = await asyncio.to_thread(dlq, bus, "list", "--json")
    assert json.loads(listed.stdout) == []
    everything = await asyncio.to_thread(dlq, bus, "list", "--done", "--json")
    assert [one["was_discarded"] for one in json.loads(everything.stdout)] == [True, True, True]


@pytest.mark.broker
async def test_a_letter_that_was_dealt_with_goes_back_only_when_told_again(bus: Bus):
    await lay_down(bus, b"one")
    place = f"{CHAT}.dlq/0/0"
    assert (await asyncio.to_thread(dlq, bus, "retry", place)).stderr == "1 dead letter retried\n"
    assert "dealt with before, so left alone" in (await asyncio.to_thread(dlq, bus, "retry", place)).stderr
    assert (await asyncio.to_thread(dlq, bus, "retry", "--again", place)).stderr == "1 dead letter retried\n"


@pytest.mark.broker
@pytest.mark.parametrize("words", [["retry"], ["discard"], ["discard", "--all", "--topic", CHAT]])
async def test_which_letters_are_meant_must_be_said_once(bus: Bus, words: list[str]):
    assert (await asyncio.to_thread(dlq, bus, *words)).returncode == 2


@pytest.mark.broker
async def test_a_letter_retried_twice_has_one_effect(bus: Bus, tmp_path):
    """As after a crash between sending and remembering: the same record comes back under two more offsets."""
    value = orjson.dumps(chat("where is it", event_id="e-1"))
    await lay_down(bus, value)
    (letter,) = await in_the_office(bus)
    with Stages(bus, tmp_path) as stages:
        async with Listening(bus).open() as listening:
            await retry(bus.settings, [letter])
            await retry(bus.settings, [letter])
            async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
                later = orjson.dumps(chat("and now", event_id="e-2"))
                await producer.send_and_wait(bus.names.real(CHAT), later, key=b"k")
            done = await listening.until(lambda r: r.said >= 2 and r.estimates.get("C-1", {}).get("count", 0) >= 2)
        assert done, stages.logs()
        assert listening.result.estimates["C-1"]["count"] == 2
        assert listening.result.said == 2


def test_a_signal_that_relate_choked_on_can_go_back_and_counts_once():
    """Its place in the inputs was read before; without its mark it would be taken for a repeat."""
    core, stored = counting_core(BRAND), dict[bytes, bytes]()
    (fate,) = hearing(brand=BRAND).hear([record("contact_chat", chat(event_id="e-1"))])
    (signal,) = fate.signals
    body = signal.model_dump_json(by_alias=True).encode()

    def take(offset: int, core, *headers: tuple[str, bytes]):
        plan = fold(0, [Entry(offset, b"C-1", body, headers)], stored.get, core)
        stored.update((key, value) for key, value in plan.writes() if value is not None)
        return plan

    def choke(state, signal):
        raise RuntimeError

    choking = type(core)(core.brand, choke, core.wake, core.next_due)
    assert [dead.error for dead in take(0, choking).dead] == ["RuntimeError"]
    stored.pop(b"C-1", None)
    attempt = ("listener.attempt", b"1")
    assert take(1, core, attempt).heard == {"heard": 1}
    assert take(2, core, attempt).heard == {"duplicate": 1}


def test_a_signal_goes_back_to_its_own_partition():
    from listener.bus.tailing import Seen

    headers = (("__streams.errors.topic", SIGNALS.encode()), ("__streams.errors.partition", b"3"))
    letter = Letter(Seen(SIGNALS + ".dlq", 0, 0, 0, None, b"{}", headers), was_retried=False)
    assert (letter.partition, letter.is_record) == (3, True)


def test_a_stored_state_that_is_none_is_no_record_to_retry():
    from listener.bus.tailing import Seen

    headers = (("__streams.errors.topic", b"listener-relate-customers-changelog"),)
    assert not Letter(Seen(SIGNALS + ".dlq", 0, 0, 0, b"C-1", b"?", headers), was_retried=False).is_record


def test_many_that_were_dealt_with_are_remembered_in_few_characters():
    gone = GoneBack().and_also(range(5, 100_000), oldest=0)
    assert gone.note == "5-99999"
    assert GoneBack.read(gone.up_to, gone.note) == gone


@pytest.mark.parametrize("note", ["", "x", "-", "1-", "-1", "9-3", "1--3", "0-99999999999"])
def test_a_strange_note_is_no_reason_to_fail(note: str):
    assert len(GoneBack.read(0, note).beyond) <= 1_000_001


def test_a_choice_of_nothing_means_all():
    from listener.bus.tailing import Seen

    assert Choice().means(Letter(Seen(CHAT + ".dlq", 0, 0, 0, None, None, ()), was_retried=False))
