"""The loop of gather, on a bus of the test's own making."""

from concurrent.futures import Future
from types import SimpleNamespace

from aiokafka import TopicPartition
from prometheus_client import CollectorRegistry

from listener import catalogue
from listener.bus.names import Names
from listener.common_cause import Gathering
from listener.gather.loop import GatherLoop
from listener.settings import Settings
from listener.telemetry import BusSilence, Metrics

CATALOGUE = catalogue.load()
PLACE = TopicPartition("relational.alerts.v1", 0)


class Bus:
    """A consumer that holds one empty partition or none, and lags that never are any."""

    def __init__(self, *held: TopicPartition) -> None:
        self.held = set(held)
        self._fetcher = SimpleNamespace(error_future=Future())  # it fetches still

    def assignment(self):
        return self.held

    async def getmany(self, **_):
        return {}

    async def seek_to_beginning(self, *_):
        return True

    async def end_offsets(self, places):
        return dict.fromkeys(places, 0)

    async def position(self, _):
        return 0

    async def ends_of_signals(self, _):
        return {}


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def loop(bus: Bus, clock: Clock) -> GatherLoop:
    made = GatherLoop(
        bus, None, bus, Names(Settings()), lambda: Gathering("acme", CATALOGUE), None, Metrics(CollectorRegistry())
    )
    made.silence = BusSilence(clock)
    return made


async def look(one: GatherLoop) -> None:
    """Two turns: what was the end at the first is read at the second."""
    for _ in range(2):
        one._looked_at = 0.0
        await one._turn()


async def test_with_nothing_to_say_it_still_knows_that_the_bus_is_there():
    """Or a quiet day would look like a lost broker; whoever stands by asks as well."""
    for bus in (Bus(PLACE), Bus()):
        clock = Clock()
        one = loop(bus, clock)
        await look(one)
        assert one.is_ready
        clock.now += 60
        assert not one.silence.is_short
        await look(one)
        assert one.silence.is_short


async def test_until_it_has_read_what_was_said_it_is_not_ready():
    one = loop(Bus(PLACE), Clock())
    assert not one.is_ready
    await look(one)
    assert one.is_ready
    await one.on_partitions_revoked([PLACE])
    assert not one.is_ready
