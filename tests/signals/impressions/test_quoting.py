"""The sentence in which something was heard is quoted, of a long one the words beside, and never with a secret."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from listener.model.message import Impression, Message
from listener.signals.impressions.quoting import BESIDE, LONGEST, SHOWN, loudest, quoted, telling
from listener.signals.redaction.redact import secrets
from listener.signals.redaction.secret_numbers import Secret


def message(text: str, *names: str) -> Message:
    return Message(text, "chat", "customer", datetime(2026, 3, 2, tzinfo=UTC), known_names=names)


def hidden(said: Message) -> list[Secret]:
    return secrets(said.text, said.known_names)


def of(text: str, words: str, *names: str) -> str:
    start, said = text.index(words), message(text, *names)
    return quoted(said, {"cue": (start, start + len(words))}, hidden(said))["cue"]


def test_a_phrase_stands_in_its_sentence() -> None:
    assert of("Hello there. The lamp is broken. I want it mended.", "broken") == "The lamp is broken"


def test_the_point_of_a_number_ends_no_sentence() -> None:
    assert of("I suggest a stiff one, 1.4 mm. Thank you.", "suggest") == "I suggest a stiff one, 1.4 mm"


LONG = (
    "We went to the shop on Monday because the lamp that you sold us is broken and nobody could say why it is so, or "
    "when it would be mended, or by whom"
)


def test_a_sentence_of_usual_length_is_quoted_whole_so_that_its_point_is_in_it() -> None:
    text = "It is 11 degrees in my daughter's room, and she is two. Please ring."
    assert of(text, "11 degrees") == "It is 11 degrees in my daughter's room, and she is two"


def test_of_a_long_sentence_only_some_words_are_shown_none_is_cut_and_it_is_seen_that_there_are_more() -> None:
    told = of(LONG, "broken")
    assert "is broken and" in told
    assert (told[0], told[-1]) == ("…", "…")
    assert len(told) <= len("broken") + 2 * BESIDE + 2
    assert set(told.strip("…").split()) <= set(LONG.split())


def test_a_secret_beside_what_was_heard_is_not_shown() -> None:
    assert of("Card 4111 1111 1111 1111 was refused", "refused") == "Card [card] was refused"
    assert "Ann" not in of("Ann is cross about the lamp", "cross", "Ann Miller")


def test_what_was_heard_in_the_same_words_is_quoted_alike() -> None:
    text = "line 204 is a joke that does not work here"
    told = quoted(message(text), {"complaint": (14, 18), "failure": (24, 37)}, [])
    assert told["complaint"] == told["failure"] == text


def test_what_was_heard_in_no_words_is_not_quoted() -> None:
    assert quoted(message("The lamp is broken."), {}, []) == {}


@given(st.text(alphabet="ab .!\n,'", min_size=1, max_size=400), st.data())
def test_a_quotation_is_short_and_out_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    told = quoted(message(text), {"cue": (start, end)}, [])["cue"].strip("…")
    assert len(told) <= LONGEST + 2 * BESIDE
    assert told in " ".join(text.split())


def hears(cue: str, **told: float):
    """An ear that hears one cue, as surely as the words it knows are in the text."""

    def listen(messages: Sequence[Message]) -> list[Impression]:
        loud = [max([p for word, p in told.items() if word in one.text.split()], default=0.0) for one in messages]
        return [Impression(signals={cue: p}) for p in loud]

    return listen


TEXT = "Dear all. Your driver left my card 4111 1111 1111 1111 outside. I waited till 10.30 for nothing."


def test_what_no_phrase_says_is_quoted_by_the_sentence_that_says_most_of_it() -> None:
    told = loudest(message(TEXT), {"complaint": 0.8}, hears("complaint", driver=0.5, waited=0.7), hidden(message(TEXT)))
    assert told == {"complaint": "I waited till 10.30 for nothing"}


def test_that_sentence_is_shown_without_its_secrets() -> None:
    told = loudest(message(TEXT), {"complaint": 0.8}, hears("complaint", driver=0.9), hidden(message(TEXT)))
    assert told == {"complaint": "Your driver left my card [card] outside"}


def test_what_no_sentence_says_half_as_surely_is_in_the_whole_text() -> None:
    assert loudest(message(TEXT), {"complaint": 0.8}, hears("complaint", waited=0.39), []) == {}
    assert loudest(message("I waited for nothing."), {"complaint": 0.8}, hears("complaint", waited=0.8), []) == {}


def test_a_long_sentence_is_cut_at_a_word() -> None:
    told = loudest(message(f"Dear all. I waited {'and waited ' * 20}"), {"c": 0.5}, hears("c", waited=0.5), [])["c"]
    assert told.endswith((" waited…", " and…"))
    assert len(told) <= LONGEST + 1


LETTER = "Dear all, the lamp is broken. It was dark by noon here. " + "We went for a walk by the sea. " * 20 + "Jo"


def test_of_a_long_text_the_sentence_that_counted_is_shown() -> None:
    late = LETTER.replace("Jo", "Who pays for the lamp? Ann")
    said = message(late, "Ann")
    told = telling(said, {"question": 0.9}, {"question": "Who pays for the lamp"}, hidden(said))
    assert "Who pays for the lamp?" in told
    assert "Ann" not in told
    assert told.startswith("…")
    assert len(told) <= SHOWN + 2


def test_where_nothing_counted_a_long_text_is_shown_from_its_beginning() -> None:
    told = telling(message(LETTER), {}, {}, [])
    assert told.startswith("Dear all, the lamp is broken.")
    assert told.endswith("…")


def test_where_two_things_were_heard_the_lines_that_hold_both_are_shown() -> None:
    heard = {"failure": "the lamp is broken", "complaint": "It was dark by noon here", "praise": "We went for a walk"}
    told = telling(message(LETTER), {"failure": 0.6, "complaint": 0.6, "praise": 0.7}, heard, [])
    assert told.startswith("Dear all")
