"""What findings make of the alerts: raised, updated or proved better; how grave, in which order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from msgspec.structs import replace as amended

from listener import alerting
from listener.alerting.saying import packed_tops
from listener.model.findings import Finding
from listener.model.inputs import Profile
from listener.model.ledger import Proof
from listener.model.outputs import SEVERITIES, Alert
from listener.model.told import OPEN, PROOFS, Closed, Told
from listener.rules.rehearsing import BEGIN
from tests.alerting.harness import WHO
from tests.alerting.test_holding_back import found
from tests.rules.builders import CATALOGUE, belief

START = int(BEGIN.timestamp())
PRICE = next(one.id for one in CATALOGUE.rules.by_id.values() if one.code == "F06")
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
NOTHING = Told()
READING = belief("best_friends")


def proof(event_id: str = "e", channel: str = "act", at_s: int = 0, role: str = "system") -> Proof:
    return Proof(event_id, channel, START + at_s, role, "it failed")


def chosen(
    *findings: Finding, told: Told = NOTHING, profile: Profile | None = None, leaving: float = 0.0
) -> tuple[Told, tuple[Alert, ...], Sequence[alerting.Fate]]:
    """What findings of one moment make of what was told."""
    reading = replace(READING, leaving=leaving)
    return alerting.choose(told, findings, reading, profile, WHO, findings[0].at, CATALOGUE)


def failed(after: timedelta = timedelta(), event_id: str = "e", **told: Any) -> Finding:
    return found("F12", "failure", at=BEGIN + after, **{"event_id": event_id, "evidence": (proof(event_id),), **told})


def severity(code: str, rule_id: str, **told: Any) -> str | None:
    """How grave the alert of one finding is; None where it has none."""
    _, said, _ = chosen(found(code, rule_id, **told))
    return said[0].severity if said else None


def opened(**told: Any) -> Told:
    """An alert raised at the beginning."""
    return chosen(failed(**told))[0]


def test_an_act_of_the_firm_is_worth_an_alert_from_a_breach_on() -> None:
    assert [severity("F12", "failure", level=n) for n in range(4)] == [None, None, "medium", "high"]
    assert [severity("F12", "failure", level=n, critical=True) for n in range(4)] == [
        None, None, "critical", "critical",
    ]  # fmt: skip


def test_an_act_of_the_customer_or_strain_is_as_grave_as_its_level_and_critical_from_three_on() -> None:
    for code, rule in (("C01", "rival-praised"), ("S01", "strain")):
        assert [severity(code, rule, level=n) for n in range(4)] == [None, "low", "medium", "high"]
        assert [severity(code, rule, level=n, critical=True) for n in (1, 2, 3)] == ["low", "medium", "critical"]


def test_a_kindness_is_worth_no_alert_whatever_its_level() -> None:
    assert [severity("B01", "idea-honoured", level=n) for n in (0, 3)] == [None, None]


def test_of_mismatches_without_a_level_an_adversary_charmed_alone_is_told_for_information() -> None:
    rules = {one.code: one.id for one in CATALOGUE.rules.by_id.values() if one.code.startswith("M")}
    graded = {code: severity(code, rule, level=0) for code, rule in rules.items()}
    assert graded == {code: "info" if code == "M09" else None for code in rules}


def test_a_new_alert_holds_what_was_found_and_when_it_falls_due() -> None:
    evidence = tuple(proof(f"e{n}") for n in range(PROOFS + 2))
    finding = failed(
        HOUR, cause="first", matter=7, level=3, threat=0.4, confidence=0.8, broadcast="all", critical=True,
        evidence=evidence, why="It failed.", sure=0.9, minds={"best_friends": 1.0},
    )  # fmt: skip
    told, (said,), (fate,) = chosen(finding)
    (alert,), now = told.open, START + 3600
    assert (alert.rule, alert.code, alert.matter, alert.cause) == ("failure", "F12", 7, "first")
    assert (alert.severity, alert.status, alert.critical) == (SEVERITIES.index("critical"), "raised", True)
    assert (alert.started_s, alert.updated_s, alert.said_s, told.raised) == (now, now, now, (now,))
    assert alert.due_s == alert.repair_due_s == now + CATALOGUE.repairs.within_s["critical"]
    assert (alert.expires_s, alert.mends_s) == (now + CATALOGUE.rules.by_id["failure"].window_s, 0)
    assert (alert.occurrences, alert.threat, alert.confidence) == (1, 0.4, 0.8)
    assert (alert.wanted, alert.broadcast, alert.proofs) == ("best_friends", "all", evidence[:PROOFS])
    assert (alert.tops, alert.at_risk) == (packed_tops(READING), None)
    assert "It failed. For them this is a grave breach." in alert.why
    assert alert.why.startswith("Seen as “")
    assert set(CATALOGUE.repairs.types["best_friends"].avoid) & set(alert.avoid)
    assert (said.status, said.updated_at, said.customer_id) == ("raised", finding.at, "C-1")
    assert fate == (alert.alert_id, None, None)
    assert said.alert_id == alert.alert_id == sha256(b"C-1|acme|failure|first").hexdigest()[:32]


def test_the_reason_tells_how_sure_the_tie_was_when_the_act_was_judged_whatever_is_believed_since() -> None:
    """The words that tell of the act move the belief: the tie it was judged by may be believed in no more."""
    believed_since = belief("enemies")
    told, _, _ = alerting.choose(NOTHING, [failed(sure=0.74)], believed_since, None, WHO, BEGIN, CATALOGUE)
    assert "(0.74). " in told.open[0].why


def test_a_matter_that_was_closed_has_an_id_of_the_event_that_opens_it_anew() -> None:
    first, ended = sha256(b"C-1|acme|failure|first").hexdigest()[:32], START - 10 * 86_400
    told, _, _ = chosen(failed(cause="first"), told=Told(closed=(Closed("failure", 1, first, ended, 2),)))
    assert (told.open[0].cause, told.open[0].alert_id) == ("e", sha256(b"C-1|acme|failure|e").hexdigest()[:32])
    told, _, _ = chosen(failed(cause="first"), told=Told(closed=(Closed("failure", 1, "another", ended, 2),)))
    assert (told.open[0].cause, told.open[0].alert_id) == ("first", first)


def test_an_event_whose_name_is_broken_text_has_an_alert_of_its_own_too() -> None:
    names = "e\ud800", "e\ud801"
    assert len({opened(cause=name).open[0].alert_id for name in names}) == 2


def neglected(how_many: int) -> Told:
    """So many open alerts."""
    many = (amended(opened().open[0], alert_id=f"a{n}", rule="neglect", code="F33", matter=n) for n in range(how_many))
    return Told(open=tuple(many), raised=tuple(range(START - 12, START)))


def test_the_oldest_of_too_many_open_alerts_ends_and_it_is_told() -> None:
    """Else whoever holds it would hold it for ever: no disposition would find it, nothing end it."""
    new = failed(matter=99, event_id="new", cause="new", critical=True)
    told, said, fates = chosen(new, told=neglected(OPEN))
    assert [one.matter for one in told.open] == [*range(1, OPEN), 99]
    assert [(one.alert_id, one.status, one.ended_at) for one in said] == [
        (told.open[-1].alert_id, "raised", None),
        ("a0", "expired", new.at),
    ]
    assert [one.alert_id for one in told.closed] == ["a0"]
    assert fates[0].alert_id == told.open[-1].alert_id
    assert told.raised == (*range(START - 11, START), START)


def test_those_that_a_merge_made_too_many_end_at_the_next_moment_though_nothing_is_found() -> None:
    told, said, _ = alerting.choose(neglected(OPEN + 3), (), READING, None, WHO, BEGIN, CATALOGUE)
    assert [(one.alert_id, one.status) for one in said] == [(f"a{n}", "expired") for n in range(3)]
    assert [one.matter for one in told.open] == [*range(3, OPEN + 3)]


def test_what_was_raised_a_day_ago_is_not_counted_any_more_and_not_kept() -> None:
    told, _, _ = chosen(failed(), told=Told(raised=(START - 86_400, START - 86_399)))
    assert told.raised == (START - 86_399, START)


def test_what_leaving_may_cost_is_told_in_cents_half_a_cent_up() -> None:
    risks = []
    for amount, leaving in (("10000.00", 0.12344), ("0.50", 0.01), ("0.50", 0.0099)):
        profile = Profile(customer_id="C-1", annual_value={"amount": amount, "currency": "EUR"})
        risks.append(chosen(failed(), profile=profile, leaving=leaving)[0].open[0].at_risk)
    assert risks == [("1234.00", "EUR"), ("0.01", "EUR"), ("0.00", "EUR")]


def test_of_someone_whose_worth_is_unknown_nothing_is_said_of_cost() -> None:
    assert chosen(failed(), profile=Profile(customer_id="C-1"), leaving=0.5)[0].open[0].at_risk is None


@pytest.mark.parametrize("phase", ["settled", "late"])
def test_a_settled_debt_raises_nothing_and_comes_before_what_was_found_beside_it(phase: str) -> None:
    settled, anew = failed(HOUR, "s", phase=phase), failed(HOUR, "n", matter=2, cause="n", level=3)
    after, said, fates = chosen(anew, settled, told=opened())
    assert [(one.status, one.evidence[0].event_id) for one in said] == [("resolved", "e"), ("raised", "n")]
    assert [fate.alert_id for fate in fates] == [after.open[0].alert_id, None]
    assert [one.matter for one in after.open] == [2]


def test_two_debts_settled_at_once_are_both_said() -> None:
    told = Told(open=(*opened().open, *opened(matter=2).open))
    after, said, _ = chosen(failed(HOUR, phase="settled"), failed(HOUR, phase="settled", matter=2), told=told)
    assert (after.open, [one.status for one in said]) == ((), ["resolved", "resolved"])


def test_time_passes_before_anything_is_chosen_and_also_where_nothing_was_found() -> None:
    told = Told(open=(amended(opened().open[0], expires_s=START + 60),))
    _, said, _ = chosen(failed(HOUR, "n", matter=2, level=3), told=told)
    assert [one.status for one in said] == ["expired", "raised"]
    after, said, fates = alerting.choose(told, [], READING, None, WHO, BEGIN + HOUR, CATALOGUE)
    assert (after.open, [one.status for one in said], fates) == ((), ["expired"], ())


def test_acts_come_before_their_symptoms_and_mismatches_before_strain_before_distress() -> None:
    rules = {"D01": "distress", "S01": "strain", "M05": "patron-treated-as-ticket"}
    rules |= {"F24": "no-advance-notice", "F12": "failure"}
    findings = [found(code, rule, level=3, event_id=code, matter=n) for n, (code, rule) in enumerate(rules.items())]
    assert [one.act.code for one in chosen(*findings)[1]] == ["F12", "F24", "M05"]
    assert [fate.held_back for fate in chosen(*findings[:2])[2]] == ["symptom", None]


def test_acts_of_one_rank_keep_the_order_in_which_they_were_found() -> None:
    findings = [found("F06", PRICE, event_id="x"), found("F12", "failure", event_id="y", p=0.95)]
    assert [one.act.code for one in chosen(*findings)[1]] == ["F06", "F12"]
    assert [one.act.code for one in chosen(*findings[::-1])[1]] == ["F12", "F06"]


def test_of_two_rules_for_one_code_the_surest_finding_of_each_decides() -> None:
    own, low, high = failed(p=0.8), found("F12", "inconsistency", p=0.7), found("F12", "inconsistency", p=0.9)
    for findings in ((low, own, high), (high, own, low)):
        told, said, _ = chosen(*findings)
        assert [one.rule_id for one in said] == [one.rule for one in told.open] == ["inconsistency"]


def test_only_an_act_that_is_worth_an_alert_has_the_alert_of_its_matter() -> None:
    told = opened()
    standing = told.open[0].alert_id
    fates = chosen(
        failed(HOUR), failed(HOUR, level=1), failed(HOUR, phase="opened"), failed(HOUR, matter=2, p=0.1), told=told
    )
    assert [fate.alert_id for fate in fates[2]] == [standing, None, None, None]


def test_a_mismatch_found_with_strain_is_said_and_strain_is_its_symptom() -> None:
    strain, mismatch = found("S01", "strain"), found("M05", "patron-treated-as-ticket", event_id="m", matter=2)
    assert [fate.held_back for fate in chosen(strain, mismatch)[2]] == ["symptom", None]


def test_the_alert_that_speaks_for_a_symptom_is_named_and_no_other_reason_names_one() -> None:
    told = opened()
    strain = found("S01", "strain", at=BEGIN + MINUTE, event_id="s")
    fates = chosen(strain, amended(strain, p=0.5), found("M01", "partner-treated-as-buyer", event_id="m"), told=told)[2]
    assert [(one.held_back, one.held_by) for one in fates] == [
        ("symptom", told.open[0].alert_id), ("unsure", None), (None, None),
    ]  # fmt: skip


def test_a_symptom_that_is_unsure_makes_nothing_graver() -> None:
    before, _, _ = chosen(found("F06", PRICE, evidence=(proof("e"),)))
    unsure = found("F24", "no-advance-notice", at=BEGIN + MINUTE, level=3, p=0.1, evidence=(proof("e"),))
    assert chosen(unsure, told=before)[:2] == (before, ())


def test_what_is_told_for_information_has_its_alert_too() -> None:
    told, _, (fate,) = chosen(found("M09", "adversary-charmed", level=0))
    assert fate.alert_id == told.open[0].alert_id


def test_a_graver_symptom_brings_its_cause_its_own_proof_only() -> None:
    shared = (proof("e"), proof("older", at_s=-99_999))
    before, _, _ = chosen(found("F06", PRICE, evidence=(proof("e"),)))
    finding = found("F24", "no-advance-notice", at=BEGIN + MINUTE, level=3, evidence=shared)
    told, (said,), (fate,) = chosen(finding, told=before)
    assert (said.status, said.severity, said.act.code) == ("updated", "high", "F06")
    assert [one.event_id for one in told.open[0].proofs] == ["e"]
    assert (fate.alert_id, fate.held_back) == (said.alert_id, "symptom"), "whose alert carries it"
    assert chosen(amended(finding, level=2), told=before)[:2] == (before, ())


def test_one_act_makes_one_alert_that_says_what_else_is_wrong_with_it() -> None:
    rise, untold = found("F06", PRICE), found("F24", "no-advance-notice")
    told, (said,), fates = chosen(untold, rise)
    assert said.act.code == "F06"
    assert said.why.endswith(" With it: the customer was not told ahead.")
    assert [one.why for one in told.open] == [said.why]
    assert [one.alert_id for one in fates] == [said.alert_id, said.alert_id]


def test_what_is_said_of_an_act_later_does_not_raise_its_alert_anew() -> None:
    before, _, _ = chosen(found("F06", PRICE))
    told, said, (fate,) = chosen(found("F24", "no-advance-notice", at=BEGIN + MINUTE), told=before)
    assert (told, said) == (before, ())
    assert fate.alert_id == before.open[0].alert_id


def test_of_two_acts_each_has_its_alert() -> None:
    rise, untold = found("F06", PRICE, event_id="rise"), found("F24", "no-advance-notice", event_id="other")
    assert {one.act.code for one in chosen(rise, untold)[1]} == {"F06", "F24"}
