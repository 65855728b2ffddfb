"""Whatever the estimator weighs has words that stand behind “because”."""

import pytest

from listener.retelling.reasons import reason
from tests.rules.builders import CATALOGUE

FEATURES = [*CATALOGUE.emissions.names, "voice", "answer", "rupture", "mending"]


@pytest.mark.parametrize("more", [True, False])
def test_every_feature_is_a_clause_in_plain_words(more: bool) -> None:
    told = {name: reason(name, more=more) for name in FEATURES}
    assert {name: words for name, words in told.items() if "_" in words or " " not in words} == {}


def test_only_how_words_are_put_goes_by_one_phrase_for_many() -> None:
    """A feature that was added and has no words of its own would be told as form."""
    form = {name for name in CATALOGUE.emissions.names if reason(name) == reason("says_modal")}
    groups = dict(zip(CATALOGUE.emissions.names, CATALOGUE.emissions.group_of.tolist(), strict=True))
    manner = {CATALOGUE.emissions.groups[groups[name]] for name in form}
    assert manner <= {"manner", "voices", "words", CATALOGUE.emissions.groups[-1]}
