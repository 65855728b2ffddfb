"""Before its story a recording tells what is to be done: who, by when, what, what to avoid; what was left undone."""

from datetime import timedelta
from typing import Any

import pytest

from listener.retelling.repair_moves import WORDS
from listener.retelling.to_do import to_do
from tests.common_cause.builders import AT, alert
from tests.retelling.telling import UNTIL, act, asked, explained, mail, wants, whole
from tests.rules.builders import CATALOGUE

FEE = act("f1", "2026-03-02T09:00:00Z", "fee_charged", what="paper bills", disclosed=False)


def listed(told: str) -> str:
    return whole(told).split("\nTo do")[1].split("\nWhat happened\n")[0]


def test_it_says_who_mends_what_by_when_how_and_what_would_insult() -> None:
    told = explained(wants("captive"), FEE).split("\nTo do, as of 2026-03-02 09:00\n")[1].splitlines()
    assert told[0] == "  1. Fairness desk, by 2026-03-03 09:00"
    assert told[1] == "     mend:  F23 The firm charged for help or hid a charge (high, since 2026-03-02)"
    do, avoid = (next(line for line in told if f"     {word}" in line) for word in ("do:    ", "avoid: "))
    assert do.startswith("     do:    reduce pain, cap fees, offer choice, waive or refund fee")
    assert avoid.startswith("     avoid: policy restatement, voucher, scripted reply; until it is mended, ")
    assert avoid.endswith("send no campaign, loyalty pitch")


def test_what_the_same_people_mend_stands_together() -> None:
    told = listed(explained(wants("captive"), FEE))
    assert told.count("Fairness desk") == 1
    assert "2. " not in told
    assert all(f" {code} " in told for code in ("F23", "F27", "M12"))


def test_it_says_how_long_a_repair_is_overdue() -> None:
    later = act("o1", "2026-03-09T09:00:00Z", "order_placed", by="customer")
    assert "Fairness desk, by 2026-03-03 09:00 (overdue by 6 days)" in listed(explained(wants("captive"), FEE, later))


def test_what_is_held_back_meanwhile_is_told() -> None:
    assert "; until it is mended, send no campaign, loyalty pitch" in listed(explained(wants("captive"), FEE))


def test_an_answer_that_is_still_owed_is_to_be_given_by_its_time() -> None:
    told = listed(explained(wants("captive"), asked()))
    assert (
        "1. Whoever answers, by 2026-03-03 09:00: a word from a person of the firm, owed since 2026-03-02 09:00 (F02)"
        in told
    )


def test_what_ran_out_unmended_is_left_undone_and_still_says_who_and_how() -> None:
    told = listed(explained(wants("captive"), asked(), until=UNTIL))
    assert "Nothing" not in told
    assert "1. Fairness desk: left undone; its time is over, a word is still worth it" in told
    assert "(high, 2026-03-03 to 2026-04-02)" in told
    assert all(f"\n     {row}" in explained(wants("captive"), asked(), until=UNTIL) for row in ("do: ", "avoid: "))


def test_beside_what_is_open_for_the_same_people_it_says_what_was_left_undone() -> None:
    fee = act("f1", "2026-05-02T09:00:00Z", "fee_charged", what="paper bills", disclosed=False)
    told = listed(explained(wants("captive"), asked(), fee))
    assert told.count("Fairness desk") == 1
    assert "(high, 2026-03-03 to 2026-04-02; left undone, a word is still worth it)" in " ".join(told.split())


def test_what_was_mended_is_no_longer_to_be_done() -> None:
    answer = mail("m2", "2026-03-04T11:00:00Z", "A fitter comes today between 14:00 and 16:00, Jo.", "agent")
    told = listed(explained(wants("captive"), asked(), answer, until=UNTIL))
    assert "Nothing: no alert is open, none was left unmended, and no answer is owed." in told
    assert "Mended: F02 " in told


@pytest.mark.parametrize(("how", "said"), [("false_alarm", "false alarm"), ("expected", "expected")])
def test_what_the_crm_disposed_of_was_closed_not_mended(how: str, said: str) -> None:
    value = {"customer_id": "C-1", "rule_id": "fee-for-help", "occurred_at": "2026-03-02T10:00:00Z", "disposition": how}
    closed = {"topic": "crm.dispositions.v1", "key": "C-1", "headers": {}, "value": value}
    told = listed(explained(wants("captive"), FEE, closed))
    assert f"Closed ({said}): F23 " in told
    assert "Mended: F23 " not in told


def test_of_two_who_mend_for_one_customer_the_one_whose_part_weighs_most_goes_first() -> None:
    told = of_two("medium", "high")
    assert "1. Fairness desk (first, as theirs weighs most), by " in told
    assert "2. Repair desk, by " in told
    assert "weighs most" not in of_two("high", "high")


def of_two(*severities: str) -> str:
    """The list for one customer of whom the repair desk and the fairness desk each have an alert so grave."""
    told: dict[str, Any] = {"customer_id": "C-1"}
    lives = {
        role: [alert(n, severity=severity, rule_id=role, repair={"role": role, "due_at": AT}, **told)]
        for n, (role, severity) in enumerate(zip(("repair_desk", "fairness_desk"), severities, strict=True))
    }
    return "\n".join(to_do(lives, {}, None, CATALOGUE))


def test_of_what_the_same_people_mend_the_gravest_stands_first() -> None:
    alerts = [alert(n, severity=one, rule_id=one, customer_id="C-1") for n, one in enumerate(("medium", "critical"))]
    told = "\n".join(to_do({one.alert_id: [one] for one in alerts}, {}, None, CATALOGUE))
    assert told.index("(critical, since ") < told.index("(medium, since ")


def test_what_is_due_later_than_the_first_of_its_people_says_when() -> None:
    first, later = (alert(n, severity="medium", rule_id=str(n), customer_id="C-1") for n in range(2))
    repair = later.repair.model_copy(update={"due_at": AT + timedelta(days=9)})
    alerts = [first.model_copy(update={"repair": later.repair.model_copy(update={"due_at": AT + timedelta(days=2)})}),
              later.model_copy(update={"repair": repair})]  # fmt: skip
    told = "\n".join(to_do({one.alert_id: [one] for one in alerts}, {}, None, CATALOGUE))
    assert told.count(f"{AT + timedelta(days=2):%Y-%m-%d}") == 1
    assert f", due {AT + timedelta(days=9):%Y-%m-%d %H:%M})" in told


def test_every_move_that_is_put_in_plain_words_is_one_of_the_catalogue_s() -> None:
    repairs = CATALOGUE.repairs
    known = {move for one in (*repairs.types.values(), *repairs.wounds.values()) for move in one.do}
    assert set(WORDS) <= known


def test_of_several_customers_each_has_a_list() -> None:
    other = act("f2", "2026-03-02T10:00:00Z", "fee_charged", what="paper bills", disclosed=False)
    other["value"] |= {"customer": {"customer_id": "C-2"}}
    told = explained(wants("captive"), FEE, other)
    assert "\nTo do for C-1, as of " in told
    assert "\nTo do for C-2, as of " in told
