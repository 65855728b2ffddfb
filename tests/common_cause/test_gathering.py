"""One act that hurts many makes one alert of the brand: the same whatever order and however often it is heard."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listener import catalogue
from listener.common_cause import Gathering, gather
from listener.model.outputs import Alert
from tests.common_cause.builders import AT, HOUR, alert, many

CATALOGUE = catalogue.load()
ABOVE = CATALOGUE.thresholds.brand_alert_above


def said(alerts: list[Alert]) -> list[Alert]:
    return [outcome.value for outcome in gather(alerts, "acme", CATALOGUE)]


def live(alerts: list[Alert], looks: set[int]) -> list[Alert]:
    """What one who looks after these of the records, and at the end, would say; hearing itself too."""
    gathering, told = Gathering("acme", CATALOGUE), []
    for number, one in enumerate(alerts):
        gathering.take(one)
        if number in looks or number == len(alerts) - 1:
            for key in list(gathering.causes):
                for owed in list(gathering.owed(key)):
                    told.append(owed.alert)
                    gathering.take(owed.alert)
    return told


def test_as_many_as_the_number_make_none_and_one_more_makes_one():
    assert said(many(ABOVE)) == []
    (only,) = said(many(ABOVE + 1))
    assert (only.status, only.customer_id, only.gathered.customers) == ("raised", None, ABOVE + 1)


def test_those_hit_over_a_longer_time_are_no_crowd():
    slowly = [alert(n, started=n * HOUR / 2, after=n * HOUR / 2) for n in range(3 * ABOVE)]
    assert said(slowly) == []


def test_it_says_how_many_of_which_type_how_grave_what_is_at_stake_and_what_mends_it_for_most():
    hit = many(20) + [
        alert(n, wanted="old_friends", severity="high", repair={"role": "relationship_host", "do": ["apologise"]})
        for n in range(20, 30)
    ]
    (only,) = said(hit)
    assert only.counts == {"captive": 20, "old_friends": 10}
    assert only.gathered.severities == {"high": 10, "medium": 20}
    assert (only.severity, only.value_at_risk.amount) == ("high", Decimal("303.00"))
    assert (only.repair.role, only.repair.do, only.repair.avoid) == ("fairness_desk", ("cap_or_explain",), ("voucher",))
    assert only.title.startswith("30 customers at once: ")
    assert "20 as “locked-in customer”, 10 as" in only.why
    assert [only.cause_event_id, only.evidence[0].event_id] == ["rise", "rise"]


def test_money_of_several_currencies_is_not_added_up():
    hit = many(20) + [alert(n, value_at_risk={"amount": "7.00", "currency": "EUR"}) for n in range(20, 25)]
    (only,) = said(hit)
    assert (only.value_at_risk.amount, only.value_at_risk.currency) == (Decimal("202.00"), "USD")
    assert "202.00 USD and 35.00 EUR" in only.why


def test_an_hour_is_told_once_and_only_where_something_changed():
    mended = [alert(n, "resolved", timedelta(hours=2, minutes=n + 1)) for n in range(10)]
    escalated = [alert(n, "escalated", 24 * HOUR) for n in range(10, 30)]
    again = [alert(10, "acknowledged", 25 * HOUR)]  # changes nothing that the brand's alert tells
    told = said(many() + mended + escalated + again)
    assert [(one.status, one.updated_at - AT, one.gathered.open) for one in told] == [
        ("raised", timedelta(0), 30),
        ("updated", timedelta(hours=2, minutes=10), 20),
        ("escalated", 24 * HOUR, 20),
    ]


@pytest.mark.parametrize(("last", "ending"), [("resolved", "resolved"), ("expired", "expired")])
def test_it_ends_when_its_members_have_ended(last, ending):
    told = said(many() + [alert(n, "resolved" if n else last, 5 * HOUR) for n in range(30)])
    assert [one.status for one in told] == ["raised", ending]
    assert told[-1].ended_at == told[-1].updated_at == AT + 5 * HOUR
    assert (told[-1].gathered.open, told[-1].suppresses) == (0, ())


def test_alerts_of_one_customers_own_cause_and_of_other_brands_are_not_counted():
    assert said([alert(n, cause_event_id=None) for n in range(50)]) == []
    assert said([alert(n, brand="other") for n in range(50)]) == []


def test_the_id_depends_on_brand_rule_and_cause_only():
    from hashlib import sha256

    (only,) = said(many())
    assert only.alert_id == sha256(b"acme|price-rise-without-notice|rise").hexdigest()[:32]


STATUSES = ("updated", "escalated", "acknowledged", "resolved", "expired")


@st.composite
def lives(draw):
    """The lives of enough customers' alerts, each in its own order."""
    count = draw(st.integers(ABOVE - 2, ABOVE + 6))
    told = []
    for n in range(count):
        started = timedelta(minutes=draw(st.integers(0, 50)))
        mine = [alert(n, started=started, after=started, wanted=draw(st.sampled_from(["captive", "fling"])))]
        for status in draw(st.lists(st.sampled_from(STATUSES), max_size=2)):
            if mine[-1].status in ("resolved", "expired"):
                break
            later = mine[-1].updated_at - AT + timedelta(minutes=draw(st.integers(0, 200)))
            severity = draw(st.sampled_from(["medium", "high"]))
            mine.append(alert(n, status, later, started=started, severity=severity))
        told.append(mine)
    return told


@st.composite
def arrivals(draw):
    """The same lives as they may come: partitions in any order, each customer's own kept, any of it again."""
    members = draw(lives())
    order = draw(st.permutations([n for n, mine in enumerate(members) for _ in mine]))
    taken, come = Counter(), []
    for n in order:
        come.append(members[n][taken[n]])
        taken[n] += 1
    again = draw(st.lists(st.sampled_from(come), max_size=10))
    return [one for mine in members for one in mine], come + again, draw(st.sets(st.integers(0, len(come) - 1)))


@settings(max_examples=40, deadline=None)
@given(arrivals())
def test_order_and_repeats_change_nothing(told):
    members, come, _ = told
    assert said(come) == said(members)


@settings(max_examples=40, deadline=None)
@given(arrivals())
def test_whoever_looks_in_between_ends_with_the_same_last_word(told):
    """Live, where the rest may still be on its way: id and last word are the replay's, and it is raised once."""
    members, come, looks = told
    should_be, heard = said(members), live(come, looks)
    assert {one.alert_id for one in heard} == {one.alert_id for one in should_be}
    assert [one.status for one in heard].count("raised") == bool(should_be)
    if should_be and heard[-1].status not in ("resolved", "expired"):
        last, other = heard[-1], should_be[-1]
        assert (last.gathered, last.counts, last.value_at_risk) == (other.gathered, other.counts, other.value_at_risk)
        assert (last.severity, last.repair, last.started_at) == (other.severity, other.repair, other.started_at)


@settings(max_examples=40, deadline=None)
@given(arrivals())
def test_nothing_follows_an_ending_and_time_never_goes_back(told):
    _, come, looks = told
    heard = live(come, looks)
    assert not any(one.status in ("resolved", "expired") for one in heard[:-1])
    times = [one.updated_at for one in heard]
    assert times == sorted(times)


def test_an_ending_that_lies_before_what_was_said_is_told_once():
    """One who came late had escalated; the others had ended before, and so had it."""
    others = [alert(n, "expired", 2 * HOUR) for n in range(30)]
    late = [alert(30, "resolved", 30 * HOUR)]
    told = live([*many(31), *late, *others], looks={30, 31, 61})
    assert [one.status for one in told] == ["raised", "updated", "expired"]
    assert told[-1].updated_at == told[-1].ended_at == told[1].updated_at
    anew = Gathering("acme", CATALOGUE)
    for one in [*many(31), *late, *others, *told]:
        anew.take(one)
    assert not [owed for key in anew.causes for owed in anew.owed(key)]


@settings(max_examples=40, deadline=None)
@given(arrivals())
def test_who_takes_over_says_nothing_twice(told):
    """What was said stands on the topic; a new one reads it with all the rest and owes nothing."""
    _, come, looks = told
    heard = live(come, looks)
    anew = Gathering("acme", CATALOGUE)
    for one in [*come, *heard]:
        anew.take(one)
    assert not [owed for key in anew.causes for owed in anew.owed(key)]
