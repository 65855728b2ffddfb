"""The conversation it belongs to: what was offered, refused and said in it before, and whose words come back."""

import pytest

from listener.model.ledger import Deed, Ledger, Talk, mark_of
from listener.model.signals import Act, Heard
from listener.model.sketch import make, packed_words
from listener.rules.situations import holds
from tests.rules.builders import DAY, OPENED, case_of, done, said

HERE = mark_of("t")
WORDS = [f"word{n}" for n in range(40)]


def so(words: str, signal: Heard | Act | None = None, here: Talk | None = None, **ledger: object) -> bool:
    """Whether the situation holds of a turn at the beginning, in a conversation of which this much is remembered."""
    known = Ledger(talks=(here,) if here else (), **ledger)  # type: ignore[arg-type]  # facts of a test
    return holds(words, case_of(signal or said("agent"), known))


def of(*content: str, said_as: str = "these are the words") -> str | None:
    """A text as it is remembered: how it looks, and the words that carry its content."""
    return make(said_as.split(), content)


@pytest.mark.parametrize(
    ("words", "enough", "too_little"),
    [
        ("offered 1", {"offered": 1}, {}),
        ("offered 2", {"offered": 2}, {"offered": 1}),
        ("refused before", {"refused": 1}, {}),
        ("voiced here", {"voiced": 50}, {"voiced": 49}),
        ("voiced here", {"complained": 50}, {"complained": 49}),
        ("spoke here", {"customer_s": 1}, {"firm_s": 1}),
        ("complained here", {"complained": 50}, {"complained": 49, "voiced": 90}),
        ("complained loudly here", {"complained": 90}, {"complained": 89}),
        ("asked for discretion", {"secret": 50}, {"secret": 49}),
        ("asked to be known", {"history": 50}, {"history": 49}),
        ("apologised here", {"apologies": 1}, {}),
        ("apologised here 2", {"apologies": 2}, {"apologies": 1}),
        ("answered here before", {"firm_s": 1}, {"customer_s": 1}),
        ("begun by the firm", {"begun_by_firm": True}, {}),
    ],
)
def test_what_was_said_here_before_is_known_of_this_conversation_alone(
    words: str, enough: dict[str, int], too_little: dict[str, int]
) -> None:
    assert so(words, here=Talk(HERE, **enough))
    assert not so(words, here=Talk(HERE, **too_little))
    if words != "begun by the firm":
        assert not so(words), "where nothing is remembered"
        assert not so(words, here=Talk(b"else", **enough))
        assert not so(words, said("agent", talk=""), here=Talk(b"", **enough)), "outside any conversation"


def test_a_conversation_of_which_nothing_is_known_is_begun_by_whoever_speaks_for_the_firm() -> None:
    assert so("begun by the firm")
    assert so("begun by the firm", here=Talk(b"else"))


def test_an_idea_is_answered_where_it_was_the_last_that_they_said_here() -> None:
    ideas = (("e1", 5, b""), ("e2", 9, b""))
    assert so("answers an idea", here=Talk(HERE, customer_s=9), ideas=ideas)
    assert so("answers an idea", here=Talk(HERE, customer_s=5), ideas=ideas)
    assert not so("answers an idea", here=Talk(HERE, customer_s=10), ideas=ideas)
    assert not so("answers an idea", here=Talk(HERE), ideas=(("e", 0, b""),))
    assert not so("answers an idea", ideas=(*ideas, ("e3", 1, b"")))


def turns(*texts: str) -> bytes:
    """The looks of the firm's earlier turns: half of a sketch each."""
    return b"".join(bytes.fromhex(str(of(said_as=text))[:16]) for text in texts)


LINE = "we are sorry for the inconvenience this has caused you"
OTHER = "your parcel leaves our warehouse in leeds on monday morning"


def test_a_line_is_the_same_again_where_any_of_the_earlier_turns_looked_like_it() -> None:
    again = said("agent", sketch=of("sorry", "inconvenience", "caused", said_as=LINE))
    for earlier in ((LINE,), (OTHER, LINE), (LINE, OTHER), (OTHER, OTHER, LINE)):
        assert so("same line again", again, Talk(HERE, turns=turns(*earlier)))
    assert not so("same line again", again, Talk(HERE, turns=turns(OTHER, OTHER)))
    assert not so("same line again", again, Talk(HERE))
    assert not so("same line again", again)


def test_a_line_of_fewer_than_three_words_of_content_is_no_repeated_line() -> None:
    short = said("agent", sketch=of("sorry", "caused", said_as=LINE))
    assert not so("same line again", short, Talk(HERE, turns=turns(LINE)))
    assert not so("same line again", said("agent"), Talk(HERE, turns=turns(LINE))), "and one without words is none"
    assert not so("same line again", done("product_launched"), Talk(HERE, turns=turns(LINE)))


def shared(n: int, of_: int = 20) -> Heard:
    """A turn of so many words of content, of which n are the first of WORDS."""
    return said("agent", sketch=of(*WORDS[:n], *WORDS[20 : 40 - n][: of_ - n]))


def test_a_turn_echoes_nothing_where_less_than_a_tenth_of_the_words_is_theirs() -> None:
    here = Talk(HERE, words=packed_words(of(*WORDS[:20])))
    assert [so("echoes nothing", shared(n), here) for n in (0, 1, 2, 3)] == [True, True, False, False]


def test_where_the_customer_said_nothing_no_turn_takes_it_up() -> None:
    assert so("echoes nothing", shared(2))
    assert so("echoes nothing", shared(2), Talk(HERE))
    assert not so("echoes nothing", done("product_launched")), "an act is no turn"


def test_words_are_like_an_idea_where_half_of_them_are_of_it() -> None:
    def like(n: int, idea: list[str]) -> bool:
        return so("like an idea of theirs", shared(n, 8), ideas=(("e", 5, b""), ("e", 5, packed_words(of(*idea)))))

    assert [like(n, WORDS[:8]) for n in (3, 4, 5)] == [False, True, True]
    assert like(4, WORDS[:4]), "an idea of four words can be told"
    assert not like(3, WORDS[:3]), "one of three can not"
    assert not so("like an idea of theirs", shared(4))
    assert not so("like an idea of theirs", done("product_launched"), ideas=(("e", 5, packed_words(of(*WORDS[:8]))),))


def test_a_reply_is_less_formal_than_the_customer_by_more_than_a_gap() -> None:
    assert so("more formal than 0.25", said("agent", register=0.5), formal=0.8)
    assert not so("more formal than 0.25", said("agent", register=0.5), formal=0.75)
    assert not so("more formal than 0.25", done("product_launched"), formal=1.0)


def test_they_come_back_to_an_idea_of_before_the_launch_in_a_fifth_of_its_words() -> None:
    words = "comes back to an idea"
    idea = packed_words(of(*WORDS[:10]))

    def back(n: int, at_s: int = 5, kept: bytes = idea, **cues: float) -> bool:
        sketch = of(*WORDS[:n], *WORDS[20 : 30 - n])
        return so(words, said("customer", sketch=sketch, **cues), ideas=(("e", at_s, kept),), launch_s=9)

    assert [back(n) for n in (1, 2, 3)] == [False, True, True]
    assert not back(5, at_s=9), "one that came no earlier than the launch"
    assert back(3, kept=packed_words(of(*WORDS[:3])))
    assert not back(2, kept=packed_words(of(*WORDS[:2]))), "two words are too few to tell"
    for cue in ("gratitude", "praise", "joy"):
        assert not back(5, **{cue: 0.6}), "who is glad of it does not miss the credit"
        assert back(5, **{cue: 0.59})
    assert not so(words, done("product_launched"), ideas=(("e", 5, idea),), launch_s=9)


def test_an_act_was_done_here_before_in_this_conversation_within_thirty_days() -> None:
    def deed(code: str, talk: bytes, ago_s: int = 0) -> tuple[Deed, ...]:
        return (Deed(code, OPENED - ago_s, 2, 90, talk=talk),)

    assert so("done here before F04 F21", deeds=deed("F21", HERE))
    assert so("done here before F04 F21", deeds=deed("F21", HERE + b"act", 30 * DAY)), "reported or said"
    assert not so("done here before F04 F21", deeds=deed("F21", HERE, 30 * DAY + 1))
    assert not so("done here before F04 F21", deeds=deed("F12", HERE))
    assert not so("done here before F04 F21", deeds=deed("F04", b"else"))
    assert not so("done here before F04", said("agent", talk=""), deeds=deed("F04", b""))


def test_only_the_first_turn_of_the_firm_in_a_live_talk_opens_it() -> None:
    greeting = said("agent", talk="t", opening=0.6, scripted=0.95)
    assert so("only opens the talk", greeting)
    assert so("only opens the talk", greeting, here=Talk(HERE, customer_s=1))
    assert not so("only opens the talk", greeting, here=Talk(HERE, firm_s=1))
    assert not so("only opens the talk", said("agent", talk="t", in_="email", opening=0.9))
    assert not so("only opens the talk", said("agent", talk="t", opening=0.59))
    for more in ("concrete", "answer_substance", "policy_cited", "refusal"):
        assert not so("only opens the talk", said("agent", talk="t", opening=0.9, **{more: 0.6}))


def test_they_are_left_with_a_canned_reply_until_the_firm_speaks_here_again() -> None:
    heard = said("customer", talk="t")
    now = case_of(heard).at_s
    canned = Deed("F04", now - 100, 2, 90, talk=HERE)
    assert so("left with a canned reply", heard, here=Talk(HERE, firm_s=now - 100), deeds=(canned,))
    assert not so("left with a canned reply", heard, here=Talk(HERE, firm_s=now - 50), deeds=(canned,))
    assert not so("left with a canned reply", heard, here=Talk(HERE, firm_s=now - 100))
    elsewhere, unsure = Deed("F04", now - 100, 2, 90, talk=mark_of("u")), Deed("F04", now - 100, 2, 58, talk=HERE)
    assert not so("left with a canned reply", heard, here=Talk(HERE, firm_s=now - 100), deeds=(unsure,))
    assert not so("left with a canned reply", heard, here=Talk(HERE, firm_s=now - 100), deeds=(elsewhere,))
