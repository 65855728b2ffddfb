"""What comes after an alert is raised: one more act or only proof of it, when it is said again, what mends it."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace as amended

from listener.alerting.saying import packed_tops
from listener.model.findings import Finding
from listener.model.ledger import Proof
from listener.model.outputs import SEVERITIES
from listener.model.told import Open, Told
from listener.rules.rehearsing import BEGIN
from tests.alerting.test_choosing import HOUR, MINUTE, READING, SECOND, START, chosen, failed, opened, proof
from tests.alerting.test_holding_back import found
from tests.rules.builders import CATALOGUE

WEEK = timedelta(days=7)
SAME_SEND = 5 * 60


def again(told: Told, finding: Finding) -> tuple[Open, list[str]]:
    """The alert after one more finding, and the statuses that were said."""
    after, said, _ = chosen(finding, told=told)
    return after.open[0], [one.status for one in said]


def test_one_more_act_within_the_hour_is_said_when_it_brings_new_proof_only() -> None:
    same = again(opened(), failed(59 * MINUTE))
    assert (same[1], same[0].said_s, same[0].updated_s) == ([], START, START + 59 * 60)
    new = again(opened(), failed(59 * MINUTE, "e2"))
    assert (new[1], new[0].said_s) == (["updated"], START + 59 * 60)


def test_it_is_said_again_from_the_hour_on_or_once_it_is_graver() -> None:
    assert again(opened(), failed(HOUR - SECOND))[1] == []
    assert again(opened(), failed(HOUR))[1] == ["updated"]
    graver, said = again(opened(), failed(MINUTE, level=3))
    assert (said, graver.severity, graver.said_s) == (["updated"], SEVERITIES.index("high"), START + 60)


def test_an_update_lessens_nothing() -> None:
    told = opened(level=3, critical=True, threat=0.6, confidence=0.7)
    milder, _ = again(told, failed(HOUR, level=2, threat=0.1, confidence=0.2))
    assert (milder.severity, milder.critical) == (SEVERITIES.index("critical"), True)
    assert (milder.threat, milder.confidence) == (0.6, 0.7)
    louder, _ = again(opened(threat=0.1, confidence=0.2), failed(HOUR, critical=True, threat=0.6, confidence=0.7))
    assert (louder.threat, louder.confidence, louder.critical) == (0.6, 0.7, True)


def test_an_update_says_what_the_tie_is_now_and_stops_the_mending() -> None:
    told = opened()
    told = Told(open=(amended(told.open[0], mends_s=START + 9_999, tops=b""),))
    updated, _ = again(told, failed(HOUR))
    assert (updated.mends_s, updated.tops) == (0, packed_tops(READING))


def test_an_update_changes_its_own_alert_only_and_keeps_the_order() -> None:
    other = amended(opened().open[0], rule="neglect", code="F33", matter=5)
    told = Told(open=(other, *opened().open))
    after, (said,), _ = chosen(failed(HOUR, "e2"), told=told)
    assert after.open[0] == other
    assert (after.open[1].updated_s, after.open[1].rule) == (START + 3600, "failure")
    assert (said.rule_id, said.updated_at, said.customer_id) == ("failure", BEGIN + HOUR, "C-1")


def counted(old: Proof, new: Proof | None, **told: Any) -> int:
    """How often it was done, after a second finding proved by `new`."""
    finding = failed(timedelta(days=1), new.event_id if new else "e2", evidence=(new,) if new else (), **told)
    return again(opened(evidence=(old,)), finding)[0].occurrences


def test_the_same_event_is_no_further_act_and_another_one_is() -> None:
    assert counted(proof("e"), proof("e")) == 1
    assert counted(proof("e"), proof("e2")) == 2


def test_what_has_no_proof_of_its_own_is_one_more_act() -> None:
    assert counted(proof("e"), None) == 2


def test_a_customers_word_of_the_firms_act_only_proves_it_and_of_their_own_act_is_one_more() -> None:
    word = proof("e2", "chat", 86_400, "customer")
    assert counted(proof("e"), word) == 1
    assert counted(proof("e"), word, by="customer") == 2


@pytest.mark.parametrize(("seconds", "occurrences"), [(-1801, 2), (-1800, 1), (1800, 1), (1801, 2)])
def test_the_firms_word_and_its_report_within_half_an_hour_are_one_act(seconds: int, occurrences: int) -> None:
    assert counted(proof("e"), proof("e2", "email", seconds, "agent")) == occurrences
    assert counted(proof("e", "email", 0, "agent"), proof("e2", at_s=seconds)) == occurrences


def test_two_reports_or_two_words_of_the_firm_are_two_acts() -> None:
    assert counted(proof("e"), proof("e2", at_s=1)) == 2
    assert counted(proof("e", "email", 0, "agent"), proof("e2", "chat", 1, "agent")) == 2


def test_a_customers_word_and_a_report_soon_after_it_are_two_things() -> None:
    assert counted(proof("e", "email", 0, "customer"), proof("e2", at_s=1)) == 2


def test_a_campaigns_mail_is_the_send_that_was_reported_within_five_minutes() -> None:
    for old in (proof("e", "email", 0, "campaign"), proof("e", "email", 0, "agent")):
        role = "system" if old.role == "campaign" else "campaign"
        assert counted(old, proof("e2", "act", SAME_SEND, role)) == 1
        assert counted(old, proof("e2", "act", SAME_SEND + 1, role)) == 2


def test_the_first_three_proofs_and_the_newest_are_kept_each_once() -> None:
    told, kept = opened(evidence=(proof("a"), proof("b"))), []
    for name in "bcdef":
        told, _, _ = chosen(failed(HOUR, name, evidence=(proof("a"), proof(name))), told=told)
        kept.append("".join(one.event_id for one in told.open[0].proofs))
    assert kept == ["ab", "abc", "abcd", "abce", "abcf"]


def act_of(code: str, after: timedelta = HOUR, p: float = 0.9) -> Finding:
    """A finding of this code, by whichever rule notices it, of another event and matter."""
    rule = next(one.id for one in CATALOGUE.rules.by_id.values() if one.code == code)
    by = "customer" if code.startswith("C") else "firm"
    return found(code, rule, at=BEGIN + after, level=0, p=p, by=by, event_id="m", matter=50)


def mends(told: Told, finding: Finding) -> list[int]:
    return [one.mends_s for one in chosen(finding, told=told)[0].open]


def test_what_mends_a_rule_starts_the_quiet_week_of_its_alerts_alone() -> None:
    (mine,) = opened().open
    assert "B05" in CATALOGUE.rules.by_id["failure"].mended_by
    assert "B05" not in CATALOGUE.rules.by_id["neglect"].mended_by
    gone = amended(mine, rule="a-rule-that-is-no-more")
    told = Told(open=(amended(mine, rule="neglect"), mine, gone))
    quiet = START + int((HOUR + WEEK).total_seconds())
    assert mends(told, act_of("B05")) == [0, quiet, 0]
    assert mends(told, act_of("B05", p=0.5)) == [0, quiet, 0]
    assert mends(told, act_of("B05", p=0.49)) == [0, 0, 0]
    assert mends(told, act_of("F01", p=0.5)) == [0, 0, 0]


def test_a_second_mending_does_not_begin_the_week_anew() -> None:
    told = Told(open=(amended(opened().open[0], mends_s=START + 9_999),))
    assert mends(told, act_of("B05")) == [START + 9_999]


def test_a_complaint_stops_every_quiet_week() -> None:
    (mine,) = opened().open
    told = Told(open=(amended(mine, mends_s=START + 9_999), amended(mine, matter=2)))
    assert mends(told, act_of("C03")) == [0, 0]
    assert mends(told, act_of("C03", p=0.49)) == [START + 9_999, 0]
