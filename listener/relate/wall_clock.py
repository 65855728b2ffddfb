"""The time of day, as far as it can be believed.

A wall clock that jumps ahead by an hour would let every promise of that hour look broken. The time of day is therefore
carried on by a clock that nobody sets; where the two part by more than a minute, the earlier of them holds, until the
wall has kept its new time for an hour: late is better than wrong. A clock that is wrong when a process starts is
believed (`listener doctor` compares it with the bus).
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from listener.telemetry import get_logger

LARGEST_S: Final = 60.0
"""What a clock may be moved by at once and still be believed: NTP steps of seconds are no news."""
BELIEVED_AFTER_S: Final = 3600.0
log = get_logger(__name__)


def steady() -> float:
    """Seconds that go on while the machine sleeps, where the system can tell."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class WallClock:
    """Look at it now and then: small steps are taken as they come, a large one is noticed and waited out."""

    def __init__(
        self,
        wall: Callable[[], float] = lambda: time.time(),
        carried_on: Callable[[], float] = steady,
        stepped: Callable[[], None] = lambda: None,
    ) -> None:
        self._wall, self._steady, self._stepped = wall, carried_on, stepped
        self._anchor = wall(), carried_on()
        self._stepped_at: float | None = None
        self.step_s = 0.0

    def now(self) -> datetime:
        """The time of day."""
        return datetime.fromtimestamp(self.look(), UTC)

    def look(self) -> float:
        """The same in seconds since 1970; `step_s` says afterwards by how much the wall is off."""
        wall, now = self._wall(), self._steady()
        carried = self._anchor[0] + now - self._anchor[1]
        self.step_s = wall - carried
        if abs(self.step_s) <= LARGEST_S:
            self._anchor, self._stepped_at = (wall, now), None
            return wall
        if self._stepped_at is None:
            self._stepped_at = now
            self._stepped()
            log.warning("clock_stepped", seconds=round(self.step_s))
        elif now - self._stepped_at > BELIEVED_AFTER_S:
            self._anchor, self._stepped_at = (wall, now), None
            return wall
        return min(wall, carried)
