from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from aiokafka.admin import NewTopic

from listener.bus import clients
from listener.model.topics import INPUTS, OUTPUTS
from listener.settings import Settings
from listener.shipped import shipped
from listener.topics import differences, existing, read, wanted
from listener.topics.comparing import Existing
from listener.topics.keeping import create
from tests.kafka import Bus, bus_on


def as_wanted(settings: Settings) -> dict[str, Existing]:
    return {t.name: Existing(t.name, t.partitions, t.replication, t.config) for t in wanted(settings)}


def test_every_topic_of_the_contract_has_its_file():
    names = {name for file in read() for name in file.names}
    dead = {f"{name}.dlq" for name in (*INPUTS.values(), OUTPUTS["signals"])}
    assert names == {*INPUTS.values(), *OUTPUTS.values(), *dead, "{changelog}"}


def test_every_value_has_its_schema():
    """Dead letters are as they came, and the changelog is nobody's but relate's."""
    named = {file.schema_ for file in read()} - {None}
    assert named == {path.name for path in shipped("schemas").glob("*.json")}


def test_signals_are_neither_compacted_nor_few_days_kept():
    """A hole in them is always a loss, so nothing but a loss may make one."""
    signals = next(topic for topic in wanted(Settings()) if topic.default == OUTPUTS["signals"])
    assert signals.config["cleanup.policy"] == "delete"
    assert int(signals.config["retention.ms"]) >= 7 * 86_400_000


def test_alerts_are_kept_seven_days_or_more():
    alerts = next(topic for topic in wanted(Settings()) if topic.default == OUTPUTS["alerts"])
    assert int(alerts.config["retention.ms"]) >= 7 * 86_400_000


def test_an_erasure_is_told_longer_than_a_merge_that_it_undoes():
    """Else an ingest that starts after a tombstone is gone would link again what was forgotten."""
    by_default = {topic.default: topic for topic in wanted(Settings())}
    told = by_default[INPUTS["crm_customers"]].config["delete.retention.ms"]
    assert int(told) > int(by_default[INPUTS["commands"]].config["retention.ms"])


def test_the_changelog_has_as_many_partitions_as_the_signals():
    by_default = {topic.default: topic for topic in wanted(Settings(partitions=12))}
    assert by_default["{changelog}"].partitions == by_default[OUTPUTS["signals"]].partitions == 12


def test_three_replicas_want_two_in_sync():
    assert all(topic.config["min.insync.replicas"] == "2" for topic in wanted(Settings(replication=3)))


def test_a_bus_as_wanted_has_no_differences():
    assert differences(wanted(Settings()), as_wanted(Settings())) == []


def test_less_than_wanted_is_a_difference_and_more_is_none():
    settings = Settings()
    there = as_wanted(settings)
    alerts, acts = OUTPUTS["alerts"], OUTPUTS["acts"]
    there[alerts] = Existing(alerts, 4, 1, {"cleanup.policy": "delete", "retention.ms": "1000"})
    there[acts] = Existing(acts, 4, 3, {"cleanup.policy": "delete", "retention.ms": "-1"})
    assert [(found.topic, found.found) for found in differences(wanted(settings), there)] == [(alerts, "1000")]


def test_others_may_partition_their_topics_as_they_like():
    settings = Settings()
    there = as_wanted(settings)
    for name in ("contact.chat.v1", OUTPUTS["signals"]):
        there[name] = Existing(name, 99, 1, there[name].config)
    assert [found.topic for found in differences(wanted(settings), there)] == [OUTPUTS["signals"]]


class SlowToTell:
    """An admin client of a busy broker: what was created is shown at the third look only."""

    def __init__(self) -> None:
        self.created: list[str] = []
        self.looks = 0

    async def create_topics(self, topics: Sequence[NewTopic]) -> SimpleNamespace:
        self.created = [topic.name for topic in topics]
        return SimpleNamespace(topic_errors=[(name, 0, None) for name in self.created])

    async def list_topics(self) -> list[str]:
        self.looks += 1
        return self.created if self.looks >= 3 else []


async def test_what_was_created_is_there_for_whoever_looks_next():
    admin, topics = SlowToTell(), wanted(Settings())
    assert await create(admin, topics) == [topic.name for topic in topics]
    assert set(await admin.list_topics()) == {topic.name for topic in topics}


@pytest.mark.broker
async def test_what_is_missing_is_created_once_and_then_as_wanted(bus: Bus):
    topics = wanted(bus.settings)
    async with clients.admin(bus.settings) as admin:
        assert differences(topics, await existing(admin, [topic.name for topic in topics])) == []


@pytest.mark.broker
async def test_where_nothing_answers_it_says_where_it_asked(tmp_path):
    settings = bus_on("127.0.0.1:1", tmp_path).settings
    with pytest.raises(clients.NoBus, match=r"127\.0\.0\.1:1"):
        async with clients.admin(settings):
            pass
