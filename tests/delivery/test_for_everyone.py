"""What concerns everyone reaches everyone, the quiet ones too, and as the replay says."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from listener.envelopes.recording import read, tick
from tests.delivery.harness import FLAWLESS, Listening, Stages, expected, send
from tests.shell_fakes import act, chat

pytestmark = pytest.mark.broker
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def said(n, who):
    at = (MONDAY + timedelta(minutes=n)).isoformat()
    return {
        "topic": "contact.chat.v1",
        "key": who,
        "value": chat(f"line {n}", customer=who, event_id=f"e-{n}", occurred_at=at),
    }


def announced(n):
    at = (MONDAY + timedelta(minutes=n)).isoformat()
    return {
        "topic": "brand.acts.v1",
        "key": None,
        "value": act("terms_changed", customer=None, event_id=f"a-{n}", occurred_at=at),
    }


def recording():
    """A hundred customers, most of whom speak once; two broadcasts; somebody new between and after them."""
    entries = [said(n, f"C-{n}") for n in range(100)]
    entries += [
        announced(100),
        said(101, "C-3"),
        said(102, "new"),
        announced(103),
        said(104, "newer"),
        said(105, "C-7"),
    ]
    recorded = list(read(orjson.dumps(entry) for entry in entries))
    return [*recorded, tick(MONDAY + timedelta(days=3), line=len(recorded))]


@pytest.mark.parametrize(("relates", "store"), [(1, "memory"), (2, "rocksdb")])
async def test_broadcasts_and_ticks_reach_the_quiet(bus, tmp_path, relates, store):
    recorded = recording()
    should_be = expected(recorded)
    assert {told["count"] for told in should_be.result.estimates.values()} == {1, 2, 3, 4}
    with Stages(bus, tmp_path, relates=relates, store=store) as stages:
        async with Listening(bus).open() as listening:
            await send(bus, recorded)
            done = await listening.until(lambda r: r.against(should_be) == FLAWLESS)
            assert done, (listening.result.against(should_be), stages.logs())


async def test_a_relate_killed_while_it_sweeps_goes_on_sweeping(bus, tmp_path):
    recorded = recording()
    should_be = expected(recorded)
    with Stages(bus, tmp_path) as stages:
        (relate,) = stages.of("relate")
        async with Listening(bus).open() as listening:
            await send(bus, recorded)
            assert await listening.until(lambda r: r.said > 60), stages.logs()
            relate.kill()
            relate.start()
            done = await listening.until(lambda r: r.against(should_be) == FLAWLESS)
            assert done, (listening.result.against(should_be), stages.logs())
