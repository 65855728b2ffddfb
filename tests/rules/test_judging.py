"""What the revised belief minds: what is asked of the profile, what weighs after what the firm has done."""

from datetime import date

import pytest

from listener.model.inputs import Profile
from listener.model.ledger import Deed, Ledger
from listener.rules import assess
from listener.rules.rehearsing import BEGIN
from tests.rules.builders import CATALOGUE, DAY, OPENED, belief, said


@pytest.mark.parametrize(("since", "told"), [(None, ["D01"]), (date(2020, 1, 1), [])])
def test_distress_of_somebody_new_is_told_by_their_words_and_the_profile_says_who_is_new(
    since: date | None, told: list[str]
) -> None:
    profile = Profile(customer_id="C-1", customer_since=since)
    heard, reading = said("customer", distress=0.9, complaint=0.9), belief("captive", distress=0.9)
    _, findings = assess(Ledger(about_brand=True), heard, reading, profile, CATALOGUE)
    assert [one.code for one in findings] == told


@pytest.mark.parametrize("broke", [False, True])
def test_who_turns_away_after_a_breach_of_the_firms_breaks_no_rule(broke: bool) -> None:
    deeds = (Deed("F12", OPENED - DAY, 2, 90),) if broke else ()
    ledger = Ledger(first_s=OPENED - 40 * DAY, deeds=deeds)
    for moment in (said("customer"), BEGIN):
        _, (found,) = assess(ledger, moment, belief("teammates", engagement="dialling_down"), None, CATALOGUE)
        assert (found.code, found.level > 0) == ("C02", not broke)
