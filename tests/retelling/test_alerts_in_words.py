"""What CRM is told, in words: who mends it by when, what is new of it, and what moved how grave it is."""

import re
from datetime import timedelta

from listener.model.ledger import Proof
from listener.model.outputs import Alert
from listener.model.told import Open
from listener.retelling.alerts_in_words import of_alert
from tests.common_cause.builders import alert
from tests.retelling.telling import UNTIL, act, asked, block, explained, mail, wants, whole

FEE = {"what": "paper bills", "value": {"amount": "4.00", "currency": "EUR"}, "disclosed": False}
FIRST, AGAIN = (act(f"f{n}", f"2026-03-0{n}T09:00:00Z", "fee_charged", **FEE) for n in (2, 4))


def test_an_alert_that_is_raised_says_what_happened_and_who_is_to_mend_it_by_when() -> None:
    told = block(explained(wants("captive"), FIRST), "2026-03-02 09:00")
    assert "=> F23: alert raised, high. A fee nobody had told of: paper" in told
    assert ". To be mended by fairness desk by 2026-03-03 09:00" in told


def test_an_alert_whose_repair_was_due_is_escalated_at_that_very_moment() -> None:
    told = whole(explained(wants("captive"), asked(), until=UNTIL))
    (due,) = re.findall(r"F02: alert raised, \w+\. .* by (\S+ \S+)\n", told)
    overdue = "alert escalated, high: its repair is overdue: told again, still for fairness desk"
    assert f"\n{due}  time is up  => F02: {overdue}" in told


def test_what_is_done_again_is_told_with_how_often() -> None:
    told = block(explained(wants("captive"), FIRST, AGAIN), "2026-03-04 09:00")
    assert "=> F23: alert updated, high: done again, 2 times by now" in told


def test_what_only_proves_it_better_is_not_told_as_done_again() -> None:
    words = "You charged me a fee for paper bills that nobody told me of, that is a hidden charge and I complain."
    told = block(explained(wants("captive"), FIRST, mail("m1", "2026-03-03T10:00:00Z", words)), "2026-03-03 10:00")
    assert "=> F23: alert updated, high: there is more proof of it" in told


def test_an_alert_that_becomes_critical_says_what_makes_it_so() -> None:
    """Law, leaving, distress or danger; which of them is told, with its figure."""
    law = mail("m1", "2026-03-03T10:00:00Z", "This is fraud. My lawyer will take you to court over it.")
    told = whole(explained(wants("captive"), FIRST, law, AGAIN))
    assert "=> F23: alert updated, critical: it was high; done again, 2 times by now; they spoke of the law" in told


def test_an_alert_that_becomes_graver_as_they_are_taken_for_another_says_so() -> None:
    later = wants("captive", "2026-03-03T09:00:00Z") | {"key": "later"}
    later["value"] |= {"event_id": "s9"}
    told = whole(explained(wants("marriage_partners"), FIRST, later, AGAIN))
    assert "they were taken for “devoted customer” then, for “locked-in customer” now" in told


def test_what_is_done_again_at_once_is_told_as_of_the_same_matter_and_days_later_is_not() -> None:
    raised = alert(1, severity="medium")
    again = alert(1, "updated", timedelta(minutes=1), occurrences=2, severity="high")
    later = alert(1, "updated", timedelta(days=2), occurrences=2, severity="high")
    told = [of_alert(one, stood(raised), "", "", "", is_named=True) for one in (again, later)]
    assert ["done again, 2 times by now, within the hour, of the same matter" in one for one in told] == [True, False]


def test_an_update_says_who_is_to_mend_it_and_whether_that_is_due_or_was() -> None:
    raised, later = alert(1), alert(1, "updated", timedelta(days=2), occurrences=2)
    assert of_alert(later, stood(raised), "", "", "", is_named=True).endswith(
        "; still for fairness desk, was due 2026-03-05 06:00"
    )


def test_an_alert_that_runs_out_says_how_long_its_rule_gave_it() -> None:
    told = whole(explained(wants("captive"), asked(), until=UNTIL))
    assert "F02: alert expired, high: never mended in the 30 days that rule F02 gives it" in told


def test_an_alert_of_a_customer_who_was_erased_says_so() -> None:
    order = {"command_id": "k", "occurred_at": "2026-03-03T09:00:00Z", "customer_id": "C-1", "command": "erase"}
    erased = {"topic": "listener.commands.v1", "key": "C-1", "headers": {}, "value": order}
    told = whole(explained(wants("captive"), FIRST, erased))
    assert "=> F23: alert expired, high: they were erased, and nothing is left to mend" in told


def stood(told: Alert) -> Open:
    """How an alert that was told so stood open."""
    at_s, due = int(told.started_at.timestamp()), told.repair.due_at
    due_s = int(due.timestamp()) if due else 0
    return Open(
        alert_id=told.alert_id, rule=told.rule_id, code=told.act.code, matter=0, cause="", severity=2,
        status="raised", started_s=at_s, updated_s=at_s, due_s=due_s, repair_due_s=due_s, expires_s=0, mends_s=0,
        occurrences=1, threat=0.5, confidence=0.8, wanted="captive", why="",
        proofs=(Proof("rise", "act", at_s, "firm", "price_changed"),),
    )  # fmt: skip
