"""A process that is to end does, even where what it waits for never comes."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable


def end_within(seconds: float) -> None:
    """End this process with code 1 if it has not ended by then."""
    watchdog = threading.Timer(seconds, os._exit, (1,))
    watchdog.daemon = True
    watchdog.start()


def when_told_to_stop(stop: Callable[[], None], *, longest_s: float) -> None:
    """Call `stop` at SIGTERM or SIGINT; a process that has not ended `longest_s` later is ended."""

    def told() -> None:
        stop()
        end_within(longest_s)

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told)
