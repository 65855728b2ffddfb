"""How the belief's numbers are stored: few bytes, read and written exactly."""

import numpy as np
from numpy.typing import NDArray

from listener.model.tie import SLOTS

Numbers = NDArray[np.float64]
_BITMAP = (len(SLOTS) + 7) // 8


def pack_sparse(amounts: Numbers) -> bytes:
    """Amounts of which few are not zero: one byte says how many bytes of bitmap follow, then half-precision values.

    >>> unpack_sparse(pack_sparse(np.array([0.0, 2.0, 0.0, 0.5])), 4).tolist()
    [0.0, 2.0, 0.0, 0.5]
    """
    there = amounts != 0
    if not there.any():
        return b""
    bitmap = np.packbits(there).tobytes().rstrip(b"\0")
    values: bytes = amounts[there].astype("<f2").tobytes()
    return bytes((len(bitmap),)) + bitmap + values


def unpack_sparse(stored: bytes, size: int) -> Numbers:
    """The amounts again; a value that was stored when there were fewer slots has zeros at the end."""
    amounts = np.zeros(size)
    if not stored:
        return amounts
    width = stored[0]
    bits = np.frombuffer(stored, np.uint8, width, 1)
    where = np.flatnonzero(np.unpackbits(bits))
    values = np.frombuffer(stored, "<f2", -1, 1 + width).astype(np.float64)
    keep = where < size
    amounts[where[keep]] = values[keep]
    return amounts


def pack(values: Numbers) -> bytes:
    """A short dense array, half precision; nothing for all zeros."""
    stored: bytes = values.astype("<f2").tobytes()
    return stored if values.any() else b""


def unpack(stored: bytes, size: int) -> Numbers:
    """A short dense array again."""
    return np.frombuffer(stored, "<f2").astype(np.float64) if stored else np.zeros(size)
