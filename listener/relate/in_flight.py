"""How much is on its way within relate: the bytes of what was fetched and is not acknowledged yet.

Faust caps what waits by count alone. Sixteen thousand signals of an ordinary kilobyte are little; of acts with long
details they would be hundreds of megabytes, so what waits is capped by weight as well.
"""

from typing import Any, Final
from weakref import ref

MOST_BYTES: Final = 32 * 2**20
"""As many as sixteen thousand signals of a kilobyte and a half, which is what Faust may hold by count."""
BESIDE: Final = 500
"""Bytes that a record takes beside its value: so that nulls weigh something as well."""


class InFlight:
    """Weighs messages; what was acknowledged, dropped or forgotten, or is of an earlier generation, weighs nothing."""

    def __init__(self) -> None:
        self._messages: list[ref[Any]] = []
        self._at_most = 0

    def add(self, message: Any) -> None:
        """This one is on its way."""
        self._messages.append(ref(message))
        self._at_most += _weight(message)

    def is_full(self, generation: int) -> bool:
        """Whether nothing more is to be let in; it is weighed anew only where what was let in may be too much."""
        if self._at_most >= MOST_BYTES:
            waiting = [(told, message) for told in self._messages if (message := told()) is not None]
            waiting = [(told, message) for told, message in waiting if _waits(message, generation)]
            self._messages = [told for told, _ in waiting]
            self._at_most = sum(_weight(message) for _, message in waiting)
        return self._at_most >= MOST_BYTES


def _waits(message: Any, generation: int) -> bool:
    return not message.acked and message.generation_id == generation


def _weight(message: Any) -> int:
    return BESIDE + len(message.value or b"")
