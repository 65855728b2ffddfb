"""A recording ends with what is to be done: who, by when, what, what to avoid; what is owed; what is over."""

from tests.commands.rules.explaining.telling import UNTIL, act, asked, explained, wants, whole

FEE = act("f1", "2026-03-02T09:00:00Z", "fee_charged", what="paper bills", disclosed=False)


def end(told: str) -> str:
    return whole(told).split("\nTo do")[1]


def test_it_says_who_mends_what_by_when_how_and_what_would_insult() -> None:
    told = explained(wants("captive"), FEE).split("\nTo do, as of 2026-03-02 09:00\n")[1].splitlines()
    assert told[0] == "  1. Fairness desk, by 2026-03-03 09:00"
    assert told[1] == "     mend:  F23 The firm charged for help or hid a charge (high, since 2026-03-02)"
    do, avoid = (next(line for line in told if f"     {word}" in line) for word in ("do:    ", "avoid: "))
    assert do.startswith("     do:    reduce pain, cap fees, offer choice, waive or refund fee")
    assert avoid.startswith("     avoid: campaign, ")


def test_what_the_same_people_mend_stands_together() -> None:
    told = end(explained(wants("captive"), FEE))
    assert told.count("Fairness desk") == 1
    assert "2. " not in told
    assert all(f" {code} " in told for code in ("F23", "F27", "F29", "M12"))


def test_it_says_how_long_a_repair_is_overdue() -> None:
    later = act("o1", "2026-03-09T09:00:00Z", "order_placed", by="customer")
    assert "Fairness desk, by 2026-03-03 09:00 (overdue by 6 days)" in end(explained(wants("captive"), FEE, later))


def test_what_is_held_back_meanwhile_is_told() -> None:
    assert "Until this is done, hold back: campaign" in end(explained(wants("captive"), FEE))


def test_an_answer_that_is_still_owed_is_to_be_given_by_its_time() -> None:
    told = end(explained(wants("captive"), asked()))
    assert (
        "1. Whoever answers, by 2026-03-03 09:00: a word from a person of the firm, owed since 2026-03-02 09:00 (F02)"
        in told
    )


def test_what_is_over_is_no_longer_to_be_done() -> None:
    told = end(explained(wants("captive"), asked(), until=UNTIL))
    assert "Nothing: no alert is open, and no answer is owed." in told
    assert "Over: F02 " in told


def test_of_several_customers_each_has_a_list() -> None:
    other = act("f2", "2026-03-02T10:00:00Z", "fee_charged", what="paper bills", disclosed=False)
    other["value"] |= {"customer": {"customer_id": "C-2"}}
    told = explained(wants("captive"), FEE, other)
    assert "\nTo do for C-1, as of " in told
    assert "\nTo do for C-2, as of " in told
