"""An alert's life: raised once per matter, updated, escalated, acknowledged, resolved, expired."""

from datetime import timedelta
from hashlib import sha256

import pytest
from msgspec.structs import replace

from listener.alerting.saying import MEDIUM
from listener.model.inputs import Profile
from listener.model.signals import Heard
from listener.model.told import Told
from listener.rules.rehearsing import BEGIN
from tests.alerting.harness import Customer
from tests.rules.builders import belief, done, said

DAY = timedelta(days=1)


def failure(at: str = "0 s", severity: int = 3, **details: object):
    return done("service_incident", at, incident="lost", severity=severity, avoidable=True, **details)


def ignored(at: str = "0 s"):
    return said("customer", at, in_="email", needs_answer=True, complaint=0.9)


def test_the_same_loss_hurts_a_friend_and_amuses_a_fling() -> None:
    """The photo service experiment: one arm is breached, the other gains energy (DOMAIN 3.8)."""
    assert Customer("best_friends").hear(failure()).life("F12") == ["raised"]
    assert Customer("fling").hear(failure()).life("F12") == []


def test_an_alert_says_all_that_a_workflow_needs() -> None:
    profile = Profile(customer_id="C-1", annual_value={"amount": "1000.00", "currency": "EUR"})
    alert = Customer("basic_exchange", profile).hear(failure()).last("F12")
    assert (alert.severity, alert.act.name, alert.repair.role) == (
        "high",
        "product_or_service_failure",
        "reliability_desk",
    )
    assert alert.repair.due_at == BEGIN + DAY
    assert alert.repair.do
    assert {"campaign", "long_apology"} <= set(alert.repair.avoid)
    assert "campaign" in alert.suppresses
    assert alert.value_at_risk is not None
    assert alert.evidence[0].event_id
    assert "“practical buyer”" in alert.why
    assert "basic_exchange" not in alert.why
    assert 0 < alert.confidence <= 1


def test_its_id_depends_on_customer_brand_rule_and_first_cause_only() -> None:
    cause = failure()
    alert = Customer("basic_exchange").hear(cause).last("F12")
    assert alert.alert_id == sha256(f"C-1|acme|failure|{cause.event_id}".encode()).hexdigest()[:32]


def test_a_second_act_of_the_matter_updates_it() -> None:
    customer = Customer("basic_exchange").hear(failure(), failure("2 h"))
    assert customer.life("F12") == ["raised", "updated"]
    assert customer.last("F12").occurrences == 2
    assert len(customer.last("F12").evidence) == 2
    assert len({alert.alert_id for alert in customer.alerts if alert.act.code == "F12"}) == 1


def test_it_escalates_once_when_the_repair_is_overdue() -> None:
    customer = Customer("basic_exchange").hear(failure()).wait(10 * DAY)
    assert customer.life("F12") == ["raised", "escalated"]


def test_it_does_not_escalate_once_somebody_has_taken_it_up() -> None:
    customer = Customer("basic_exchange").hear(failure())
    customer.dispose(timedelta(hours=1), alert_id=customer.last("F12").alert_id, disposition="acknowledged")
    assert customer.wait(10 * DAY).life("F12") == ["raised", "acknowledged"]


def test_a_matching_repair_and_a_quiet_week_resolve_it() -> None:
    customer = Customer("basic_exchange").hear(failure(), done("fix_made", "2 h", what="repair"))
    assert customer.wait(6 * DAY).life("F12")[-1] != "resolved"
    assert customer.wait(8 * DAY).life("F12")[-1] == "resolved"


def test_a_new_complaint_stops_the_quiet_week() -> None:
    again = said("customer", "2 d", complaint=0.9)
    customer = Customer("basic_exchange").hear(failure(), done("fix_made", "2 h", what="repair"), again)
    assert customer.wait(9 * DAY).life("F12")[-1] != "resolved"


def put_right(*more: Heard) -> Customer:
    """A failure complained of in a chat, owned by the firm within minutes and thanked for; then `more`."""
    told = said("customer", "0 s", talk="t", failure=0.9, complaint=0.9, negative_emotion=0.8)
    owned = said("agent", "2 min", talk="t", failure_owned=0.9, apology=0.9, answer_substance=0.9, concrete=0.9)
    thanks = said("customer", "4 min", talk="t", gratitude=0.9)
    return Customer("basic_exchange").hear(told, owned, thanks, *more)


def test_the_firm_that_owns_a_failure_makes_it_no_graver() -> None:
    customer = Customer("basic_exchange", reading=belief("basic_exchange"))
    customer.hear(said("customer", "0 s", talk="t", failure=0.9, complaint=0.9, negative_emotion=0.8))
    before = customer.told.open[0]
    customer.told = Told(open=(replace(before, severity=MEDIUM, threat=0.4),))
    customer.hear(said("agent", "2 h", talk="t", failure_owned=0.9, apology=0.9))
    after = customer.told.open[0]
    assert (after.severity, after.threat) == (MEDIUM, 0.4)
    assert len(after.proofs) == 2


def test_the_firm_that_owns_it_undoes_no_repair() -> None:
    owned = said("agent", "3 h", talk="t", failure_owned=0.9, apology=0.9)
    complaint = said("customer", "1 h", talk="t", complaint=0.9)
    customer = Customer("basic_exchange").hear(failure(), complaint, done("fix_made", "2 h", what="repair"), owned)
    assert "updated" in customer.life("F12")
    assert customer.told.open[0].mends_s


def test_what_nobody_had_noticed_before_the_firm_owned_it_is_no_grave_alert() -> None:
    owned = said("agent", "2 min", talk="t", failure_owned=0.9, apology=0.9)
    customer = Customer("basic_exchange").hear(said("customer", "0 s", talk="t", complaint=0.7), owned)
    assert customer.last("F12").severity == "medium"


def test_a_fix_they_are_glad_of_is_over_in_a_day_and_never_escalates() -> None:
    assert put_right().wait(timedelta(hours=23)).life("F12")[-1] == "raised"
    assert put_right().wait(8 * DAY).life("F12") == ["raised", "resolved"]


def test_their_thanks_shorten_the_quiet_week_after_a_repair() -> None:
    told = said("customer", "0 s", talk="t", failure=0.9, complaint=0.9, negative_emotion=0.8)
    repair = done("fix_made", "2 h", what="repair")
    answer, thanks = said("agent", "3 h", talk="t", concrete=0.9), said("customer", "4 h", talk="t", gratitude=0.9)
    assert Customer("basic_exchange").hear(told, repair, answer).wait(2 * DAY).life("F12")[-1] != "resolved"
    assert Customer("basic_exchange").hear(told, repair, answer, thanks).wait(2 * DAY).life("F12")[-1] == "resolved"


def test_a_new_complaint_undoes_the_thanks_and_what_is_overdue_then_escalates() -> None:
    again = said("customer", "20 h", talk="t", complaint=0.9)
    assert put_right(again).wait(10 * DAY).life("F12")[-1] == "escalated"


def test_what_was_mended_and_fails_anew_is_told_without_a_cool_down() -> None:
    customer = put_right(failure("2 d"))
    assert customer.life("F12") == ["raised", "resolved", "raised"]


def test_unmended_it_expires() -> None:
    customer = Customer("basic_exchange").hear(failure()).wait(40 * DAY)
    assert customer.life("F12") == ["raised", "escalated", "expired"]
    assert customer.last("F12").ended_at is not None


def test_a_late_answer_resolves_what_was_owed() -> None:
    customer = Customer("captive").hear(ignored(), said("agent", "30 h", in_="email", concrete=0.8))
    assert customer.life("F02") == ["raised", "resolved"]


def test_it_is_not_raised_again_so_soon_after_it_ended() -> None:
    answer = said("agent", "30 h", in_="email", concrete=0.8)
    customer = Customer("casual_acquaintance").hear(ignored(), answer, ignored("31 h")).wait(4 * DAY)
    assert customer.life("F02").count("raised") == 1


def test_safety_is_critical_for_everyone() -> None:
    for wanted in ("fling", "basic_exchange", "enemies"):
        assert Customer(wanted).hear(failure(safety=True)).last("F12").severity == "critical"


def test_a_grave_breach_with_talk_of_leaving_is_critical() -> None:
    leaving = said("customer", "1 h", exit=0.9, complaint=0.8)
    customer = Customer("basic_exchange").hear(leaving, failure("2 h"))
    assert customer.last("F12").severity == "critical"


def test_a_broadcast_names_its_cause() -> None:
    from listener.rules.rehearsing import signal_of

    rise = signal_of({"act": "price_changed", "everyone": True, "details": {"change_pct": 25, "scope": "all"}}, 1)
    assert Customer("captive").hear(rise).last("F06").cause_event_id == rise.event_id


def test_distress_is_a_symptom_while_its_cause_is_open() -> None:
    customer = Customer("basic_exchange").hear(failure())
    customer.reading = belief("basic_exchange", distress=0.9)
    customer.hear(said("customer", "1 h", distress=0.9, complaint=0.9))
    assert customer.life("D01") == []


def test_distress_without_an_open_cause_is_said() -> None:
    customer = Customer("basic_exchange", reading=belief("basic_exchange", distress=0.9))
    assert customer.hear(said("customer", distress=0.9, complaint=0.9)).life("D01") == ["raised"]


@pytest.mark.parametrize("code", ["C01", "C05"])
def test_a_customers_breach_is_low_and_muted_while_the_firm_owes(code: str) -> None:
    cue = {"C01": "rival_praise", "C05": "gone"}[code]
    word = said("customer", "2 d", **{cue: 0.9})
    assert Customer("marriage_partners").hear(word).last(code).severity == "low"
    assert Customer("marriage_partners").hear(failure(), word).life(code) == []


def test_a_customers_breach_is_nobodys_case() -> None:
    alert = Customer("marriage_partners").hear(said("customer", rival_praise=0.9)).last("C01")
    assert alert.repair.role is None


def test_one_act_told_twice_and_protested_against_is_one_act() -> None:
    """The mail that brings the gift card, the act that reports it and the customer's protest tell of one thing."""
    ann = Customer("master_slave").hear(
        said("customer", in_="email", complaint=0.9, needs_answer=True),
        said("agent", "1 h", in_="email", compensation_offer=0.9),
        done("compensation_issued", "65 min", form="gift_card", requested=False),
        said("customer", "2 h", in_="email", remedy_rejected=0.9, complaint=0.8),
    )
    alert = ann.last("F05")
    assert alert.occurrences == 1
    assert "compensation_issued: gift card" in [one.says for one in alert.evidence]
    again = ann.hear(done("compensation_issued", "2 d", form="gift_card", requested=False)).last("F05")
    assert again.occurrences == 2


def test_nobody_who_wants_to_be_left_alone_is_to_be_contacted() -> None:
    """A stop request is settled by stopping; and where contact stops, no move of the repair reaches out."""
    asked = said("customer", in_="email", needs_answer=True, complaint=0.9, demand=0.8, stop_contact=0.9)
    assert Customer("stalker_prey").hear(asked).life("F02") == []
    repair = Customer("stalker_prey").hear(ignored()).wait(2 * DAY).last("F02").repair
    assert "stop_all_contact" in repair.do
    assert not {"answer_now", "name_a_human"} & set(repair.do)
