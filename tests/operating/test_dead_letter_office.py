import pytest

from listener.bus import clients
from listener.bus.tailing import Tail, Until
from listener.envelopes.dead_letters import bury
from listener.model.record import DeadLetter
from listener.operating.dead_letter_office import Done, GoneBack, Letter, letters, retry
from tests.kafka import Bus

pytestmark = pytest.mark.broker

CHAT = "contact.chat.v1"


async def lay_down(bus: Bus, *values: bytes) -> None:
    """Dead letters as the listener writes them."""
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        for offset, value in enumerate(values):
            letter = DeadLetter("decode", "DecodeError", "not JSON")
            headers = (("ce_id", b"7"),)
            buried = bury(letter, topic=CHAT, partition=0, offset=offset, key=b"k", value=value, headers=headers)
            name = bus.names.real(buried.topic)
            await producer.send_and_wait(name, buried.value, buried.key, 0, headers=list(buried.headers))


async def on_chat(bus: Bus) -> list[bytes | None]:
    async with Tail(bus.settings, [CHAT], from_start=True, until=Until(end=True)) as tail:
        return [seen.value async for seen in tail]


def waiting(found: list[Letter]) -> list[bytes | None]:
    return [letter.seen.value for letter in found if not letter.was_retried]


async def test_a_letter_tells_its_cause_and_not_its_contents(bus: Bus):
    await lay_down(bus, b"secret")
    (letter,) = await letters(bus.settings, [CHAT + ".dlq"])
    assert (letter.source, letter.stage, letter.cause) == (CHAT, "decode", "DecodeError: not JSON")
    assert "secret" not in str(letter.as_dict())


async def test_a_retried_letter_goes_back_as_it_came_and_waits_no_more(bus: Bus):
    await lay_down(bus, b"one", b"two", b"three")
    found = await letters(bus.settings, [CHAT + ".dlq"])
    assert await retry(bus.settings, [found[1]]) == Done(1, forgotten=0)
    assert await on_chat(bus) == [b"two"]
    assert waiting(await letters(bus.settings, [CHAT + ".dlq"])) == [b"one", b"three"]


async def test_what_goes_back_keeps_its_headers_and_the_count_of_attempts(bus: Bus):
    await lay_down(bus, b"one")
    await retry(bus.settings, await letters(bus.settings, [CHAT + ".dlq"]))
    async with Tail(bus.settings, [CHAT], from_start=True, until=Until(end=True)) as tail:
        (seen,) = [seen async for seen in tail]
    assert seen.header == {"ce_id": "7", "listener.attempt": "1"}


def test_letters_may_go_back_in_any_order():
    gone = GoneBack().and_also([3], oldest=0).and_also([0, 1], oldest=0)
    assert [gone.has(offset) for offset in range(5)] == [True, True, False, True, False]
    assert GoneBack.read(gone.up_to, gone.note) == gone
    assert gone.and_also([2], oldest=0) == GoneBack(4)
