"""A table of whole numbers in which many are looked up at once."""

import numpy as np

from listener.signals.arrays.growing import Ints

_MIX = np.uint64(0x9E3779B97F4A7C15)


class Table:
    """Remembers a value for each of some keys, in an array four times as long.

    >>> Table(np.array([7, 2**40]), np.array([1, 2])).find(np.array([2**40, 3, 7])).tolist()
    [2, -1, 1]
    """

    def __init__(self, keys: Ints, values: Ints) -> None:
        """Keys are different from each other, and none is negative."""
        bits = max(4, int(4 * len(keys)).bit_length())
        self._shift, self._mask = np.uint64(64 - bits), (1 << bits) - 1
        self._keys, self._values = np.full(1 << bits, -1), np.full(1 << bits, -1)
        at, left = self._home(keys), np.arange(len(keys))
        while len(left):
            free = left[self._keys[at[left]] == -1]
            self._keys[at[free]] = keys[free]  # of those that want one place the last gets it
            left = left[self._keys[at[left]] != keys[left]]
            at[left] = (at[left] + 1) & self._mask
        self._values[at] = values

    def _home(self, keys: Ints) -> Ints:
        return (keys.astype(np.uint64) * _MIX >> self._shift).astype(np.int64)

    def find(self, keys: Ints) -> Ints:
        """The value of each key; -1 where it is unknown."""
        at = self._home(keys)
        met = self._keys[at]
        found: Ints = np.where(met == keys, self._values[at], -1)
        left = np.flatnonzero((met != keys) & (met != -1))
        while len(left):
            at[left] = (at[left] + 1) & self._mask
            met = self._keys[at[left]]
            found[left] = np.where(met == keys[left], self._values[at[left]], -1)
            left = left[(met != keys[left]) & (met != -1)]
        return found
