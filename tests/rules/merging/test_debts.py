"""What is owed to two who are one, and the matters they were in: which are the same, and how they are numbered."""

import pytest

from listener.model.ledger import Deed, Ledger, Matter, Proof, Talk, mark_of
from listener.rules import merge as merge_by
from listener.rules import numbering
from tests.rules.builders import CATALOGUE, OPENED, debt, where_owed

LASTS = CATALOGUE.thresholds.s("matter_lasts")
NO_LONGER = "a-rule-that-is-no-more"
OWES_NOTHING = next(one.id for one in CATALOGUE.rules.by_id.values() if one.owes is None)


def merge(one: Ledger, other: Ledger) -> Ledger:
    return merge_by(one, other, CATALOGUE)


def matter(key: int = 1, opened_s: int = OPENED, last_s: int = OPENED, cause: str = "a") -> Matter:
    return Matter(key, cause, opened_s, last_s, b"")


def proof(event_id: str, at_s: int) -> Proof:
    return Proof(event_id, "email", at_s, "customer", "asked")


def test_a_number_that_was_ever_given_is_not_given_again() -> None:
    called = numbering(Ledger(next_key=5), Ledger(), CATALOGUE)
    assert [called(n) for n in (0, 1, 2)] == [0, 5, 6]
    called = numbering(Ledger(deeds=(Deed("F01", 1, 2, 90, 7),)), Ledger(), CATALOGUE)
    assert called(1) == 8
    assert numbering(Ledger(debts=(debt(matter=9),)), Ledger(), CATALOGUE)(1) == 10


def test_a_matter_that_one_half_alone_is_in_goes_on() -> None:
    troubled, calm = Ledger(matters=(matter(),), next_key=2), Ledger(orders=1)
    for both in (merge(troubled, calm), merge(calm, troubled)):
        assert [(one.cause, one.opened_s) for one in both.matters] == [("a", OPENED)]


@pytest.mark.parametrize(("too_long", "cause"), [(0, "a"), (1, "b")])
def test_two_are_one_matter_where_they_last_no_longer_than_a_matter_may(too_long: int, cause: str) -> None:
    """That which opened first opens the one; of two the newer goes on."""
    early = Ledger(matters=(matter(last_s=OPENED + LASTS - 50),), next_key=2)
    late = Ledger(matters=(matter(1, OPENED + LASTS - 60, OPENED + LASTS + too_long, "b"),), next_key=2)
    for both in (merge(early, late), merge(late, early)):
        assert [(one.cause, one.last_s) for one in both.matters] == [(cause, OPENED + LASTS + too_long)]


@pytest.mark.parametrize(("late", "known_by"), [(2, b"early"), (3, b"early"), (4, b"late")])
def test_one_matter_is_judged_on_the_belief_that_more_turns_had_formed_and_else_on_the_first(
    late: int, known_by: bytes
) -> None:
    first = Ledger(matters=(Matter(1, "a", OPENED, OPENED, b"early", 3),))
    then = Ledger(matters=(Matter(1, "b", OPENED + 9, OPENED + 9, b"late", late),))
    for both in (merge(first, then), merge(then, first)):
        (one,) = both.matters
        assert (one.cause, one.belief, one.contacts) == ("a", known_by, max(3, late))


@pytest.mark.parametrize("rule", [NO_LONGER, OWES_NOTHING])
def test_what_no_rule_owes_any_more_stays_until_its_time_is_over(rule: str) -> None:
    """The catalogue may have changed since the debt was opened; an answer elsewhere does not settle it."""
    owed = debt(rule=rule, opened_s=10)
    assert merge(where_owed(owed), Ledger(talks=(Talk(mark_of("t"), firm_s=11),))).debts == (owed,)
    assert set(merge(where_owed(owed), where_owed(owed)).debts) == {owed}


def test_what_was_said_in_the_very_second_of_the_question_is_no_answer_to_it() -> None:
    asked = where_owed(debt(opened_s=10))
    assert merge(asked, Ledger(talks=(Talk(mark_of("t"), firm_s=10),))).debts == asked.debts
    assert merge(asked, Ledger(talks=(Talk(mark_of("t"), firm_s=11),))).debts == ()


def test_what_two_rules_owe_for_one_cause_is_two_things() -> None:
    rules = [one.id for one in CATALOGUE.rules.by_id.values() if one.owes is not None and one.owes.within != "promise"]
    one, other = (where_owed(debt(rule=rule)) for rule in rules[:2])
    assert len(merge(one, other).debts) == 2
    assert len(merge(one, one).debts) == 1


def test_what_is_asked_outside_a_conversation_is_the_same_only_where_its_cause_is() -> None:
    def letter(cause: str) -> Ledger:
        return where_owed(debt(cause=cause, talk=b""))

    assert len(merge(letter("a"), letter("b")).debts) == 2
    assert len(merge(letter("a"), letter("a")).debts) == 1


def test_what_was_asked_under_both_names_is_proved_by_both_the_first_four() -> None:
    first = debt(opened_s=10, proofs=(proof("a", 10), proof("c", 30), proof("e", 50)))
    again = debt(opened_s=20, proofs=(proof("b", 20), proof("c", 30), proof("d", 40)))
    for both in (merge(where_owed(first), where_owed(again)), merge(where_owed(again), where_owed(first))):
        (one,) = both.debts
        assert [proof.event_id for proof in one.proofs] == ["a", "b", "c", "d"]


def test_what_is_breached_or_in_a_matter_under_either_name_is_so_of_the_one() -> None:
    first, again = debt(opened_s=10), debt(opened_s=20, breached=True, matter=3)
    (one,) = merge(where_owed(first), where_owed(again)).debts
    assert (one.opened_s, one.breached, one.matter) == (10, True, 3)
    (one,) = merge(where_owed(debt(opened_s=10, breached=True, matter=2)), where_owed(debt(opened_s=20))).debts
    assert (one.breached, one.matter) == (True, 2)
