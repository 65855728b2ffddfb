"""How long a test waits for what should come.

What comes ends the wait, so a long one costs nothing but where a test fails; a short one fails on a busy machine.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, Final

PATIENT_S: Final = 300.0
"""About ten times what the slowest of these conditions took on two cores under a whole run."""
LOOK_S: Final = 0.05


async def comes_true(holds: Callable[[], Any | Awaitable[Any]], within_s: float = PATIENT_S) -> Any:
    """What a condition gives once it holds, for what rings nobody's bell: a file, a page, another process.

    Raises:
        TimeoutError: where it does not come true.
    """
    async with asyncio.timeout(within_s):
        while True:
            told = holds()
            if told := await told if inspect.isawaitable(told) else told:
                return told
            await asyncio.sleep(LOOK_S)
