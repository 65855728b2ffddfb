"""When what is owed is said: a raised alert at once, an hour when it is over, an ending when all is known."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from listener.common_cause import Gathering
from listener.common_cause.alert_change import ENDED
from listener.common_cause.gathering import Key
from listener.model.outputs import Alert

Now = Callable[[], datetime]


class Publishing:
    """Looks at the causes that changed, says what may be said now, and remembers what must wait.

    `now` is the wall clock; None where time is the events' own, and an hour is over when nothing more comes.
    """

    def __init__(self, gathering: Gathering, say: Callable[[Alert], Awaitable[None]], now: Now | None) -> None:
        self._gathering, self._say, self._now = gathering, say, now
        self._changed: set[Key] = set()
        self._waiting: dict[Key, int] = {}

    def note(self, key: Key | None) -> None:
        """A cause changed."""
        if key is not None:
            self._changed.add(key)

    @property
    def has_something(self) -> bool:
        """Whether a look may lead to a word."""
        return bool(self._changed) or any(at_s <= self._now_s() for at_s in self._waiting.values())

    async def speak(self, *, all_is_known: bool) -> None:
        """Say what may be said; where not all is known, no ending."""
        now_s = self._now_s()
        due = {key for key, at_s in self._waiting.items() if at_s <= now_s}
        for key in sorted(self._changed | due):
            self._waiting.pop(key, None)
            self._changed.discard(key)
            await self._speak_of(key, now_s, all_is_known=all_is_known)

    async def _speak_of(self, key: Key, now_s: float, *, all_is_known: bool) -> None:
        for alert, not_before_s in list(self._gathering.owed(key)):
            if not_before_s > now_s:
                self._waiting[key] = not_before_s
                return
            if alert.status in ENDED and not all_is_known:
                self._changed.add(key)
                return
            await self._say(alert)
            self._gathering.take(alert)

    def _now_s(self) -> float:
        return self._now().timestamp() if self._now else float("inf")
