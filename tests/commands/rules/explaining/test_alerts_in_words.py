"""What CRM is told, in words: what is new of an alert, by when it is to be mended, and in which order it went."""

import re

from tests.commands.rules.explaining.telling import UNTIL, act, asked, block, explained, mail, wants, whole

FEE = {"what": "paper bills", "value": {"amount": "4.00", "currency": "EUR"}, "disclosed": False}
FIRST, AGAIN = (act(f"f{n}", f"2026-03-0{n}T09:00:00Z", "fee_charged", **FEE) for n in (2, 4))


def test_an_alert_that_is_raised_says_by_when_it_is_to_be_mended_and_for_whom() -> None:
    told = block(explained(wants("captive"), FIRST), "2026-03-02 09:00")
    assert "; repair due 2026-03-03 09:00, chosen for “locked-in customer”; who: " in told
    assert ". A fee nobody had told of: paper" in told


def test_an_alert_that_is_raised_says_who_is_to_mend_it_how_and_what_would_insult() -> None:
    told = block(explained(wants("captive"), FIRST), "2026-03-02 09:00")
    assert "; who: fairness desk; do: reduce pain, cap fees, offer choice; avoid: campaign, voucher, policy" in told


def test_an_alert_whose_repair_was_due_is_escalated_at_that_very_moment() -> None:
    told = whole(explained(wants("captive"), asked(), until=UNTIL))
    (due,) = re.findall(r"F02: alert raised, \w+; repair due (\S+ \S+),", told)
    assert f"\n{due}  time is up  => F02 The customer's question or complaint went unanswered: alert escalated" in told


def test_what_is_done_again_is_told_with_how_often() -> None:
    told = block(explained(wants("captive"), FIRST, AGAIN), "2026-03-04 09:00")
    assert "=> F23: alert updated, high: done again, 2 times by now" in told


def test_what_only_proves_it_better_is_not_told_as_done_again() -> None:
    words = "You charged me a fee for paper bills that nobody told me of, that is a hidden charge and I complain."
    told = block(explained(wants("captive"), FIRST, mail("m1", "2026-03-03T10:00:00Z", words)), "2026-03-03 10:00")
    assert "=> F23: alert updated, high: there is more proof of it" in told


def test_a_life_is_told_in_the_order_it_went() -> None:
    end = whole(explained(wants("captive"), FIRST, AGAIN, until=UNTIL)).split("In the end: ")[1]
    assert "  F23 " in end
    for line in end.splitlines():
        days = re.findall(r"(?:raised|updated|escalated|expired|resolved) (\d{4}-\d\d-\d\d)", line)
        assert days == sorted(days)
