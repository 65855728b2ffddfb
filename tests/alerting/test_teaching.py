"""What people teach the listener: dispositions, silences, rules that are off or in the shadow."""

from datetime import timedelta

from listener import alerting
from listener.model.inputs import Command
from listener.rules.rehearsing import BEGIN
from tests.alerting.harness import Customer
from tests.alerting.test_life import failure

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_false_alarm_silences_its_rule_for_thirty_days() -> None:
    customer = Customer("basic_exchange").hear(failure())
    customer.dispose(HOUR, alert_id=customer.last("F12").alert_id, disposition="false_alarm")
    customer.hear(failure("20 d"))
    assert customer.life("F12") == ["raised", "resolved"]
    assert customer.hear(failure("45 d")).life("F12")[-1] == "raised"


def test_expected_raises_the_threshold_by_one_level() -> None:
    customer = Customer("best_friends").hear(failure())  # medium for best friends
    customer.dispose(HOUR, alert_id=customer.last("F12").alert_id, disposition="expected")
    assert customer.hear(failure("20 d")).life("F12") == ["raised", "resolved"]
    louder = Customer("basic_exchange").hear(failure())  # high for a plain buyer
    louder.dispose(HOUR, alert_id=louder.last("F12").alert_id, disposition="expected")
    assert louder.hear(failure("20 d")).life("F12")[-1] == "raised"


def test_a_disposition_may_name_the_rule() -> None:
    customer = Customer("basic_exchange").hear(failure())
    assert customer.dispose(HOUR, rule_id="failure", disposition="resolved").life("F12") == ["raised", "resolved"]


def test_a_disposition_of_an_unknown_alert_changes_nothing() -> None:
    customer = Customer("basic_exchange").hear(failure())
    assert customer.dispose(HOUR, alert_id="nobody", disposition="resolved").life("F12") == ["raised"]


def test_a_silence_holds_until_its_time() -> None:
    customer = Customer("basic_exchange")
    order = Command(
        command_id="k",
        occurred_at=BEGIN,
        customer_id="C-1",
        command="silence",
        rule_id="failure",
        until=BEGIN + 5 * DAY,
    )
    customer.told = alerting.silence(customer.told, order, BEGIN)
    assert customer.hear(failure("1 d")).life("F12") == []
    assert customer.hear(failure("10 d")).life("F12") == ["raised"]


def test_merged_customers_keep_their_alerts() -> None:
    one, other = Customer("basic_exchange").hear(failure()), Customer("basic_exchange").hear(failure("1 h"))
    merged = alerting.merge(one.told, other.told)
    assert {alert.alert_id for alert in merged.open} == {a.alert_id for c in (one, other) for a in c.alerts}
