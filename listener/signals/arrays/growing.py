"""Numbers by place that can be added to, and lists of numbers by place: what arrays are gathered from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Ints = NDArray[np.int64]
_FIRST_ROOM = 4_096


class Column:
    """A number, or a line of some, for each place; `room` is longer than what is known, and read at known ones only."""

    __slots__ = ("room", "size")

    def __init__(self, kind: DTypeLike = np.int64, width: int | None = None) -> None:
        self.room: NDArray[Any] = np.zeros(_FIRST_ROOM if width is None else (_FIRST_ROOM, width), kind)
        self.size = 0

    def extend(self, values: Sequence[Any] | NDArray[Any]) -> None:
        """Add values for the next places."""
        if not len(values):
            return
        end = self.size + len(values)
        if end > len(self.room):
            self.room = np.concatenate((self.room, np.zeros((end, *self.room.shape[1:]), self.room.dtype)))
        self.room[self.size : end] = values
        self.size = end


class Lists:
    """A list of numbers for each place, of any length, kept one behind the other."""

    __slots__ = ("_length", "_start", "flat")

    def __init__(self, kind: DTypeLike = np.int64) -> None:
        self._start, self._length, self.flat = Column(), Column(), Column(kind)

    def extend(self, lists: Sequence[Sequence[int]]) -> None:
        """Add lists for the next places."""
        lengths = [len(told) for told in lists]
        self._start.extend(self.flat.size + np.cumsum([0, *lengths])[:-1])
        self._length.extend(lengths)
        self.flat.extend([x for told in lists for x in told])

    def at(self, places: Ints) -> tuple[Ints, Ints]:
        """The lists of some places one behind the other, as places in `flat`, and how long each is.

        >>> told = Lists(); told.extend([[7, 8], [], [9]])
        >>> where, lengths = told.at(np.array([2, 0]))
        >>> told.flat.room[where].tolist(), lengths.tolist()
        ([9, 7, 8], [1, 2])
        """
        lengths = self._length.room[places]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        return np.arange(total) + np.repeat(self._start.room[places] - ends + lengths, lengths), lengths
