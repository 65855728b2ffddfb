"""What is open between the two: complaints, ideas, promises, trouble; from when on, until when, and what ends it."""

from dataclasses import replace

import pytest

from listener.model.ledger import REPORTED, Debt, Deed, Ledger, Matter, Talk, mark_of
from listener.model.signals import Act, Heard
from listener.model.sketch import make, packed_words
from listener.rules.case.case import Case
from listener.rules.situations import holds
from tests.rules.builders import DAY, OPENED, case_of, debt, done, said

HERE = mark_of("t")
WORDS = [f"word{n}" for n in range(20)]


def so(words: str, signal: Heard | Act | None = None, **ledger: object) -> bool:
    """Whether the situation holds of a customer's word at the beginning, in the conversation `t`."""
    known = Ledger(**ledger)  # type: ignore[arg-type]  # facts of a test
    return holds(words, case_of(signal or said("customer"), known))


def deed(code: str, ago_s: int = 0, level: int = 2, sure: int = 90, talk: bytes = b"") -> Deed:
    return Deed(code, OPENED - ago_s, level, sure, 1, talk)


def complained(ago_s: int = 0) -> tuple[Matter, ...]:
    """A matter in which a complaint was made so long ago."""
    return (Matter(1, "e", OPENED - ago_s, OPENED - ago_s, b"", complained_s=OPENED - ago_s),)


def test_a_complaint_that_waits_for_its_answer_is_open() -> None:
    assert so("complaint open", debts=(debt("F02", troubled=True),))
    assert not so("complaint open", debts=(debt("F02"),)), "a question is none"
    assert not so("complaint open", debts=(debt("F18", troubled=True),))
    assert not so("complaint open")


def test_a_complaint_is_open_for_a_fortnight() -> None:
    assert so("complaint open", matters=complained(14 * DAY))
    assert not so("complaint open", matters=complained(14 * DAY + 1))
    assert not so("complaint open", matters=(Matter(1, "e", OPENED, OPENED, b""),)), "a matter without a complaint"


@pytest.mark.parametrize("code", ["B05", "B08", "B10", "B12"])
def test_what_mends_after_a_complaint_closes_it(code: str) -> None:
    matters = complained(2 * DAY)
    assert not so("complaint open", matters=matters, deeds=(deed(code, DAY, 0),))
    assert not so("complaint open", matters=matters, deeds=(deed(code, 2 * DAY, 0),))
    assert so("complaint open", matters=matters, deeds=(deed(code, 3 * DAY, 0),))
    assert so("complaint open", matters=matters, deeds=(deed(code, DAY, -1),)), "the wrong repair mends nothing"
    assert so("complaint open", matters=matters, deeds=(deed("B01", DAY, 0),))


def test_a_complaint_of_words_alone_is_over_a_day_after_a_person_has_answered_it() -> None:
    matters, answered = complained(2 * DAY), (Talk(b"x", firm_s=OPENED - DAY - 1),)
    assert not so("complaint open", matters=matters, talks=answered)
    assert so("complaint open", matters=matters, talks=(Talk(b"x", firm_s=OPENED - DAY),))
    before = (Talk(b"x", firm_s=OPENED - 2 * DAY - 1),)
    assert so("complaint open", matters=matters, talks=before), "said before it was made"
    assert not so("complaint open", matters=matters, talks=(Talk(b"x", firm_s=OPENED - 2 * DAY),))


def test_a_grumble_that_is_the_last_word_to_an_answer_and_wants_no_other_is_over_in_a_day() -> None:
    matters, told = complained(2 * DAY), Talk(b"x", firm_s=OPENED - 2 * DAY - 60, customer_s=OPENED - 2 * DAY)
    assert not so("complaint open", matters=matters, talks=(told,))
    assert so("complaint open", matters=matters, talks=(told,), debts=(debt("F02", troubled=True),)), "it wants one"
    assert so("complaint open", matters=matters, talks=(Talk(b"x", customer_s=told.customer_s),)), "nobody has answered"
    assert so("complaint open", matters=matters, talks=(told,), deeds=(deed("F12", DAY),)), "something was done"
    fresh = Talk(b"x", firm_s=OPENED - 3600, customer_s=OPENED - 1800)
    assert so("complaint open", matters=complained(1800), talks=(fresh,)), "said this hour"


@pytest.mark.parametrize(
    ("act", "is_open"),
    [
        (deed("F12", DAY), True),
        (deed("F03", DAY), False),  # a send is no ground for the complaint that alone made it wrong
        (deed("F12", DAY, level=1), False),
        (deed("F12", DAY, sure=60), False),
        (deed("F12", DAY, sure=61), True),
        (deed("C03", DAY), False),
        (Deed("F12", OPENED - DAY, 2, 90, 7), False),
    ],
    ids=[
        "an act",
        "a send while it was open",
        "a slight",
        "one that is unsure",
        "one just sure",
        "their own",
        "of another matter",
    ],
)
def test_a_complaint_with_a_breach_behind_it_is_not_over_by_an_answer(act: Deed, is_open: bool) -> None:
    answered = (Talk(b"x", firm_s=OPENED - DAY - 1),)
    assert so("complaint open", matters=complained(2 * DAY), talks=answered, deeds=(act,)) is is_open


@pytest.mark.parametrize(
    ("words", "open_", "shut"),
    [
        ("suggestion open", [debt("F01")], [debt("F02"), debt("F18")]),
        ("suggestion overdue", [debt("F01", breached=True)], [debt("F01"), debt("F02", breached=True)]),
        ("question overdue", [debt("F02", breached=True)], [debt("F02"), debt("F01", breached=True)]),
        ("answer open", [debt("F01"), debt("F02")], [debt("F18")]),
        ("promise overdue", [debt("F18", due_s=OPENED)], [debt("F18", due_s=OPENED + 1), debt("F02", due_s=OPENED)]),
        (
            "promise of this talk overdue",
            [debt("F18", due_s=OPENED)],
            [debt("F18", due_s=OPENED + 1), debt("F02", due_s=OPENED), debt("F18", due_s=OPENED, talk=b"else")],
        ),
    ],
)
def test_what_is_owed_is_told_by_what_it_is_and_whether_its_time_is_up(
    words: str, open_: list[Debt], shut: list[Debt]
) -> None:
    assert not so(words)
    assert not so(words, debts=tuple(shut))
    for one in open_:
        assert so(words, debts=(*shut, one))


def test_an_overdue_idea_is_asked_after_where_it_was_given_or_in_its_words() -> None:
    words = "asks after an overdue idea"
    here, elsewhere = debt("F01", breached=True), debt("F01", breached=True, talk=b"else")
    assert so(words, debts=(here,))
    assert not so(words, debts=(debt("F01"),)), "one that is not overdue"
    assert not so(words, debts=(debt("F02", breached=True),))
    assert not so(words, debts=(elsewhere,))
    assert not so(words, done("product_launched"), debts=(elsewhere,))
    assert not so(words, said("customer", talk=""), debts=(debt("F01", breached=True, talk=b""),)), "no conversation"

    def shares(n: int) -> bool:
        idea = debt("F01", breached=True, talk=b"else", words=packed_words(make(["x"], WORDS[:10])))
        return so(words, said("customer", sketch=make(["x"], [*WORDS[:n], *WORDS[10 : 20 - n]])), debts=(idea,))

    assert [shares(n) for n in (0, 1, 2)] == [False, True, True], "a tenth of the words"


def reading(case: Case, distress: float) -> Case:
    case.reading = replace(case.reading, distress=distress)
    return case


def test_distress_is_over_the_firm_where_they_spoke_of_it() -> None:
    of_us, of_others = Ledger(about_brand=True), Ledger()
    assert holds("distressed", reading(case_of(said("customer"), of_us), 0.6))
    assert not holds("distressed", reading(case_of(said("customer"), of_us), 0.59))
    assert not holds("distressed", reading(case_of(said("customer"), of_others), 0.6))


def test_a_matter_is_open_until_it_has_rested_for_a_fortnight() -> None:
    def rested(seconds: int) -> tuple[Matter, ...]:
        return (Matter(1, "e", OPENED - 30 * DAY, OPENED - seconds, b""),)

    assert so("matter open", matters=rested(14 * DAY))
    assert not so("matter open", matters=rested(14 * DAY + 1))
    assert not so("matter open")


@pytest.mark.parametrize(
    ("known", "is_in_trouble"),
    [
        ({"deeds": (deed("F12", 14 * DAY, level=0, sure=50),)}, True),
        ({"deeds": (deed("F12", 14 * DAY + 1),)}, False),
        ({"deeds": (deed("F12", sure=49),)}, False),
        ({"deeds": (deed("C03"),)}, False),
        ({"talks": (Talk(HERE, firm_s=5, complained=50),)}, True),
        ({"talks": (Talk(HERE, firm_s=5, complained=49),)}, False),
        ({"talks": (Talk(HERE, complained=90),)}, False),
        ({"talks": (Talk(b"else", firm_s=5, complained=90),)}, False),
        ({"debts": (debt(troubled=True),)}, True),
        ({"debts": (debt(breached=True),)}, True),
        ({"debts": (debt(),)}, False),
    ],
)
def test_in_trouble_already_is_an_act_of_a_fortnight_a_complaint_answered_here_or_an_answer_long_owed(
    known: dict[str, object], is_in_trouble: bool
) -> None:
    assert so("in trouble already", **known) is is_in_trouble


@pytest.mark.parametrize(
    ("known", "is_wronged"),
    [
        ({"deeds": (deed("F12", 21 * DAY, talk=REPORTED),)}, True),
        ({"deeds": (deed("F12", 21 * DAY + 1, talk=REPORTED),)}, False),
        ({"deeds": (deed("F12"),)}, False),
        ({"deeds": (deed("F18"),)}, True),
        ({"deeds": (deed("F12", level=1, talk=REPORTED),)}, False),
        ({"deeds": (deed("F12", sure=60, talk=REPORTED),)}, True),
        ({"deeds": (deed("F12", sure=59, talk=REPORTED),)}, False),
        ({"deeds": (deed("C03", talk=REPORTED),)}, False),
        ({"debts": (debt("F02", breached=True, troubled=True, p=0.6),)}, True),
        ({"debts": (debt("F18", breached=True, troubled=True, p=0.6),)}, True),
        ({"debts": (debt("F01", breached=True, troubled=True),)}, False),
        ({"debts": (debt("F02", breached=True),)}, False),
        ({"debts": (debt("F02", troubled=True),)}, False),
        ({"debts": (debt("F02", breached=True, troubled=True, p=0.59),)}, False),
    ],
)
def test_wronged_of_late_is_a_breach_that_was_reported_a_broken_promise_or_an_answer_to_trouble_overdue(
    known: dict[str, object], is_wronged: bool
) -> None:
    assert so("wronged of late", **known) is is_wronged
    assert so("has cause to complain", **known) is is_wronged


def test_who_complains_here_and_now_has_cause_and_a_letter_is_none_for_its_sound() -> None:
    loud, quiet = (Talk(HERE, complained=60),), (Talk(HERE, complained=59),)
    assert so("has cause to complain", talks=loud)
    assert not so("has cause to complain", talks=quiet)
    assert not so("has cause to complain", said("customer", in_="email"), talks=loud)
    assert not so("has cause to complain", said("customer", talk="else"), talks=loud)


@pytest.mark.parametrize("code", ["B05", "B08", "B09", "B10", "B12"])
def test_what_mends_is_of_late_for_a_week(code: str) -> None:
    assert so("mended of late", deeds=(deed(code, 7 * DAY),))
    assert not so("mended of late", deeds=(deed(code, 7 * DAY + 1),))
    assert not so("mended of late", deeds=(deed("B01"),))


def test_nobody_has_heard_from_a_firm_that_has_said_and_done_nothing() -> None:
    words, told = "has heard from the firm", said("customer", inconsistent=0.9)
    failed = Deed("F12", OPENED - DAY, 2, 90, 1, REPORTED)
    assert not holds(words, case_of(told))
    assert holds(words, case_of(told, Ledger(firm_s=OPENED)))
    assert holds(words, case_of(told.model_copy(update={"spans": {"inconsistent": (0, 9)}})))
    assert holds(words, case_of(told, Ledger(deeds=(failed,))))
