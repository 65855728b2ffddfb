"""How many a planned act would hurt, how gravely, and from which share of them on the advice hardens."""

from datetime import timedelta

import pytest

from listener.model.inputs import BrandAct
from listener.model.outputs import Estimate, TypeShare
from listener.rules.prechecking.softening import Change, changes_of, notice_in, notices_of
from listener.rules.prechecking.verdict import Crowd, Fall, Verdict, precheck
from tests.rules.prechecking.test_verdict import BOOK, GIFT, PRIME, PUSH, TERMS, estimate

NEWCOMERS = PRIME | {"details": PRIME["details"] | {"scope": "new_customers"}}
"""A rise that is grave for spouses and best friends alone, and takes no right from anybody."""


def sure(customer: str, **shares: float) -> Estimate:
    """Somebody of whom just these shares are believed."""
    known = estimate(customer, "fling")
    top = tuple(TypeShare(type=name, p=p) for name, p in shares.items())
    return known.model_copy(update={"wanted": known.wanted.model_copy(update={"top": top})})


def judged(act: dict, *customers: Estimate, **crowd: object) -> Verdict:
    planned = BrandAct.model_validate(act)
    known = Crowd({one.customer_id: one for one in customers}, **crowd)  # type: ignore[arg-type]  # parts by name
    return precheck(planned, known, BOOK, planned.occurred_at + timedelta(days=1))


def crowd(of: int, **wanted: int) -> list[Estimate]:
    """So many customers, of whom these many surely want this; the rest are flings, who mind nothing."""
    names = [name for name, n in wanted.items() for _ in range(n)]
    names += ["fling"] * (of - len(names))
    return [sure(f"C-{n}", **{name: 1.0}) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("of", "spouses", "advice"),
    [(20, 5, "rescind"), (21, 5, "consult"), (20, 2, "consult"), (21, 2, "give_notice"), (20, 1, "give_notice"),
     (21, 1, "proceed"), (1, 0, "proceed"), (0, 0, "proceed")],
)  # fmt: skip
def test_the_more_it_gravely_hurts_the_harder_the_advice(of: int, spouses: int, advice: str) -> None:
    verdict = judged(NEWCOMERS, *crowd(of, marriage_partners=spouses))
    assert verdict.reaction.advice == advice
    assert verdict.fall == Fall(of, spouses, spouses)


def test_what_takes_a_right_from_some_is_rescinded_sooner() -> None:
    assert judged(TERMS, *crowd(20, marriage_partners=2)).reaction.advice == "rescind"
    assert judged(TERMS, *crowd(21, marriage_partners=2)).reaction.advice != "rescind"


def test_many_who_mind_a_little_are_to_be_told_before_and_a_few_are_not() -> None:
    assert judged(TERMS, *crowd(20, old_friends=2)).reaction.advice == "give_notice"
    assert judged(TERMS, *crowd(21, old_friends=2)).reaction.advice == "proceed"


def test_what_nobody_can_be_told_of_before_is_not_to_be_told_before() -> None:
    lost = PRIME | {"kind": "service_incident", "details": {"incident": "lost", "severity": 3}}
    verdict = judged(lost, *crowd(20, marriage_partners=3))
    assert (verdict.fall.hurt, verdict.fall.grave, verdict.reaction.advice) == (3, 0, "proceed")


def test_those_who_mind_are_counted_by_type_and_those_who_do_not_are_left_out() -> None:
    act = PRIME | {"brand": "acme"}
    reaction = judged(act, sure("C-1", marriage_partners=0.755, basic_exchange=0.245)).reaction
    assert (reaction.act_id, reaction.brand, reaction.kind) == ("a-10", "acme", "price_changed")
    planned = BrandAct.model_validate(PRIME)
    assert reaction.announced_at == planned.occurred_at
    assert reaction.as_of == planned.occurred_at + timedelta(days=1)
    told = {name: (one.customers, one.severity) for name, one in reaction.exposure.items() if one.customers}
    assert told == {"marriage_partners": (pytest.approx(0.755, abs=0.006), 3), "basic_exchange": (0.24, 2)}
    assert "fling" not in reaction.exposure
    assert judged(PRIME).reaction.brand == ""


def test_of_who_is_not_wholly_known_the_rest_may_be_anybody() -> None:
    assert judged(NEWCOMERS, sure("C-1", fling=0.42)).fall.hurt == pytest.approx(2 * 0.58 / 29)
    over = judged(NEWCOMERS, sure("C-1", fling=0.9, buddies=0.2))
    assert over.fall.hurt == 0.0


def test_spared_is_whoever_would_most_probably_take_it_as_a_breach() -> None:
    known = [
        sure("C-2", basic_exchange=0.5, fling=0.4), sure("C-1", fling=0.5, marriage_partners=0.4), sure("C-3"),
        sure("C-4", marriage_partners=1.0),
    ]  # fmt: skip
    assert judged(PRIME, *known).spare == ("C-2", "C-4")


def test_each_segment_has_its_fall_in_order_of_name() -> None:
    segments = {"C-0": ("zinc", "gold"), "C-1": ("gold",), "C-2": ("zinc",)}
    known = [sure("C-0", marriage_partners=1.0), sure("C-1", basic_exchange=1.0), sure("C-2", fling=1.0)]
    verdict = judged(PRIME, *known, sure("C-3", captive=1.0), segments=segments)
    assert list(verdict.segments.items()) == [("gold", Fall(2, 2.0, 1.0)), ("zinc", Fall(2, 1.0, 1.0))]
    assert verdict.fall == Fall(4, 3.0, 2.0)


@pytest.mark.parametrize(
    ("details", "kind", "held"),
    [
        ({"purpose": "promotion"}, "campaign_sent", ["campaign"]),
        ({}, "campaign_sent", ["campaign"]),
        ({"purpose": "strange"}, "campaign_sent", ["campaign"]),
        ({"purpose": "loyalty"}, "campaign_sent", ["campaign", "loyalty_pitch"]),
        ({"purpose": "survey"}, "campaign_sent", ["survey"]),
        ({"channel": "phone"}, "outreach_made", ["call", "outreach"]),
        ({"channel": "email"}, "outreach_made", ["outreach"]),
        ({}, "recognition_given", []),
    ],
)
def test_an_act_is_the_contact_that_it_would_be(details: dict, kind: str, held: list[str]) -> None:
    words = ["call", "campaign", "loyalty_pitch", "outreach", "survey", "winback"]
    customers = [sure(word, fling=1.0) for word in words]
    verdict = judged(PUSH | {"kind": kind, "details": details}, *customers, holds={word: (word,) for word in words})
    assert list(verdict.on_hold) == held


def test_an_act_for_a_handle_is_for_whoever_is_known_by_it_and_for_nobody_else() -> None:
    told = {name: value for name, value in PRIME.items() if name != "audience"}
    handled = told | {"customer": {"handle": {"kind": "social", "network": "mastodon", "value": "@Ann"}}}
    ann = sure("handle:social:mastodon:@ann", marriage_partners=1.0)
    assert judged(handled, *crowd(3, marriage_partners=3)).customers == 0
    assert judged(handled, *crowd(3, marriage_partners=3), ann).spare == (ann.customer_id,)


def test_of_changes_that_spare_as_many_the_simplest_is_told_the_best_first() -> None:
    reliefs = judged(TERMS, *crowd(4, marriage_partners=2, captive=1)).reliefs
    left = [one.hurt + one.grave for one in reliefs]
    assert left == sorted(left)
    assert len({(one.hurt, one.grave) for one in reliefs}) == len(reliefs)
    assert [one.advice for one in reliefs][:1] == ["proceed"]
    assert judged(GIFT, *crowd(4, marriage_partners=2)).reliefs == ()


def test_a_plan_tells_of_itself_from_its_announcement_to_the_day_it_takes_effect() -> None:
    def told(**details: object) -> timedelta | None:
        return notice_in(BrandAct.model_validate(PRIME | {"details": {"change_pct": 1, **details}}))

    assert told() is None
    assert told(announced_at="2026-01-01") is None
    assert told(effective_at="2026-03-14T06:00:00Z") == timedelta(days=10)
    assert told(effective_at="2026-03-14T06:00:00Z", announced_at="2026-02-14T06:00:00Z") == timedelta(days=28)
    assert told(effective_at="2026-03-14T06:00:00Z", announced_at="2026-03-08T06:00:00Z") == timedelta(days=10)
    assert told(effective_at="2026-03-01T06:00:00Z") == timedelta()


def test_no_notice_is_tried_that_is_no_longer_than_the_longest_given() -> None:
    soon = BrandAct.model_validate(PRIME | {"details": {"change_pct": 1, "effective_at": "2026-04-03T06:00:00Z"}})
    month, months = timedelta(days=30), timedelta(days=60)
    assert notices_of(soon, None) == [months], "the plan itself tells them a month before"
    assert notices_of(soon, months - timedelta(seconds=1)) == [months]
    assert notices_of(soon, months) == []
    assert notices_of(BrandAct.model_validate(TERMS), timedelta(days=1)) == [month, months]
    assert notices_of(BrandAct.model_validate(PUSH), None) == []


def test_a_change_includes_what_it_does_besides_and_any_shorter_notice() -> None:
    act = BrandAct.model_validate(PRIME)
    month, months = timedelta(days=30), timedelta(days=60)
    plain, reason = Change("", act), Change("", act, None, "say the reason")
    assert Change("", act, month, "say the reason").includes(reason)
    assert Change("", act, month, "say the reason").includes(plain)
    assert Change("", act, months).includes(Change("", act, month))
    assert Change("", act, month).includes(Change("", act, month))
    assert not Change("", act, month).includes(Change("", act, months))
    assert not Change("", act, months).includes(reason)
    assert not reason.includes(Change("", act, month))


def test_what_is_given_already_goes_with_each_change() -> None:
    given = timedelta(days=45)
    changes = list(changes_of(BrandAct.model_validate(PRIME), given))
    assert {one.told_ahead for one in changes} == {given, timedelta(days=60)}
    assert [(one.told_ahead, one.other) for one in changes[:2]] == [
        (given, "say the reason"), (given, "for new customers only"),
    ]  # fmt: skip
    assert (changes[2].other, changes[3].other) == ("", "say the reason")
