"""How the belief's numbers are stored: few bytes, read and written exactly.

Half precision has eleven bits. That is enough for a number, and not for a sum: at 2,048 a turn more adds nothing, and
long before that each is rounded, mostly the same way. So what halves leave over of large sums is carried beside them,
a byte each. Whoever knows of no carry (an older relate, or a state it stored) reads the halves alone.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_HALF = np.dtype("<f2")
_LATELY = 2048
"""How many stored values are kept unpacked, 2 KB each: one signal asks for the same amounts several times, and the
next one of the customer asks for them again."""
MOST: Final = 60_000.0
"""What an amount never grows beyond: half precision ends at 65,504."""
LARGE: Final = 16.0
"""From where on what is left over is carried: below it a half is never off by more than 1/256, and no sum of many
turns that is still so small is worth more than that a turn."""
_PARTS = 256
"""A carry is told in so many parts of the step from one half to the next: nineteen bits in all."""


def pack_sparse(amounts: Numbers) -> tuple[bytes, bytes]:
    """Amounts of which few are not zero: one byte says how many bytes of bitmap follow, then halves; and their carry.

    >>> unpack_sparse(*pack_sparse(np.array([0.0, 2.0, 0.0, 4097.0])), 4).tolist()
    [0.0, 2.0, 0.0, 4097.0]
    """
    there = amounts != 0
    bitmap: bytes = np.packbits(there).tobytes().rstrip(b"\0")
    if not bitmap:
        return b"", b""
    values, carried = _halves(amounts[there])
    return bytes((len(bitmap),)) + bitmap + values, carried


@lru_cache(maxsize=_LATELY)
def unpack_sparse(stored: bytes, carried: bytes, size: int) -> Numbers:
    """The amounts again, read-only; a value that was stored when there were fewer slots has zeros at the end."""
    amounts = np.zeros(max(size, 8 * stored[0]) if stored else size)
    if stored:
        width = stored[0]
        there = np.unpackbits(np.frombuffer(stored, np.uint8, width, 1)).view(np.bool_)
        amounts[: 8 * width][there] = _with_carry(np.frombuffer(stored, _HALF, -1, 1 + width), carried)
    amounts = amounts[:size]
    amounts.flags.writeable = False
    return amounts


def pack_sums(values: Numbers) -> tuple[bytes, bytes]:
    """A short dense array of sums, half precision, and their carry; nothing for all zeros."""
    stored, carried = _halves(values)
    return (stored, carried) if stored.strip(b"\0") else (b"", b"")


def _halves(values: Numbers) -> tuple[bytes, bytes]:
    values = np.clip(values, -MOST, MOST)
    halves = values.astype(_HALF)
    large = np.abs(halves) >= LARGE
    if not large.any():
        return halves.tobytes(), b""
    kept = halves[large]
    left_over = (values[large] - kept) / _step(kept)
    return halves.tobytes(), np.clip(np.rint(left_over), 1 - _PARTS // 2, _PARTS // 2 - 1).astype(np.int8).tobytes()


def _with_carry(halves: NDArray[np.float16], carried: bytes) -> Numbers:
    values = halves.astype(np.float64)
    if carried:
        large = np.abs(halves) >= LARGE
        values[large] += np.frombuffer(carried, np.int8) * _step(halves[large])
    return values


def _step(halves: NDArray[np.float16]) -> Numbers:
    """What one part of a carry is worth beside each."""
    return np.spacing(np.abs(halves)).astype(np.float64) / _PARTS


def pack(values: Numbers) -> bytes:
    """A short dense array, half precision; nothing for all zeros."""
    stored: bytes = np.clip(values, -MOST, MOST).astype(_HALF).tobytes()
    return stored if stored.strip(b"\0") else b""


@lru_cache(maxsize=_LATELY)
def unpack(stored: bytes, size: int, carried: bytes = b"") -> Numbers:
    """A short dense array again, read-only."""
    amounts = _with_carry(np.frombuffer(stored, _HALF), carried) if stored else np.zeros(size)
    amounts.flags.writeable = False
    return amounts
