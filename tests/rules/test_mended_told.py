"""What mends and what never broke anything: whole talks, from the ear to the alert's end."""

from datetime import timedelta

import pytest

from tests.recordings import Recording, Said

MINUTE = 1 / 1440


def talk(*turns: str, wants: str = "basic_exchange", language: str = "en") -> Recording:
    """A chat, a turn every two minutes; what the firm says begins with `>`."""
    told = Recording().known_since("2020-01-01").wants(wants)
    for n, turn in enumerate(turns):
        author = "agent" if turn.startswith(">") else "customer"
        told.chat(1 + 2 * n * MINUTE, turn.removeprefix("> "), author)
        told.lines[-1]["value"]["language"] = language
    return told


def life(said: Said, code: str) -> list[str]:
    return [one.status for one in said.alerts if one.act.code == code]


BROKEN = "My card was declined at the till this morning, I was so embarrassed. What happened?"
LIFTED = "> I'm sorry about that. A fraud check stopped it by mistake; I have lifted the block."


@pytest.mark.parametrize("thanks", ["Works now, thank you.", "Yes! Thanks for the quick help.", "works"])
def test_a_failure_put_right_within_minutes_is_over_the_next_day(thanks: str) -> None:
    said = talk(BROKEN, LIFTED, thanks).played(3)
    assert life(said, "F12")[0] == "raised"
    assert life(said, "F12")[-1] == "resolved"
    assert "escalated" not in life(said, "F12")
    assert {one.severity for one in said.alerts if one.act.code == "F12"} == {"medium"}


def test_money_given_back_within_the_hour_and_thanked_for_is_over_the_next_day() -> None:
    told = Recording().wants("basic_exchange").mail(1, "I was charged twice for the same order. Please sort it out.")
    told.mail(1.05, "Dear Ann, the second charge went back to your card this morning. I'm sorry.", "agent")
    said = told.mail(1.1, "I can see it, thank you Lea").played(3)
    assert life(said, "F12") == ["raised", "resolved"]


@pytest.mark.parametrize("reply", ["No, still declined.", "It doesn't work.", "Nothing works again!"])
def test_a_fix_that_did_not_help_mends_nothing(reply: str) -> None:
    assert life(talk(BROKEN, LIFTED, reply).played(5), "F12")[-1] == "escalated"


def test_a_complaint_after_the_thanks_keeps_it_open() -> None:
    told = talk(BROKEN, LIFTED, "Works now, thank you.")
    told.chat(1.9, "Declined again! This is ridiculous, you told me it was fixed and it is not.")
    assert life(told.played(6), "F12")[-1] == "escalated"


ENVY = {
    "en": "Twelve years with you and new customers pay less than I do.",
    "de": "Seit 12 Jahren Kunde und Neukunden bekommen alles billiger.",
    "es": "Llevo 12 años con ustedes y a los nuevos clientes les dan todo más barato.",
    "zh": "我用了你们十二年，新用户反而更便宜。",
}


@pytest.mark.parametrize(
    ("language", "given", "taken"),
    [
        ("en", "You're right. I can put you on the new-customer rate from today.", "Alright, I'll stay then."),
        ("en", "We'll give you the same price as our new members.", "Great, thank you!"),
        ("de", "Ich kann Ihnen den Neukundentarif ab sofort auch geben.", "Gut, dann bleibe ich."),
        ("es", "Le aplico la misma tarifa que a los nuevos.", "De acuerdo, entonces me quedo."),
        ("zh", "我给您同样的新用户优惠。", "好，那我继续用。"),
    ],
)
def test_the_newcomers_terms_given_and_taken_mend_that_they_had_better(language: str, given: str, taken: str) -> None:
    said = talk(ENVY[language], "> " + given, taken, wants="old_friends", language=language).played(2)
    assert life(said, "F22") == ["raised", "resolved"]


@pytest.mark.parametrize(
    ("language", "reply", "answer"),
    [
        ("en", "I'm afraid that price is for new customers only.", "OK, thanks for telling me."),
        ("en", "New customers pay 20 a month, that is right.", "Thanks."),
        ("de", "Das Angebot gilt leider nur für Neukunden.", "Danke für die Auskunft."),
        ("es", "Esa oferta es solo para nuevos clientes.", "Gracias por la información."),
        ("zh", "这个优惠只限新用户。", "好的，谢谢。"),
    ],
)
def test_thanks_for_being_told_whom_the_terms_are_for_mend_nothing(language: str, reply: str, answer: str) -> None:
    said = talk(ENVY[language], "> " + reply, answer, wants="old_friends", language=language).played(9)
    assert life(said, "F22")[0] == "raised"
    assert "resolved" not in life(said, "F22")


ASKED = {
    "en": "I've been on hold for fifty minutes, this is unacceptable. My contract was not renewed.",
    "de": "Ich warte seit einer Stunde, das ist eine Frechheit. Mein Internet geht nicht.",
    "es": "Llevo una hora esperando, es inaceptable. No funciona el internet.",
    "zh": "我等了一个小时，太过分了，网络还是不能用。",
}


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("en", "I'm sorry about the wait. How can I help?"),
        ("en", "Hi Ann! Thanks for contacting us. How can I help you today?"),
        ("de", "Guten Tag und willkommen! Wie kann ich Ihnen helfen?"),
        ("es", "Gracias por contactar. ¿En qué puedo ayudarle?"),
        ("zh", "您好，请问有什么可以帮您？"),
    ],
)
def test_an_opening_is_no_form_reply_and_its_sorry_proves_no_failure(language: str, opening: str) -> None:
    before = talk(ASKED[language], wants="master_slave", language=language).played(0.001)
    after = talk(ASKED[language], "> " + opening, wants="master_slave", language=language).played(0.001)
    assert "F04" not in after.noticed
    assert after.noticed["F12"] == before.noticed["F12"]


def test_to_be_asked_how_one_can_be_helped_once_more_is_a_form_reply() -> None:
    again = "> Thank you for contacting us. How may I help you today?"
    said = talk(ASKED["en"], "> One moment.", "My contract, as I wrote!", again, wants="master_slave").played(0.01)
    assert "F04" in said.noticed


FORM = "> Thank you for your patience. Please allow 3 to 5 working days. Your call is important to us."
FULL = "> The charger of order 4411 was left in Leeds. I rang them, the courier has it and is at your door."


def test_an_answer_of_substance_that_they_are_glad_of_mends_a_canned_reply() -> None:
    asked = "My order 4411 came without the charger, this is unacceptable. Where is it?"
    said = talk(asked, FORM, "That is no answer.", FULL, "Perfect, thank you.", wants="master_slave").played(1.1)
    assert life(said, "F04")[0] == "raised"
    assert life(said, "F04")[-1] == "resolved"
    polite = talk(asked, FORM, "Thank you.", wants="master_slave").played(9)
    assert life(polite, "F04")[0] == "raised"
    assert "resolved" not in life(polite, "F04")
    assert said.alerts[-1].updated_at - said.alerts[0].started_at <= timedelta(days=2)
