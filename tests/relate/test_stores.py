"""What relate keeps on its disk: erased bytes are gone, damaged files are set aside, a new beginning is one."""

import os
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
import rocksdict
from aiokafka import TopicPartition

from listener.bus.names import BEGIN_ANEW
from listener.model.state import CustomerState
from listener.relate.stores import SOME, STALE_S, MemoryStore, RocksStore, newest

SECRET = b"zanzibarine"


def rocks(folder: Path, extra=True):
    """A store of ours over one partition, made without an app around it."""
    made = RocksStore.__new__(RocksStore)
    made._dbs, made.passed_over = {}, set()
    made.partition_path = lambda partition: folder / f"customers-{partition}.db"
    options = rocksdict.Options(raw_mode=True)
    options.create_if_missing(True)
    made.rocksdb_options = SimpleNamespace(open=lambda path, read_only: rocksdict.Rdict(str(path), options))
    made.read_only, made.use_rocksdict, made.offset_key = False, True, b"__faust\0offset__"
    return made


def memory():
    made = MemoryStore.__new__(MemoryStore)
    made.parts, made.passed_over = {}, set()
    return made


def files(folder: Path):
    return [file for file in folder.rglob("*") if file.is_file()]


def event(key, value, offset, partition=0):
    return SimpleNamespace(
        message=SimpleNamespace(
            key=key, value=value, offset=offset, partition=partition, tp=TopicPartition("log", partition)
        )
    )


def state(who, offset):
    return CustomerState(who, "acme", offset=offset).to_bytes()


def test_what_was_erased_is_in_no_file(tmp_path):
    """Neither what was known nor whose it was: a key may be the first of a file, and stand in the list of files."""
    store, who = rocks(tmp_path), b"A-" + SECRET
    store.keep(0, {b"C-%d" % n: bytes(200) for n in range(500)} | {who: SECRET}, 1)
    store._db_for_partition(0).flush(wait=True)
    assert {file.name.split("-")[0] for file in files(tmp_path) if SECRET in file.read_bytes()} >= {"MANIFEST"}
    store.keep(0, {who: None}, 2)
    assert not any(SECRET in file.read_bytes() for file in files(tmp_path))
    assert store.read(0, b"C-78") == bytes(200)


def test_somebody_may_be_erased_while_all_are_gone_through(tmp_path):
    """Scouring opens the files anew, which nobody may hold open meanwhile."""
    store = rocks(tmp_path)
    store.keep(0, {b"C-%04d" % n: SECRET for n in range(2 * SOME)}, 1)
    seen = []
    for key, value in store.items_of(0):
        seen.append(key)
        assert value == SECRET
        if len(seen) == SOME // 2:
            store.keep(0, {b"C-0001": None, b"C-%04d" % (2 * SOME - 1): None}, 2)
    assert seen == [b"C-%04d" % n for n in range(2 * SOME - 1)]


def read_each(store):
    return [store.read(0, b"C-%d" % n) for n in range(2000)]


def read_all(store):
    return list(store.items_of(0))


@pytest.mark.parametrize("read", [read_each, read_all])
def test_files_that_turn_out_to_be_damaged_are_not_opened_again(tmp_path, read):
    store = rocks(tmp_path)
    store.keep(0, {b"C-%d" % n: bytes([n % 251]) * 400 for n in range(2000)}, 1)
    store._scour(0)
    store._dbs.clear()
    for file in files(tmp_path):
        if file.suffix == ".sst":
            whole = bytearray(file.read_bytes())
            whole[100 : len(whole) // 2] = bytes(len(whole) // 2 - 100)
            file.write_bytes(whole)
    again = rocks(tmp_path)
    with pytest.raises(Exception, match=r"(?i)corrupt"):
        read(again)
    again._dbs.clear()
    last, why = rocks(tmp_path), []
    last.discarded = why.append
    assert (list(last.items_of(0)), why) == ([], ["damaged"])


def test_files_that_slept_longer_than_a_tombstone_lives_are_not_believed(tmp_path):
    """The changelog has forgotten by then that somebody was erased; and those of partitions given up go as well."""
    store = rocks(tmp_path)
    for partition in (0, 1, 2):
        store.keep(partition, {b"C": SECRET}, 1)
    store._dbs.clear()
    for partition in (0, 1):
        for file in files(tmp_path / f"customers-{partition}.db"):
            os.utime(file, times=(time.time() - STALE_S - 60,) * 2)
    again, why = rocks(tmp_path), []
    again.discarded = why.append
    assert [again.read(partition, b"C") for partition in (0, 2)] == [None, SECRET]
    assert not (tmp_path / "customers-1.db").exists()
    assert why == ["stale", "stale"]


def test_a_full_disk_or_another_who_holds_it_is_no_damage(tmp_path):
    store = rocks(tmp_path)
    store.set_aside(0, OSError("IO error: No space left on device"))
    store.set_aside(0, OSError("IO error: While lock file: customers-0.db/LOCK: Resource temporarily unavailable"))
    assert files(tmp_path) == []


@pytest.mark.parametrize("made", ["memory", "rocks"])
def test_a_new_beginning_drops_what_was_stored_before(tmp_path, made):
    store = memory() if made == "memory" else rocks(tmp_path)
    store.keep(0, {b"old": state("old", 9), b"both": state("both", 90)}, 5)
    batch = [event(b"old", state("old", 10), 6), event(BEGIN_ANEW, b"mark", 7), event(b"both", state("both", 3), 8)]
    empty = store._empty if made == "rocks" else lambda partition: store.parts.pop(partition, None)
    writes, offsets = newest(batch, store.read, empty, set())
    store.keep(0, writes[0], max(offsets.values()))
    assert store.read(0, b"old") is None
    assert store.read(0, b"both") == state("both", 3)
    assert store.read(0, BEGIN_ANEW) is None


def test_what_was_built_further_is_not_set_back():
    store = memory()
    store.keep(0, {b"C": state("C", 9)}, 5)
    writes, _ = newest([event(b"C", state("C", 4), 6)], store.read, lambda partition: None, set())
    assert writes[0] == {}


@pytest.mark.parametrize("made", ["memory", "rocks"])
def test_rubbish_behind_a_good_state_is_passed_over_and_noted_until_a_good_one_comes(tmp_path, made):
    """What is kept here is good; but the changelog will soon have nothing else, nor who restores it."""
    store = memory() if made == "memory" else rocks(tmp_path)
    restore = partial(store.apply_changelog_batch, to_key=None, to_value=None)
    restore([event(b"C", state("C", 9), 5), event(b"C", b"rubbish", 6), event(b"new", b"rubbish", 7)])
    assert store.read(0, b"C") == state("C", 9)
    assert store.passed_over == {(0, b"C")}, "of whom nothing good is known is made anew by whoever meets it"
    restore([event(b"C", state("C", 4), 8)])
    assert store.passed_over == {(0, b"C")}
    restore([event(b"C", state("C", 9), 9)])
    assert store.passed_over == set()
