"""What comes to be owed: for how long, how surely, to whom, and what is the same thing asked again."""

from copy import copy

import pytest
from msgspec.structs import replace

from listener.catalogue.rules import RuleBook
from listener.model.ledger import DEBTS, Debt, Deed, Ledger, Proof, Talk, mark_of
from listener.model.signals import Act, Heard
from listener.rules.case import of_signal
from listener.rules.debts.owing import open_debts
from tests.rules.builders import CATALOGUE, DAY, OPENED, belief, case_of, debt, done, said, where_owed

ASKED = tuple(Proof(name, "email", OPENED, "customer", "question") for name in "abcd")


def owed(signal: Heard | Act, ledger: Ledger | None = None, code: str = "F02") -> list[Debt]:
    """What is owed by a rule once this has been said."""
    case = case_of(signal, ledger)
    open_debts(case)
    return [one for one in case.ledger.debts if one.code == code]


def asking(at: str = "0 s", **told: object) -> Heard:
    return said("customer", at, needs_answer=True, **{"question": 0.9, **told})


def test_a_question_opens_a_debt_that_knows_what_proves_it() -> None:
    asked = said("customer", "1 h", in_="email", needs_answer=True, question=0.9, asks=1, sketch="0" * 16 + ":aaaaaa")
    case = case_of(asked)
    open_debts(case)
    proof = Proof(asked.event_id, "email", OPENED + 3600, "customer", "question", "question")
    assert case.ledger.debts == (
        debt(
            cause=asked.event_id, p=0.81, opened_s=OPENED + 3600, due_s=OPENED + 25 * 3600,
            ends_s=OPENED + 25 * 3600 + 30 * DAY, proofs=(proof,), words=b"\xaa\xaa\xaa",
        ),
    )  # fmt: skip


def test_a_dozen_words_of_a_question_are_kept() -> None:
    sketch = "0" * 16 + ":" + ".".join(f"{n:06x}" for n in range(1, 20))
    (one,) = owed(said("customer", needs_answer=True, question=0.9, sketch=sketch))
    assert one.words == b"".join(n.to_bytes(3, "big") for n in range(1, 13))


def test_a_need_is_owed_an_answer_without_a_question_and_is_what_proves_it() -> None:
    """In passing in a chat or not, in earnest or calmly: one debt, its evidence the need."""
    (one,) = owed(said("customer", in_="email", need=0.9))
    assert (one.p, one.proofs[0].says) == (0.81, "need")
    assert not owed(said("customer", in_="email", need=0.59))
    assert not owed(said("customer", in_="email", need=0.9, gratitude=0.9))
    assert not owed(said("customer", in_="social", public=True, need=0.9))


def test_a_request_in_a_letter_is_owed_an_answer_without_a_question_mark() -> None:
    (one,) = owed(said("customer", in_="email", request=0.9))
    assert (one.p, one.proofs[0].says) == (0.81, "request")
    assert not owed(said("customer", in_="email", request=0.59))
    assert not owed(said("customer", in_="email", request=0.9, stop_contact=0.5))


def test_what_is_asked_while_the_firms_word_stands_here_is_asked_in_passing() -> None:
    promised = debt("F18", rule="broken-promise")
    (one,) = owed(said("customer", in_="email", request=0.9), where_owed(promised))
    assert one.p == pytest.approx(0.81 * 0.6, abs=0.001)
    for stands in (replace(promised, breached=True), replace(promised, talk=b"else")):
        (one,) = owed(said("customer", in_="email", request=0.9), where_owed(stands))
        assert one.p == 0.81


def test_despair_is_never_said_in_passing() -> None:
    after_an_answer = Ledger(talks=(Talk(mark_of("t"), firm_s=OPENED),))
    (one,) = owed(said("customer", "1 h", distress=0.9, needs_answer=True), after_an_answer)
    assert one.p == 0.81


def test_a_need_that_is_told_of_last_is_still_what_proves_it() -> None:
    """Four events are kept; which way a debt is settled hangs on whether a need is among them."""
    ledger = Ledger()
    for n in range(4):
        ledger = replace(ledger, debts=tuple(owed(asking(f"{n} min", in_="email", talk="t"), ledger)))
    (one,) = owed(said("customer", "5 min", in_="email", talk="t", need=0.9), ledger)
    assert [proof.says for proof in one.proofs] == ["question"] * 3 + ["need"]


def test_something_may_come_to_be_owed_by_an_act_that_says_nothing() -> None:
    """A rule of a firm's own: whoever is hit by a failure is called within a day."""
    mine = CATALOGUE.rules.by_id["unanswered"]
    assert mine.owes is not None
    told = {"when": "service_incident", "says_any": {}, "unless_says": {}, "if_": (), "within": "1 d"}
    book = copy(CATALOGUE)
    failed = done("service_incident", incident="late")
    for within, due in (("1 d", [OPENED + DAY]), ("promise", [])):
        told["within"] = within
        rule = mine.model_copy(update={"owes": mine.owes.model_copy(update=told)})
        book.__dict__["rules"] = RuleBook({rule.id: rule})
        case = of_signal(Ledger(), failed, belief("captive"), None, book)
        open_debts(case)
        assert [one.due_s for one in case.ledger.debts] == due
        assert [(one.proofs[0].says, one.words) for one in case.ledger.debts] == [("service_incident", b"")] * len(due)


def test_no_more_is_remembered_than_fits_the_oldest_goes_first() -> None:
    many = [debt(cause=str(n), talk=b"else") for n in range(DEBTS)]
    asked = asking()
    case = case_of(asked, where_owed(*many))
    open_debts(case)
    assert [one.cause for one in case.ledger.debts] == ["1", "2", "3", "4", "5", asked.event_id]


def test_a_second_asking_joins_the_first_with_what_proves_it() -> None:
    first, other = debt(p=0.5, proofs=ASKED[:1]), debt(cause="other", talk=b"else")
    asked = asking("1 h", complaint=0.5)
    assert owed(asked, where_owed(other, first)) == [
        other,
        replace(first, p=0.81, troubled=True, proofs=(ASKED[0], case_of(asked).proof("question"))),
    ]


def test_a_second_asking_makes_nothing_less_sure_and_no_trouble_undone() -> None:
    for first in (debt(p=0.85, troubled=True), debt(p=0.85)):
        (one,) = owed(asking("1 h", complaint=0.49), where_owed(first))
        assert (one.p, one.troubled) == (0.85, first.troubled)


def test_four_askings_are_proof_enough() -> None:
    (one,) = owed(asking("1 h"), where_owed(debt(proofs=ASKED)))
    assert one.proofs == ASKED


def test_what_is_asked_elsewhere_or_nowhere_is_owed_apart() -> None:
    assert len(owed(asking(talk="u"), where_owed(debt()))) == 2
    assert len(owed(asking(talk=None), where_owed(debt(talk=b"")))) == 2


def test_every_promise_has_its_own_day() -> None:
    first = debt("F18", rule="broken-promise")
    told = owed(
        said("agent", "1 h", promise="3 d").model_copy(update={"signals": {"promise": 0.9}}), where_owed(first), "F18"
    )
    assert [(one.due_s, one.p) for one in told] == [(first.due_s, 0.9), (OPENED + 3600 + 3 * DAY, 0.9)]
    assert [proof.says for proof in told[1].proofs] == ["promise"]


def test_a_promise_without_a_day_to_come_owes_nothing() -> None:
    promise = said("agent", "1 h").model_copy(update={"signals": {"promise": 0.9}})
    assert owed(promise, code="F18") == []
    assert owed(promise.model_copy(update={"promise_due_at": promise.occurred_at}), code="F18") == []


@pytest.mark.parametrize(
    ("channel", "firm_ago_s", "hours"),
    [
        ("chat", None, 1 / 6),
        ("chat", 600, 1 / 6),
        ("chat", 601, 24),
        ("voice", 600, 1 / 6),
        ("email", 600, 24),
        ("email", None, 24),
    ],
)
def test_a_live_conversation_wants_an_answer_at_once(channel: str, firm_ago_s: int | None, hours: float) -> None:
    talks = () if firm_ago_s is None else (Talk(mark_of("t"), firm_s=OPENED + DAY - firm_ago_s),)
    (one,) = owed(asking("1 d", in_=channel, failure=0.6, asks=1), Ledger(talks=talks))
    assert one.due_s - one.opened_s == hours * 3600


def test_a_conversation_in_which_the_firm_has_not_spoken_is_live() -> None:
    (one,) = owed(asking("1 d"), Ledger(talks=(Talk(mark_of("t"), customer_s=OPENED),)))
    assert one.due_s - one.opened_s == 600


def test_news_want_an_answer_where_there_is_time_for_one() -> None:
    """A letter of theirs waits ten days; a chat knows no time for it."""
    (one,) = owed(said("customer", in_="email", self_disclosure=0.9), code="F33")
    assert one.due_s - one.opened_s == 10 * DAY
    assert owed(said("customer", self_disclosure=0.9), code="F33") == []


SPOKEN = Ledger(talks=(Talk(mark_of("t"), firm_s=OPENED, complained=0),))
"""The firm has spoken in the conversation `t`."""


@pytest.mark.parametrize(
    ("asked", "in_passing"),
    [
        (asking("1 min"), True),
        (asking("1 min", complaint=0.59), True),
        (asking("1 min", complaint=0.6), False),
        (asking("1 min", question=0.5, demand=0.6, complaint=0.6), False),
        (asking("1 min", question=0.0, complaint=0.9), True),
        (asking("1 min", unanswered=0.6), False),
        (asking("1 min", failure=0.6), False),
        (asking("1 min", repeat_effort=0.6), False),
        (asking("1 min", repeat_effort=0.59, unanswered=0.59, failure=0.59), True),
        (asking("1 min", talk="u"), False),
        (asking("1 min", in_="email"), True),
        (asking("1 min", in_="email", asks=1), False),
        (asking("1 min", in_="email", unanswered=0.6), False),
        (asking("1 min", in_="email", failure=0.6), False),
        (asking("1 min", in_="email", repeat_effort=0.6), False),
        (asking("1 min", in_="email", talk="u"), False),
        (asking("1 min", in_="email", talk="u", gratitude=0.6), True),
        (asking("1 min", in_="email", talk="u", forgiveness=0.6), True),
        (asking("1 min", in_="email", talk="u", praise=0.6), True),
        (asking("1 min", in_="email", talk="u", praise=0.59, gratitude=0.59, forgiveness=0.59), False),
        (asking("1 min", in_="email", talk="u", praise=0.6, asks=1), False),
    ],
)
def test_the_last_question_of_a_talk_may_be_asked_in_passing(asked: Heard, in_passing: bool) -> None:
    """Once the firm has answered, or in a letter that asks nothing; not by who is in trouble and asks."""
    (one,) = owed(asked, SPOKEN)
    sure = 0.9 * max(asked.signals.get(cue, 0.0) for cue in ("question", "complaint"))
    assert one.p == pytest.approx(sure * 0.6 if in_passing else sure, abs=0.001)


@pytest.mark.parametrize(("demand", "imperatives", "asks"), [(0.5, 1, True), (0.49, 1, False), (0.5, 0, False)])
def test_a_letter_also_asks_by_telling_somebody_to_do_something(demand: float, imperatives: int, asks: bool) -> None:
    told = asking("1 min", in_="email", demand=demand)
    (one,) = owed(told.model_copy(update={"traits": {"imperatives": float(imperatives)}}), SPOKEN)
    assert one.p == (0.81 if asks else 0.486)


def test_a_question_to_nobody_in_particular_is_asked_in_passing() -> None:
    asked = asking(in_="social", public=True).model_copy(update={"traits": {"handles": 1.0}})
    assert [one.p for one in owed(asked)] == [0.486]
    assert [one.p for one in owed(asked.model_copy(update={"in_reply_to": "e"}))] == [0.81]


def test_a_suggestion_is_never_made_in_passing() -> None:
    (one,) = owed(said("customer", "1 min", suggestion=0.9), SPOKEN, "F01")
    assert (one.p, one.due_s - one.opened_s) == (0.9, 3 * DAY)


def complained(hundredths: int) -> Ledger:
    """They have complained this clearly in the conversation `t`."""
    return Ledger(talks=(Talk(mark_of("t"), complained=hundredths),))


@pytest.mark.parametrize(
    ("asked", "ledger", "troubled"),
    [
        (asking(complaint=0.5), Ledger(), True),
        (asking(complaint=0.49), Ledger(), False),
        (asking(), complained(50), True),
        (asking(), complained(49), False),
        (asking(talk="u"), complained(50), False),
        (asking(in_="email", complaint=0.5), Ledger(), True),
        (asking(in_="email", complaint=0.49), complained(50), False),
    ],
)
def test_what_is_owed_to_somebody_in_trouble_is_marked_so(asked: Heard, ledger: Ledger, troubled: bool) -> None:
    """What they say now or have said in this conversation; of a letter only what it says itself."""
    assert [one.troubled for one in owed(asked, ledger)] == [troubled]


def promised(channel: str, ledger: Ledger, **cues: float) -> bool:
    """Whether a promise given now is owed to somebody in trouble."""
    given = said("agent", "20 d", in_=channel, promise="3 d").model_copy(update={"signals": {"promise": 0.9, **cues}})
    (one,) = owed(given, ledger, "F18")
    return one.troubled


@pytest.mark.parametrize("code", ["F12", "F13", "F26"])
def test_a_promise_soon_after_a_failure_is_owed_to_somebody_in_trouble(code: str) -> None:
    def failed(seconds_ago: int, sure: int = 60) -> Ledger:
        return replace(
            Ledger(), deeds=(Deed(code, OPENED + 20 * DAY - seconds_ago, 2, sure), Deed("F03", OPENED, 2, 99))
        )

    assert promised("email", failed(14 * DAY))
    assert promised("chat", failed(14 * DAY))
    assert not promised("email", failed(14 * DAY + 1))
    assert not promised("email", failed(14 * DAY, sure=59))


def test_a_promise_to_somebody_content_is_not() -> None:
    assert not promised("email", Ledger())
    assert not promised("chat", complained(49), complaint=0.9)  # the firm's own words are not their trouble
    assert not promised("email", complained(50))
    assert promised("chat", complained(50))


def test_a_jest_asks_for_no_answer_but_one_in_a_complaint_is_bitter() -> None:
    def said_in_jest(complaint: float) -> Heard:
        return asking(question=0.5, in_="email", humour=0.7, complaint=complaint, negative_emotion=0.6)

    assert owed(said_in_jest(complaint=0.5)) == []
    assert owed(said_in_jest(complaint=0.7)) != []


def test_how_sure_it_is_keeps_three_places() -> None:
    assert [one.p for one in owed(asking(question=0.777))] == [0.699]
