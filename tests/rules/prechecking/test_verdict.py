"""A planned act is judged before it is done: by who its audience is, segment by segment, and by what is on hold."""

import json
from datetime import timedelta

import pytest

from listener.bus.tailing import Seen
from listener.catalogue import load
from listener.model.inputs import BrandAct
from listener.model.outputs import Dimensions, Estimate, TopTypes, TrackEstimate, TypeShare, ValueAtStake
from listener.operating.crowding import _told, crowd_of
from listener.rules.prechecking import Crowd, Verdict, precheck
from listener.rules.prechecking.softening import changes_of

PRIME = {
    "event_id": "a-10",
    "occurred_at": "2026-03-04T06:00:00Z",
    "audience": {"everyone": True},
    "kind": "price_changed",
    "details": {"product": "membership", "change_pct": 25, "scope": "all", "effective_at": "2026-03-20T00:00:00Z"},
}
TERMS = PRIME | {"kind": "terms_changed", "details": {"rights_removed": True, "topic": "legal", "consent": "deemed"}}
GIFT = PRIME | {"kind": "recognition_given", "details": {"form": "milestone", "public": False}}
PUSH = PRIME | {"kind": "campaign_sent", "details": {"purpose": "promotion"}}
BOOK = load()
RISE = PRIME["details"] | {"scope": "existing_customers"}
"""A rise that many types mind for being theirs alone, whenever they are told."""


def estimate(customer: str, wanted: str, brand: str = "acme") -> Estimate:
    top = TopTypes(wanted=(TypeShare(type=wanted, p=0.9),)).wanted
    track = TrackEstimate(top=top, family={}, unsettled=0.1)
    return Estimate(
        customer_id=customer, brand=brand, as_of=BrandAct.model_validate(PRIME).occurred_at, events_heard=9, held=track,
        wanted=track, enacted=track, dimensions=Dimensions(valence=0, intimacy=0, intensity=0, power=0), strength=0.5,
        strain=0, distress=0, engagement="steady", value=ValueAtStake(), catalogue="-",
    )  # fmt: skip


def judged(act: dict, *wanted: str, **crowd: object) -> Verdict:
    planned = BrandAct.model_validate(act)
    known = {f"C-{n}": estimate(f"C-{n}", name) for n, name in enumerate(wanted, 1)}
    return precheck(planned, Crowd(known, **crowd), BOOK, planned.occurred_at)  # type: ignore[arg-type]  # parts by name


@pytest.mark.parametrize(
    ("act", "wanted", "advice"),
    [
        (PRIME, "marriage_partners", "rescind"),
        (TERMS, "marriage_partners", "rescind"),
        (PRIME, "fling", "proceed"),
        (TERMS, "basic_exchange", "proceed"),
        (GIFT, "marriage_partners", "proceed"),
    ],
)
def test_a_planned_act_is_judged_by_who_the_customers_are(act: dict, wanted: str, advice: str) -> None:
    """Price +25% at short notice and a right taken by deemed consent are the articles' cases (S2)."""
    verdict = judged(act, wanted)
    assert verdict.reaction.advice == advice
    assert verdict.spare == (("C-1",) if advice != "proceed" else ())


def test_counts_add_up_over_types_and_segments() -> None:
    segments = {"C-1": ("gold",), "C-2": ("gold", "new"), "C-3": ("new",)}
    verdict = judged(PRIME, "marriage_partners", "fling", "marriage_partners", segments=segments)
    assert verdict.customers == 3
    assert verdict.reaction.exposure["marriage_partners"].customers == pytest.approx(1.81, abs=0.01)
    gold, new = verdict.segments["gold"], verdict.segments["new"]
    assert (gold.customers, new.customers) == (2, 2)
    assert gold.hurt == pytest.approx(new.hurt)
    assert 0.9 < gold.grave <= gold.hurt < 1.2


def test_an_act_for_a_segment_reaches_that_segment_only() -> None:
    gold = PRIME | {"audience": {"segment": "gold"}}
    verdict = judged(gold, "marriage_partners", "marriage_partners", segments={"C-2": ("gold",)})
    assert (verdict.customers, verdict.spare) == (1, ("C-2",))


def test_an_act_for_one_customer_reaches_that_one_only() -> None:
    one = {name: told for name, told in PRIME.items() if name != "audience"} | {"customer": {"customer_id": "C-1"}}
    assert judged(one, "marriage_partners", "marriage_partners").spare == ("C-1",)


def test_contact_that_an_open_alert_holds_back_is_on_hold() -> None:
    holds = {"C-1": ("campaign", "winback"), "C-2": ("survey",)}
    assert judged(PUSH, "fling", "fling", "fling", holds=holds).on_hold == ("C-1",)
    survey = PUSH | {"details": {"purpose": "survey"}}
    assert judged(survey, "fling", "fling", holds=holds).on_hold == ("C-2",)
    assert judged(PRIME, "fling", "fling", holds=holds).on_hold == ()


def _value(customer: str, brand: str = "acme") -> dict:
    return json.loads(estimate(customer, "marriage_partners", brand).model_dump_json())


def test_the_newest_word_on_each_customer_counts() -> None:
    alert = {"alert_id": "x", "customer_id": "C-1", "brand": "acme", "status": "raised", "suppresses": ["campaign"]}
    told = [
        ("crm.customers.v1", "C-1", {"customer_id": "C-1", "brand": "acme", "segments": ["new"]}),
        ("crm.customers.v1", "C-1", {"customer_id": "C-1", "brand": "acme", "segments": ["gold"]}),
        *(("relational.estimates.v1", f"C-{n}", _value(f"C-{n}")) for n in (1, 2)),
        ("relational.estimates.v1", "C-3", _value("C-3", "other")),
        ("relational.estimates.v1", "C-2", None),
        ("relational.alerts.v1", "C-1", alert),
    ]
    crowd = crowd_of(told, "acme")
    assert (set(crowd.estimates), crowd.segments, crowd.holds) == ({"C-1"}, {"C-1": ("gold",)}, {"C-1": ("campaign",)})
    ended = crowd_of([*told, ("relational.alerts.v1", "C-1", alert | {"status": "resolved"})], "acme")
    assert ended.holds == {}


def test_it_says_what_would_help_and_that_is_what_asking_again_says() -> None:
    """The best change tried is proceeded with: the changed plan, asked of anew, is judged the same."""
    best = judged(TERMS, "marriage_partners").reliefs[0]
    assert (best.words, best.advice) == ("tell each of them 30 days before, and take no right away", "proceed")
    ours = next(one for one in judged(PRIME, "marriage_partners").reliefs if one.words == "for new customers only")
    again = judged(PRIME | {"details": PRIME["details"] | {"scope": "new_customers"}}, "marriage_partners")
    assert (again.fall.hurt, again.reaction.advice) == (ours.hurt, ours.advice)


def test_no_change_is_told_that_would_not_hurt_fewer() -> None:
    for planned in (PRIME, TERMS):
        verdict = judged(planned, "marriage_partners", "best_friends", "captive")
        assert verdict.reliefs
        assert all(one.hurt + one.grave < verdict.fall.hurt + verdict.fall.grave for one in verdict.reliefs)
    assert judged(GIFT, "fling").reliefs == ()


def lead(months: int, **details: object) -> dict:
    """The rise, in so many months."""
    return PRIME | {"details": RISE | {"effective_at": f"2026-{3 + months:02}-20T00:00:00Z"} | details}


def test_where_notice_is_given_already_none_is_advised() -> None:
    """Practical buyers mind, and not gravely, that others pay less; four months do not change that."""
    verdict = judged(lead(4), *["basic_exchange"] * 5)
    assert verdict.fall.hurt == pytest.approx(4.9, abs=0.1)
    assert verdict.reaction.advice == "consult"
    assert not any("days before" in one.words for one in verdict.reliefs)


@pytest.mark.parametrize(("given", "tried"), [(0, {"30", "60"}), (45, {"60"}), (60, set())])
def test_a_notice_is_tried_only_where_it_is_longer_than_the_one_given(given: int, tried: set[str]) -> None:
    terms = BrandAct.model_validate(TERMS)
    words = [one.words for one in changes_of(terms, timedelta(days=given))]
    assert {one.split("them ")[1].split()[0] for one in words if one.startswith("tell each of them")} == tried


def test_notice_is_advised_where_it_would_do() -> None:
    mild = PRIME | {"details": PRIME["details"] | {"scope": "new_customers"}}
    wanted = ["marriage_partners"] + ["basic_exchange"] * 12
    assert judged(mild, *wanted).reaction.advice == "give_notice"
    told = precheck(
        BrandAct.model_validate(mild), Crowd({"C-1": estimate("C-1", "marriage_partners")}), BOOK,
        BrandAct.model_validate(PRIME).occurred_at, told_ahead=timedelta(days=120),
    )  # fmt: skip
    assert told.reaction.advice == "proceed"


@pytest.mark.parametrize("kind", ["partnership_announced", "range_repositioned", "terms_changed"])
def test_a_notice_is_one_of_the_very_act_however_little_is_told_of_it(kind: str) -> None:
    act = PRIME | {"kind": kind, "details": {"with": "x", "product": "x"}}
    assert "F24" in judged(act, "business_partners").breaks
    planned = BrandAct.model_validate(act)
    known = Crowd({"C-1": estimate("C-1", "business_partners")})
    told = precheck(planned, known, BOOK, planned.occurred_at, told_ahead=timedelta(days=30))
    assert "F24" not in told.breaks


def test_no_alternative_is_the_plan_itself() -> None:
    """A price that says nothing of its scope is one for all; and what is worse than a simpler change is none."""
    untold = PRIME | {"details": {name: told for name, told in PRIME["details"].items() if name != "scope"}}
    assert not any("everybody alike" in one.words for one in judged(untold, "marriage_partners", "captive").reliefs)
    assert not any(
        "no right" in one.words for one in judged(TERMS | {"details": {"consent": "deemed"}}, "kinship").reliefs
    )
    new = PRIME | {"details": PRIME["details"] | {"scope": "new_customers"}}
    assert [one.words for one in judged(new, "marriage_partners", "captive").reliefs] == [
        "tell each of them 30 days before"
    ]


def _profile(value: object) -> Seen:
    octets = None if value is None else json.dumps(value).encode()
    return Seen("crm.customers.v1", 0, 0, 0, b"C-1", octets, ())


def test_profiles_are_read_as_ingest_reads_them() -> None:
    """In an envelope or without; what ingest refuses says nothing, and ends nothing."""
    inner = {"customer_id": "C-1", "segments": ["gold"]}
    event = {"specversion": "1.0", "id": "1", "type": "profile", "source": "/crm", "data": inner}
    bad = ({"customer_id": "C-1", "segments": "gold"}, {"segments": ["x"]}, [1], {"specversion": "1.0", "data": 1})
    told = [one for value in (event, *bad) for one in _told(_profile(value))]
    assert crowd_of(told).segments == {"C-1": ("gold",)}
    assert crowd_of([*told, *_told(_profile(None))]).segments == {}
