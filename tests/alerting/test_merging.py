"""What was told of two customers who turn out to be one."""

from datetime import timedelta

from listener import alerting
from listener.model.told import Closed, Silence, Told
from tests.alerting.harness import Customer
from tests.alerting.test_life import failure
from tests.alerting.test_repairing import alert


def ten_on(number: int) -> int:
    return number + 10 if number else 0


def merge(one: Told, other: Told) -> Told:
    return alerting.merge(one, other, ten_on)


def opened(*starts: int) -> Told:
    return Told(open=tuple(alert(alert_id=f"o{at}", matter=at, started_s=at) for at in starts))


def test_merged_customers_keep_their_alerts() -> None:
    one, other = Customer("basic_exchange").hear(failure()), Customer("basic_exchange").hear(failure("1 h"))
    merged = merge(one.told, other.told)
    assert {alert.alert_id for alert in merged.open} == {a.alert_id for c in (one, other) for a in c.alerts}


def test_the_others_matters_are_renumbered_and_no_matter_stays_none() -> None:
    merged = merge(opened(2, 4), opened(0, 3))
    assert [(one.started_s, one.matter) for one in merged.open] == [(0, 0), (2, 2), (3, 13), (4, 4)]
    ended = merge(Told(closed=(Closed("failure", 1, "a", 5),)), Told(closed=(Closed("failure", 1, "b", 4),)))
    assert [(one.alert_id, one.matter) for one in ended.closed] == [("b", 11), ("a", 1)]


def test_no_open_alert_is_lost_though_they_are_more_than_one_customer_may_have() -> None:
    """Those that are too many end with a word, which `choose` says."""
    early, late = range(8), range(8, 16)
    for merged in (merge(opened(*early), opened(*late)), merge(opened(*late), opened(*early))):
        assert [one.started_s for one in merged.open] == [*range(16)]


def test_under_every_other_cap_the_newest_stay_whichever_comes_first() -> None:

    def told(times: range) -> Told:
        return Told(closed=tuple(Closed("failure", 0, f"{n}", n) for n in times), raised=tuple(times))

    for merged in (merge(told(range(10)), told(range(10, 20))), merge(told(range(10, 20)), told(range(10)))):
        assert [one.ended_s for one in merged.closed] == [*range(4, 20)]
        assert merged.raised == tuple(range(8, 20))


def test_an_alert_that_both_know_of_is_one() -> None:
    assert merge(opened(3), opened(3)) == opened(3)
    ended = Told(closed=(Closed("failure", 3, "o3", 9),))
    assert merge(ended, opened(3)) == ended


def test_alerts_of_both_count_towards_the_cap_of_a_day() -> None:
    assert merge(Told(raised=(3, 7)), Told(raised=(5,))).raised == (3, 5, 7)


def test_what_was_taught_of_either_holds_the_longer_of_two() -> None:
    one = Told(silences=(Silence("failure", 50), Silence("neglect", 10, levels=1)))
    other = Told(silences=(Silence("failure", 40), Silence("neglect", 20)))
    held = {Silence("failure", 50), Silence("neglect", 10, levels=1), Silence("neglect", 20)}
    assert set(merge(one, other).silences) == set(merge(other, one).silences) == held


def test_what_was_taught_of_an_alert_is_known_of_both() -> None:
    one, other = Customer("basic_exchange").hear(failure()), Customer("basic_exchange").hear(failure("1 h"))
    for customer, word in ((one, "expected"), (other, "false_alarm")):
        customer.dispose(timedelta(hours=2), rule_id="failure", disposition=word)
    merged = merge(one.told, other.told)
    assert {silence.levels for silence in merged.silences} == {1, 9}


def test_one_of_whom_nothing_was_told_changes_nothing() -> None:
    told = Told(open=opened(3, 3, 4).open, silences=(Silence("failure", 9), Silence("", 3)), raised=(1, 2))
    assert merge(told, Told()) == told
    assert alerting.merge(Told(), told, lambda number: number) == told
