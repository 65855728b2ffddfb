"""What is done although an open alert says to avoid it makes that alert worse, with the act as evidence."""

import pytest

from listener.alerting.against_advice import words_for
from listener.model.signals import Act, Heard
from tests.recordings import Recording
from tests.rules.builders import CATALOGUE, done, said


def wounded() -> Recording:
    """A demanding patron whose order came wrong, twice; nobody has mended it."""
    told = Recording().wants("master_slave").act(0.1, "service_incident", incident="wrong_item", severity=3)
    return told.mail(0.2, "This is the wrong suit again. I am furious. When will you bring the right one?")


def last(told: Recording, code: str = "F12") -> tuple[str, int, list[str]]:
    alert = [one for one in told.played(0.01).alerts if one.act.code == code][-1]
    return alert.severity, alert.occurrences, [one.says for one in alert.evidence if one.says.startswith("against")]


def test_an_alert_tells_of_nothing_against_its_advice_where_nothing_was_done() -> None:
    assert last(wounded())[2] == []
    assert last(wounded().act(1.0, "order_placed", by="customer"))[2] == []


@pytest.mark.parametrize(
    ("kind", "details", "word"),
    [
        ("campaign_sent", {"purpose": "promotion"}, "campaign"),
        ("campaign_sent", {"purpose": "loyalty"}, "campaign"),
        ("compensation_issued", {"form": "voucher"}, "voucher"),
        ("compensation_issued", {"form": "gift_card", "requested": False}, "gift card"),
    ],
)
def test_what_it_says_to_avoid_is_told_as_its_evidence(kind: str, details: dict[str, object], word: str) -> None:
    before, once = last(wounded()), last(wounded().act(1.0, kind, **details))
    assert once[2] == [f"against what was to be avoided: {word}"]
    assert once[1] == before[1] + 1


def test_it_is_graver_the_first_time_and_never_critical_by_it() -> None:
    def gravity(*days: float) -> str:
        told = Recording().wants("best_friends").act(0.1, "service_incident", incident="lost", severity=3)
        for day in days:
            told.act(day, "campaign_sent", purpose="promotion")
        return last(told)[0]

    assert [gravity(), gravity(1.0), gravity(1.0, 1.5)] == ["medium", "high", "high"]


def test_what_comes_while_it_is_mending_counts_no_more_and_stops_no_mending() -> None:
    """The fee is back, and the next mailing goes out as it does to everybody: a week later the matter is over."""

    def life(*after: str) -> list[str]:
        told = wounded().act(1.0, "fix_made", what="repair")
        for n, kind in enumerate(after):
            told.act(2.0 + n, kind, purpose="promotion", channel="email")
        return [one.status for one in told.played(12.0).alerts if one.act.code == "F12"][-1:]

    assert life() == ["resolved"]
    assert life("campaign_sent", "campaign_sent") == ["resolved"]
    mending = wounded().act(1.0, "fix_made", what="repair").act(2.0, "campaign_sent", purpose="promotion")
    assert last(mending)[2] == []


def test_a_campaign_and_its_mail_are_done_once() -> None:
    def told(*, minutes: float, mail_first: bool = False) -> list[str]:
        first, second = 1.0, 1.0 + minutes / 1440
        sent, mailed = (second, first) if mail_first else (first, second)
        history = wounded().act(sent, "campaign_sent", purpose="promotion")
        history.mail(mailed, "Our spring sale has begun: 20% off until Sunday.", "campaign", talk="sale")
        history.lines.sort(key=lambda line: str(line["value"]["occurred_at"]))
        return last(history)[2]

    assert told(minutes=2) == told(minutes=2, mail_first=True) == ["against what was to be avoided: campaign"]
    assert len(told(minutes=20)) == 2, "two sends"


def test_what_raised_an_alert_is_not_done_again_by_its_own_mail() -> None:
    """The promotion into an open complaint is one act, whichever of its two reports comes first."""
    complaint = Recording().wants("business_partners").mail(0.1, "You charged me twice. Please sort it out today.")
    complaint.act(2.0, "campaign_sent", purpose="promotion")
    complaint.mail(2.001, "Our spring sale has begun: 20% off until Sunday.", "campaign", talk="sale")
    assert last(complaint, "F03")[1:] == (1, [])


def test_a_discount_in_words_is_one_where_it_is_named() -> None:
    offer = said("agent", compensation_offer=0.9)
    assert words_for(offer.model_copy(update={"excerpt": "Here is 10% off your next one."}), CATALOGUE) == {"discount"}
    assert words_for(offer.model_copy(update={"excerpt": "We send a voucher."}), CATALOGUE) == {"voucher"}
    assert words_for(offer.model_copy(update={"excerpt": "We refund it today."}), CATALOGUE) == set()
    loud = offer.model_copy(update={"excerpt": "A voucher? No.", "signals": {"compensation_offer": 0.79}})
    assert words_for(loud, CATALOGUE) == set()


@pytest.mark.parametrize(
    "harmless",
    [
        done("campaign_sent", purpose="news"),
        done("compensation_issued", form="refund"),
        done("compensation_issued", form="voucher", requested=True),
        done("outreach_made", channel="phone", solicited=True),
        done("fix_made"),
        done("data_requested", fields=["birthday"], required=False),
        said("agent", personal_question=0.95, identification=0.9),
        said("agent", empathy=0.9),
        said("customer", compensation_offer=0.9),
    ],
)
def test_what_was_asked_for_or_mends_insults_nobody(harmless: Act | Heard) -> None:
    assert words_for(harmless, CATALOGUE) == set()


def test_a_personal_question_that_finds_no_order_is_one() -> None:
    assert words_for(said("agent", personal_question=0.95, identification=0.2), CATALOGUE) == {"personal_questions"}
    assert words_for(done("data_requested", fields=["birthday"]), CATALOGUE) == {"personal_questions"}
    assert words_for(done("data_requested", fields=["birthday"], required=True), CATALOGUE) == {"personal_questions"}


def test_a_call_nobody_asked_for_is_a_call_and_a_contact() -> None:
    assert words_for(done("outreach_made", channel="phone"), CATALOGUE) == {"call", "outreach"}
    assert words_for(said("campaign"), CATALOGUE) == {"campaign"}
