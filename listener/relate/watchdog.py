"""Whether this process was frozen: a heartbeat of our own, in a thread of its own.

A process that is stopped and goes on after its session has ended is no longer a member of its group, and does not
know it yet. It must not write: another holds its partitions.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

BEAT_S: Final = 0.2


class Frozen(Exception):
    """The process stood still for longer than its membership lasts."""


class Watchdog:
    """Beats while the process runs; a gap between beats is a time it did not."""

    def __init__(self, longest_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._longest, self._clock = longest_s, clock
        self._last = clock()
        self._was_frozen = False
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin to beat."""
        self._last = self._clock()
        threading.Thread(target=self._beat_on, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Beat no more."""
        self._stopped.set()

    def check(self) -> None:
        """Go on only if there was no gap.

        Raises:
            Frozen: where there was one; end the process then.
        """
        if self._was_frozen or self._clock() - self._last > self._longest:
            raise Frozen(f"stood still for more than {self._longest:g} s; another may hold what was held here")

    def _beat_on(self) -> None:
        while not self._stopped.wait(BEAT_S):
            now = self._clock()
            self._was_frozen |= now - self._last > self._longest
            self._last = now
