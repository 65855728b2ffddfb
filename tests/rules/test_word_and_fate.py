"""A deed that the firm owes, and what it only foretells: sentences in four languages, from the ear to the alert."""

import pytest

from tests.recordings import Recording


def asked(answer: str, language: str = "en", back: str = "ok thanks") -> Recording:
    """A plain buyer asks in a chat on a Monday morning, is told something by a day, and says no more."""
    told = Recording().wants("basic_exchange").chat(0.1, "hi")
    told.chat(0.101, answer, "agent").chat(0.102, back)
    for line in told.lines:
        line["value"]["language"] = language
    return told


def is_told(told: Recording, days_more: float = 12.0, code: str = "F18") -> bool:
    return code in told.played(days_more).loud


FORETOLD = [
    ("en", "Yes, we will be open on Saturday from 9 to 1."),
    ("en", "It will be with you by Friday."),
    ("en", "Your card should arrive by Wednesday."),
    ("en", "You can do that until 5 April; you'll get a form by email."),
    ("de", "Die Karte kommt bis Freitag bei Ihnen an."),
    ("de", "Am Samstag haben wir von 9 bis 13 Uhr geöffnet."),
    ("es", "El paquete llegará el viernes."),
    ("es", "Puede hacerlo hasta el viernes."),
    ("zh", "您好，预计明天下午送达。"),
    ("zh", "我们周六上午9点营业。"),
]
PLEDGED = [
    ("en", "I'll call you back tomorrow by noon."),
    ("en", "My colleague Sarah will call you tomorrow by noon."),
    ("en", "The depot manager Mr Hall will ring you today before 6 pm."),
    ("en", "Our billing department will write to you by Friday."),
    ("en", "We will refund you by Friday. It will be with you on Monday."),
    ("de", "Ich rufe Sie morgen bis 12 Uhr zurück."),
    ("de", "Frau Schulz ruft Sie morgen bis 12 Uhr an."),
    ("es", "Le llamo mañana antes de las 12."),
    ("es", "Mi compañera Sara le llamará mañana antes de las 12."),
    ("zh", "我明天中午前给您回电。"),
    ("zh", "我的同事小王明天中午前给您打电话。"),
]


@pytest.mark.parametrize(("language", "answer"), FORETOLD)
def test_silence_after_what_was_foretold_is_what_a_kept_word_looks_like(language: str, answer: str) -> None:
    assert not is_told(asked(answer, language))


@pytest.mark.parametrize(("language", "answer"), PLEDGED)
def test_silence_after_a_pledge_of_the_firms_own_deed_breaks_it_whoever_was_to_do_it(
    language: str, answer: str
) -> None:
    assert is_told(asked(answer, language))


@pytest.mark.parametrize("word", ["It still hasn't arrived.", "Friday is over and no parcel.", "Where is my parcel?"])
def test_what_was_foretold_is_broken_once_the_customer_says_that_it_did_not_come(word: str) -> None:
    told = Recording().wants("basic_exchange").mail(0.1, "When will my parcel come?")
    told.mail(0.2, "Your parcel will arrive by Friday.", "agent")
    assert not is_told(told)
    assert is_told(told.mail(6.0, word))


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en", "Got the money. You saved my trip!"),
        ("en", "Works now, thank you."),
        ("en", "works"),
        ("en", "All sorted, cheers."),
        ("en", "Login's back, thank you."),
        ("de", "Das Geld ist da, danke!"),
        ("es", "Ya funciona, gracias."),
        ("zh", "钱收到了，谢谢"),
    ],
)
def test_a_word_that_it_came_or_works_keeps_the_promise(language: str, word: str) -> None:
    told = Recording().wants("basic_exchange").chat(0.1, "My card was swallowed and I can't get in. Please help!")
    told.chat(0.11, "Keep calm, we will send you the money and fix the login within 20 minutes.", "agent")
    told.chat(0.12, word).lines[-1]["value"]["language"] = language
    assert not is_told(told)
    assert is_told(asked("Keep calm, we will send you the money and fix the login within 20 minutes."))


def test_an_idea_put_as_a_question_waits_for_its_answer_as_an_idea() -> None:
    def told(text: str) -> Recording:
        return Recording().wants("business_partners").mail(0.1, text)

    idea = "Suggestion: could you add a filter for shoe width to the shop? It would save me a lot of returns."
    assert not is_told(told(idea), 2.0, "F02")
    assert is_told(told(idea), 4.0, "F01")
    assert is_told(told(f"{idea} And when will my parcel arrive?"), 2.0, "F02")
    assert is_told(told("Could you add my wife as a second cardholder?"), 2.0, "F02")
