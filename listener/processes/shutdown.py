"""Ending a process that is to end, even where what it waits for never comes."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from listener.telemetry import get_logger

TOLD_AFTER = 0.9
"""The share of the time an end may take after which it is logged what it waits for."""
log = get_logger(__name__)


def end_within(seconds: float) -> None:
    """End this process with code 1 if it has not ended by then."""
    watchdog = threading.Timer(seconds, os._exit, (1,))
    watchdog.daemon = True
    watchdog.start()


def when_told_to_stop(stop: Callable[[], None], *, longest_s: float) -> None:
    """Call `stop` at SIGTERM or SIGINT; a process that has not ended `longest_s` later is ended, and logs why."""
    loop = asyncio.get_running_loop()

    def told() -> None:
        stop()
        loop.call_later(TOLD_AFTER * longest_s, _tell_what_is_awaited)
        end_within(longest_s)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)


def _tell_what_is_awaited() -> None:
    log.error("ending_hangs", awaited=[_place_of(task) for task in asyncio.all_tasks()])


def _place_of(task: asyncio.Task[Any]) -> str:
    """Where a task waits: its coroutine and those it awaits, each with its line, and nothing of what they hold."""
    awaited: Any = task.get_coro()
    places = []
    while (frame := getattr(awaited, "cr_frame", None)) is not None:
        places.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        awaited = awaited.cr_await
    return " > ".join(places)
