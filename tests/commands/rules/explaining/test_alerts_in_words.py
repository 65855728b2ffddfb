"""What CRM is told, in words: who mends it by when, what is new of it, and what moved how grave it is."""

import re

from tests.commands.rules.explaining.telling import UNTIL, act, asked, block, explained, mail, wants, whole

FEE = {"what": "paper bills", "value": {"amount": "4.00", "currency": "EUR"}, "disclosed": False}
FIRST, AGAIN = (act(f"f{n}", f"2026-03-0{n}T09:00:00Z", "fee_charged", **FEE) for n in (2, 4))


def test_an_alert_that_is_raised_says_what_happened_and_who_is_to_mend_it_by_when() -> None:
    told = block(explained(wants("captive"), FIRST), "2026-03-02 09:00")
    assert "=> F23: alert raised, high. A fee nobody had told of: paper" in told
    assert ". To be mended by fairness desk by 2026-03-03 09:00" in told


def test_an_alert_whose_repair_was_due_is_escalated_at_that_very_moment() -> None:
    told = whole(explained(wants("captive"), asked(), until=UNTIL))
    (due,) = re.findall(r"F02: alert raised, \w+\. .* by (\S+ \S+)\n", told)
    assert f"\n{due}  time is up  => F02: alert escalated, high: its repair is overdue" in told


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
