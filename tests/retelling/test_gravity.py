"""Where an act weighs other than was said, or than the first of its kind, it is said what moved it."""

from tests.retelling.telling import UNTIL, act, asked, explained, wants, whole


def later(kind: str, at: str) -> dict:
    told = wants(kind, at)
    told["value"] |= {"event_id": "s9"}
    return told


def test_what_weighs_other_than_was_foretold_says_that_they_are_taken_for_another() -> None:
    told = whole(explained(wants("captive"), asked(), later("fling", "2026-03-02T20:00:00Z"), until=UNTIL))
    assert "if it does not come: a grave breach for them" in told
    assert (
        "): a breach for them; when it was asked it would have been a grave breach: "
        "they were taken for “locked-in customer” then, for “novelty seeker” now"
    ) in told


def test_what_weighs_as_foretold_says_nothing_of_it() -> None:
    assert "would have been" not in explained(wants("captive"), asked(), until=UNTIL)


def test_the_third_of_its_kind_weighs_a_step_more_and_says_so() -> None:
    """A breach at first, a grave one at the third time within 90 days."""
    days = [act(f"i{n}", f"2026-03-{n:02}T09:00:00Z", "privacy_incident", what="misdirected") for n in (2, 9, 16)]
    told = whole(explained(wants("captive"), *days))
    first, _, third = [line for line in told.splitlines() if line.startswith("  F08 ")]
    assert ": a breach for them. Why" in first
    assert ": a grave breach for them; one step graver, as it is the third of its kind within 90 days" in third


def test_the_same_act_that_weighs_other_than_last_time_says_that_who_they_may_be_has_shifted() -> None:
    first, again = (
        act(f"f{n}", f"2026-03-0{n}T09:00:00Z", "fee_charged", what="bills", disclosed=False) for n in (2, 6)
    )
    told = whole(explained(wants("captive"), first, later("fling", "2026-03-04T09:00:00Z"), again))
    assert "F23 " in told
    assert (
        "; on 2026-03-02 it was a grave breach: who they may be has shifted since, to kinds that mind it less" in told
    )
    minutes = (
        act(f"f{n}", f"2026-03-02T09:{n}0:00Z", "fee_charged", what=f"bills {n}", disclosed=False) for n in (1, 3)
    )
    first, again = minutes
    told = whole(explained(wants("captive"), first, later("fling", "2026-03-02T09:20:00Z"), again))
    assert "; at 09:10 it was a grave breach: " in told, "of what was an hour ago no date is told"
