"""Two customers who turn out to be one: the belief is what it would be of one, and the same from either side."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from msgspec.structs import replace

from listener import relationship
from listener.model.signals import Act, Heard
from listener.model.tie import TieState
from listener.relationship.jumps import jump
from tests.relationship.builders import KNOWN, START, act, after, heard, ordered, stories

few = settings(max_examples=25, deadline=None)
END = START + timedelta(days=710)
UPSET = {"signals": {"complaint": 0.9, "distress": 0.9}, "emotions": {"anger": 0.9}, "target": "brand"}
Story = list[Heard | Act]


def merge(one: TieState | None, other: TieState | None) -> TieState:
    tie = relationship.merge(one, other, END, KNOWN)
    assert tie is not None
    return tie


def whole(*signals: Heard | Act) -> TieState:
    return after(*sorted(signals, key=lambda one: one.occurred_at))


def belief(tie: TieState) -> np.ndarray:
    return relationship.read(relationship.forget(tie, END), None, END, KNOWN).p


@few
@given(stories, stories)
def test_a_merge_is_the_same_from_either_side(one: Story, other: Story) -> None:
    first, second = whole(*one), whole(*other)
    assume((first.last_s, first.talk_s) != (second.last_s, second.talk_s))
    left, right = merge(first, second), merge(second, first)
    assert left == right


@few
@given(stories.filter(bool))
def test_one_of_whom_nothing_was_heard_changes_nothing(story: Story) -> None:
    tie = whole(*story)
    for unknown in (None, relationship.begin(END)):
        assert merge(tie, unknown) == merge(unknown, tie) == tie


def test_two_of_whom_nothing_was_heard_are_nobody() -> None:
    assert relationship.merge(None, None, END, KNOWN) is None


@few
@given(stories.filter(lambda story: len(story) > 3))
def test_a_story_told_in_two_halves_gives_nearly_the_belief_of_the_whole(story: Story) -> None:
    story = sorted(story, key=lambda one: one.occurred_at)
    cut = len(story) // 2
    halves = merge(after(*story[:cut]), after(*story[cut:]))
    distance = 0.5 * np.abs(belief(halves) - belief(after(*story))).sum(1)
    assert (distance < NEAR).all()


NEAR = (0.1, 0.1, 0.1)
"""How far held, wanted and enacted may be from those of one id: a talk begun twice, halves rounded (ours)."""


def test_two_that_are_one_keep_the_deeper_rupture() -> None:
    deep, slight = jump(jump(after(heard()), 3, KNOWN), 3, KNOWN), jump(after(heard()), 2, KNOWN)
    one = relationship.merge(deep, replace(slight, at_s=deep.at_s), START, KNOWN)
    assert one is not None
    assert one.ruptured == pytest.approx(deep.ruptured, abs=1e-3)


def test_moves_of_one_sitting_are_one_under_two_names_too() -> None:
    one, other = after(heard(0), heard(3)), after(heard(3.1), heard(9))
    both = merge(one, other)
    assert [minute // 1440 for minute in both.moves] == [0, 3, 9]
    assert both.lengths == (22, 44, 22)
    assert both == merge(other, one)


def test_orders_of_both_are_one_story() -> None:
    both = merge(after(ordered(0), ordered(20)), after(ordered(10)))
    assert [minute // 1440 for minute, *_ in both.orders] == [0, 10, 20]
    assert both.orders == after(ordered(0), ordered(10), ordered(20)).orders


@pytest.mark.parametrize("channel", ["chat", "email"])
def test_distress_is_what_the_later_turns_have_left_of_the_earlier(channel: str) -> None:
    first = [heard(n, f"a{n}", channel=channel, conversation_id=f"a{n}", **UPSET) for n in range(3)]
    then = [
        heard(5 + n, f"b{n}", channel=channel, conversation_id=f"b{n}", target="brand", signals={"gratitude": 0.8})
        for n in range(3)
    ]
    end = START + timedelta(days=8)
    one = relationship.read(after(*first, *then), None, end, KNOWN).distress
    both = relationship.merge(after(*first), after(*then), end, KNOWN)
    assert both is not None
    assert relationship.read(both, None, end, KNOWN).distress == pytest.approx(one, abs=0.02)


def test_what_was_told_last_is_what_is_known_of_the_two() -> None:
    one = replace(after(heard(0)), named=(1, 2, 3), engaged=1, pained=True, answered=(1, 2, 50), agent=7)
    other = replace(after(heard(5)), named=(-1, -1, -1), answered=(3, 4, 90))
    both = merge(one, other)
    assert (both.named, both.engaged, both.pained, both.answered, both.agent) == ((1, 2, 3), 1, True, (3, 4, 90), 7)
    assert merge(one, replace(other, named=(4, 5, 6), engaged=2)).named == (4, 5, 6)


def test_reasons_of_both_are_the_strongest_in_order_of_time() -> None:
    told = [(f"e{n}", "exit", 1, 3, float(n)) for n in range(8)]
    one, other = replace(after(heard(0)), because=tuple(told[::2])), replace(after(heard(5)), because=tuple(told[1::2]))
    assert [moved[0] for moved in merge(one, other).because] == ["e4", "e6", "e3", "e5", "e7"]
    assert merge(one, other) == merge(other, one)


def test_counts_never_grow_beyond_what_can_be_kept() -> None:
    many = after(*[heard(700, f"m{n}", traits={"words": 60_000.0}) for n in range(3)])
    both = merge(merge(many, many), merge(many, many))
    assert np.isfinite(belief(both)).all()


def test_acts_of_the_firm_to_both_names_are_counted_together() -> None:
    both = merge(after(act("recognition_given", 700)), after(act("recognition_given", 701)))
    together = after(act("recognition_given", 700), act("recognition_given", 701))
    assert np.allclose(belief(both), belief(together), atol=1e-2)
