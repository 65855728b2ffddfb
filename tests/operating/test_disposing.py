"""Which alerts a word on one alert is for: a customer's own, or all that the brand's alert stands for."""

from datetime import timedelta

import pytest

from listener.common_cause import gather
from listener.operating.disposing import NoSuchAlert, meant_by
from tests.common_cause.builders import alert, many
from tests.rules.builders import CATALOGUE


def brands(alerts):
    """What the brand is told of these, last word last."""
    return [outcome.value for outcome in gather(alerts, "acme", CATALOGUE)]


def test_a_customers_alert_is_meant_alone() -> None:
    assert [one.customer_id for one in meant_by(many(), "a-7")] == ["C-7"]


def test_the_brands_alert_means_every_customers_that_is_open_and_of_its_rule_and_act() -> None:
    ended = [alert(0, "resolved", timedelta(hours=1))]
    strangers = [alert(90, cause_event_id="another"), alert(91, rule_id="demotion"), alert(92, cause_event_id=None)]
    told = [*many(), *ended, *strangers]
    (raised, *_) = brands(told)
    meant = meant_by([*told, raised], raised.alert_id)
    assert {one.customer_id for one in meant} == {f"C-{n}" for n in range(1, 30)}


@pytest.mark.parametrize("alert_id", ["nobody", "a-0"])
def test_what_is_not_there_or_has_ended_is_said(alert_id: str) -> None:
    with pytest.raises(NoSuchAlert, match=alert_id):
        meant_by([*many(), alert(0, "expired", timedelta(days=30))], alert_id)


def test_when_all_it_stands_for_are_resolved_the_brands_alert_is() -> None:
    """So one word on the brand's alert ends it, by way of the customers'."""
    resolved = [alert(n, "resolved", timedelta(hours=3)) for n in range(30)]
    assert [one.status for one in brands([*many(), *resolved])] == ["raised", "resolved"]
