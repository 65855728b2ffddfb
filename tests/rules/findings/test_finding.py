"""From an act noticed to a finding: whose, how grave, of which matter, on what evidence; and what is kept of it."""

from datetime import timedelta
from typing import Any

import pytest

from listener.model.findings import Finding
from listener.model.ledger import REPORTED, Deed, Ledger, Matter, Proof, mark_of, snapshot
from listener.model.reading import Reading
from listener.model.signals import Act, Heard
from listener.model.types import TYPES
from listener.rules.case import Case, of_signal
from listener.rules.findings.finding import found, weigh
from listener.rules.rehearsing import BEGIN
from tests.rules.builders import CATALOGUE, DAY, OPENED, belief, done, said

BUYER = belief("basic_exchange")
"""For a plain buyer a failure is grave (3), a mailing a breach (2), a demotion an irritation (1)."""
HERE = mark_of("t")


def rule(code: str):
    told = CATALOGUE.rules.of_code(code)
    assert told is not None
    return told


def case(signal: Heard | Act, ledger: Ledger | None = None, reading: Reading = BUYER) -> Case:
    return of_signal(ledger or Ledger(), signal, reading, None, CATALOGUE)


def failed(at: str = "0 s", **details: object) -> Act:
    return done("service_incident", at, **details)


def seen(
    signal: Heard | Act, code: str = "F12", *, p: float = 0.9, ledger: Ledger | None = None, reading: Reading = BUYER,
    tells: str = "", **over: Any,
) -> tuple[Finding, Ledger]:  # fmt: skip
    """One act noticed, and the ledger after it."""
    one = case(signal, ledger, reading)
    return found(one, rule(code), p, tells, **over), one.ledger


def before(*deeds: Deed, **told: Any) -> Ledger:
    return Ledger(deeds=deeds, **told)


def deed(code: str = "F12", at_s: int = OPENED - DAY, **told: Any) -> Deed:
    return Deed(**{"code": code, "at_s": at_s, "level": 2, "sure": 90, "event_id": "before", **told})


def ongoing(**told: Any) -> Matter:
    """A matter that goes on, opened yesterday on the same belief."""
    facts = {"key": 7, "cause": "before", "opened_s": OPENED - DAY, "last_s": OPENED - DAY, "codes": ("F02",)}
    return Matter(**{**facts, "belief": snapshot(BUYER.p), **told})


def test_a_finding_says_who_did_what_when_and_where() -> None:
    turn = said("agent", "1 h", in_="social", rude=0.9)
    one, _ = seen(turn, "F17", p=0.75)
    assert (one.code, one.rule_id, one.phase, one.by, one.p) == ("F17", "disrespect", "noticed", "firm", 0.75)
    assert (one.at, one.event_id, one.channel, one.conversation_id) == (turn.occurred_at, turn.event_id, "social", "t")
    assert (one.public, one.broadcast, one.details) == (True, None, {})
    report = failed(incident="late")
    act, _ = seen(report, phase="breached")
    assert (act.phase, act.channel, act.public, act.details) == ("breached", "act", False, {"incident": "late"})
    assert seen(said("customer"), "C01")[0].by == "customer"


def test_an_act_to_everybody_is_known_by_its_event() -> None:
    report = failed()
    everybody = report.data.model_copy(update={"customer": None})
    assert seen(report.model_copy(update={"data": everybody}))[0].broadcast == report.event_id


def test_how_grave_it_is_is_weighed_and_it_is_as_sure_as_the_act_and_the_share_that_minds() -> None:
    weight = weigh(case(failed()), rule("F12"), None)
    one, _ = seen(failed(), p=0.5)
    assert (one.level, one.threat, one.expected) == (weight.level, weight.threat, weight.expected)
    assert one.level == 3
    assert one.confidence == pytest.approx(0.5 * weight.share)
    assert not one.invigorates
    assert seen(failed(), reading=belief("fling"))[0].invigorates


def test_the_act_is_remembered() -> None:
    turn = said("agent", "1 h", rude=0.9)
    _, ledger = seen(turn, "F17", p=0.956)
    assert ledger.deeds == (Deed("F17", OPENED + 3600, 2, 96, 1, HERE, turn.event_id, True),)
    report = failed().model_copy(update={"data": failed().data.model_copy(update={"conversation_id": "t"})})
    (act,) = seen(report)[1].deeds
    assert (act.talk, act.is_reported) == (HERE + REPORTED, True)
    (missed,) = _at_a_moment("F02", cause="q-1")[1].deeds
    assert (missed.event_id, missed.talk) == ("q-1", b"")


def _at_a_moment(code: str, **over: Any) -> tuple[Finding, Ledger]:
    """What is found when time is up and nothing is heard."""
    one = Case(Ledger(), BEGIN, BUYER, None, CATALOGUE)
    return found(one, rule(code), 0.9, "", **over), one.ledger


def test_acts_are_remembered_for_ninety_days_and_no_more_than_twenty_four() -> None:
    old = (deed("F20", OPENED - 90 * DAY - 1), deed("F03", OPENED - 90 * DAY))
    assert [one.code for one in seen(failed(), ledger=before(*old))[1].deeds] == ["F03", "F12"]
    many = tuple(deed("F20", OPENED - n) for n in range(30, 0, -1))
    kept = seen(failed(), ledger=before(*many))[1].deeds
    assert (len(kept), kept[0].at_s, kept[-1].code) == (24, OPENED - 23, "F12")


def test_what_the_firm_breaks_opens_a_matter_where_it_is_as_likely_as_not() -> None:
    one, ledger = seen(failed(), p=0.5)
    assert (one.matter, one.along, one.cause) == (1, ("F12",), one.event_id)
    assert [matter.codes for matter in ledger.matters] == [("F12",)]
    doubtful, ledger = seen(failed(), p=0.49)
    assert (doubtful.matter, doubtful.along, ledger.matters) == (0, (), ())


def test_so_does_what_invigorates_and_not_what_is_nothing_to_them_or_is_no_breach_of_the_firms() -> None:
    assert seen(failed(), reading=belief("fling"))[0].matter == 1
    assert seen(done("tier_changed"), "F20", reading=belief("one_night_stand"))[0].matter == 0
    for code in ("B02", "C01", "S01", "D01"):
        assert seen(said("customer"), code, reading=belief("marriage_partners"))[0].matter == 0


def test_everything_joins_a_matter_that_goes_on() -> None:
    going = before(deed(matter=7, event_id="cause"), matters=(ongoing(),))
    for code in ("F12", "B02", "C01"):
        one, ledger = seen(failed(), code, p=0.3, ledger=going)
        assert (one.matter, one.along, ledger.matters[0].codes) == (7, ("F02", code), ("F02", code))
        assert ledger.deeds[-1].matter == 7


def test_its_cause_is_the_first_such_act_of_the_matter() -> None:
    deeds = (deed(matter=3, event_id="elsewhere"), deed(matter=7, event_id="first"), deed(matter=7, event_id="second"))
    assert seen(failed(), ledger=before(*deeds, matters=(ongoing(),)))[0].cause == "first"
    assert seen(failed(), ledger=before(*deeds, matters=(ongoing(),)), cause="told")[0].cause == "told"
    loose = seen(failed(), p=0.3, ledger=before(deed(event_id="loose")))[0]
    assert loose.cause == loose.event_id, "acts of no matter have no cause in common"


def test_it_is_judged_on_the_belief_before_the_matter() -> None:
    steady = ongoing(contacts=10_000)
    assert seen(failed(), ledger=before(matters=(steady,)), reading=belief("fling"))[0].level == 3
    assert seen(failed(), reading=belief("fling"))[0].level == 0
    friend = seen(failed(), ledger=before(matters=(steady,)), reading=belief("best_friends"))[0]
    assert friend.wanted == "basic_exchange", "so is whom it hurt"
    assert friend.sure == pytest.approx(0.9, abs=0.05), "and how sure that was"


def test_who_minds_is_told_of_what_may_be_told() -> None:
    one, _ = seen(failed())
    assert one.wanted == "basic_exchange"
    assert max(one.minds, key=lambda name: one.minds[name]) == "basic_exchange"
    nothing, _ = seen(done("tier_changed"), "F20", reading=belief("one_night_stand"))
    assert (nothing.wanted, nothing.minds) == ("", {})
    assert seen(done("tier_changed"), "F20")[0].wanted == "basic_exchange", "an irritation may add up"
    charmed, _ = seen(done("tier_changed"), "M09", reading=belief("adversaries"))
    assert (charmed.level, charmed.wanted) == (0, "adversaries"), "a mismatch is told for information"


def test_types_that_are_hardly_there_have_no_say() -> None:
    assert set(seen(said("customer"), "S01", reading=belief("fling", 0.4))[0].minds) == set(TYPES)
    assert set(seen(said("customer"), "S01", reading=belief("fling", 0.5))[0].minds) == {"fling"}  # 0.018 each


def test_danger_is_critical_whatever_it_weighs() -> None:
    assert seen(failed(safety=True), reading=belief("fling"))[0].critical
    assert not seen(failed())[0].critical


@pytest.mark.parametrize("word", ["exit_s", "legal_s"])
def test_a_grave_act_is_critical_within_a_fortnight_of_talk_of_leaving_or_of_the_law(word: str) -> None:
    assert seen(failed(), ledger=Ledger(**{word: OPENED - 14 * DAY}))[0].critical
    assert not seen(failed(), ledger=Ledger(**{word: OPENED - 14 * DAY - 1}))[0].critical
    assert not seen(done("tier_changed"), "F20", ledger=Ledger(**{word: OPENED - DAY}))[0].critical


def test_what_was_never_spoken_of_is_not_spoken_of_in_1970() -> None:
    one = Case(Ledger(), BEGIN - timedelta(seconds=OPENED - DAY), BUYER, None, CATALOGUE)
    assert not found(one, rule("F12"), 0.9, "").critical


@pytest.mark.parametrize("cue", ["exit", "legal_threat"])
def test_so_is_one_that_they_tell_of_in_the_same_breath(cue: str) -> None:
    assert seen(said("customer", **{cue: 0.6}))[0].critical
    assert not seen(said("customer", **{cue: 0.59}))[0].critical
    assert not seen(said("agent", **{cue: 0.9}))[0].critical


def test_so_is_one_in_great_distress_about_the_firm() -> None:
    frantic, upset = belief("basic_exchange", distress=0.8), belief("basic_exchange", distress=0.79)
    about_us = Ledger(about_brand=True)
    assert seen(failed(), ledger=about_us, reading=frantic)[0].critical
    assert not seen(failed(), ledger=about_us, reading=upset)[0].critical
    assert not seen(failed(), reading=frantic)[0].critical


def proof(event_id: str, at_s: int) -> Proof:
    return Proof(event_id, "chat", at_s, "customer", "complaint")


def test_what_proves_it_is_told_in_order_of_time_each_event_once() -> None:
    report = failed()
    told = (proof("later", OPENED - 1), proof("first", OPENED - 9), proof(report.event_id, OPENED))
    (first, later, own) = seen(report, proofs=told)[0].evidence
    assert (first.event_id, later.event_id, own) == ("first", "later", told[2])


def test_earlier_acts_of_the_kind_in_the_matter_prove_it_too_the_newest_and_four_at_most() -> None:
    deeds = [deed(at_s=OPENED - 9 + n, matter=7, event_id=f"d{n}") for n in range(4)]
    strange = deed(at_s=OPENED - 1, matter=6, event_id="strange")
    report = failed()
    one, _ = seen(report, ledger=before(*deeds, strange, matters=(ongoing(),)), proofs=(proof("x", OPENED - 100),))
    assert [one.event_id for one in one.evidence] == ["x", "d2", "d3", report.event_id]
    assert one.evidence[1] == Proof("d2", "act", OPENED - 7, "firm", "F12")
    loose = seen(report, p=0.3, ledger=before(strange, deed(event_id="loose")))[0]
    assert [one.event_id for one in loose.evidence] == [report.event_id]


def test_where_nothing_is_heard_only_what_it_rests_on_proves_it() -> None:
    one, _ = _at_a_moment("F02", cause="q-1", proofs=(proof("q-1", OPENED - DAY),))
    assert [proof.event_id for proof in one.evidence] == ["q-1"]


@pytest.mark.parametrize(
    ("details", "says"),
    [
        ({}, "service_incident"),
        ({"incident": "wrong_item"}, "service_incident: wrong item"),
        ({"channel": "email", "incident": "late"}, "service_incident: late"),
        ({"incident": "", "form": {"amount": "5.00", "currency": "EUR"}}, "service_incident: 5.00 EUR"),
        ({"form": {"amount": 5}}, "service_incident: 5"),
        ({"form": {"other": 5}}, "service_incident: {'other': 5}"),
        ({"topic": ["two_words", 2]}, "service_incident: two words, 2"),
        ({"topic": "x" * 100}, "service_incident: " + "x" * 80),
    ],
)
def test_an_act_is_cited_by_its_kind_and_what_says_most_of_it(details: dict, says: str) -> None:
    assert seen(failed(**details))[0].evidence[0].says == says


def test_words_are_cited_by_what_they_break() -> None:
    assert seen(said("agent"), "F17")[0].evidence[0].says == "F17"


def test_it_tells_what_happened_in_the_acts_own_words_and_leaves_out_what_is_not_told() -> None:
    act = done("tier_changed", **{"from": "top_gold", "to": ["a", "b"]})
    assert seen(act, "F20", tells="From {from} to {to}, by {whom}.")[0].why == "From top gold to a, b, by …."
    assert seen(act, "F20")[0].why == ""
