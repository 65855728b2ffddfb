"""A consumer that fetches no more, or joins its group no more, is not listened to for ever."""

import asyncio
from types import SimpleNamespace

import pytest
from aiokafka.client import AIOKafkaClient
from aiokafka.consumer.group_coordinator import GroupCoordinator
from aiokafka.consumer.subscription_state import SubscriptionState
from aiokafka.errors import GroupAuthorizationFailedError

from listener.bus.clients import FetchesNoMore, JoinsNoMore, must_fetch, must_join


def consumer(task: asyncio.Future) -> SimpleNamespace:
    return SimpleNamespace(_fetcher=SimpleNamespace(error_future=task))


def may_go_on(task: asyncio.Future) -> bool:
    try:
        must_fetch(consumer(task))
    except FetchesNoMore:
        return False
    return True


async def test_one_whose_task_has_died_is_found_out_with_its_reason():
    task = asyncio.get_running_loop().create_future()
    assert may_go_on(task)
    task.set_exception(RuntimeError("the handler is closed"))
    with pytest.raises(FetchesNoMore) as trouble:
        must_fetch(consumer(task))
    assert str(trouble.value.__cause__) == "the handler is closed"


async def test_one_that_is_being_stopped_is_left_alone():
    task = asyncio.get_running_loop().create_future()
    task.cancel()
    assert may_go_on(task)


async def joining(trouble: Exception | None = None) -> SimpleNamespace:
    """A consumer with aiokafka's own coordinator, whose client knows no broker, or answers with trouble."""
    client, subscription = AIOKafkaClient(), SubscriptionState()
    if trouble is not None:

        async def refuse(*_: object) -> None:
            raise trouble

        client.coordinator_lookup = refuse
    subscription.register_fetch_waiters(set())
    subscription.subscribe({"signals"})
    return SimpleNamespace(_coordinator=GroupCoordinator(client, subscription))


async def not_joining(consumer: SimpleNamespace) -> JoinsNoMore:
    async with asyncio.timeout(10):
        while True:
            try:
                must_join(consumer)
            except JoinsNoMore as trouble:
                return trouble
            await asyncio.sleep(0)


async def test_one_whose_client_knew_no_broker_when_it_began_to_join_is_found_out_with_its_reason():
    consumer = await joining()
    must_join(consumer)
    assert "Did we not perform bootstrap?" in str((await not_joining(consumer)).__cause__)


async def test_one_that_may_not_join_is_found_out_although_its_task_waits_to_be_asked():
    consumer = await joining(GroupAuthorizationFailedError("listener"))
    assert isinstance((await not_joining(consumer)).__cause__, GroupAuthorizationFailedError)
    assert not consumer._coordinator._coordination_task.done()
    await consumer._coordinator.close()


async def test_one_that_has_left_its_group_because_it_stops_is_left_alone():
    client = AIOKafkaClient()
    consumer = SimpleNamespace(_coordinator=GroupCoordinator(client, SubscriptionState()))
    await consumer._coordinator.close()
    assert consumer._coordinator._coordination_task.done()
    must_join(consumer)
