"""A planned act is judged before it is done: by who its audience is, segment by segment, and by what is on hold."""

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.catalogue import load
from listener.cli import listener
from listener.model.inputs import BrandAct
from listener.model.outputs import Dimensions, Estimate, TopTypes, TrackEstimate, TypeShare, ValueAtStake
from listener.operating.crowding import crowd_of
from listener.rules.prechecking import Crowd, Verdict, precheck
from listener.rules.softening import changes_of

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
OURS = {"LISTENER_BRAND": "acme"}
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


def _value(customer: str, brand: str = "acme") -> dict:
    return json.loads(estimate(customer, "marriage_partners", brand).model_dump_json())


def asked(folder: Path, planned: dict, *wanted: str, code: int = 1, more: Sequence[str] = ()) -> str:
    """What the command says of a plan, to customers who want these."""
    act, known = folder / "act.json", folder / "known.jsonl"
    act.write_text(json.dumps(planned))
    known.write_text("".join(json.dumps(_value(f"C-{n}") | _wanting(name)) + "\n" for n, name in enumerate(wanted, 1)))
    done = CliRunner().invoke(listener, ["precheck", str(act), "--estimates", str(known), *more], env=OURS)
    assert done.exit_code == code, done.output
    return done.stderr if code == 2 else done.output


def _wanting(name: str) -> dict:
    return {"wanted": json.loads(estimate("C-1", name).model_dump_json())["wanted"]}


def test_it_says_what_to_do_in_words_and_calls_ties_by_the_names_staff_know(tmp_path: Path) -> None:
    told = asked(tmp_path, PRIME, "marriage_partners")
    assert "Advice: rescind - do not do it like this" in told
    assert "It is meant for 1 customer; about 1 would be hurt by it, about 1 of these gravely." in told
    assert "devoted customer" in told
    assert not any(name in told for name in BOOK.types.by_id if "_" in name)


def test_it_says_why_they_mind(tmp_path: Path) -> None:
    told = asked(tmp_path, PRIME, "marriage_partners")
    assert "F06 The price rose with too little notice. The price of membership rose by 25%" in told
    assert "because: A 25% rise on short notice makes loyal members feel exposed" in told


def test_it_says_what_would_help_and_that_is_what_asking_again_says(tmp_path: Path) -> None:
    """The best change tried is proceeded with: the changed plan, asked of anew, is judged the same."""
    best = judged(TERMS, "marriage_partners").reliefs[0]
    assert (best.words, best.advice) == ("tell each of them 30 days before, and take no right away", "proceed")
    ours = next(one for one in judged(PRIME, "marriage_partners").reliefs if one.words == "for new customers only")
    again = judged(PRIME | {"details": PRIME["details"] | {"scope": "new_customers"}}, "marriage_partners")
    assert (again.fall.hurt, again.reaction.advice) == (ours.hurt, ours.advice)
    assert "for new customers only: about 1 hurt, about 1 gravely" in asked(tmp_path, PRIME, "marriage_partners")


def test_no_change_is_told_that_would_not_hurt_fewer() -> None:
    for planned in (PRIME, TERMS):
        verdict = judged(planned, "marriage_partners", "best_friends", "captive")
        assert verdict.reliefs
        assert all(one.hurt + one.grave < verdict.fall.hurt + verdict.fall.grave for one in verdict.reliefs)
    assert judged(GIFT, "fling").reliefs == ()


def test_where_most_types_mind_those_who_do_not_are_named(tmp_path: Path) -> None:
    rise = PRIME | {"details": PRIME["details"] | {"scope": "existing_customers"}}
    told = asked(tmp_path, rise, "marriage_partners")
    f27 = told.split("F27 ")[1].splitlines()
    assert f27[2].strip() == "minded by everybody but new contact"


def test_types_that_are_hardly_there_are_named_together_and_not_listed_at_nought(tmp_path: Path) -> None:
    told = asked(tmp_path, PRIME, "marriage_partners")
    minding = told.split("Who would mind")[1].split("Spare")[0].splitlines()[1:]
    assert [line.split("  ")[1] for line in minding] == ["devoted customer"]
    many = asked(tmp_path, PRIME, *["marriage_partners"] * 9)
    assert "others, less than one of each (less than one in all): " in many


def test_customers_are_told_by_whole_numbers(tmp_path: Path) -> None:
    told = asked(tmp_path, PRIME, *["marriage_partners"] * 9, "best_friends", "fling")
    assert not re.search(r"\d\.\d", told.split("Rules it would break")[0] + told.split("What would help")[1])
    assert "about 10 would be hurt by it" in told


def test_a_long_row_of_types_is_cut_where_those_end_of_whom_most_are_meant(tmp_path: Path) -> None:
    short, whole = (asked(tmp_path, PRIME, "captive", "best_friends", more=more) for more in ((), ("--all",)))
    row, all_of_it = (told.split("minded by ")[1].splitlines()[0] for told in (short, whole))
    assert set(row.split(", ")[:2]) == {"close confidant", "locked-in customer"}
    count = re.search(r" and (\d+) more types$", row)
    assert count is not None
    assert len(all_of_it.split(", ")) == len(row.split(", ")) + int(count[1])


@pytest.mark.parametrize(
    ("planned", "says"),
    [
        ({name: told for name, told in PRIME.items() if name != "occurred_at"}, "occurred_at is missing"),
        (PRIME | {"kind": "price_change"}, "'price_change' is no kind of act; did you mean price_changed?"),
        (PRIME | {"details": {}}, "change_pct"),
    ],
)
def test_what_is_wrong_with_the_plan_is_said_by_name(planned: dict, says: str, tmp_path: Path) -> None:
    assert says in asked(tmp_path, planned, "fling", code=2)


def test_a_detail_that_no_rule_knows_is_said_to_be_passed_over(tmp_path: Path) -> None:
    strange = PRIME | {"details": PRIME["details"] | {"colour": "red", "scope": "everyone"}}
    told = asked(tmp_path, strange, "fling", code=0)
    assert "price_changed has no detail 'colour'" in told
    assert "scope is one of all, existing_customers, new_customers, and not 'everyone'" in told


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


def test_it_says_how_long_before_they_are_told(tmp_path: Path) -> None:
    assert "They are told of it 137 days before it takes effect." in asked(tmp_path, lead(4), "marriage_partners")
    told = asked(tmp_path, PRIME, "marriage_partners", code=0, more=("--told-ahead", "120 d"))
    assert "They are told of it 120 days before it takes effect." in told
    assert "'soon' is not a span of time" in asked(tmp_path, PRIME, "fling", code=2, more=("--told-ahead", "soon"))


def test_estimates_of_another_brand_are_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OURS, "LISTENER_BRAND", "other")
    told = asked(tmp_path, PRIME, "fling", "fling", code=2)
    assert "known.jsonl: no estimate of other in it, but 2 of acme; LISTENER_BRAND=acme judges by those" in told


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "no estimate in it; without any there is nothing to judge by; `listener replay"),
        ("{", "line 1: not JSON ("),
        ("[1]", "line 1: a JSON list, no estimate"),
        ('{"brand": "acme", "customer_id": "C-1"}', "an estimate in it is none: as_of: Field required"),
    ],
)
def test_a_file_that_holds_no_estimates_is_said_to_hold_none(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "known.jsonl").write_text(line)
    (tmp_path / "act.json").write_text(json.dumps(PRIME))
    words = ["precheck", str(tmp_path / "act.json"), "--estimates", str(tmp_path / "known.jsonl")]
    done = CliRunner().invoke(listener, words, env=OURS)
    assert done.exit_code == 2
    assert says in done.stderr


@pytest.mark.parametrize(
    ("whom", "says"),
    [
        ({"audience": {"segment": "gold"}}, "audience.segment: none of 1 customers is in 'gold'"),
        (
            {"audience": None, "customer": {"customer_id": "C-2"}},
            "customer: nothing is known of C-2; did you mean C-1?",
        ),
    ],
)
def test_a_plan_for_nobody_is_no_advice(whom: dict, says: str, tmp_path: Path) -> None:
    assert says in asked(tmp_path, PRIME | whom, "fling", code=2)
