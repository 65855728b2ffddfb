"""Who wants to be woken, and when."""

from datetime import UTC, datetime, timedelta

from listener.relate.dues import Dues

T = [datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=n) for n in range(5)]


def test_those_due_are_told_once_the_earliest_first():
    dues = Dues()
    dues.learn({"A": T[2], "B": T[1], "C": T[4]})
    assert list(dues.until(T[3])) == [("B", T[1]), ("A", T[2])]
    assert list(dues.until(T[3])) == []
    assert dues.first == T[4]


def test_a_deadline_that_moved_holds_no_more():
    dues = Dues()
    dues.learn({"A": T[1], "B": T[1]})
    dues.learn({"A": T[3], "B": None})
    assert list(dues.until(T[2])) == []
    assert dues.overdue(T[3]) == 1


def test_what_the_table_says_never_replaces_what_a_batch_said():
    dues = Dues()
    dues.learn({"A": None, "B": T[3]})
    dues.remember("A", T[1])
    dues.remember("B", T[1])
    dues.remember("C", T[1])
    assert list(dues.until(T[2])) == [("C", T[1])]


def test_one_that_could_not_be_woken_stays_due():
    dues = Dues()
    dues.learn({"A": T[1]})
    ((who, due),) = dues.until(T[2])
    dues.again(who, due)
    assert list(dues.until(T[2])) == [("A", T[1])]
