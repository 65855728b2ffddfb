"""How the belief's numbers are stored: few bytes, read and written exactly."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_HALF = np.dtype("<f2")
_LATELY = 2048
"""How many stored values are kept unpacked, 2 KB each: one signal asks for the same amounts several times, and the
next one of the customer asks for them again."""


def pack_sparse(amounts: Numbers) -> bytes:
    """Amounts of which few are not zero: one byte says how many bytes of bitmap follow, then half-precision values.

    >>> unpack_sparse(pack_sparse(np.array([0.0, 2.0, 0.0, 0.5])), 4).tolist()
    [0.0, 2.0, 0.0, 0.5]
    """
    there = amounts != 0
    bitmap: bytes = np.packbits(there).tobytes().rstrip(b"\0")
    if not bitmap:
        return b""
    values: bytes = amounts[there].astype(_HALF).tobytes()
    return bytes((len(bitmap),)) + bitmap + values


@lru_cache(maxsize=_LATELY)
def unpack_sparse(stored: bytes, size: int) -> Numbers:
    """The amounts again, read-only; a value that was stored when there were fewer slots has zeros at the end."""
    amounts = np.zeros(max(size, 8 * stored[0]) if stored else size)
    if stored:
        width = stored[0]
        there = np.unpackbits(np.frombuffer(stored, np.uint8, width, 1)).view(np.bool_)
        amounts[: 8 * width][there] = np.frombuffer(stored, _HALF, -1, 1 + width)
    amounts = amounts[:size]
    amounts.flags.writeable = False
    return amounts


def pack(values: Numbers) -> bytes:
    """A short dense array, half precision; nothing for all zeros."""
    stored: bytes = values.astype(_HALF).tobytes()
    return stored if stored.strip(b"\0") else b""


@lru_cache(maxsize=_LATELY)
def unpack(stored: bytes, size: int) -> Numbers:
    """A short dense array again, read-only."""
    amounts = np.frombuffer(stored, _HALF).astype(np.float64) if stored else np.zeros(size)
    amounts.flags.writeable = False
    return amounts
