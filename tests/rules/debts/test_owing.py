"""What is owed: settled, late, breached; who answers and who does not. How it opens: test_owing_opens.py."""

from datetime import timedelta

import pytest

from listener import rules
from listener.model.findings import Finding
from listener.model.ledger import Debt, Ledger, Proof
from listener.model.signals import Act, Heard
from listener.rules.case import Case
from listener.rules.debts.owing import fall_due, next_due_s, settle
from listener.rules.rehearsing import BEGIN
from tests.rules.builders import CATALOGUE, DAY, OPENED, belief, case_of, debt, done, said, where_owed


def hear(ledger: Ledger, *signals: Heard | Act, wanted: str = "captive"):
    """The ledger and all findings after these signals, deadlines falling due in between."""
    findings = []
    for signal in signals:
        while (at := rules.next_due(ledger)) is not None and at <= signal.occurred_at:
            ledger, missed = rules.due(ledger, at, belief(wanted), None, CATALOGUE)
            findings += missed
            assert len(findings) < 100, "what fell due must not fall due again"
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


def test_an_answer_that_the_bus_brings_before_its_question_is_an_answer() -> None:
    """Two partitions, or keys that are anything: what counts is when it was said."""
    answer, late = said("agent", "2 h", in_="email", concrete=0.8), said("customer", "9 h", in_="email", talk="other")
    ledger, _ = hear(Ledger(), answer, late)
    ledger, _ = rules.judge(ledger, question("1 h"), belief("captive"), None, CATALOGUE)
    assert ledger.debts == ()
    asked_since, _ = rules.judge(ledger, question("3 h"), belief("captive"), None, CATALOGUE)
    assert [one.code for one in asked_since.debts] == ["F02"], "what was said after the answer waits for the next"
    elsewhere = said("customer", "1 h", in_="email", talk="new", needs_answer=True, question=0.9)
    asked_elsewhere, _ = rules.judge(ledger, elsewhere, belief("captive"), None, CATALOGUE)
    assert [one.code for one in asked_elsewhere.debts] == ["F02"], "the answer was in another conversation"


def test_an_answer_that_comes_late_does_not_put_the_clock_back() -> None:
    """Of two answers the bus brings the newer first: a question that was said between them is answered."""
    ledger, _ = hear(Ledger(), said("agent", "5 h", in_="email"))
    for late in (said("agent", "1 h", in_="email"), question("3 h")):
        ledger, _ = rules.judge(ledger, late, belief("captive"), None, CATALOGUE)
    assert ledger.debts == ()


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


def test_the_end_of_what_is_owed_tells_who_ended_it_and_what_it_was() -> None:
    answer = said("agent", "2 h", in_="email").model_copy(update={"excerpt": "word " * 40})
    proof = Proof(answer.event_id, "email", OPENED + 7200, "agent", "answer", "word " * 22 + "word…")
    assert settle(case_of(answer, where_owed(debt(matter=3, p=0.8)))) == (
        Finding(
            "F02", "unanswered", "settled", "firm", answer.occurred_at, answer.event_id, "idea", 3, 0.8,
            channel="email", conversation_id="t", evidence=(proof,),
        ),
    )  # fmt: skip


def test_what_is_settled_is_owed_no_more_and_the_rest_still_is() -> None:
    ideas = [debt("F01", rule="ignored-suggestion", cause=name, talk=b"else") for name in "ab"]
    case = case_of(said("agent"), where_owed(ideas[0], debt(), ideas[1]))
    settle(case)
    assert list(case.ledger.debts) == ideas


def test_a_breach_can_be_made_good_until_its_end_and_is_then_forgotten() -> None:
    end = OPENED + 2 * 3600
    for ends_s, phase in ((end + 1, ["late"]), (end, [])):
        case = case_of(said("agent", "2 h"), where_owed(debt(breached=True, ends_s=ends_s)))
        assert [one.phase for one in settle(case)] == phase
        assert case.ledger.debts == ()


def test_what_is_not_yet_breached_stays_owed_whatever_its_end() -> None:
    assert [one.phase for one in settle(case_of(said("agent", "2 h"), where_owed(debt(ends_s=OPENED))))] == ["settled"]


def test_what_a_rule_no_longer_knows_is_forgotten_and_the_rest_goes_on() -> None:
    """A rule may be taken out while something is owed by it; one that owes nothing can't be owed by either."""
    case = case_of(said("agent"), where_owed(debt(rule="gone"), debt(rule="true-apology"), debt()))
    assert [one.rule_id for one in settle(case)] == ["unanswered"]
    assert case.ledger.debts == ()


def test_a_bots_answer_makes_it_less_sure_that_more_is_owed() -> None:
    case = case_of(said("bot", concrete=0.5), where_owed(debt(p=0.813)))
    assert settle(case) == ()
    assert case.ledger.debts == (debt(p=0.488),)


def due(*owed: Debt, days: float = 1) -> tuple[tuple[Finding, ...], Ledger]:
    """What is breached so many days on, and the ledger then."""
    case = Case(where_owed(*owed), BEGIN + timedelta(days=days), belief("captive"), None, CATALOGUE)
    return fall_due(case), case.ledger


def test_what_is_owed_is_breached_when_its_time_is_up_and_not_before() -> None:
    proof = Proof("idea", "email", OPENED, "customer", "question")
    (missed,), ledger = due(debt(proofs=(proof,)))
    assert (missed.code, missed.phase, missed.cause, missed.p) == ("F02", "breached", "idea", 0.9)
    assert (missed.evidence, missed.conversation_id) == ((proof,), None)
    assert missed.why.endswith("or a word of need had no person's answer to the matter in time.")
    assert missed.matter == 1
    assert ledger.debts == (debt(proofs=(proof,), breached=True, matter=1),)
    assert due(debt(), days=0.999) == ((), where_owed(debt()))


def test_what_fell_due_first_is_told_first() -> None:
    told, _ = due(debt(cause="b", due_s=OPENED + 9), debt(cause="c", breached=True), debt(cause="a", due_s=OPENED + 5))
    assert [one.cause for one in told] == ["a", "b"]


def test_only_what_is_due_is_breached() -> None:
    later, idea = (
        debt(cause="later", due_s=OPENED + 2 * DAY),
        debt("F01", rule="ignored-suggestion", due_s=OPENED + 2 * DAY),
    )
    told, ledger = due(later, idea, debt())
    assert [one.rule_id for one in told] == ["unanswered"]
    assert [one.breached for one in ledger.debts] == [False, False, True]


def test_a_promise_to_somebody_not_in_trouble_is_less_surely_broken() -> None:
    for troubled, sure in ((True, 0.9), (False, 0.585)):
        (missed,), _ = due(debt("F18", rule="broken-promise", troubled=troubled))
        assert missed.p == sure


def test_what_is_owed_within_a_time_is_plainly_missing_whatever_its_code() -> None:
    """A firm's own rule may be of the code of promises and wait for none: nothing is kept unrecorded there."""
    (missed,), _ = due(debt("F18", rule="unanswered", troubled=False))
    assert missed.p == 0.9


def test_how_sure_a_breach_is_keeps_four_places() -> None:
    (missed,), _ = due(debt("F18", rule="broken-promise", p=0.777))
    assert missed.p == 0.505


def test_what_falls_due_by_a_rule_that_is_gone_is_forgotten() -> None:
    told, ledger = due(debt(rule="gone"), debt(rule="true-apology"), debt())
    assert [one.rule_id for one in told] == ["unanswered"]
    assert [one.rule for one in ledger.debts] == ["unanswered"]


def test_the_next_to_fall_due_is_the_earliest_that_is_not_breached() -> None:
    assert next_due_s((debt(due_s=5), debt(due_s=3), debt(due_s=1, breached=True))) == 3
    assert next_due_s((debt(breached=True),)) is None


def test_an_idea_that_gets_a_forms_thanks_is_noted_as_ignored_and_one_that_is_taken_up_is_not() -> None:
    idea = said("customer", suggestion=0.9)
    for reply, noted in (({"thanks_only": 0.8}, True), ({"thanks_only": 0.8, "concrete": 0.9}, False)):
        _, found = hear(Ledger(), idea, said("agent", "2 h", **reply))
        assert any(one.code == "F01" and one.is_act for one in found) is noted
    _, found = hear(Ledger(), said("customer", question=0.9), said("agent", "2 h", thanks_only=0.8))
    assert not any(one.code == "F01" for one in found)
