"""Distress: lines written in a row weigh as the turn they are, and a breach is felt once, in words or without."""

import pytest

from listener import relationship
from listener.model.findings import Finding
from listener.model.signals import Act, Heard
from listener.model.tie import TieState
from listener.relationship.distress import felt_at
from tests.relationship.builders import KNOWN, act, after, heard
from tests.relationship.test_belief import breach

SECOND = 1 / 86_400
HURT = {"complaint": 0.9, "distress": 0.8}
THANKS = {"gratitude": 0.9}


def felt(tie: TieState) -> float:
    """Nats of distress at the last signal."""
    return felt_at(tie, tie.at_s, KNOWN)


def line(
    n: int, role: str = "customer", signals: dict[str, float] | None = None, every: float = 5, talk: str = "x"
) -> Heard:
    """The n-th line of a chat, some seconds after the one before."""
    return heard(n * every * SECOND, f"l{n}", signals=signals or {}, conversation_id=talk, role=role)


def test_the_same_words_in_one_line_or_in_three_weigh_alike() -> None:
    once = after(line(0, signals=HURT))
    thrice = after(line(0), line(1, signals=HURT), line(2))
    assert felt(thrice) == pytest.approx(felt(once), rel=0.02)


def test_saying_it_three_times_in_a_row_is_no_more_than_saying_it_most_plainly() -> None:
    thrice = after(*[line(n, signals={"complaint": p}) for n, p in enumerate((0.5, 0.9, 0.7))])
    assert felt(thrice) == pytest.approx(felt(after(line(0, signals={"complaint": 0.9}))), rel=0.02)


def test_thanks_in_the_last_of_several_lines_ease_the_turn() -> None:
    assert felt(after(line(0, signals=HURT), line(1, signals=THANKS))) < felt(after(line(0, signals=HURT)))


@pytest.mark.parametrize(
    "between",
    [
        pytest.param([line(1, "agent")], id="an answer"),
        pytest.param([line(1, "bot")], id="a bot's line"),
    ],
)
def test_who_speaks_again_after_another_begins_a_turn(between: list[Heard]) -> None:
    again = after(line(0, signals=HURT), *between, line(2, signals=HURT))
    assert felt(again) > 1.3 * felt(after(line(0, signals=HURT), *between))


def test_a_line_long_after_or_in_another_talk_begins_a_turn() -> None:
    once = felt(after(line(0, signals=HURT)))
    late = felt(after(line(0, signals=HURT), line(1, signals=HURT, every=KNOWN.distress.line_s + 60)))
    apart = felt(after(line(0, signals=HURT), line(1, signals=HURT, talk="y")))
    assert min(late, apart) > 1.3 * once


def test_a_firms_lines_in_a_row_are_one_answer() -> None:
    asked = line(0, signals=HURT)
    once = after(asked, line(1, "agent", {"scripted": 0.9}))
    twice = after(asked, line(1, "agent", {"scripted": 0.9}), line(2, "agent", {"scripted": 0.9}))
    assert felt(once) > felt(after(asked))
    assert felt(twice) == pytest.approx(felt(once), rel=0.02)


def test_a_breach_read_from_words_adds_nothing_to_them_and_one_without_words_hurts() -> None:
    def suffered(signal: Heard | Act, *found: Finding) -> float:
        return felt(relationship.revise(after(line(0)), signal, found, None, KNOWN))

    said, done = line(1, "agent", {"refusal": 0.9}), act("service_incident", 1, incident="lost", severity=3)
    assert suffered(said, breach("F06")) == suffered(said)
    assert suffered(done, breach("F12")) > suffered(done) + 0.5


def test_need_told_calmly_is_distress() -> None:
    calm = after(line(0, signals={"question": 0.9}))
    assert felt(after(line(0, signals={"question": 0.9, "need": 0.9}))) > felt(calm) + 1.0
