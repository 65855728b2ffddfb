"""A wish to be left alone, said in words: what is kept of it, and what takes it back."""

import pytest

from listener.catalogue import load
from listener.model.ledger import Ledger
from listener.model.message import Message
from listener.rules.rehearsing import BEGIN
from listener.signals import Ear
from tests.rules.builders import OPENED, done, said
from tests.rules.memory.test_remembering import HOUR, OTHERS, kept

EAR = Ear(load())


def test_who_asks_not_to_be_contacted_has_opted_out_in_words_beside_what_they_opted_out_of() -> None:
    opted = kept(done("consent_changed", channel="email", direction="opt_out"))
    plainly = {"excerpt": "Do not contact me again."}
    turn = said("customer", "1 h", stop_contact=0.7).model_copy(update=plainly)
    assert kept(turn, ledger=opted).opted == {"email": OPENED, "said all": OPENED + HOUR}
    of_another = said("customer", "1 h", stop_contact=0.7, target="rival").model_copy(update=plainly)
    assert kept(of_another, ledger=opted).opted == {"email": OPENED, "said": OPENED + HOUR}
    assert kept(said("customer", "1 h", stop_contact=0.69), ledger=opted).opted == {"email": OPENED}


def test_a_wish_said_in_words_holds_until_they_opt_in_to_what_it_was_about() -> None:
    def wishes(words: str, *channels: str) -> set[str]:
        turn = said("customer", stop_contact=0.9).model_copy(update={"excerpt": words})
        acts = (done("consent_changed", f"{n} h", channel=one, direction="opt_in") for n, one in enumerate(channels, 1))
        return set(kept(turn, *acts).opted)

    assert wishes("Stop calling me") == {"said phone"}
    assert wishes("Stop calling me", "email") == {"said phone"}
    assert wishes("Stop calling me", "phone") == wishes("Stop calling me", "all") == set()
    assert wishes("Leave me alone", "email") == {f"said {one}" for one in OTHERS}
    assert wishes("No more of your offers", "email") == {f"said marketing {one}" for one in OTHERS}
    assert wishes("Leave me alone", "all") == wishes("Stop sending me the wrong size!", "sms") == set()


@pytest.mark.parametrize(
    ("words", "kept_as"),
    [
        ("Never contact me again. I'd rather speak to the ombudsman.", {"said all"}),
        ("Do not contact me, I prefer to be left alone.", {"said all"}),
        ("Take me off the offers list and never contact me again.", {"said all", "said marketing"}),
        ("Do not call me again, I prefer that the lawyers talk", {"said phone"}),
        ("Do not call me at work, I prefer e-mail instead", {"said instead phone"}),
        ("No more offers about loans", {"said marketing"}),
    ],
)
def test_a_wish_to_hear_nothing_is_not_lost_behind_what_else_they_say(words: str, kept_as: set[str]) -> None:
    turn = said("customer", stop_contact=0.9).model_copy(update={"excerpt": words})
    assert set(kept(turn).opted) == kept_as


PHONE, NOTHING = {"said phone"}, {"said phone", "said marketing", "said all"}


@pytest.mark.parametrize(
    ("then", "left"),
    [
        ("Please put me back on the newsletter list.", PHONE),
        ("I would love to get your offers again", PHONE),
        ("I'd like the emails again.", PHONE),
        ("I unsubscribed by mistake, could you add me again?", PHONE),
        ("Nehmen Sie mich bitte wieder in den Verteiler auf", PHONE),
        ("Ich hätte gern wieder Ihren Newsletter.", PHONE),
        ("Me gustaría volver a recibir el boletín.", PHONE),
        ("我想重新订阅你们的邮件。", PHONE),
        ("You may call me again", {"said marketing"}),
        ("Sie dürfen mich gerne wieder anrufen.", {"said marketing"}),
        ("Pueden volver a llamarme cuando quieran.", {"said marketing"}),
        ("你们可以再给我打电话了。", {"said marketing"}),
        ("You put me back on the newsletter list.", NOTHING),
        ("When will you call me?", NOTHING),
        ("Who put me on your mailing list?", NOTHING),
        ("Please never put me on the newsletter again.", NOTHING),
        ("Please add me to the waiting list.", NOTHING),
        ("I'd like to know why I get your emails again.", NOTHING),
        ("Ich möchte meine Adresse wieder ändern.", NOTHING),
        ("Sie haben mich wieder in den Verteiler aufgenommen!", NOTHING),
        ("No quiero volver a recibir el boletín.", NOTHING),
        ("你们为什么重新给我发广告？", NOTHING),
        ("Could you sign me up for your offers?", PHONE),
    ],
)
def test_who_asks_to_be_written_to_again_takes_back_what_they_name(then: str, left: set[str]) -> None:
    known = Ledger(opted={"said phone": 1, "said marketing": 1, "said all": 1, "email": 1})
    impression = EAR.listen([Message(then, "email", "customer", BEGIN)])[0]
    told = {"signals": dict(impression.signals), "spans": dict(impression.spans), "excerpt": impression.excerpt}
    turn = said("customer").model_copy(update=told)
    assert {*kept(turn, ledger=known).opted} & {*NOTHING, "email"} == left | {"email"}
    sore = turn.model_copy(update={"signals": {**impression.signals, "complaint": 0.9}})
    assert kept(sore, ledger=known).opted.keys() >= known.opted.keys(), "no yes is heard in a complaint"
