"""What is owed: opened, settled, late, breached; who answers and who does not."""

from datetime import timedelta

import pytest

from listener import rules
from listener.model.ledger import Ledger
from listener.model.signals import Act, Heard
from tests.rules.builders import CATALOGUE, belief, done, said


def hear(ledger: Ledger, *signals: Heard | Act, wanted: str = "captive"):
    """The ledger and all findings after these signals, deadlines falling due in between."""
    findings = []
    for signal in signals:
        while (at := rules.next_due(ledger)) is not None and at <= signal.occurred_at:
            ledger, missed = rules.due(ledger, at, belief(wanted), None, CATALOGUE)
            findings += missed
        ledger, judged = rules.judge(ledger, signal, belief(wanted), None, CATALOGUE)
        ledger, assessed = rules.assess(ledger, signal, belief(wanted), None, CATALOGUE)
        findings += judged + assessed
    return ledger, findings


def question(at: str = "0 s") -> Heard:
    return said("customer", at, in_="email", needs_answer=True, question=0.9)


def phases(findings, code):
    return [one.phase for one in findings if one.code == code]


def test_a_question_is_owed_an_answer_within_its_channels_time() -> None:
    ledger, _ = hear(Ledger(), question())
    assert rules.next_due(ledger) == question().occurred_at + timedelta(hours=24)


def test_a_human_answer_settles() -> None:
    _, findings = hear(Ledger(), question(), said("agent", "2 h", in_="email", concrete=0.8))
    assert phases(findings, "F02") == ["settled"]


@pytest.mark.parametrize("side", ["bot", "system", "campaign"])
def test_machines_never_answer(side: str) -> None:
    _, findings = hear(Ledger(), question(), said(side, "2 h", in_="email"), said("customer", "30 h", in_="email"))
    assert phases(findings, "F02") == ["breached"]


def test_a_late_answer_is_late_and_not_a_second_breach() -> None:
    _, findings = hear(Ledger(), question(), said("agent", "30 h", in_="email", concrete=0.8), said("agent", "40 h"))
    assert phases(findings, "F02") == ["breached", "late"]


def test_an_answer_on_another_channel_is_an_answer() -> None:
    _, findings = hear(Ledger(), question(), said("agent", "2 h", in_="voice", talk="other", concrete=0.8))
    assert phases(findings, "F02") == ["settled"]


def test_asking_twice_does_not_buy_the_firm_more_time() -> None:
    ledger, _ = hear(Ledger(), question(), question("20 h"))
    assert rules.next_due(ledger) == question().occurred_at + timedelta(hours=24)


def test_thanks_want_no_answer() -> None:
    ledger, _ = hear(Ledger(), said("customer", in_="email", needs_answer=True, gratitude=0.9))
    assert rules.next_due(ledger) is None


def test_a_promise_falls_due_on_its_day_and_a_fix_keeps_it() -> None:
    given = said("agent", "1 min", promise="3 d")
    given = given.model_copy(update={"signals": {"promise": 0.9}})
    ledger, _ = hear(Ledger(), said("customer", complaint=0.9, needs_answer=True), given)
    assert rules.next_due(ledger) == given.occurred_at + timedelta(days=3)
    ledger, findings = hear(ledger, done("fix_made", "1 d", what="repair"))
    assert phases(findings, "F18") == ["settled"]


def test_a_closed_ticket_that_resolved_nothing_settles_nothing() -> None:
    """A closed ticket is evidence, never a reset."""
    _, findings = hear(
        Ledger(), question(), done("case_closed", "1 h", resolved=False), said("customer", "30 h", in_="email")
    )
    assert phases(findings, "F02") == ["breached"]


def test_an_obligation_never_ends_both_fulfilled_and_breached() -> None:
    answers = [said("agent", f"{h} h", in_="email", concrete=0.8) for h in (1, 23, 25, 47)]
    _, findings = hear(Ledger(), question(), *answers)
    assert phases(findings, "F02") == ["settled"]


def posted(excerpt: str, **cues: float) -> Heard:
    """A complaint in public, with the firm's handle."""
    post = said("customer", in_="social", public=True, needs_answer=True, **cues)
    return post.model_copy(update={"excerpt": excerpt, "traits": {"handles": 1.0}})


@pytest.mark.parametrize(
    ("post", "owed"),
    [
        (posted("@acme your driver never came", complaint=0.9), True),
        (posted("@acme no internet since eight", failure=0.9, complaint=0.6), True),
        (posted("@acme they charge what they like, the lot of them", complaint=0.9), False),
        (posted("@acme your adverts are a bit much", complaint=0.6), False),
    ],
)
def test_a_post_is_owed_an_answer_where_it_complains_to_the_firm(post: Heard, owed: bool) -> None:
    """Many posts only grumble about a firm; one that reports a failure, or tells the firm itself, waits for a word."""
    ledger, _ = hear(Ledger(), post)
    assert any(debt.code == "F02" and debt.p >= 0.6 for debt in ledger.debts) is owed


def test_an_apology_tells_what_a_faint_complaint_meant() -> None:
    """A complaint of something broken is no more than a hint, until the firm says sorry for it."""
    complaint = said("customer", complaint=0.8, **{"failure:damaged": 0.7})
    _, unanswered = hear(Ledger(), complaint, wanted="basic_exchange")
    _, answered = hear(Ledger(), complaint, said("agent", "5 min", apology=0.9), wanted="basic_exchange")
    assert [f.p >= 0.6 for f in unanswered if f.code == "F12"] == [False]
    assert any(f.p >= 0.6 for f in answered if f.code == "F12")
