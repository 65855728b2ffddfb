"""Every released version of what relate stores can be read for ever, and what a later one stores, by this one.

`stored/` holds what each version wrote, under its name; a new version adds files, and never changes those there are.
"""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from listener import catalogue
from listener.model.ledger import Ledger
from listener.model.signals import Wake
from listener.model.state import VERSION, CustomerState
from listener.relate.bookmark import Bookmark
from listener.settings import Settings
from listener.workbench import core_of

STORED = Path(__file__).parent / "stored"
STATES = sorted(STORED.glob("state-v*.msgpack"))


class Later(CustomerState, frozen=True, array_like=True, dict=True):
    """A version to come."""

    new: str = "nothing yet"


@pytest.fixture(scope="module")
def core():
    return core_of(Settings(brand="acme"), catalogue.load())


def test_this_version_has_left_a_file():
    assert f"state-v{VERSION}.msgpack" in {file.name for file in STATES}


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
def test_a_version_to_come_reads_what_this_one_stores(file):
    later = msgspec.msgpack.decode(file.read_bytes(), type=Later)
    assert later.new == "nothing yet"
    assert later.heard == CustomerState.from_bytes(file.read_bytes()).heard


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_this_one_reads_what_a_version_to_come_stores(file):
    """So that one relate after the other may be replaced, and taken back."""
    fields = msgspec.msgpack.decode(file.read_bytes())
    longer = msgspec.msgpack.encode([*fields, *[None] * 20, "of a version to come"])
    assert CustomerState.from_bytes(longer).heard == CustomerState.from_bytes(file.read_bytes()).heard


def test_a_bookmark_of_each_version_is_read():
    for file in STORED.glob("bookmark-v*.msgpack"):
        bookmark = Bookmark.from_bytes(file.read_bytes())
        assert bookmark.built_to == 41
        assert bookmark.places["contact.chat.v1/0"].offset == 7
        assert [pending.offset for pending in bookmark.pending] == [12]
