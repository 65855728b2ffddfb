"""How aggrieved somebody sounds, and how much more so than they always do."""

import pytest

from listener.model.ledger import Ledger
from listener.rules.case import Case
from listener.rules.case.grievance import TROUBLE, aggrieved, troubled
from tests.rules.builders import case_of, said


def hearing(habit: float = 0.0, target: str = "brand", **cues: float) -> Case:
    """Somebody's turn, who sounds this aggrieved as a rule."""
    return case_of(said("customer", target=target, **cues), Ledger(habit=habit))


@pytest.mark.parametrize("cue", TROUBLE)
def test_the_loudest_word_of_trouble_says_how_aggrieved_they_are(cue: str) -> None:
    assert aggrieved(hearing(**{"complaint": 0.2, "unanswered": 0.1, cue: 0.7})) == 0.7


def test_whoever_is_angry_at_somebody_else_is_not_aggrieved_with_the_firm() -> None:
    for target in ("rival", "other"):
        assert aggrieved(hearing(target=target, complaint=0.9)) == 0.0


def test_a_failure_told_of_weighs_little_more_than_the_complaint_made_of_it() -> None:
    late = {"failure:late": 0.9, "failure:lost": 0.4}
    assert aggrieved(hearing(**late)) == pytest.approx(0.1)
    assert aggrieved(hearing(**late, complaint=0.3)) == pytest.approx(0.4)
    assert aggrieved(hearing(**{"failure:late": 0.05})) == 0.05
    assert aggrieved(hearing(**{"failure:late": 0.2}, complaint=0.9)) == 0.9


def test_nothing_said_is_no_grievance() -> None:
    assert aggrieved(hearing()) == 0.0


def test_who_sounds_no_worse_than_usual_is_half_as_clearly_in_trouble() -> None:
    assert troubled(hearing(habit=0.25, complaint=0.75)) == 0.75
    assert troubled(hearing(habit=0.75, complaint=0.75)) == 0.375
    assert troubled(hearing(complaint=0.2)) == 0.2  # just so much worse
    assert troubled(hearing(complaint=0.19)) == 0.095
