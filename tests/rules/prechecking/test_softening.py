"""What a planned act could be instead: each change in words, and the act as it would be then."""

from datetime import timedelta

import pytest

from listener.model.inputs import BrandAct
from listener.rules.prechecking.softening import Change, changes_of

RISE = {"change_pct": 25, "product": "membership"}


def plan(kind: str, **details: object) -> BrandAct:
    return BrandAct.model_validate(
        {
            "event_id": "a-1",
            "occurred_at": "2026-03-04T06:00:00Z",
            "audience": {"segment": "gold"},
            "kind": kind,
            "details": details,
        }
    )


def tried(kind: str, **details: object) -> list[Change]:
    return list(changes_of(plan(kind, **details)))


def test_a_change_sets_its_detail_and_leaves_all_else_as_planned() -> None:
    act = plan("fee_charged", what="paper bill", disclosed=False)
    (change,) = changes_of(act)
    assert (change.words, change.told_ahead) == ("say the fee beforehand", None)
    assert change.act == act.model_copy(update={"details": {"what": "paper bill", "disclosed": True}})
    assert act.details["disclosed"] is False, "the plan itself stays"


def test_what_the_plan_does_already_is_not_proposed() -> None:
    assert tried("fee_charged", disclosed=True) == []
    assert [one.words for one in tried("campaign_sent", purpose="news", personal=True)] == ["use no personal data"]


def test_what_a_plan_does_not_say_is_taken_as_the_milder_and_not_proposed_again() -> None:
    """A price of which no scope is told is for all, terms take no right away, a campaign is not personal."""

    def softer(kind: str, **details: object) -> list[str]:
        return [one.words for one in tried(kind, **details) if one.told_ahead is None]

    assert softer("price_changed", **RISE) == ["say the reason", "for new customers only"]
    assert softer("terms_changed", consent="deemed") == [
        "ask for their consent", "take no right away, and ask for their consent",
    ]  # fmt: skip
    assert softer("campaign_sent", purpose="promotion") == ["send news in place of an offer"]
    assert softer("data_requested", fields=["name"]) == []
    assert softer("idea_used", idea="x") == ["credit whose idea it was"]


def test_of_two_details_one_that_differs_is_enough() -> None:
    words = [one.words for one in tried("terms_changed", rights_removed=False, consent="deemed")]
    assert words[:2] == ["ask for their consent", "take no right away, and ask for their consent"]
    both = next(one for one in tried("terms_changed", rights_removed=True, consent="deemed") if "and ask" in one.words)
    assert (both.act.details["rights_removed"], both.act.details["consent"]) == (False, "opt_in")


def test_what_can_be_told_of_is_told_a_month_or_two_before_by_itself_and_with_each_other_change() -> None:
    changes = tried("price_changed", **RISE, scope="all")
    others = ["say the reason", "for new customers only"]
    month, months = "tell each of them 30 days before", "tell each of them 60 days before"
    assert [one.words for one in changes] == [
        *others, month, *(f"{month}, and {one}" for one in others), months, *(f"{months}, and {one}" for one in others),
    ]  # fmt: skip
    ahead = [None, None, *[timedelta(days=30)] * 3, *[timedelta(days=60)] * 3]
    assert [one.told_ahead for one in changes] == ahead
    assert changes[2].act == plan("price_changed", **RISE, scope="all"), "a notice changes the act in nothing"
    assert [one.act for one in changes[3:5]] == [one.act for one in changes[:2]]


@pytest.mark.parametrize("kind", ["terms_changed", "product_retired", "range_repositioned", "partnership_announced"])
def test_changes_that_last_are_told_ahead(kind: str) -> None:
    assert {one.told_ahead for one in tried(kind)} >= {timedelta(days=30), timedelta(days=60)}


def test_an_act_of_which_nothing_softer_is_known_is_left_as_it_is() -> None:
    assert tried("order_placed") == []
