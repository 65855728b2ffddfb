"""What settles something owed, way by way: who does it, in what words, at what moment."""

from datetime import timedelta

import pytest

from listener.model.ledger import Debt, Proof
from listener.model.signals import Act, Heard
from listener.rules.debts.settling import OTHER, SETTLEMENTS, THANKS, TRYING, obstacles, settles
from listener.rules.rehearsing import BEGIN
from tests.rules.builders import case_of, debt, done, said


def settled(way: str, signal: Heard | Act, owed: Debt | None = None) -> bool:
    case, one = case_of(signal), SETTLEMENTS[way]
    return one.concerns(case) and not one.lacks(case, owed or debt())


@pytest.mark.parametrize("side", ["customer", "bot", "system", "campaign"])
def test_only_a_human_of_the_firm_answers(side: str) -> None:
    assert not settled("human turn", said(side, concrete=0.9))
    assert not settled("answer of substance", said(side, concrete=0.9))
    assert settled("human turn", said("agent"))


def test_thanks_alone_are_no_answer() -> None:
    for way in ("human turn", "answer of substance"):
        assert settled(way, said("agent", thanks_only=0.59))
        assert not settled(way, said("agent", thanks_only=0.6))


@pytest.mark.parametrize("more", ["concrete", "answer_substance", "refusal"])
def test_thanks_and_something_to_the_matter_are_an_answer_if_an_unwelcome_one(more: str) -> None:
    assert settled("human turn", said("agent", thanks_only=0.9, **{more: 0.6}))
    assert not settled("human turn", said("agent", thanks_only=0.9, **{more: 0.59}))


def test_what_sounds_canned_must_be_concrete_and_take_up_their_words() -> None:
    words = "aaaaaa.bbbbbb.cccccc.dddddd"
    packed = bytes.fromhex(words.replace(".", ""))
    echo, other = f"{0:016x}:{words}", f"{0:016x}:111111.222222.333333.444444"
    owed = debt(words=packed)
    assert settled("answer of substance", said("agent", scripted=0.64))
    assert settled("answer of substance", said("agent", scripted=0.65, concrete=0.6, sketch=echo), owed)
    assert not settled("answer of substance", said("agent", scripted=0.65, concrete=0.59, sketch=echo), owed)
    assert not settled("answer of substance", said("agent", scripted=0.65, concrete=0.9, sketch=other), owed)
    assert settled("answer of substance", said("agent", scripted=0.65, answer_substance=0.7, sketch=echo), owed)
    assert not settled("answer of substance", said("agent", scripted=0.65, answer_substance=0.69, sketch=echo), owed)
    assert not settled("answer of substance", said("agent", scripted=0.65, answer_substance=0.9, sketch=other), owed)


def test_a_sale_is_no_answer_unless_it_speaks_to_the_matter() -> None:
    asked, sale = debt(words=b"\xaa" * 3), {"commitment_ask": 0.7, "concrete": 0.9}
    assert not settled("human turn", said("agent", **sale), asked)
    assert settled("human turn", said("agent", **sale | {"commitment_ask": 0.69}), asked)
    assert settled("human turn", said("agent", **sale, answer_substance=0.6), asked)
    assert settled("human turn", said("agent", **sale, sketch=f"{0:016x}:aaaaaa"), asked)


def test_a_tenth_of_their_words_takes_them_up_and_elsewhere_a_seventh_or_so() -> None:
    def shared(n: int, of: int) -> str:
        return f"{0:016x}:" + ".".join([f"aaaa{k:02}" for k in range(n)] + [f"bbbb{k:02}" for k in range(of - n)])

    owed = debt(words=bytes.fromhex("".join(f"aaaa{k:02}" for k in range(20))))
    canned = {"scripted": 0.65, "concrete": 0.6}
    assert settled("answer of substance", said("agent", **canned, sketch=shared(2, 20)), owed)
    assert not settled("answer of substance", said("agent", **canned, sketch=shared(1, 20)), owed)
    assert settled("answer of substance", said("agent", talk="u", sketch=shared(3, 20)), owed)
    assert not settled("answer of substance", said("agent", talk="u", sketch=shared(2, 20)), owed)


def test_who_is_as_likely_as_not_in_trouble_is_not_content() -> None:
    assert settled("customer content", said("customer", gratitude=0.9, complaint=0.49))
    assert not settled("customer content", said("customer", gratitude=0.9, complaint=0.5))


def test_elsewhere_it_must_be_about_the_same() -> None:
    words = "aaaaaa.bbbbbb.cccccc.dddddd"
    owed = debt(words=bytes.fromhex(words.replace(".", "")))
    about, other = f"{0:016x}:{words}", f"{0:016x}:111111.222222.333333.444444"
    assert settled("answer of substance", said("agent", talk="u", sketch=about), owed)
    assert not settled("answer of substance", said("agent", talk="u", sketch=other), owed)
    assert settled("answer of substance", said("agent", talk="t", sketch=other), owed)


def test_outreach_counts_where_it_was_asked_for() -> None:
    assert settled("solicited outreach", done("outreach_made", solicited=True))
    assert not settled("solicited outreach", done("outreach_made", solicited=False))
    assert not settled("solicited outreach", done("campaign_sent", solicited=True))


@pytest.mark.parametrize(
    ("act", "mends"),
    [
        (done("compensation_issued", form="refund"), True),
        (done("compensation_issued", form="replacement"), True),
        (done("compensation_issued", form="voucher"), False),
        (done("case_closed", resolved=True), True),
        (done("case_closed", resolved=False), False),
        (done("fix_made"), True),
        (done("exception_granted"), True),
        (done("exception_refused"), False),
    ],
)
def test_what_mends(act: Act, mends: bool) -> None:
    assert settled("mended", act) is mends


@pytest.mark.parametrize("cue", ["gratitude", "kept", "joy", "praise", "love", "forgiveness", "stays"])
def test_a_customer_who_is_content_asks_no_more(cue: str) -> None:
    assert settled("customer content", said("customer", **{cue: 0.5}))
    assert not settled("customer content", said("customer", **{cue: 0.49}))
    assert not settled("customer content", said("customer", **{cue: 0.9, "complaint": 0.9}))
    assert not settled("customer content", said("customer", **{cue: 0.9}, needs_answer=True))
    assert not settled("customer content", said("customer", **{cue: 0.9}, request=0.6))
    assert not settled("customer content", said("agent", **{cue: 0.9}))


def test_thanks_for_the_trying_settle_nothing_unless_it_is_put_right_as_well() -> None:
    assert not settled("customer content", said("customer", gratitude=0.9, thanks_anyway=0.5))
    assert settled("customer content", said("customer", gratitude=0.9, thanks_anyway=0.49))
    assert settled("customer content", said("customer", gratitude=0.9, thanks_anyway=0.9, kept=0.5))


ABOUT = f"{0:016x}:aaaaaa.bbbbbb.cccccc"


def test_an_order_settles_what_was_asked_in_passing() -> None:
    order = done("order_placed", by="customer")
    assert settled("customer ordered", order)
    assert settled("customer ordered", done("order_placed"))
    assert not settled("customer ordered", done("order_placed", by="firm"))
    assert not settled("customer ordered", done("order_cancelled", by="customer"))
    assert not settled("customer ordered", order, debt(troubled=True))
    assert settled("customer ordered", order, debt(troubled=True, channel="chat"))
    assert settled("customer ordered", order, debt(troubled=True, channel="voice"))


def test_a_need_is_ended_by_a_person_and_by_nothing_polite() -> None:
    grieving = debt(proofs=(Proof("e", "chat", 0, "customer", "need", ""),))
    assert not settled("customer content", said("customer", "1 h", gratitude=0.9), grieving)
    assert settled("customer content", said("customer", "1 h", kept=0.5), grieving)
    assert not settled("customer ordered", done("order_placed"), grieving)
    assert settled("human turn", said("agent", "1 h"), grieving)


def test_a_forms_words_do_not_end_a_need_and_do_end_a_question() -> None:
    grieving = debt(proofs=(Proof("e", "chat", 0, "customer", "need", ""),))
    assert not settled("human turn", said("agent", scripted=0.65, identification=0.9), grieving)
    assert settled("human turn", said("agent", scripted=0.64), grieving)
    assert settled("human turn", said("agent", scripted=0.9), debt())
    for cue in ("answer_substance", "refusal", "done_as_asked", "apology", "empathy"):
        assert settled("human turn", said("agent", scripted=0.9, **{cue: 0.6}), grieving)


def test_who_comes_back_later_follows_up_and_not_with_another_promise() -> None:
    assert settled("followed up", said("agent", "30 min"))
    assert not settled("followed up", said("agent", "29 min"))
    assert not settled("followed up", said("customer", "30 min"))
    for cue in ("promise", "scripted", "policy_cited", "refusal", "word_withdrawn", "not_done", "blame", "apology"):
        assert not settled("followed up", said("agent", "2 h").model_copy(update={"signals": {cue: 0.6}}))
        assert settled("followed up", said("agent", "2 h").model_copy(update={"signals": {cue: 0.59}}))


def test_any_of_the_ways_a_rule_names_will_do() -> None:
    turn = case_of(said("agent"))
    assert settles(turn, debt(), ("mended", "human turn"))
    assert not settles(turn, debt(), ("mended",))
    assert not settles(turn, debt(), ())


def test_time_runs_from_the_opening() -> None:
    assert said("agent", "30 min").occurred_at - BEGIN == timedelta(minutes=30)


def hindered(signal: Heard | Act, *names: str, owed: Debt | None = None) -> list[str]:
    """Why a signal settles nothing, by these ways."""
    return [str(told) for told in obstacles(case_of(signal), owed or debt(), names)]


@pytest.mark.parametrize(
    ("signal", "says"),
    [
        (said("bot"), "a bot"),
        (said("system"), "an automatic message"),
        (said("campaign"), "a mailing"),
        (said("customer"), "this"),
        (done("order_placed"), "such an act"),
    ],
)
def test_what_is_none_of_the_ways_to_settle_is_said_to_be_none(signal: Heard | Act, says: str) -> None:
    none = f"{says} is none of the things that would settle it"
    assert hindered(signal, "human turn", "idea credited") == [none]


def test_what_could_settle_and_does_not_is_told_why_each_reason_once() -> None:
    thanks = said("agent", thanks_only=0.9)
    assert hindered(thanks, "human turn", "named person") == hindered(thanks, "human turn")
    assert len(hindered(thanks, "human turn")) == 1
    nobody = hindered(said("agent"), "named person", "their contact", "idea credited")
    assert nobody == ["nobody is named in it", "it is from nobody whom their profile names"]


def test_why_not_is_asked_of_the_very_debt() -> None:
    soon = said("agent", at="10 min")
    assert hindered(soon, "followed up") == [
        "it is the talk in which it was promised, less than half an hour on",
    ]  # fmt: skip
    assert hindered(soon, "followed up", owed=debt(opened_s=debt().opened_s - 1800)) == []


def test_what_does_settle_is_not_hindered() -> None:
    assert hindered(said("agent"), "human turn", "customer content") == []


@pytest.mark.parametrize(
    ("way", "signal", "owed", "says"),
    [
        ("idea answered", done("idea_answered", substantive=False), {}, "the answer had no substance"),
        ("idea credited", done("idea_used"), {}, "the idea was taken up and not credited"),
        ("solicited outreach", done("outreach_made"), {}, "they had not asked for this contact"),
        ("mended", done("compensation_issued", form="credit"), {}, "it is neither a refund nor a replacement"),
        ("mended", done("case_closed"), {}, "the case was not closed as resolved"),
        ("customer ordered", done("order_placed", by="firm"), {}, "the firm placed this order, not the customer"),
        (
            "customer ordered", done("order_placed"), {"troubled": True},
            "they were in trouble, and ordering does not end that",
        ),
        ("customer content", said("customer", complaint=0.9), {}, "they are still in trouble"),
        (
            "said to be kept", said("customer", gratitude=0.9, sketch=ABOUT), {"words": b"\xaa" * 3},
            "they thank for the promise, not yet for what was promised",
        ),
        (
            "said to be kept", said("customer", forgiveness=0.9), {},
            "they do not say that what was promised has come",
        ),
        ("said to be kept", said("customer", gratitude=0.9, thanks_anyway=0.9), {}, str(TRYING)),
        ("customer content", said("customer", gratitude=0.9, thanks_anyway=0.9), {}, str(TRYING)),
        ("said to be kept", said("customer", complaint=0.9), {}, "they are still in trouble"),
        ("said to be kept", said("customer", talk="u", kept=0.9), {}, str(OTHER)),
        ("let go", said("customer", complaint=0.9), {}, "they are still in trouble"),
        ("let go", said("customer", forgiveness=0.9), {}, "they do not let the firm off what was promised"),
        ("let go", said("customer", talk="u", released=0.9), {}, str(OTHER)),
        ("told done", said("agent"), {}, "it does not say that it is done"),
        ("told done", said("agent", talk="u"), {}, str(OTHER)),
        ("customer content", said("customer"), {}, "they do not say that it is settled"),
        ("human turn", said("agent", thanks_only=0.9), {}, str(THANKS)),
        ("answer of substance", said("agent", scripted=0.9), {}, "it sounds canned and says nothing concrete of it"),
        (
            "followed up", said("agent", at="2 h", apology=0.9), {},
            "it is another promise, excuse, apology or rule",
        ),
    ],
)  # fmt: skip
def test_a_reader_is_told_what_is_lacking(way: str, signal: Heard | Act, owed: dict[str, object], says: str) -> None:
    assert hindered(signal, way, owed=debt(**owed)) == [says]
