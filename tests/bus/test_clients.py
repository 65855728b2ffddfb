"""A consumer that fetches no more is not listened to for ever."""

import asyncio
from types import SimpleNamespace

import pytest

from listener.bus.clients import FetchesNoMore, must_fetch


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
