"""What people teach the listener: dispositions, silences, rules that are off or in the shadow."""

from datetime import timedelta

import pytest

from listener import alerting
from listener.model.inputs import Command
from listener.model.told import Silence, Told
from listener.rules.rehearsing import BEGIN
from tests.alerting.harness import WHO, Customer
from tests.alerting.test_life import failure
from tests.alerting.test_repairing import alert
from tests.rules.builders import done

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


def test_of_several_alerts_of_a_rule_the_newest_is_meant_wherever_it_stands() -> None:
    now = int(BEGIN.timestamp())
    customer = Customer("basic_exchange")
    customer.told = Told(
        open=tuple(
            alert(alert_id=name, matter=n, started_s=now + at, expires_s=now + 40 * 86_400)
            for n, (name, at) in enumerate((("z", 0), ("b", 20), ("c", 10)))
        )
    )
    customer.dispose(HOUR, rule_id="failure", disposition="resolved")
    assert [one.alert_id for one in customer.alerts] == ["b"]
    assert customer.dispose(HOUR, rule_id="neglect", disposition="resolved").life("F33") == []


def test_what_ran_out_before_a_disposition_is_said_first() -> None:
    customer = Customer("basic_exchange").hear(failure())
    late = customer.told.open[0].expires_s - int(BEGIN.timestamp())
    customer.dispose(timedelta(seconds=late), rule_id="failure", disposition="resolved")
    ended = customer.last("F12")
    assert (customer.life("F12")[-1], ended.customer_id, ended.brand) == ("expired", *WHO)


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
    customer.told = alerting.silence(customer.told, order)
    assert customer.hear(failure("1 d")).life("F12") == []
    assert customer.hear(failure("10 d")).life("F12") == ["raised"]


def test_a_silence_without_an_end_holds_for_years_and_one_without_a_rule_holds_for_all() -> None:
    customer = Customer("basic_exchange")
    order = Command(command_id="k", occurred_at=BEGIN, customer_id="C-1", command="silence")
    customer.told = alerting.silence(customer.told, order)
    (silence,) = customer.told.silences
    assert (silence.rule, silence.levels) == ("", 9)
    assert silence.until_s > (BEGIN + 3650 * DAY).timestamp()
    assert customer.hear(failure("300 d")).alerts == []


@pytest.mark.parametrize(("word", "levels"), [("false_alarm", 9), ("expected", 1)])
def test_what_is_taught_lasts_thirty_days_to_the_second(word: str, levels: int) -> None:
    customer = Customer("basic_exchange").hear(failure())
    customer.dispose(HOUR, alert_id=customer.last("F12").alert_id, disposition=word)
    until = int((BEGIN + HOUR + 30 * DAY).timestamp())
    assert customer.told.silences == (Silence("failure", until, levels=levels),)


@pytest.mark.parametrize("word", ["acknowledged", "resolved"])
def test_what_is_taken_up_or_over_teaches_nothing(word: str) -> None:
    customer = Customer("basic_exchange").hear(failure())
    assert customer.dispose(HOUR, rule_id="failure", disposition=word).told.silences == ()


def test_whoever_takes_an_alert_up_changes_that_alert_alone() -> None:
    customer = Customer("basic_exchange").hear(
        failure(), done("fee_charged", "1 h", what="paper bill", disclosed=False)
    )
    before = {one.rule: one for one in customer.told.open}
    assert len(before) > 1
    customer.dispose(2 * HOUR, rule_id="failure", disposition="acknowledged")
    after = {one.rule: one for one in customer.told.open}
    assert (after["failure"].status, after["failure"].due_s) == ("acknowledged", 0)
    assert after["failure"].updated_s == int((BEGIN + 2 * HOUR).timestamp())
    assert {name: one for name, one in after.items() if name != "failure"} == {
        name: one for name, one in before.items() if name != "failure"
    }


def test_a_new_silence_takes_the_place_of_the_same_and_of_no_other() -> None:
    told = Customer("basic_exchange").told
    for rule, day in (("failure", 5), ("demotion", 5), ("failure", 9)):
        order = Command(
            command_id="k",
            occurred_at=BEGIN,
            customer_id="C-1",
            command="silence",
            rule_id=rule,
            until=BEGIN + day * DAY,
        )
        told = alerting.silence(told, order)
    days = {one.rule: (one.until_s - BEGIN.timestamp()) / 86_400 for one in told.silences}
    assert (days, len(told.silences)) == ({"failure": 9, "demotion": 5}, 2)
