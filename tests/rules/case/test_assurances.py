"""A word for good has no day and is not kept by being kept once: it stands until they let the firm off it."""

import pytest

from listener.catalogue import load
from listener.model.ledger import PLEDGES, Debt, Ledger, Proof
from listener.model.message import Message
from listener.rules.case.given_word import assurances, given, latest
from listener.rules.judging import judge
from listener.rules.rehearsing import BEGIN
from listener.signals import Ear
from tests.rules.builders import CATALOGUE, OPENED, belief, case_of, debt, done, said

EAR = Ear(load())


def pledge(says: str, cause: str = "t-1") -> Debt:
    rule = "word-for-good" if says.startswith("assured") else "broken-promise"
    proof = Proof(cause, "chat", OPENED, "agent", says, "")
    return debt("F18", rule=rule, cause=cause, proofs=(proof,), ends_s=OPENED + 86_400 * 700)


def after(*signals: object) -> Ledger:
    ledger = Ledger()
    for signal in signals:
        ledger, _ = judge(ledger, signal, belief("basic_exchange"), None, CATALOGUE)  # type: ignore[arg-type]  # facts of a test
    return ledger


def test_an_assurance_stands_and_is_no_promise_that_waits_for_its_deed() -> None:
    ledger = after(said("agent", assured_price=0.9))
    case = case_of(said("customer", "100 d"), ledger)
    assert [one.rule for one in assurances(case)] == ["word-for-good"]
    assert given(case) == ()


def test_it_outlives_what_settles_a_promise_and_ends_when_they_let_go_of_it() -> None:
    word = said("agent", assured=0.9)
    assert (
        after(word, done("case_closed", "2 d", resolved=True), said("agent", "3 d")).pledges[-1].rule == "word-for-good"
    )
    assert not [
        one for one in after(word, said("customer", "3 d", released=0.9)).pledges if one.rule == "word-for-good"
    ]


def test_newer_promises_do_not_push_it_out() -> None:
    promises = [pledge("promise", f"t-{n}") for n in range(PLEDGES + 2)]
    kept = latest([pledge("assured", "t-0"), *promises])
    assert [one.cause for one in kept] == ["t-0", *[one.cause for one in promises[-PLEDGES:]]]


@pytest.mark.parametrize(
    ("word", "then"),
    [
        ("We will never sell your data to anybody.", "My data was sold to your partners, I am furious."),
        (
            "Wir geben Ihre Daten niemals weiter.",
            "Ihr habt gesagt, meine Daten gehen nie raus, und jetzt ruft ein Fremder an.",
        ),
        ("Nunca venderemos sus datos.", "Dijeron que nunca venderían mis datos y ahora me llama otra empresa."),
        ("我们绝不会出售您的数据。", "你们说过永远不会卖我的数据，现在天天有人打电话。"),
        ("No estimates, ever.", "An estimated bill again! You told me no estimates, ever. This is a disgrace."),
        ("You'll always reach a person here.", "I was talking to a robot for an hour, I am so angry with you."),
    ],
)
def test_who_tells_that_it_does_not_hold_tells_of_a_broken_word(word: str, then: str) -> None:
    def turn(side: str, at: str, text: str) -> object:
        role = "customer" if side == "customer" else "agent"
        told = EAR.listen([Message(text, "email", role, BEGIN, brand="acme")])[0]  # type: ignore[arg-type]  # facts of a test
        heard = {
            "signals": dict(told.signals),
            "excerpt": told.excerpt,
            "sketch": told.sketch,
            "spans": dict(told.spans),
        }
        return said(side, at, talk=at, in_="email").model_copy(update=heard)

    ledger = after(turn("agent", "0 s", word))
    _, findings = judge(ledger, turn("customer", "90 d", then), belief("basic_exchange"), None, CATALOGUE)  # type: ignore[arg-type]  # facts of a test
    assert any(one.code == "F18" and one.p >= 0.5 for one in findings), [(f.code, f.p) for f in findings]
