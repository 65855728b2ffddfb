"""Two customers who turn out to be one: nothing owed is forgotten, and what is kept stays small and in order."""

from listener.model.ledger import APART, Deed, GivenNotice, Ledger, Talk
from listener.rules.merging import merge
from tests.rules.builders import debt


def test_what_is_owed_to_either_is_owed_to_both_oldest_first() -> None:
    mine, theirs = debt(opened_s=20, cause="a", matter=1), debt(opened_s=10, cause="b", matter=1)
    both = merge(Ledger(debts=(mine,)), Ledger(debts=(theirs, debt(opened_s=30, cause="c"))))
    assert [(one.cause, one.matter) for one in both.debts] == [("b", APART + 1), ("a", 1), ("c", 0)]


def test_six_debts_are_kept_the_newest() -> None:
    mine = tuple(debt(opened_s=n) for n in range(1, 6))
    both = merge(Ledger(debts=mine), Ledger(debts=tuple(debt(opened_s=n) for n in range(6, 9))))
    assert [one.opened_s for one in both.debts] == [3, 4, 5, 6, 7, 8]


def test_acts_of_both_are_remembered_in_order_and_their_matters_stay_apart() -> None:
    mine, theirs = Deed("F01", 20, 2, 90, 1), Deed("F02", 10, 2, 90, 1)
    both = merge(Ledger(deeds=(mine,)), Ledger(deeds=(theirs, Deed("F03", 30, 0, 90))))
    assert [(one.code, one.matter) for one in both.deeds] == [("F02", APART + 1), ("F01", 1), ("F03", 0)]
    many = merge(
        Ledger(deeds=tuple(Deed("F01", n, 2, 90) for n in range(20))), Ledger(deeds=(Deed("F02", 50, 2, 90),) * 9)
    )
    assert [one.at_s for one in many.deeds] == [*range(5, 20), *[50] * 9]


def test_the_conversations_spoken_in_last_are_kept_by_whoever_spoke() -> None:
    mine = (Talk(b"a", customer_s=10), Talk(b"b", firm_s=40))
    theirs = (Talk(b"c", customer_s=30, firm_s=5), Talk(b"d", customer_s=5, firm_s=20))
    assert [one.mark for one in merge(Ledger(talks=mine), Ledger(talks=theirs)).talks] == [b"d", b"c", b"b"]


def test_sends_notices_and_ideas_of_both_are_kept_in_order_the_newest() -> None:
    def of(*times: int) -> Ledger:
        return Ledger(
            sends=times,
            notices=tuple(GivenNotice(f"n{-at}", at, 30.0, "e") for at in times),
            ideas=tuple((f"e{99 - at}", at, b"") for at in times),
        )

    both = merge(of(1, 4, 6), of(2, 3, 5))
    assert both.sends == (1, 2, 3, 4, 5, 6)
    assert [one.at_s for one in both.notices] == [3, 4, 5, 6]
    assert [one[1] for one in both.ideas] == [4, 5, 6]
    many = merge(of(*range(0, 20, 2)), of(*range(1, 20, 2)))
    assert (many.sends, [one[1] for one in many.ideas]) == (tuple(range(4, 20)), [17, 18, 19])


def test_the_newest_opt_out_of_each_channel_holds() -> None:
    both = merge(Ledger(opted={"sms": 5, "email": 1}), Ledger(opted={"email": 2, "phone": 3}))
    assert list(both.opted.items()) == [("email", 2), ("phone", 3), ("sms", 5)]


def test_categories_of_both_are_known_each_once_the_last_six() -> None:
    both = merge(Ledger(categories=("a", "b", "c", "d")), Ledger(categories=("b", "e", "f", "g")))
    assert both.categories == ("b", "c", "d", "e", "f", "g")


def test_their_history_is_as_long_as_the_longer_one_and_counts_both() -> None:
    one = Ledger(contacts=3, orders=1, first_s=50, customer_s=60, order_s=70, firm_s=90)
    other = Ledger(contacts=4, orders=2, first_s=40, customer_s=65, order_s=55, firm_s=80)
    for both in (merge(one, other), merge(other, one)):
        assert (both.contacts, both.orders, both.first_s) == (7, 3, 40)
        assert (both.customer_s, both.order_s, both.firm_s) == (65, 70, 90)
    assert merge(one, Ledger()).first_s == 50
    assert merge(Ledger(), Ledger()) == Ledger()
