"""What adds up where two customers are one: strain, what a conversation showed, what is usual for them."""

import pytest

from listener.model.ledger import Deed, Ledger, Proof, Talk
from listener.rules import merge as merge_by
from tests.rules.builders import CATALOGUE, DAY, OPENED

LIFE = CATALOGUE.thresholds.s("strain_half_life")
SURE = round(100 * CATALOGUE.thresholds.act_p)


def merge(one: Ledger, other: Ledger) -> Ledger:
    return merge_by(one, other, CATALOGUE)


def strained(amount: float, *deeds: Deed, at_s: int = OPENED) -> Ledger:
    return Ledger(strain=amount, strain_s=at_s, deeds=deeds, first_s=1)


def deed(code: str = "F03", event_id: str = "both", level: int = 2, sure: int = 90, at_s: int = OPENED) -> Deed:
    return Deed(code, at_s, level, sure, event_id=event_id)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (deed(event_id="mine"), deed(event_id="theirs")),
        (deed("F03"), deed("F12")),
        (deed(level=0), deed(level=0)),
        (deed("C03"), deed("C03")),
        (deed("B05"), deed("B05")),
        (deed(sure=SURE - 1), deed(sure=SURE - 1)),
    ],
    ids=["two events", "two codes", "nothing they mind", "their own act", "a kindness", "an act that is unsure"],
)
def test_strain_adds_up_in_full_where_nothing_strained_both(mine: Deed, theirs: Deed) -> None:
    one, other = strained(2.0, mine), strained(3.0, theirs)
    assert merge(one, other).strain == merge(other, one).strain == 5.0


def test_an_act_that_is_just_sure_enough_strained_both_once() -> None:
    one, other = strained(2.0, deed(sure=SURE)), strained(3.0, deed(sure=SURE))
    assert merge(one, other).strain == 3.0


def test_what_strained_both_is_taken_once_as_far_as_it_has_not_decayed() -> None:
    one, other = (strained(amount, deed(), at_s=OPENED + LIFE) for amount in (3.0, 4.0))
    assert merge(one, other).strain == merge(other, one).strain == 6.0, "of the two one is left"


def test_two_are_never_strained_less_than_either() -> None:
    """One half counts an act once a matter, so less may stand in it than the act weighs."""
    one, other = strained(3.5, deed(level=3)), strained(1.0, deed(level=3))
    assert merge(one, other).strain == merge(other, one).strain == 3.5


def test_strain_is_kept_in_thousandths() -> None:
    assert merge(strained(1.2342), strained(2.0001)).strain == 3.234


def test_what_a_conversation_showed_under_either_name_is_known_of_the_one() -> None:
    first = Talk(b"a", 10, history=70, secret=20, apologies=1)
    then = Talk(b"a", 30, history=40, secret=90, apologies=2)
    for both in (
        merge(Ledger(talks=(first,)), Ledger(talks=(then,))),
        merge(Ledger(talks=(then,)), Ledger(talks=(first,))),
    ):
        (talk,) = both.talks
        assert (talk.mark, talk.history, talk.secret, talk.apologies) == (b"a", 70, 90, 3)
        assert both.talk(b"a") is talk


def test_a_send_is_answered_by_a_word_or_an_order_of_the_same_second() -> None:
    sent = Ledger(touches=(Proof("s", "act", OPENED, "firm", "touch"),))
    assert merge(sent, Ledger(customer_s=OPENED)).touches == ()
    assert merge(sent, Ledger(order_s=OPENED)).touches == ()
    assert merge(sent, Ledger(order_s=OPENED - 1)).touches == sent.touches


def test_turns_of_the_half_that_goes_on_count_alike_up_to_when_the_other_fell_silent() -> None:
    """Ten turns over a hundred days, half of them before the other half's last: five against five, then five more."""
    silent = Ledger(contacts=5, first_s=1, customer_s=50 * DAY, habit=0.2, formal=0.2)
    going = Ledger(contacts=10, first_s=1, customer_s=100 * DAY, habit=0.6, formal=0.6)
    share = 0.5 * 0.7**5
    for both in (merge(silent, going), merge(going, silent)):
        assert both.habit == pytest.approx(share * 0.2 + (1 - share) * 0.6, abs=1e-3)
        assert both.formal == pytest.approx(share * 0.2 + (1 - share) * 0.6, abs=1e-3)


def test_two_who_spoke_once_in_the_same_second_tell_alike_what_is_usual() -> None:
    one, other = (Ledger(contacts=1, first_s=9, customer_s=9, habit=habit) for habit in (0.2, 0.6))
    assert merge(one, other).habit == merge(other, one).habit == pytest.approx(0.4)


def test_what_is_usual_is_kept_in_thousandths() -> None:
    one, other = (Ledger(contacts=1, first_s=9, customer_s=9, habit=habit) for habit in (0.1231, 0.2))
    assert merge(one, other).habit == 0.162


def test_two_ideas_of_one_second_are_two_and_one_that_both_know_of_is_one() -> None:
    one, other = Ledger(ideas=(("b", 5, b"x"), ("c", 7, b"y"))), Ledger(ideas=(("a", 5, b"z"), ("c", 7, b"y")))
    for both in (merge(one, other), merge(other, one)):
        assert [name for name, _, _ in both.ideas] == ["a", "b", "c"]


def test_a_half_that_never_spoke_tells_nothing_of_what_is_usual() -> None:
    known = Ledger(contacts=3, first_s=50, customer_s=60, habit=0.5, formal=0.9)
    for both in (merge(known, Ledger(orders=1)), merge(Ledger(orders=1), known)):
        assert (both.habit, both.formal) == (0.5, 0.9)


def test_since_when_two_are_known_whom_nobody_has_heard_is_not_known() -> None:
    assert merge(Ledger(strain=1.0), Ledger(opted={"sms": 5})).first_s == 0
    assert merge(Ledger(strain=1.0), Ledger(first_s=9)).first_s == 9
