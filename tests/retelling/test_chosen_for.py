"""A repair that is chosen for another than they are taken for says why, and so does an act that is judged so."""

from tests.retelling.telling import UNTIL, act, asked, explained, mail, wants, whole

CALM = [mail(f"c{n}", f"2026-03-01T1{n}:00:00Z", f"I sent you {n} chairs by the lorry.") for n in range(3)]


def later(kind: str, at: str) -> dict:
    told = wants(kind, at)
    told["value"] |= {"event_id": "s9"}
    return told


def test_where_it_is_for_what_they_are_taken_for_nothing_is_said() -> None:
    told = whole(explained(wants("captive"), asked(), until=UNTIL))
    assert "To be mended by fairness desk by 2026-03-04 09:00\n" in told


def test_of_all_that_they_may_be_it_is_for_those_whom_it_hurts_most() -> None:
    told = whole(explained(wants("captive"), asked(), later("fling", "2026-03-02T20:00:00Z"), until=UNTIL))
    assert ", as for “locked-in customer”: of the kinds of customer they may be, it hurts this kind most" in told


def test_an_act_of_a_matter_that_goes_on_is_judged_by_what_they_were_before_it_and_says_so() -> None:
    fee = {"what": "paper bills", "disclosed": False}
    opened, again = (act(f"f{n}", f"2026-03-0{n}T09:00:00Z", "fee_charged", **fee) for n in (2, 6))
    lines = wants("captive", "2026-03-02T08:00:00Z"), opened, later("fling", "2026-03-05T09:00:00Z"), again
    told = whole(explained(*CALM, *lines))
    assert (
        "judged as of “locked-in customer”, what they were taken for before this matter began (2026-03-02 09:00)"
        in told
    )
