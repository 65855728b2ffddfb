"""Every released version of what relate stores can be read for ever, and what a later one stores, by this one.

`stored/` holds what each version wrote, under its name; a new version adds files, and never changes those there are.
"""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from listener import catalogue
from listener.model.ledger import Ledger
from listener.model.signals import Wake
from listener.model.state import LARGEST, PACKED, VERSION, CustomerState, unpacked
from listener.relate.bookmark import Bookmark
from listener.settings import Settings
from listener.workbench import core_of

STORED = Path(__file__).parent / "stored"
STATES = sorted(STORED.glob("state-v*"))


class Later(CustomerState, frozen=True, array_like=True, dict=True):
    """A version to come."""

    new: str = "nothing yet"


@pytest.fixture(scope="module")
def core():
    return core_of(Settings(brand="acme"), catalogue.load())


def test_this_version_has_left_a_file():
    assert f"state-v{VERSION}" in {file.stem for file in STATES}


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_a_state_of_each_version_is_read_and_goes_on(core, file):
    """Not only decoded: its deadlines fall due, and the core steps on with it."""
    state = CustomerState.from_bytes(file.read_bytes())
    assert (state.customer_id, state.brand) == ("C-golden", "acme")
    assert state.heard > 5
    assert state.tie is not None
    assert state.ledger != Ledger()
    later = state.at + timedelta(days=90)
    woken, _ = core.step(
        state, Wake(event_id="w", occurred_at=later, heard_at=later, customer_id="C-golden", brand="acme")
    )
    assert core.next_due(woken) is None or core.next_due(woken) > later
    assert CustomerState.from_bytes(woken.to_bytes()) == woken


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_what_is_written_is_of_this_version_whatever_was_read(file):
    """Else a customer of long ago would never again be a blank page."""
    kept = CustomerState.from_bytes(file.read_bytes())
    assert kept.version == VERSION
    assert kept.to_bytes().startswith(PACKED)
    assert CustomerState.from_bytes(kept.to_bytes()) == kept


def test_what_repeats_is_stored_once():
    """An event that five alerts cite has one id and one excerpt in the value."""
    kept = CustomerState.from_bytes((STORED / "state-v2.lz4").read_bytes())
    once, again = (replace(kept, told=replace(kept.told, open=kept.told.open[:1] * n)) for n in (1, 5))
    assert len(again.to_bytes()) < len(once.to_bytes()) + 100
    assert len(unpacked(again.to_bytes())) > len(unpacked(once.to_bytes())) + 1000


@pytest.mark.parametrize(
    "damage",
    [
        lambda value: value[: len(value) // 2],
        lambda value: value[:1] + (LARGEST + 1).to_bytes(4, "little") + value[5:],
        lambda value: value[:1] + b"\xff" * 4,
        lambda value: value[:3],
        lambda _: PACKED,
    ],
    ids=["cut", "claims to be huge", "only a size", "half a size", "nothing"],
)
def test_a_packed_value_that_is_damaged_is_refused(damage):
    whole = (STORED / "state-v2.lz4").read_bytes()
    with pytest.raises((msgspec.DecodeError, ValueError)):
        CustomerState.from_bytes(damage(whole))


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_a_version_to_come_reads_what_this_one_stores(file):
    later = msgspec.msgpack.decode(unpacked(file.read_bytes()), type=Later)
    assert later.new == "nothing yet"
    assert later.heard == CustomerState.from_bytes(file.read_bytes()).heard


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_this_one_reads_what_a_version_to_come_stores(file):
    """So that one relate after the other may be replaced, and taken back."""
    fields = msgspec.msgpack.decode(unpacked(file.read_bytes()))
    longer = msgspec.msgpack.encode([*fields, *[None] * 20, "of a version to come"])
    assert CustomerState.from_bytes(longer).heard == CustomerState.from_bytes(file.read_bytes()).heard


def test_a_bookmark_of_each_version_is_read():
    for file in STORED.glob("bookmark-v*.msgpack"):
        bookmark = Bookmark.from_bytes(file.read_bytes())
        assert bookmark.built_to == 41
        assert bookmark.places["contact.chat.v1/0"].offset == 7
        assert [pending.offset for pending in bookmark.pending] == [12]
