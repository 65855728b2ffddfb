"""Who leaves, who has come, and who only moves something."""

from datetime import UTC, datetime

import pytest

from listener.catalogue import load
from listener.model.message import Message
from listener.signals import Ear

EAR = Ear(load())
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


def heard(text: str, brand: str = "acme") -> dict[str, float]:
    """What is heard in a post."""
    return dict(EAR.listen([Message(text, "social", "customer", AT, brand=brand)])[0].signals)


@pytest.mark.parametrize(
    "text",
    [
        "Dispute raised with my bank this morning.",
        "The bank has clawed it back for me, all three payments.",
        "The bank's clawed it back for me.",
        "Filed a chargeback for both tickets.",
        "Switched four lines over yesterday.",
        "Cancelled everything. What was the point of you?",
        "Lost my daughter's car seat. Done with you.",
        "This was the last time.",
    ],
)
def test_terse_leavings_and_chargebacks_are_heard(text: str) -> None:
    told = heard(text)
    assert min(told.get("gone", 0.0), told.get("exit", 0.0)) >= 0.55


@pytest.mark.parametrize(
    "text",
    [
        "Moved. The new room has a window, thanks.",
        "Off to see the grandchildren in Perth.",
        "Got moved to you with the takeover.",
        "We went to Rome, it was nice.",
        "I cancelled there and now I'm with you.",
        "Me di de baja en Norvik y ahora estoy con ustedes.",
        "You have until Monday, then it's a chargeback.",
        "Your app says boarded, your board says cancelled.",
    ],
)
def test_who_moves_travels_or_joins_has_not_left(text: str) -> None:
    told = heard(text)
    assert max(told.get("gone", 0.0), told.get("exit", 0.0)) < 0.55


def test_whoever_is_left_for_is_a_rival_and_a_town_is_none() -> None:
    assert heard("Moved my policy to Oakguard this morning, I'm done with you.").get("names_rival", 0.0) >= 0.6
    assert heard("Moved to Leeds in May, here is my new address.").get("names_rival", 0.0) < 0.5


@pytest.mark.parametrize(("written", "spelt"), [("wifi's down again", "the wifi is down again")])
def test_a_things_apostrophe_s_is_read_as_is(written: str, spelt: str) -> None:
    assert heard(written)["failure"] == pytest.approx(heard(spelt)["failure"], abs=0.15)
    assert heard(written)["failure"] >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "One more missed visit and you can count me out as a client.",
        "Put the fee right, or we find ourselves another insurer.",
        "Why on earth would I stay with you after this?",
        "Who do I talk to about leaving?",
        "I doubt I'll be with you this time next year.",
        "I'd like to get out of my contract.",
        "Please cancel my contract. My wife is furious.",
        "Everyone at work has left you, and so have I.",
        "If you can't do better I'll be cancelling at the end of the term.",
        "Ich bleibe nicht länger bei Ihnen.",
        "¿Cómo puedo darme de baja?",
        "再有一次我就走人。",
    ],
)
def test_a_threat_a_doubt_and_a_question_how_to_leave_speak_of_leaving(text: str) -> None:
    assert heard(text).get("exit", 0.0) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Please cancel my contract. My wife is furious.",
        "Everyone at work has left you, and so have I.",
        "If you can't do better we are closing our account with you.",
    ],
)
def test_what_others_are_or_do_hides_no_leaving_of_ones_own(text: str) -> None:
    assert heard(text).get("exit", 0.0) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "One more missed visit and I'll have to take another day off work.",
        "I can't imagine leaving you, not in June, not ever.",
        "I would have left you years ago if it weren't for Marta.",
        "Your colleague told me on Monday that she is leaving you.",
        "Everyone at work has dumped you but I haven't.",
        "I've closed my account at Fenwick Bank and opened one here.",
        "I'm bringing my number from the other network to you.",
        "Your agent wrote that I had asked to close my account. I never asked for that.",
        "Please stop my subscription letters coming twice.",
        "我差点离开，最后还是决定留下。",
    ],
)
def test_who_only_nearly_left_or_tells_of_others_does_not_leave(text: str) -> None:
    assert heard(text).get("exit", 0.0) < 0.5
