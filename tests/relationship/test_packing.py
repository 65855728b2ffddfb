"""How the belief's numbers are stored: few bytes, and no sum stops growing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from listener import catalogue, relationship
from listener.model.signals import Heard
from listener.model.tie import SLOTS, TieState
from listener.model.types import TYPES
from listener.relationship.belief import look, voiced
from listener.relationship.packing import LARGE, MOST, pack, pack_sparse, pack_sums, unpack, unpack_sparse
from listener.relationship.revising import add
from listener.rules.rehearsing import BEGIN

KNOWN = catalogue.load()
AMOUNTS = st.floats(-2 * MOST, 2 * MOST).map(lambda x: x if abs(x) > 1e-3 else 0.0)


def counted(times: int, **amounts: float) -> TieState:
    """A tie after so many turns that each add this."""
    tie = relationship.begin(BEGIN)
    for _ in range(times):
        tie = add(tie, [*amounts.items()], KNOWN)
    return tie


def test_a_customer_of_thousands_of_turns_is_counted_to_the_last_and_their_turns_are_as_long_as_they_are() -> None:
    """In half precision alone, a turn more adds nothing after 2,048 of them, and 2,500 of 12 words have 13 each."""
    seen = look(counted(4000, turns=1.0, words=12.0, trait_modal=0.07), None, int(BEGIN.timestamp()), KNOWN)
    assert seen.n("turns") == pytest.approx(4000, rel=0.001)
    assert seen.share("words", "turns") == pytest.approx(12, rel=0.01)
    assert seen.share("trait_modal", "turns") == pytest.approx(0.07, rel=0.02)


def test_what_thousands_of_turns_say_of_each_type_goes_on_adding_up() -> None:
    said = {"event_id": "e", "occurred_at": BEGIN, "heard_at": BEGIN, "customer_id": "C-1", "brand": "acme"}
    turn = Heard(**said, channel="chat", role="customer", voices={TYPES[0]: 0.3, TYPES[1]: -0.1})
    tie = relationship.begin(BEGIN)
    for _ in range(3000):
        tie = relationship.revise(tie, turn, (), None, KNOWN)
    summed = unpack(tie.voices, len(TYPES), tie.voices_carry)
    assert summed[:2].tolist() == pytest.approx([900, -300], rel=0.01)
    assert voiced(look(tie, None, tie.at_s, KNOWN), KNOWN).any()


def test_a_sum_never_grows_beyond_what_can_be_stored() -> None:
    values = np.array([1e9, -1e9])
    assert unpack_sparse(*pack_sparse(values), 2).tolist() == unpack(pack(values), 2).tolist() == [MOST, -MOST]


@given(st.lists(AMOUNTS, max_size=60))
def test_what_is_stored_is_read_to_one_part_in_a_thousand_and_what_is_large_to_one_in_a_hundred_thousand(
    amounts: list[float],
) -> None:
    values = np.clip(np.array(amounts), -MOST, MOST)
    again = unpack_sparse(*pack_sparse(values), len(amounts))
    off = np.abs(again - values)
    assert (off <= np.abs(values) / 2**11).all()
    assert (off <= np.abs(values) / 2**17)[np.abs(values) >= LARGE + 1].all()


@given(st.lists(AMOUNTS, min_size=1, max_size=60))
def test_what_was_stored_is_stored_alike_again(amounts: list[float]) -> None:
    stored = pack_sparse(np.array(amounts))
    assert pack_sparse(unpack_sparse(*stored, len(amounts))) == stored
    sums = pack_sums(np.array(amounts))
    assert pack_sums(unpack(sums[0], len(amounts), sums[1])) == sums


def test_a_state_of_before_is_read_as_it_was_and_an_older_relate_reads_ours_a_little_coarser() -> None:
    tie = counted(300, turns=1.0, words=12.3)
    assert tie.counts_carry
    coarse, fine = (look(one, None, tie.at_s, KNOWN) for one in (replace(tie, counts_carry=b""), tie))
    halves = np.frombuffer(tie.counts, "<f2", -1, 1 + tie.counts[0])
    assert sorted(coarse.counts[coarse.counts != 0]) == sorted(halves)
    assert coarse.n("words") == pytest.approx(fine.n("words"), rel=0.001)
    assert unpack_sparse(tie.counts, b"", len(SLOTS)).shape == (len(SLOTS),)


def test_who_is_seldom_heard_carries_nothing() -> None:
    assert counted(15, turns=1.0).counts_carry == b""
