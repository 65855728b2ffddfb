"""Names that a text makes known itself: whom it greets or thanks, who says their name, who signs."""

from datetime import UTC, datetime
from time import process_time

import pytest

from listener.catalogue import load
from listener.model.message import Message
from listener.signals import Ear
from listener.signals.redaction.introduced import introduced
from listener.signals.redaction.redact import redact

EAR = Ear(load())


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Hi Seun, your order is here. Bye Seun!", "Hi [name], your order is here. Bye [name]!"),
        ("hello Marit thanks for this", "hello [name] thanks for this"),
        ("Dear Mrs Okafor,\nMrs Okafor's parcel", "Dear Mrs [name],\nMrs [name] parcel"),
        ("Good morning Ola and Tove,", "Good morning [name] and [name],"),
        ("Your order\nSeun,\nIt is here.", "Your order\n[name],\nIt is here."),
        ("Hallo Anneke, wo ist es", "Hallo [name], wo ist es"),
        ("Estimada Lucía:\nescribo", "Estimada [name]:\nescribo"),
        ("王女士您好，请稍等", "[name]女士您好，请稍等"),
    ],
)
def test_whom_a_text_greets_is_masked_there_and_later(said: str, shown: str) -> None:
    assert redact(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Well, I'm Magda, I own the readers", "Well, I'm [name], I own the readers"),
        ("Hello, this is Tom from the desk. Ask for Tom", "Hello, this is [name] from the desk. Ask for [name]"),
        ("Kev here, fella on the chat", "[name] here, fella on the chat"),
        ("that is all. Thank you Marianne", "that is all. Thank you [name]"),
        ("Ich bin Heike von der Post", "Ich bin [name] von der Post"),
    ],
)
def test_who_says_their_name_or_is_thanked_is_masked(said: str, shown: str) -> None:
    assert redact(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("It is on its way.\nMagda", "It is on its way.\n[name]"),
        ("It is on its way.\nRegards,\nMagda Zielińska\nProduct, in-store", "Regards,\n[name]\nProduct, in-store"),
        ("We will try. ^Hal", "We will try. ^[name]"),
        ("We will try. *Kit", "We will try. *[name]"),
        ("We will try. Best wishes, D. Abara", "We will try. Best wishes, D. [name]"),
        ("We will try it. Elspeth", "We will try it. [name]"),
        ("Das geht.\nMit freundlichen Grüßen\nJörg Haslinger", "Das geht.\nMit freundlichen Grüßen\n[name]"),
    ],
)
def test_who_signs_is_masked(said: str, shown: str) -> None:
    assert redact(said).endswith(shown)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Your colleague Saoirse was kind. Thank Saoirse.", "Your colleague [name] was kind. Thank [name]."),
        ("My son Tom waited", "My son [name] waited"),
        ("The driver, Stan, left it", "The driver, [name], left it"),
        ("A man called Joe came", "A man called [name] came"),
        ("I spoke to Magda Zielińska on Monday", "I spoke to [name] on Monday"),
        ("Mi hermana Casilda pagó dos veces", "Mi hermana [name] pagó dos veces"),
        ("Hablé con don Evaristo ayer", "Hablé con don [name] ayer"),
        ("Liebe Gudrun, lieber Alfons,", "Liebe [name], lieber [name],"),
        ("Es tut uns leid. Beste Grüße, Ihre Annegret", "Es tut uns leid. Beste Grüße, Ihre [name]"),
        ("Thank you so much Ngozi!", "Thank you so much [name]!"),
    ],
)
def test_of_whom_it_is_said_who_they_are_is_masked(said: str, shown: str) -> None:
    assert redact(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "I asked your agent, Heathrow is no answer",
        "the lamp called Atlas is dim",
        "Alfajores Don Ciro are gone",
        "Meine Tochter Kaffee kochen zu lassen",
        "I spoke to Customer Service and to Support",
        "my mum Monday, my dad Tuesday",
        "Mit freundlichen Grüßen, Ihr Serviceteam",
        "we came from London Bridge",
    ],
)
def test_what_stands_behind_a_person_and_is_no_name_of_theirs_stays(said: str) -> None:
    assert redact(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "Hi There, what now?",
        "Hi Team,\nWhere is it?\nThanks",
        "Dear Customer, we wrote on Monday.\nBest regards,\nCustomer Service",
        "Hello World",
        "Thanks!\nCheers",
        "Hello, Guava remains in all sizes.",
        "I'm English, from Leeds. I'm Gold. This is Great.",
        "We will try. ^MR",
        "It took a year and I am cross. Ridiculous",
        "Still nothing.\nLegal Affairs",
        "Thanks. May I ask on Friday?",
        "the train from Leeds to York was late\nTwice",
    ],
)
def test_what_is_no_name_stays(said: str) -> None:
    assert redact(said) == said


def test_the_firm_greeted_by_its_own_name_stays() -> None:
    assert redact("Dear Tilly, where is it?\nSeun", brand="tilly") == "Dear Tilly, where is it?\n[name]"


@pytest.mark.parametrize(
    ("brand", "name"), [("united", "Ted"), ("samsonite", "Sam"), ("hannover", "Ann"), ("acme-air", "Mea")]
)
def test_a_name_that_is_a_part_of_a_word_of_the_brand_is_masked(brand: str, name: str) -> None:
    assert redact(f"Hi {name}, where is it?", brand=brand) == "Hi [name], where is it?"


@pytest.mark.parametrize("brand", ["acme", "acme-air", "acmeair", "Acme Air"])
def test_the_firm_greeted_by_a_longer_name_than_its_own_stays(brand: str) -> None:
    said = "Dear Acme Air, where is it? Fly Air!"
    assert redact(said, brand=brand) == said


@pytest.mark.parametrize("said", ["Dear Will,", "Hi Will! Now", "Dear Mr Will:", "hello Will"])
def test_whom_a_greeting_calls_by_an_everyday_word_is_masked(said: str) -> None:
    assert redact(said) == said.replace("Will", "[name]")


@pytest.mark.parametrize(
    "said",
    [
        "Dear All,",
        "Dear Customer,",
        "Hi There,",
        "Hi Both,",
        "Hello You,",
        "Hi, Will,",
        "Hi Will you come",
        "Hola Todos,",
    ],
)
def test_an_everyday_word_behind_a_greeting_that_calls_nobody_stays(said: str) -> None:
    assert redact(said) == said


def test_a_name_in_another_word_or_in_a_handle_stays() -> None:
    assert redact("Hi Tom, Tomorrow @Tom writes to Tom.") == "Hi [name], Tomorrow @Tom writes to [name]."


def test_an_excerpt_from_the_middle_knows_whom_the_beginning_greeted() -> None:
    said = "Hi Seun,\n" + "We looked into it and into the rest of it as well. " * 12
    said += "I apologise for the delay, Seun, it is our fault and we are sorry.\n" + "More on this follows soon. " * 9
    (heard,) = EAR.listen([Message(said, "email", "agent", datetime(2026, 3, 2, tzinfo=UTC))])
    assert "apologise for the delay, [name], it is our fault" in heard.excerpt


def test_what_is_heard_is_the_same_whatever_is_masked() -> None:
    """The same words with and without a brand of the name: one is masked, the other not."""
    said, at = "Dear Tilly, I have asked three times and I am furious. Tilly, answer!", datetime(2026, 3, 2, tzinfo=UTC)
    masked, shown = (EAR.listen([Message(said, "email", "customer", at, brand=b)])[0] for b in ("acme", "tilly"))
    assert "Tilly" not in masked.excerpt
    assert "Tilly" in shown.excerpt
    assert (masked.signals, masked.sentiment, masked.spans) == (shown.signals, shown.sentiment, shown.spans)


@pytest.mark.parametrize("piece", ["Hi Tom, ", "A", "A. ", "Tom\n", "Hi ", "thanks Tom Tom Tom", "^", " I'm A", "O'O'"])
def test_a_long_text_takes_time_in_line_with_its_length(piece: str) -> None:
    def spent(count: int) -> float:
        started = process_time()
        introduced(piece * count)
        return process_time() - started

    short = min(spent(2_000) for _ in range(3))
    assert min(spent(16_000) for _ in range(3)) < 16 * short + 0.02
