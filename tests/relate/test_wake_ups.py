"""Who wants to be woken, and when."""

from datetime import UTC, datetime, timedelta

from listener.relate.wake_ups import WakeUps

T = [datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=n) for n in range(5)]


def test_those_due_are_told_once_the_earliest_first():
    wake_ups = WakeUps()
    wake_ups.learn({"A": T[2], "B": T[1], "C": T[4]})
    assert list(wake_ups.until(T[3])) == [("B", T[1]), ("A", T[2])]
    assert list(wake_ups.until(T[3])) == []
    assert wake_ups.first == T[4]


def test_a_deadline_that_moved_holds_no_more():
    wake_ups = WakeUps()
    wake_ups.learn({"A": T[1], "B": T[1]})
    wake_ups.learn({"A": T[3], "B": None})
    assert list(wake_ups.until(T[2])) == []
    assert wake_ups.overdue(T[3]) == 1


def test_what_the_table_says_never_replaces_what_a_batch_said():
    wake_ups = WakeUps()
    wake_ups.learn({"A": None, "B": T[3]})
    wake_ups.remember("A", T[1])
    wake_ups.remember("B", T[1])
    wake_ups.remember("C", T[1])
    assert list(wake_ups.until(T[2])) == [("C", T[1])]


def test_one_that_could_not_be_woken_stays_due():
    wake_ups = WakeUps()
    wake_ups.learn({"A": T[1]})
    ((who, due),) = wake_ups.until(T[2])
    wake_ups.again(who, due)
    assert list(wake_ups.until(T[2])) == [("A", T[1])]


def test_of_whoever_is_no_more_not_even_the_name_is_kept():
    wake_ups = WakeUps()
    wake_ups.learn({"A": T[1], "B": T[1]})
    wake_ups.forget(["A", "C"])
    assert list(wake_ups.until(T[2])) == [("B", T[1])]
    assert "A" not in wake_ups._due
