"""Matters: what hangs together in time, on which belief it is judged, and when it is over."""

from datetime import timedelta

import pytest

from listener.model.ledger import Ledger, unfold
from listener.model.types import TYPE_INDEX
from listener.rules.case import Case, matters
from listener.rules.rehearsing import BEGIN
from tests.rules.builders import CATALOGUE, belief

DAY = timedelta(days=1)


def at(days: float, ledger: Ledger, wanted: str = "old_friends", event: str = "") -> Case:
    """A case so many days after the beginning."""
    return Case(ledger, BEGIN + days * DAY, belief(wanted), None, CATALOGUE, event_id=event)


def test_the_first_act_opens_a_matter_on_the_belief_as_it_stands() -> None:
    case = at(0, Ledger(contacts=7), event="a-1")
    assert matters.current(case) is None
    matter = matters.join(case, "F12")
    assert (matter.key, matter.cause, matter.codes, matter.contacts) == (1, "a-1", ("F12",), 7)
    assert (matter.opened_s, matter.last_s, matter.complained_s) == (case.at_s, case.at_s, 0)
    assert unfold(matter.belief)[0][TYPE_INDEX["old_friends"]] > 0.8
    assert (case.ledger.next_key, case.ledger.matters, matters.current(case)) == (2, (matter,), matter)


def test_what_nobody_caused_is_named_by_its_moment() -> None:
    case = at(0, Ledger())
    assert matters.join(case, "F02").cause == f"due:{case.at_s}"


def test_later_acts_join_it_and_the_belief_stays_the_one_before() -> None:
    first = at(0, Ledger(), event="a-1")
    opened = matters.join(first, "F12")
    later = at(5, first.ledger, wanted="ex_friends", event="a-2")
    joined = matters.join(later, "F16")
    assert (joined.key, joined.cause, joined.codes) == (1, "a-1", ("F12", "F16"))
    assert (joined.belief, joined.opened_s, joined.last_s) == (opened.belief, opened.opened_s, later.at_s)
    assert later.ledger.matters == (joined,)


def test_a_code_is_kept_once_and_a_complaint_is_none() -> None:
    case = at(0, Ledger())
    matters.join(case, "F12")
    matters.join(case, "F12")
    told = matters.join(case, "", complaint=True)
    assert (told.codes, told.complained_s) == (("F12",), case.at_s)
    quiet = matters.join(at(1, case.ledger), "F13")
    assert quiet.complained_s == case.at_s


def test_no_more_than_sixteen_codes_are_kept_the_newest() -> None:
    case = at(0, Ledger())
    for n in range(1, 20):
        matters.join(case, f"F{n:02}")
    assert matters.join(case, "F20").codes == tuple(f"F{n:02}" for n in range(5, 21))


@pytest.mark.parametrize(("days", "goes_on"), [(21, True), (21.001, False)])
def test_a_matter_rests_after_three_weeks_without_anything(days: float, goes_on: bool) -> None:
    case = at(0, Ledger())
    matters.join(case, "F12")
    assert (matters.current(at(days, case.ledger)) is not None) is goes_on


def test_a_matter_never_lasts_longer_than_sixty_days() -> None:
    case = at(0, Ledger())
    matters.join(case, "F12")
    for days in (20, 40, 60):
        case = at(days, case.ledger)
        assert matters.join(case, "F13").key == 1
    after = at(60.001, case.ledger, event="b")
    assert matters.current(after) is None
    fresh = matters.join(after, "F12")
    assert (fresh.key, fresh.cause, after.ledger.next_key) == (2, "b", 3)
    assert [one.key for one in after.ledger.matters] == [2]  # one is remembered


def test_what_is_told_late_does_not_set_a_matter_back() -> None:
    case = at(5, Ledger())
    matters.join(case, "F12")
    assert matters.join(at(4, case.ledger), "F13").last_s == case.at_s
