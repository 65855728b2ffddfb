"""The threads are well formed, use the project's own types and codes, and both halves are alike."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, get_args

import pytest
from pydantic import BaseModel, ConfigDict, Field

from listener.catalogue import load
from listener.model.types import TypeId

HERE = Path(__file__).parent
HALVES = ("dev", "unseen")
LATER = ("dev2a", "dev2b", "dev5a", "dev5b")
"""Written later for development: no halves of a series."""
RARE = ("dev3", "dev4a", "dev4b", "dev5c", "dev6a")
"""Written later still, for the types that few write in with, and for need."""
BORDER = ("dev6b", "dev8a", "dev8b", "dev8c", "dev8d")
"""On the border between a plain exchange and the rest."""
OTHER = ("dev9a", "dev9b")
"""Of other kinds than posts: chats, mails, calls, reviews."""
FILES = (*HALVES, *LATER, *RARE, *BORDER, *OTHER)
MOST_NEEDED = ("F02", "F04", "F12", "C01", "C04", "C05")
Channel = Literal["social", "chat", "email", "voice"]
Level = Annotated[int, Field(ge=0, le=3)]
Flag = Annotated[int, Field(ge=0, le=1)]


class _Strict(BaseModel):
    """No field unknown, no value bent into shape; inputs are not shown, since one half is not to be read."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class Turn(_Strict):
    who: Literal["cust", "rep"]
    text: Annotated[str, Field(min_length=1)]


class Labels(_Strict):
    wanted: TypeId
    plausible: Annotated[list[TypeId], Field(max_length=3)]
    confidence: Annotated[int, Field(ge=1, le=3)]
    acts: list[str]
    distress: Level
    exit_intent: Flag
    suggestion: Flag
    dial: Literal["up", "down", "none"]
    valence: Literal["pos", "neg", "mixed", "neutral"]


class Second(_Strict):
    """What another reader saw, who knew the text alone."""

    wanted: TypeId
    plausible: Annotated[list[TypeId], Field(max_length=3)]
    confidence: Annotated[int, Field(ge=1, le=3)]
    distress: Level
    exit_intent: Flag


class Third(_Strict):
    """What one more reader saw who was asked for some borders only."""

    wanted: TypeId
    plausible: Annotated[list[TypeId], Field(max_length=3)]


class Thread(_Strict):
    id: str
    channel: Channel
    industry: str
    turns: Annotated[list[Turn], Field(min_length=1)]
    labels: Labels
    second: Second | None = None
    third: Third | None = None
    fourth: Third | None = None


def threads(half: str) -> list[Thread]:
    lines = (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Thread.model_validate_json(line) for line in lines]


@pytest.mark.parametrize("half", FILES)
def test_every_thread_has_the_form_the_readme_gives(half: str) -> None:
    for thread in threads(half):
        labels = thread.labels
        assert thread.turns[0].who == "cust" or thread.channel in ("voice", "chat"), thread.id
        assert labels.wanted not in labels.plausible, thread.id
        assert len(set(labels.plausible)) == len(labels.plausible), thread.id


@pytest.mark.parametrize("half", FILES)
def test_every_act_is_a_code_of_the_taxonomy_once(half: str) -> None:
    known = {code for code in load().acts.by_code if code[0] in "FCB"}
    for thread in threads(half):
        assert set(thread.labels.acts) <= known, thread.id
        assert len(set(thread.labels.acts)) == len(thread.labels.acts), thread.id


def test_no_thread_is_told_twice() -> None:
    told = [thread for half in FILES for thread in threads(half)]
    assert max(Counter(thread.id for thread in told).values()) == 1
    assert max(Counter(tuple(turn.text for turn in thread.turns) for thread in told).values()) == 1


def test_both_halves_are_dealt_from_one_series() -> None:
    """About two to one, and each type and channel is heard in both."""
    dev, unseen = threads("dev"), threads("unseen")
    assert 0.3 < len(unseen) / (len(dev) + len(unseen)) < 0.37
    for half in (dev, unseen):
        assert {thread.labels.wanted for thread in half} == set(get_args(TypeId))
        assert {thread.channel for thread in half} == set(get_args(Channel))


@pytest.mark.parametrize("half", sorted(set(FILES) - {"unseen"}))
def test_two_readers_mostly_see_the_same(half: str) -> None:
    """Everything that is learned from has a second reader, to whom the first's type is at least plausible."""
    told = [(thread.labels, thread.second) for thread in threads(half)]
    both = [(first, second) for first, second in told if second]
    assert len(both) == len(told)
    assert sum(b.wanted in (a.wanted, *a.plausible) or a.wanted in b.plausible for a, b in both) >= 0.97 * len(both)
    assert sum(a.wanted == b.wanted for a, b in both) >= 0.8 * len(both)


@pytest.mark.parametrize("code", MOST_NEEDED)
def test_the_acts_heard_most_on_such_channels_are_there_and_are_absent(code: str) -> None:
    """Enough of each to measure, and enough threads without it to be wrong about."""
    for half, fewest in (("dev", 40), ("unseen", 15)):
        told = [code in thread.labels.acts for thread in threads(half)]
        assert fewest <= sum(told) <= 0.5 * len(told)


def test_each_type_is_told_at_least_five_times() -> None:
    told = Counter(thread.labels.wanted for half in HALVES for thread in threads(half))
    assert min(told.values()) >= 5


@pytest.mark.parametrize("later", LATER)
def test_the_later_threads_ask_mostly_for_little_and_leave_no_type_out(later: str) -> None:
    """As in life, most want their matter settled and no more, then come the cheerful."""
    told = Counter(thread.labels.wanted for thread in threads(later))
    assert set(told) == set(get_args(TypeId))
    assert min(told.values()) >= 2
    assert [name for name, _ in told.most_common(2)] == ["basic_exchange", "buddies"]


@pytest.mark.parametrize("rare", RARE)
def test_the_sets_for_rare_ties_tell_each_at_least_eight_times(rare: str) -> None:
    """Two or three threads teach nothing of a type that is hard to tell apart; most still want their matter settled."""
    told = Counter(thread.labels.wanted for thread in threads(rare))
    assert set(told) == set(get_args(TypeId))
    assert min(told.values()) >= 8
    assert told.most_common(1)[0][0] == "basic_exchange"


@pytest.mark.parametrize("rare", ["dev3", "dev4a"])
def test_the_sets_for_rare_ties_have_each_degree_of_distress_under_several_families(rare: str) -> None:
    """Fury is not distress and a type is not a degree: each degree comes with many types."""
    for level in range(4):
        assert len({thread.labels.wanted for thread in threads(rare) if thread.labels.distress == level}) >= 10, level
