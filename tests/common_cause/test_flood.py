"""A flood of one rule is capped for every customer, and summed up for the brand."""

from collections import Counter
from datetime import timedelta

import pytest

from listener import catalogue
from listener.envelopes.recording import read
from listener.model.outputs import Alert
from listener.replay import replay
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.crowds import ACT_AT, BRAND, customers, rise

CROWD, RISES = 30, 15
CATALOGUE = catalogue.load()


@pytest.fixture(scope="module")
def alerts() -> list[Alert]:
    """What fifteen price rises in five hours lead to, until long after."""
    flood = [rise(f"rise-{n}", ACT_AT + n * timedelta(minutes=20), f"product {n}") for n in range(RISES)]
    records = [recorded.as_record() for recorded in read([*customers(CROWD), *flood])]
    settings = Settings(brand=BRAND)
    told = replay(records, ACT_AT + timedelta(days=40), hearing_of(settings, CATALOGUE), core_of(settings, CATALOGUE))
    return [outcome.value for outcome in told if outcome.topic == "alerts"]


def test_no_customer_is_alerted_more_often_than_the_cap_allows(alerts: list[Alert]):
    raised = Counter(one.customer_id for one in alerts if one.status == "raised" and one.customer_id)
    assert len(raised) == CROWD
    assert max(raised.values()) <= CATALOGUE.thresholds.alerts_a_day


def test_the_brand_is_told_once_an_hour_at_most(alerts: list[Alert]):
    brands = [one for one in alerts if one.customer_id is None]
    assert [one.status for one in brands].count("raised") == 1
    hours = [int((one.updated_at - brands[0].started_at) / timedelta(hours=1)) for one in brands]
    assert len(set(hours)) == len(hours) <= 2 + RISES / 3


def test_it_counts_exactly_those_who_were_alerted(alerts: list[Alert]):
    """None lost, none counted twice: as many as have an alert of the rule and cause, each with its last severity."""
    last = [one for one in alerts if one.customer_id is None][-1]
    own = {
        one.customer_id: one.severity for one in alerts if one.customer_id and one.cause_event_id == last.cause_event_id
    }
    assert last.gathered.customers == len(own)
    assert last.gathered.severities == Counter(own.values())
    assert sum(last.counts.values()) == len(own)
