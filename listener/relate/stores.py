"""Where customers are kept here: in memory or in RocksDB, a partition at a time, never ahead of the changelog.

Both let a restored value replace a stored one only if it was built further, so that what a frozen process wrote after
it had lost its partition cannot set a customer back.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
import rocksdict
from faust.stores import memory, rocksdb

from listener.bus.names import BEGIN_ANEW
from listener.model.state import CustomerState
from listener.relate.bookmark import KEY, Bookmark
from listener.telemetry import get_logger

BLOCK_CACHE: Final = 64 << 20
WRITE_BUFFER: Final = 16 << 20
OPTIONS: Final = {"block_cache_size": BLOCK_CACHE, "write_buffer_size": WRITE_BUFFER, "max_open_files": 256}
SOME: Final = 500
"""Customers read at once."""
STALE_S: Final = 12 * 3600.0
"""Files that nobody wrote for so long are restored anew. A changelog keeps the tombstone of somebody who was erased
for 24 hours (`delete.retention.ms`): files that slept longer would never hear of it, and bring them back to life."""
NOT_DAMAGE: Final = re.compile(r"\block\b|no space|file too large|too many open files|permission denied", re.IGNORECASE)
"""Words of RocksDB's errors that say nothing against the files themselves; a damaged `block` is another thing."""
log = get_logger(__name__)


LAST_KEY: Final = b"\xff" * 1024
"""Beyond every key there is."""


def built_to(key: bytes, value: bytes | None) -> int:
    """How far in the signals a stored value was built; -1 where it does not say."""
    try:
        if value is None:
            return -1
        return Bookmark.from_bytes(value).built_to if key == KEY else CustomerState.from_bytes(value).offset
    except (msgspec.DecodeError, ValueError):
        return -1


def newest(
    batch: Iterable[Any], read: Any, empty: Callable[[int], Any], passed_over: set[tuple[int, bytes]]
) -> tuple[dict[int, dict[bytes, bytes | None]], dict[Any, int]]:
    """Of a batch of the changelog, what to store by partition, and how far each partition was read.

    Where the changelog says that all before is to be dropped, the partition is emptied. What is no state and stands
    behind one is passed over, and noted: the changelog, once it is cleaned, would have nothing else.
    """
    writes: dict[int, dict[bytes, bytes | None]] = {}
    offsets: dict[Any, int] = {}
    for event in batch:
        message = event.message
        mine = writes.setdefault(message.partition, {})
        offsets[message.tp] = max(offsets.get(message.tp, -1), message.offset)
        if message.key == BEGIN_ANEW:
            mine.clear()
            empty(message.partition)
            continue
        stored = mine[message.key] if message.key in mine else read(message.partition, message.key)
        if (
            message.value is None
            or stored is None
            or built_to(message.key, message.value) >= built_to(message.key, stored)
        ):
            mine[message.key] = message.value
            passed_over.discard((message.partition, message.key))
        elif built_to(message.key, message.value) < 0:
            passed_over.add((message.partition, message.key))
    return writes, offsets


class MemoryStore(memory.Store):  # type: ignore[misc]  # Faust is not typed
    """A dictionary for each partition; what is no longer ours is forgotten."""

    passed_over: set[tuple[int, bytes]]
    """Partition and key of every value that is none, the newest in the changelog, where a good one stands before it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.parts: dict[int, dict[bytes, bytes]] = {}

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The stored value."""
        return self.parts.get(partition, {}).get(key)

    def keep(self, partition: int, writes: Mapping[bytes, bytes | None], changelog_offset: int) -> None:
        """Store these; memory has no need to know how far the changelog was read."""
        part = self.parts.setdefault(partition, {})
        for key, value in writes.items():
            if value is None:
                part.pop(key, None)
            else:
                part[key] = value

    def items_of(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        """All that is stored of a partition, as it is now."""
        yield from list(self.parts.get(partition, {}).items())

    def apply_changelog_batch(self, batch: Iterable[Any], to_key: Any, to_value: Any) -> None:
        """Restore."""
        writes, _ = newest(batch, self.read, lambda partition: self.parts.pop(partition, None), self.passed_over)
        for partition, mine in writes.items():
            self.keep(partition, mine, -1)

    async def on_rebalance(self, assigned: Any, revoked: Any, newly_assigned: Any, generation_id: int = 0) -> None:
        """Forget what is another's now: it comes back whole from the changelog."""
        held = {tp.partition for tp in assigned if tp.topic in self.table.changelog_topic.topics}
        for partition in set(self.parts) - held:
            del self.parts[partition]

    async def on_recovery_completed(self, active_tps: Any, standby_tps: Any) -> None:
        """Nothing is left to tidy."""


class RocksStore(rocksdb.Store):  # type: ignore[misc]  # Faust is not typed
    """A RocksDB for each partition; one that can't be opened is set aside and restored from the changelog."""

    discarded: Callable[[str], None] = staticmethod(lambda reason: None)
    """Told why files of a partition were thrown away: `damaged`, or `stale`."""
    passed_over: set[tuple[int, bytes]]
    """As of memory."""

    def read(self, partition: int, key: bytes) -> bytes | None:
        """The stored value."""
        with self._whole(partition) as db:
            value: bytes | None = db.get(key)
            return value

    def keep(self, partition: int, writes: Mapping[bytes, bytes | None], changelog_offset: int) -> None:
        """Store these and how far the changelog was read, all or nothing."""
        batch = rocksdict.WriteBatch(raw_mode=True)
        for key, value in writes.items():
            if value is None:
                batch.delete(key)
            else:
                batch.put(key, value)
        if changelog_offset >= 0:
            batch.put(self.offset_key, str(changelog_offset).encode())
        with self._whole(partition) as db:
            db.write(batch)
        if any(value is None for value in writes.values()):
            self._scour(partition)

    def items_of(self, partition: int) -> Iterator[tuple[bytes, bytes]]:
        """All that is stored of a partition, some at a time: between them scouring may open the files anew."""
        first = b""
        while some := self._some_items(partition, first):
            yield from ((key, value) for key, value in some if key != self.offset_key)
            first = some[-1][0] + b"\0"

    def _some_items(self, partition: int, first: bytes) -> list[tuple[bytes, bytes]]:
        """The next from a key on. An iterator ends at damage as it does at the end: its status tells them apart."""
        with self._whole(partition) as db:
            found, some = db.iter(), list[tuple[bytes, bytes]]()
            found.seek(first)
            while found.valid() and len(some) < SOME:
                some.append((found.key(), found.value()))
                found.next()
            found.status()
            return some

    def apply_changelog_batch(self, batch: Iterable[Any], to_key: Any, to_value: Any) -> None:
        """Restore."""
        writes, offsets = newest(batch, self.read, self._empty, self.passed_over)
        for tp, offset in offsets.items():
            self.keep(tp.partition, writes[tp.partition], offset)

    def _empty(self, partition: int) -> None:
        with self._whole(partition) as db:
            db.delete_range(b"", LAST_KEY)
        self._scour(partition)

    def _scour(self, partition: int) -> None:
        """Leave no bytes of what was deleted: files are rewritten, and opened anew, for their list knows keys too."""
        with self._whole(partition) as db:
            db.flush(wait=True)
            db.compact_range(None, None)
            db.close()
            del self._dbs[partition]
        with self._whole(partition):
            log.info("store_scoured", partition=partition)

    @contextmanager
    def _whole(self, partition: int) -> Iterator[Any]:
        """The files of a partition; where they turn out to be damaged the process ends, and restores them when back."""
        try:
            yield self._db_for_partition(partition)
        except Exception as trouble:
            self.set_aside(partition, trouble)
            raise

    def set_aside(self, partition: int, trouble: Exception) -> None:
        """Note for the next start that the files of a partition are not to be used, if that is what the trouble is."""
        if isinstance(trouble, GeneratorExit) or NOT_DAMAGE.search(repr(trouble)):
            return
        log.warning("store_damaged", partition=partition, error=type(trouble).__name__)
        self._mark(partition).touch()

    def _mark(self, partition: int) -> Path:
        path = Path(self.partition_path(partition))
        return path.with_name(path.name + ".damaged")

    def _open_for_partition(self, partition: int) -> Any:
        self._clear(partition)
        self._forget_stale()
        try:
            return super()._open_for_partition(partition)
        except Exception as trouble:
            self.set_aside(partition, trouble)
            if not self._clear(partition):
                raise
            return super()._open_for_partition(partition)

    def _forget_stale(self) -> None:
        """Throw away what has slept too long, of partitions that are another's by now as well."""
        mine = {Path(self.partition_path(partition)) for partition in self._dbs}
        for folder in set(Path(self.partition_path(0)).parent.glob("*.db")) - mine:
            newest = max((file.stat().st_mtime for file in folder.rglob("*")), default=time.time())
            if time.time() - newest > STALE_S:
                log.info("store_stale", folder=folder.name)
                self.discarded("stale")
                shutil.rmtree(folder, ignore_errors=True)

    def _clear(self, partition: int) -> bool:
        """Throw away files that are not to be used; whether there were any."""
        if not self._mark(partition).exists():
            return False
        shutil.rmtree(self.partition_path(partition), ignore_errors=True)
        self._mark(partition).unlink()
        self.discarded("damaged")
        return True
