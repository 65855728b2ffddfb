"""Which acts are done again, and which are only told again: the third of a kind is graver, its second report is not."""

import pytest

from listener.model.ledger import REPORTED, Deed, mark_of
from listener.model.signals import Act, Heard
from tests.rules.builders import DAY, OPENED, belief, done, said
from tests.rules.findings.test_finding import HERE, before, deed, failed, seen


@pytest.mark.parametrize(("earlier", "level"), [(0, 1), (1, 1), (2, 2)])
def test_the_third_such_act_within_ninety_days_is_one_level_graver(earlier: int, level: int) -> None:
    deeds = [deed("F20", OPENED - (n + 1) * DAY, event_id=f"d{n}") for n in range(earlier)]
    assert seen(done("tier_changed"), "F20", ledger=before(*deeds))[0].level == level
    others = [deed("F03", OPENED - (n + 1) * DAY, event_id=f"d{n}") for n in range(earlier)]
    assert seen(done("tier_changed"), "F20", ledger=before(*others))[0].level == 1


def test_what_is_longer_ago_is_forgotten() -> None:
    just, gone = deed("F20", OPENED - 90 * DAY), deed("F20", OPENED - 90 * DAY - 1)
    assert seen(done("tier_changed"), "F20", ledger=before(just, just))[0].level == 2
    assert seen(done("tier_changed"), "F20", ledger=before(gone, just))[0].level == 1


def test_what_was_only_told_again_makes_no_third() -> None:
    twice = [deed("F20", event_id="d0"), deed("F20", event_id="d0", counts=False)]
    assert seen(done("tier_changed"), "F20", ledger=before(*twice))[0].level == 1
    two = [deed("F20", event_id="d0"), deed("F20", event_id="d1")]
    again = done("tier_changed").model_copy(update={"event_id": "d1"})
    assert seen(again, "F20", ledger=before(*two))[0].level == 1
    assert seen(again, "F20", ledger=before(deed("F20", event_id="d2"), *two))[0].level == 2, "the third told again"
    played = failed()
    once = before(deed(event_id=played.event_id))
    assert seen(played, ledger=once, reading=belief("fling"))[0].level == 0, "what invigorates, told again, still does"


def counts(signal: Heard | Act, *earlier: Deed, code: str = "F12", once: str = "each") -> bool:
    """Whether it is an act of its own."""
    return seen(signal, code, ledger=before(*earlier), once=once)[1].deeds[-1].counts


def test_what_a_customer_says_of_the_firms_act_is_not_the_act_done_again() -> None:
    assert not counts(said("customer"), deed())
    assert counts(said("customer"))
    assert counts(said("customer"), deed("C01"), code="C01")
    assert counts(failed(), deed())


def test_an_event_is_one_act_whatever_is_noticed_of_it() -> None:
    report = failed()
    assert not counts(report, deed(event_id=report.event_id))


def test_what_counts_once_in_a_conversation_counts_again_in_the_next() -> None:
    turn = said("agent")
    assert not counts(turn, deed("F17", talk=HERE), code="F17", once="talk")
    assert counts(turn, deed("F17", talk=HERE), code="F17")
    assert counts(turn, deed("F17", talk=mark_of("u")), code="F17", once="talk")
    nowhere = failed()
    assert counts(nowhere, deed(talk=b""), once="talk")


def test_what_counts_once_in_a_matter_counts_again_after_three_weeks() -> None:
    report = failed()
    assert not counts(report, deed(at_s=OPENED - 21 * DAY), once="matter")
    assert counts(report, deed(at_s=OPENED - 21 * DAY - 1), once="matter")
    assert counts(report, deed(at_s=OPENED - 21 * DAY))


def test_words_and_a_report_of_one_act_within_half_an_hour_are_one() -> None:
    words = {"talk": mark_of("u")}
    assert not counts(failed(), deed(at_s=OPENED - 1800, **words))
    assert counts(failed(), deed(at_s=OPENED - 1801, **words))
    reported = {"talk": REPORTED}
    assert not counts(said("agent"), deed("F17", at_s=OPENED - 1800, **reported), code="F17")
    assert counts(failed(), deed(at_s=OPENED - 60, **reported)), "two reports are two acts"
    assert counts(said("agent"), deed("F17", at_s=OPENED - 60, **words), code="F17"), "so are two turns"


def test_in_one_conversation_they_are_one_whenever_they_come() -> None:
    report = failed()
    here = report.model_copy(update={"data": report.data.model_copy(update={"conversation_id": "t"})})
    assert not counts(here, deed(at_s=OPENED - DAY, talk=HERE))
    assert counts(here, deed(at_s=OPENED - DAY, talk=mark_of("u")))
    reported = deed("F17", at_s=OPENED - DAY, talk=HERE + REPORTED)
    assert not counts(said("agent"), reported, code="F17")
    assert counts(said("agent", talk="u"), reported, code="F17")


def test_a_mailing_is_the_send_that_was_reported_within_five_minutes() -> None:
    mail = said("campaign")
    assert not counts(mail, deed("F03", at_s=OPENED - 300, talk=REPORTED), code="F03")
    assert counts(mail, deed("F03", at_s=OPENED - 301, talk=REPORTED), code="F03")
    report = done("campaign_sent", purpose="promotion")
    assert not counts(report, deed("F03", at_s=OPENED - 300, talk=mark_of("u")), code="F03")
    assert counts(report, deed("F03", at_s=OPENED - 301, talk=mark_of("u")), code="F03")


def test_one_earlier_report_of_the_same_is_enough_wherever_it_stands() -> None:
    assert not counts(failed(), deed(at_s=OPENED - 60, talk=HERE), deed(at_s=OPENED - 50, talk=REPORTED))
