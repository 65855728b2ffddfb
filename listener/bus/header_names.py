"""Names of headers that are not UTF-8, which producers may send: aiokafka fails on one, and on all behind it.

Here such a name is read with Python's surrogates for its bad bytes, so that the record alone can be refused.
"""

from collections.abc import Iterator
from typing import Any, Final

from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import _MemoryRecordsPy

BAD_BYTES: Final = "surrogateescape"


def allow_any_header_name() -> None:
    """Let every consumer of this process read them."""
    fetcher.MemoryRecords = _Records


class _Records(_MemoryRecordsPy):  # type: ignore[misc]  # aiokafka is not typed
    """What a fetch brought, batch by batch."""

    def next_batch(self, *args: Any) -> Any:
        octets = self._next_slice
        batch = super().next_batch(*args)
        return batch if batch is None or batch.is_control_batch else _Batch(batch, octets)


class _Batch:
    """As aiokafka reads it, fast; where it fails on a record, from there on by a reader that takes any name."""

    def __init__(self, batch: Any, octets: Any) -> None:
        self._batch, self._octets = batch, octets

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        last = -1
        try:
            for record in self._batch:
                last = record.offset
                yield record
        except (UnicodeDecodeError, CorruptRecordException):
            yield from (record for record in _Forgiving(self._octets) if record.offset > last)


class _Forgiving(_DefaultRecordBatchPy):  # type: ignore[misc]  # aiokafka is not typed
    """A record's name is decoded from a slice of the buffer: the buffer's slices decode as they should."""

    def _maybe_uncompress(self) -> None:
        super()._maybe_uncompress()
        self._buffer: Any = _Octets(self._buffer)


class _Octets(bytearray):
    def __getitem__(self, place: Any) -> Any:
        told = super().__getitem__(place)
        return _Octets(told) if isinstance(place, slice) else told

    def decode(self, *_: str) -> str:
        return super().decode("utf-8", BAD_BYTES)
