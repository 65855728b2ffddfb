"""The words themselves: who says them and to whom, what they want, of whom they speak, how they sound."""

from typing import Any

import pytest

from listener.model.ledger import Ledger, Talk, mark_of
from listener.model.signals import Heard
from listener.rules.situations import holds
from tests.rules.builders import case_of, done, said

ACT = done("product_launched")


def so(words: str, signal: Heard | None = None, ledger: Ledger | None = None, **cues: float) -> bool:
    """Whether the situation holds of what a customer says at the beginning."""
    return holds(words, case_of(signal or said("customer", **cues), ledger))


def post(text: str = "", *, cues: dict[str, float] | None = None, **told: Any) -> Heard:
    """Something said in public."""
    return said("customer", in_="social", **(cues or {})).model_copy(update={"excerpt": text, **told})


def private(text: str, **cues: float) -> Heard:
    return said("customer", **cues).model_copy(update={"excerpt": text})


def handles(n: int) -> dict[str, float]:
    return {"handles": float(n)}


def test_what_is_said_in_private_is_said_to_the_firm_and_a_post_where_it_replies_or_calls_it() -> None:
    words = "addressed to the firm"
    assert so(words, said("customer"))
    assert not so(words, post())
    assert so(words, post(traits=handles(1)))
    assert so(words, post(in_reply_to="p"))
    assert not so(words, said("customer", public=True)), "public, wherever it stands"
    assert not so(words, post(public=False)), "and on a network, whoever reads it"
    assert not holds(words, case_of(ACT))


def test_in_a_talk_that_the_firm_has_taken_part_in_a_post_is_said_to_it() -> None:
    answered, unanswered = (Ledger(talks=(Talk(mark_of("t"), **who),)) for who in ({"firm_s": 5}, {"customer_s": 5}))
    assert so("addressed to the firm", post(), answered)
    assert not so("addressed to the firm", post(), unanswered)


def test_what_others_read_is_in_public_and_a_mail_is_a_letter() -> None:
    assert so("in public", post())
    assert not so("in public", said("customer"))
    assert so("in a letter", said("customer", in_="email"))
    assert not so("in a letter", said("customer"))
    assert not holds("in a letter", case_of(ACT))


def test_a_feeling_is_about_the_brand_unless_it_is_said_of_somebody_else() -> None:
    assert so("about the brand", said("customer"))
    assert not so("about the brand", said("customer", target="rival"))
    assert not so("about the brand", said("customer", target="other"))
    assert holds("about the brand", case_of(ACT))


def test_an_answer_is_wanted_where_the_ear_says_so() -> None:
    assert so("needs answer", said("customer", needs_answer=True))
    assert not so("needs answer", said("customer"))
    assert not holds("needs answer", case_of(ACT))


def test_who_tells_of_a_need_wants_an_answer_without_asking() -> None:
    words = "wants an answer or tells of a need"
    assert so(words, said("customer", needs_answer=True))
    assert so(words, said("customer", need=0.6))
    assert so("asks or complains in earnest", said("customer", need=0.6))
    assert so(words, said("customer", request=0.6))
    assert not so(words, said("customer", request=0.59))
    assert not so(words, said("customer", need=0.59))
    assert not so("asks or complains in earnest", said("customer", need=0.59))
    assert not holds(words, case_of(ACT))


def test_a_question_mark_or_an_order_has_the_form_of_asking() -> None:
    for trait in ("questions", "imperatives"):
        assert so("asks plainly", private("").model_copy(update={"traits": {trait: 1.0}}))
    assert not so("asks plainly", private("").model_copy(update={"traits": {"sentences": 3.0}}))
    assert not holds("asks plainly", case_of(ACT))


@pytest.mark.parametrize(
    ("cues", "is_content"),
    [
        *(({cue: 0.6}, True) for cue in ("gratitude", "love", "praise", "joy", "humour")),
        ({"gratitude": 0.59}, False),
        *(({"gratitude": 0.6, cue: 0.6}, False) for cue in ("question", "demand", "failure", "unanswered")),
        ({"gratitude": 0.6, "question": 0.59}, True),
        ({"gratitude": 0.9, "question": 0.79}, True),
        ({"gratitude": 0.9, "question": 0.8}, False),
        ({"gratitude": 0.89, "question": 0.79}, False),
        ({"gratitude": 0.9, "question": 0.7, "complaint": 0.49}, True),
        ({"gratitude": 0.9, "question": 0.7, "complaint": 0.5}, False),
        ({"humour": 0.9, "complaint": 0.59}, True),
        ({"humour": 0.9, "complaint": 0.6}, False),
        ({"praise": 0.9, "complaint": 0.6}, True),
    ],
)
def test_just_content_is_glad_without_asking_and_a_jest_in_a_complaint_is_not(
    cues: dict[str, float], is_content: bool
) -> None:
    assert so("just content", **cues) is is_content


@pytest.mark.parametrize("cue", ["question", "demand", "request", "unanswered", "failure"])
def test_who_asks_or_reports_a_failure_is_in_earnest_anywhere(cue: str) -> None:
    assert so("asks or complains in earnest", **{cue: 0.6})
    assert so("asks or complains in earnest", post(cues={cue: 0.6}))
    assert not so("asks or complains in earnest", **{cue: 0.59})


def test_despair_is_in_earnest() -> None:
    assert so("asks or complains in earnest", distress=0.7)
    assert not so("asks or complains in earnest", distress=0.69)


@pytest.mark.parametrize(
    ("heard", "is_earnest"),
    [
        (private("it is late", complaint=0.6), True),
        (private("it is late", complaint=0.59), False),
        (post("it is late", cues={"complaint": 0.9}), False),
        (post("you are late", cues={"complaint": 0.75}), True),
        (post("you are late", cues={"complaint": 0.74}), False),
        (post("you are late", cues={"complaint": 0.74}, public=False), False),
        (post("it is late", cues={"complaint": 0.74}, channel="chat"), False),
    ],
)
def test_a_complaint_is_in_earnest_in_private_or_where_it_speaks_to_the_firm(heard: Heard, is_earnest: bool) -> None:
    assert so("asks or complains in earnest", heard) is is_earnest


@pytest.mark.parametrize(
    "text",
    [
        "Where are YOU now",
        "yours truly late",
        "u never answer",
        "ihr seid zu spät",
        "Ihren Kunden",
        "vuestra culpa",
        "你们太慢",
    ],
)
def test_the_firm_is_spoken_to_in_many_tongues(text: str) -> None:
    assert so("asks or complains in earnest", post(text, cues={"complaint": 0.8}))


@pytest.mark.parametrize("text", ["thank the youth club", "unuseful", "ustedesx"])
def test_a_word_that_only_begins_like_you_speaks_to_nobody(text: str) -> None:
    assert not so("asks or complains in earnest", post(text, cues={"complaint": 0.8}))


def test_who_always_grumbles_is_not_in_earnest_by_grumbling() -> None:
    calm, grumbler = Ledger(habit=0.5), Ledger(habit=0.6)
    heard = private("it is late", complaint=0.75)
    assert so("asks or complains in earnest", heard, calm)
    assert not so("asks or complains in earnest", heard, grumbler)


def test_they_sound_more_aggrieved_than_usual_from_a_fifth_on() -> None:
    words = "more aggrieved than usual"
    for cue in ("complaint", "negative_emotion"):
        assert so(words, said("customer", **{cue: 0.5}), Ledger(habit=0.25))
        assert not so(words, said("customer", **{cue: 0.5}), Ledger(habit=0.31))
    assert so(words, complaint=0.2)
    assert not so(words, complaint=0.19)


def test_words_fit_a_type_from_so_many_nats_on() -> None:
    heard = private("").model_copy(update={"voices": (("fling", 1.5), ("captive", -0.5))})
    assert so("speaks as fling 1.5", heard)
    assert not so("speaks as fling 1.6", heard)
    assert so("speaks as captive -0.5", heard)
    assert so("speaks as enemies 0", heard), "a type of which nothing is told fits as the average"
    assert not so("speaks as enemies 0.1", heard)
    assert not holds("speaks as fling -9", case_of(ACT))


@pytest.mark.parametrize(
    ("text", "is_another"),
    [
        ("ask @rival_bank instead", True),
        ("ask @acme", False),
        ("ask @Acme_Help", False),
        ("ask @AC_ME", False),
        ("ask @acm", False),
        ("ask @acme and @rival", True),
        ("ask @[number] of them", True),
        ("nobody is named", False),
        ("a lone @x", False),
    ],
)
def test_another_account_is_one_that_does_not_go_by_the_brands_name(text: str, is_another: bool) -> None:
    assert so("names another account", post(text, traits=handles(1))) is is_another
    assert not so("names another account", post(text)), "no account was counted in the whole post"


def test_the_brands_own_account_is_known_however_its_name_is_written() -> None:
    heard = post("ask @acmesons", traits=handles(1), brand="ACME & Sons")
    assert not so("names another account", heard)
    assert so("names another account", heard.model_copy(update={"brand": "Bolt"}))
    assert not holds("names another account", case_of(ACT))


@pytest.mark.parametrize("cue", ["exit", "comparison", "rival_praise", "complaint", "negative_emotion"])
def test_a_trace_of_leaving_or_grievance_leans_to_another(cue: str) -> None:
    assert so("leans to another", **{cue: 0.2})
    assert not so("leans to another", **{cue: 0.19})
    assert not so("leans to another", question=0.9)


@pytest.mark.parametrize(
    ("cues", "is_report"),
    [
        ({"complaint": 0.7, "failure:delivery": 0.5}, True),
        ({"complaint": 0.69, "failure:delivery": 0.9}, False),
        ({"complaint": 0.9, "failure:delivery": 0.49}, False),
        ({"complaint": 0.9, "failure:service": 0.9}, False),
        ({"complaint": 0.9, "failure:service": 0.9, "failure:product": 0.5}, True),
        ({"complaint": 0.9, "failure": 0.9}, False),
        ({"complaint": 0.9}, False),
    ],
)
def test_a_failure_is_reported_by_a_complaint_of_what_was_delivered(cues: dict[str, float], is_report: bool) -> None:
    assert so("reports a failure", **cues) is is_report


def test_a_failure_is_told_of_where_that_is_likelier_than_not() -> None:
    assert so("tells of a failure", failure=0.5)
    assert not so("tells of a failure", failure=0.49)


def test_canned_is_a_tone_with_nothing_concrete_in_it() -> None:
    def sounds(**cues: float) -> bool:
        return so("sounds canned", said("agent", **cues))

    assert sounds(scripted=0.65, concrete=0.49)
    assert not sounds(scripted=0.65, concrete=0.5)
    assert not sounds(scripted=0.64)


@pytest.mark.parametrize(
    ("excerpt", "may_be"),
    [
        ("They put me on hold and hung up. Does a person answer here?", True),
        ("Your people put me on hold. They hung up on me.", False),
        ("Put on hold for the third time.", False),
        ("他们挂了我的电话", True),
        ("你们的人说他们会打来", False),
    ],
)
def test_what_a_newcomer_says_that_they_did_may_be_another_firms_doing(excerpt: str, may_be: bool) -> None:
    assert so("may be of another firm", private(excerpt)) is may_be
    bought = case_of(private(excerpt), Ledger(orders=1))
    assert not holds("may be of another firm", bought), "who has bought here speaks of here"
