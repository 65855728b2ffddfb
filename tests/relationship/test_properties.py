"""What always holds of the belief, however strange the story."""

from datetime import timedelta

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listener import pipeline, relationship
from listener.model.inputs import Profile, SurveyAnswer
from listener.model.signals import Act, Heard
from listener.model.state import CustomerState
from listener.model.tie import TieState
from listener.model.types import TYPES
from tests.relationship.builders import KNOWN, START, after, heard, profiles, stories, turns

Story = list[Heard | Act]
few = settings(max_examples=25, deadline=None)


def belief(tie: TieState, days: float = 800.0, profile: Profile | None = None) -> np.ndarray:
    return relationship.read(tie, profile, START + timedelta(days=days), KNOWN).p


@few
@given(stories, st.none() | profiles, st.integers(0, 5000))
def test_each_track_stays_a_distribution(story: Story, profile: Profile | None, days: int) -> None:
    p = belief(after(*story, profile=profile), days, profile)
    assert p.shape == (3, len(TYPES))
    assert np.allclose(p.sum(1), 1.0, atol=1e-9)
    assert (p > 0).all()


@few
@given(stories, profiles)
def test_every_readout_stays_within_its_bounds(story: Story, profile: Profile) -> None:
    reading = relationship.read(after(*story, profile=profile), profile, START + timedelta(days=710), KNOWN)
    told = relationship.estimate(reading, ("C-1", "acme"), START, len(story), 0.0, profile, KNOWN).checked()
    assert 0 <= told.leaving <= 1
    assert 0 <= told.distress <= 1
    assert len(told.because) <= 5
    assert all(0 <= u <= 1 for u in reading.unsettled)


@few
@given(turns(), st.randoms(use_true_random=False))
def test_evidence_within_a_message_commutes(turn: Heard, chance: object) -> None:
    shuffled = list(turn.signals.items())
    chance.shuffle(shuffled)
    again = turn.model_copy(update={"signals": dict(shuffled)})
    assert np.allclose(belief(after(turn)), belief(after(again)), atol=1e-9)


@few
@given(stories, st.integers(0, 600), st.integers(0, 600))
def test_forgetting_twice_equals_forgetting_once_for_as_long(story: Story, first: int, second: int) -> None:
    tie = after(*story)
    half = START + timedelta(days=710 + first)
    whole = half + timedelta(days=second)
    twice = relationship.forget(relationship.forget(tie, half), whole)
    assert twice == relationship.forget(tie, whole)


@few
@given(stories)
def test_silence_alone_never_makes_an_enemy(story: Story) -> None:
    tie = after(*story)
    hostile = [TYPES.index(name) for name in ("enemies", "adversaries", "ex_friends", "captive", "stalker_prey")]
    soon, late = belief(tie, 705), belief(tie, 705 + 3650)
    assert (late[:2, hostile].sum(1) <= np.maximum(soon[:2, hostile].sum(1), 0.25) + 0.02).all()


@few
@given(stories)
def test_a_belief_survives_its_bytes(story: Story) -> None:
    tie = after(*story)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(tie), type=TieState) == tie


def answered(days: float, goal: str) -> Heard:
    survey = {"event_id": goal, "occurred_at": START, "customer": {"customer_id": "C-1"}, "instrument": "1q"}
    return heard(days, f"s{goal}", channel="survey", survey=SurveyAnswer.model_validate(survey | {"wanted": goal}))


@pytest.mark.parametrize("start", TYPES[::7])
def test_every_type_is_reachable_from_every_other(start: str) -> None:
    """Whatever is believed, an answer leads to any type, and words that fit a type lead toward it."""
    first = [heard(0.1 * n, f"a{n}", voices={start: 4.0}) for n in range(4)]
    before = belief(after(*first), 10)
    for goal in set(TYPES) - {start}:
        place = TYPES.index(goal)
        told = belief(after(*first, answered(10, goal)), 10)
        assert int(told[1].argmax()) == place, f"from {start} to {goal}"
        spoken = belief(after(*first, *[heard(3 + n, f"b{n}", voices={goal: 4.0}) for n in range(6)]), 10)
        assert spoken[1, place] > 2 * before[1, place], f"from {start} toward {goal}"


@few
@given(stories.filter(bool), st.integers(0, 3))
def test_hearing_twice_changes_nothing(story: Story, place: int) -> None:
    """The bus delivers at least once: what was heard lately is known again, and the belief is what it was."""
    state = CustomerState("C-1", "acme")
    for signal in sorted(story, key=lambda one: one.occurred_at):
        state, _ = pipeline.step(state, signal, KNOWN)
    again = sorted(story, key=lambda one: one.occurred_at)[-1 - place % len(story)]
    assert pipeline.step(state, again, KNOWN) == (state, ())


def test_a_late_signal_finds_no_time_elapsed() -> None:
    tie = after(heard(10, "b"), heard(2, "a"))
    assert tie.at_s == int((START + timedelta(days=10)).timestamp())
