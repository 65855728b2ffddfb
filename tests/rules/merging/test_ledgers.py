"""Two customers who turn out to be one: what the rules remember of both is what they would remember of one."""

import pytest
from msgspec.structs import replace

from listener.model.ledger import Deed, GivenNotice, Ledger, Mark, Matter, Proof, Talk, mark_of
from listener.rules import merge as merge_by
from listener.rules.merging.ledgers import numbering
from tests.rules.builders import CATALOGUE, DAY, debt

TALK = mark_of("t")
STRAIN_LIFE = CATALOGUE.thresholds.s("strain_half_life")


def merge(one: Ledger, other: Ledger) -> Ledger:
    return merge_by(one, other, CATALOGUE)


def strained(amount: float, at_s: int, *deeds: Deed) -> Ledger:
    return Ledger(strain=amount, strain_s=at_s, deeds=deeds, first_s=1)


def slight(event_id: str, at_s: int = 0) -> Deed:
    return Deed("F03", at_s, 2, 90, event_id=event_id)


def test_what_is_owed_to_either_is_owed_to_both_oldest_first() -> None:
    mine, theirs = debt(opened_s=20, cause="a", matter=1), debt(opened_s=10, cause="b", matter=1, talk=b"")
    both = merge(Ledger(debts=(mine,)), Ledger(debts=(theirs, debt(opened_s=30, cause="c", talk=b"c"))))
    assert [(one.cause, one.matter) for one in both.debts] == [("b", 2), ("a", 1), ("c", 0)]


def test_six_debts_are_kept_the_newest() -> None:
    mine = tuple(debt(opened_s=n, cause=f"{n}", talk=b"") for n in range(1, 6))
    theirs = tuple(debt(opened_s=n, cause=f"{n}", talk=b"") for n in range(6, 9))
    assert [one.opened_s for one in merge(Ledger(debts=mine), Ledger(debts=theirs)).debts] == [3, 4, 5, 6, 7, 8]


def test_the_same_asked_in_one_conversation_under_both_names_is_owed_once_since_it_was_asked_first() -> None:
    first, again = debt(opened_s=10, cause="a", p=0.7, matter=1), debt(opened_s=20, cause="b", p=0.9, troubled=True)
    (one,) = merge(Ledger(debts=(again,)), Ledger(debts=(first,))).debts
    assert (one.cause, one.opened_s, one.p, one.troubled, one.matter) == ("a", 10, 0.9, True, 1)


def test_every_promise_is_one_of_its_own_even_in_one_conversation() -> None:
    promises = [debt("F18", rule="broken-promise", cause=name) for name in "ab"]
    assert len(merge(Ledger(debts=(promises[0],)), Ledger(debts=(promises[1],))).debts) == 2


def test_the_two_newest_promises_without_a_day_stand_each_once() -> None:
    def given(*days: int) -> Ledger:
        return Ledger(pledges=tuple(debt("F18", rule="broken-promise", opened_s=n, cause=f"{n}") for n in days))

    for both in (merge(given(1, 3), given(2, 3)), merge(given(2, 3), given(1, 3))):
        assert [one.cause for one in both.pledges] == ["2", "3"]


def test_what_a_person_answered_under_the_other_name_is_answered() -> None:
    asked = Ledger(debts=(debt(opened_s=10),))
    assert merge(asked, Ledger(talks=(Talk(TALK, firm_s=11),))).debts == ()
    assert merge(Ledger(talks=(Talk(TALK, firm_s=11),)), asked).debts == ()


@pytest.mark.parametrize(
    ("owed", "talk"),
    [
        (debt(opened_s=10), Talk(TALK, firm_s=9)),
        (debt(opened_s=10), Talk(b"else", firm_s=11)),
        (debt(opened_s=10, breached=True), Talk(TALK, firm_s=11)),
        (debt("F18", rule="broken-promise", opened_s=10), Talk(TALK, firm_s=11)),
    ],
    ids=["said before it", "elsewhere", "breached already", "a promise"],
)
def test_what_no_word_of_theirs_answered_is_still_owed(owed, talk) -> None:
    assert merge(Ledger(debts=(owed,)), Ledger(talks=(talk,))).debts == (owed,)


def test_acts_of_both_are_remembered_in_order_and_their_matters_stay_apart() -> None:
    mine, theirs = Deed("F01", 20, 2, 90, 1), Deed("F02", 10, 2, 90, 1)
    both = merge(Ledger(deeds=(mine,)), Ledger(deeds=(theirs, Deed("F03", 30, 0, 90))))
    assert [(one.code, one.matter) for one in both.deeds] == [("F02", 2), ("F01", 1), ("F03", 0)]
    mine, theirs = (
        Ledger(deeds=tuple(Deed("F01", n, 2, 90, event_id=f"{n}") for n in r)) for r in (range(20), range(50, 59))
    )
    assert [one.at_s for one in merge(mine, theirs).deeds] == [*range(5, 20), *range(50, 59)]


def test_an_act_that_reached_both_was_done_once() -> None:
    assert merge(Ledger(deeds=(slight("x"),)), Ledger(deeds=(slight("x"), slight("y")))).deeds == (
        slight("x"),
        slight("y"),
    )


def test_a_third_customers_matters_are_not_taken_for_those_of_the_second() -> None:
    def of(name: str) -> Ledger:
        return Ledger(
            matters=(Matter(1, name, 0, 0, b""),), deeds=(Deed("F01", 5, 2, 90, 1, event_id=name),), next_key=2
        )

    apart = replace(of("c"), matters=(Matter(1, "c", 400 * DAY, 400 * DAY, b""),))
    far = replace(of("b"), matters=(Matter(1, "b", 200 * DAY, 200 * DAY, b""),))
    both = merge(merge(of("a"), far), apart)
    assert {one.event_id: one.matter for one in both.deeds} == {"a": 1, "b": 2, "c": 3}
    assert (both.matters[-1].key, both.next_key) == (3, 4)


def test_a_trouble_that_both_halves_are_in_is_one_matter_judged_on_the_better_founded_belief() -> None:
    def of(at: int, name: str, contacts: int, code: str) -> Ledger:
        matter = Matter(1, name, at, at + 5, name.encode(), contacts, (code,), complained_s=at)
        return Ledger(matters=(matter,), deeds=(Deed(code, at, 2, 90, 1, event_id=name),), next_key=2)

    one, other = of(100, "a", 2, "F01"), of(50, "b", 9, "F12")
    for both, number in ((merge(one, other), numbering(one, other, CATALOGUE)), (merge(other, one), lambda n: n)):
        (matter,) = both.matters
        assert (matter.cause, matter.opened_s, matter.last_s, matter.belief, matter.contacts) == ("b", 50, 105, b"b", 9)
        assert (matter.codes, matter.complained_s) == (("F12", "F01"), 100)
        assert {deed.matter for deed in both.deeds} == {matter.key} == {number(1)}


@pytest.mark.parametrize(("rest", "one"), [("matter_rests", 1), ("matter_lasts", 2)])
def test_troubles_too_far_apart_are_two_matters_and_the_newer_goes_on(rest, one) -> None:
    far = CATALOGUE.thresholds.s(rest) + 1
    old = Ledger(matters=(Matter(1, "a", 0, 0 if one == 1 else far - 9, b"a"),), next_key=2)
    new = Ledger(matters=(Matter(1, "b", far, far, b"b"),), next_key=2)
    assert [(m.cause, m.opened_s) for m in merge(old, new).matters] == [("b", far)]
    assert [(m.cause, m.opened_s) for m in merge(new, old).matters] == [("b", far)]


def test_the_conversations_spoken_in_last_are_kept_by_whoever_spoke() -> None:
    mine = (Talk(b"a", customer_s=10), Talk(b"b", firm_s=40))
    theirs = (Talk(b"c", customer_s=30, firm_s=5), Talk(b"d", customer_s=5, firm_s=20))
    assert [one.mark for one in merge(Ledger(talks=mine), Ledger(talks=theirs)).talks] == [b"d", b"c", b"b"]


def test_a_conversation_that_went_on_under_the_other_name_is_one() -> None:
    first = Talk(b"a", 10, 5, 1, 0, 1, 80, 20, turns=b"1" * 16, words=b"old", begun_by_firm=True)
    then = Talk(b"a", 30, 20, 2, 1, 0, 30, 90, turns=b"2" * 16, words=b"new")
    for both in (
        merge(Ledger(talks=(first,)), Ledger(talks=(then,))),
        merge(Ledger(talks=(then,)), Ledger(talks=(first,))),
    ):
        (talk,) = both.talks
        assert (talk.customer_s, talk.firm_s, talk.offered, talk.refused, talk.apologies) == (30, 20, 3, 1, 1)
        assert (talk.complained, talk.voiced, talk.words, talk.begun_by_firm) == (80, 90, b"new", True)
        assert talk.turns == b"1" * 8 + b"2" * 16


def test_sends_notices_and_ideas_of_both_are_kept_in_order_the_newest() -> None:
    def of(*times: int) -> Ledger:
        return Ledger(
            sends=tuple(at * DAY for at in times),
            notices=tuple(GivenNotice(f"n{-at}", at, 30.0, f"e{at}") for at in times),
            ideas=tuple((f"e{99 - at}", at, b"") for at in times),
        )

    both = merge(of(1, 4, 6), of(2, 3, 5))
    assert both.sends == tuple(at * DAY for at in range(1, 7))
    assert [one.at_s for one in both.notices] == [3, 4, 5, 6]
    assert [one[1] for one in both.ideas] == [4, 5, 6]
    many = merge(of(*range(0, 20, 2)), of(*range(1, 20, 2)))
    assert (many.sends[0], len(many.sends), [one[1] for one in many.ideas]) == (4 * DAY, 16, [17, 18, 19])


def test_two_reports_of_one_send_and_a_notice_to_everybody_are_one() -> None:
    one = Ledger(sends=(1000, 9000), notices=(GivenNotice("fees", 5, 30.0, "n"),))
    other = Ledger(sends=(1300, 9301), notices=(GivenNotice("fees", 5, 30.0, "n"),))
    both = merge(one, other)
    assert (both.sends, len(both.notices)) == ((1000, 9000, 9301), 1)


def test_sends_go_unanswered_only_since_the_customer_moved_under_either_name() -> None:
    def touch(at_s: int) -> Proof:
        return Proof(f"s{at_s}", "act", at_s, "firm", "touch")

    both = merge(Ledger(touches=(touch(5), touch(20))), Ledger(customer_s=9, touches=(touch(10),)))
    assert [one.at_s for one in both.touches] == [10, 20]
    assert merge(both, Ledger(order_s=15)).touches == (touch(20),)


def test_the_newest_opt_out_of_each_channel_holds_and_a_mismatch_is_said_once() -> None:
    both = merge(Ledger(opted={"sms": 5, "email": 1}), Ledger(opted={"email": 2, "phone": 3}, mismatched={"M01": 7}))
    assert list(both.opted.items()) == [("email", 2), ("phone", 3), ("sms", 5)]
    assert merge(both, Ledger(mismatched={"M01": 3, "M02": 1})).mismatched == {"M01": 7, "M02": 1}


def test_what_they_buy_saw_and_refused_under_either_name_is_known_each_once_the_last() -> None:
    early = Ledger(categories=("a", "b", "c", "d"), order_s=1, customer_s=1, rejected=("gift", "credit", "voucher"))
    late = Ledger(categories=("b", "e", "f", "g"), order_s=2, customer_s=2, rejected=("credit", "refund", "points"))
    for both in (merge(early, late), merge(late, early)):
        assert both.categories == ("b", "c", "d", "e", "f", "g")
        assert both.rejected == ("credit", "voucher", "refund", "points")
    marks = tuple(bytes([n]) for n in range(10))
    seen, lately = Ledger(creatives=marks[:6], sends=(DAY,)), Ledger(creatives=marks[4:], sends=(2 * DAY,))
    assert merge(seen, lately).creatives == merge(lately, seen).creatives == marks[2:]


def test_their_history_is_as_long_as_the_longer_one_and_counts_both() -> None:
    one = Ledger(contacts=3, orders=1, first_s=50, customer_s=60, order_s=70, firm_s=90, exit_s=4, launch_s=1)
    other = Ledger(contacts=4, orders=2, first_s=40, customer_s=65, order_s=55, firm_s=80, legal_s=9, launch_s=8)
    for both in (merge(one, other), merge(other, one)):
        assert (both.contacts, both.orders, both.first_s) == (7, 3, 40)
        assert (both.customer_s, both.order_s, both.firm_s) == (65, 70, 90)
        assert (both.exit_s, both.legal_s, both.launch_s) == (4, 9, 8)
    assert merge(one, Ledger(orders=1)).first_s == 50


def test_of_what_is_known_once_the_latest_holds() -> None:
    old, new = Mark("a", 5, "beans", 3.0), Mark("b", 6, "tea", 4.0)
    one = Ledger(rise=old, money=new, incident=old, customer_s=9, about_brand=True)
    other = Ledger(rise=new, money=old, incident=Mark(), customer_s=8)
    for both in (merge(one, other), merge(other, one)):
        assert (both.rise, both.money, both.incident, both.about_brand) == (new, new, old, True)


def test_strain_of_both_decays_to_one_moment_and_adds_up() -> None:
    old, new = strained(4.0, 0), strained(2.0, STRAIN_LIFE)
    for both in (merge(old, new), merge(new, old)):
        assert (both.strain, both.strain_s) == (4.0, STRAIN_LIFE)


def test_what_strained_both_halves_strained_them_once() -> None:
    """A price that rose for everybody is minded once by one who was thought two."""
    one, other = strained(2.0, 0, slight("rise")), strained(3.0, 0, slight("rise"), Deed("F02", 0, 1, 90, event_id="x"))
    for both in (merge(one, other), merge(other, one)):
        assert both.strain == pytest.approx(3.0)


def test_what_was_told_of_either_is_not_told_again() -> None:
    one, other = Ledger(strained=True, orders=1), Ledger(distressed=True, dialled_down=True)
    for both in (merge(one, other), merge(other, one)):
        assert (both.strained, both.distressed, both.dialled_down) == (True, True, True)


def test_what_is_usual_for_them_follows_their_turns_in_order() -> None:
    """As one who wrote under one id all along: three calm months, then three turns that grumble."""
    before = Ledger(contacts=9, first_s=10, customer_s=90 * DAY, habit=0.1, formal=0.9)
    after = Ledger(contacts=3, first_s=91 * DAY, customer_s=93 * DAY, habit=0.5, formal=0.3)
    for both in (merge(before, after), merge(after, before)):
        assert both.habit == pytest.approx(0.1 * 0.7**3 + 0.5 * (1 - 0.7**3), abs=1e-3)
        assert both.formal == pytest.approx(0.9 * 0.7**3 + 0.3 * (1 - 0.7**3))


def test_of_two_halves_at_one_time_both_tell_what_is_usual_by_their_turns() -> None:
    one = Ledger(contacts=6, first_s=10, customer_s=90 * DAY, habit=0.2)
    other = Ledger(contacts=2, first_s=20, customer_s=90 * DAY, habit=0.6)
    assert merge(one, other).habit == merge(other, one).habit == pytest.approx(0.3)


def test_one_of_whom_nothing_is_remembered_changes_nothing() -> None:
    known = Ledger(
        contacts=3, debts=(debt(matter=4),), talks=(Talk(b"z", firm_s=9), Talk(b"a")), sends=(5, 6), next_key=5
    )
    assert merge(known, Ledger()) == merge(Ledger(), known) == known
