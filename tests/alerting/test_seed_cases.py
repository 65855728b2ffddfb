"""The fourteen cases of the articles (DOMAIN 3.8), told as signals for the tie they name: alerts, and what mends."""

from datetime import timedelta

import pytest

from listener.model.inputs import Profile
from listener.rules.rehearsing import BEGIN, signal_of
from tests.alerting.harness import Customer

DAY = timedelta(days=1)
OLD = Profile(customer_id="C-1", customer_since=BEGIN - 15 * 365 * DAY, named_contacts=("Simone",))
Line = dict[str, object]


def mail(at: str, talk: str = "m", **cues: float) -> Line:
    return {"at": at, "in": "email", "talk": talk, "needs_answer": True, "customer": cues}


def chat(at: str, side: str = "customer", **cues: float) -> Line:
    return {"at": at, "in": "chat", "talk": "c", "needs_answer": side == "customer", side: cues}


def act(at: str, kind: str, everyone: bool = False, **details: object) -> Line:
    return {"at": at, "act": kind, "details": details, "everyone": everyone}


GROCERY = [
    mail("0 min", suggestion=0.9),
    *(act(f"{d} d", "campaign_sent", purpose="promotion") for d in (4, 11, 18)),
    mail("13 d", "n", suggestion=0.9),
]
CLOTHING = [
    mail("0 min", loyalty=0.9),
    act("1 d", "range_repositioned", True, product="dresses", audience_shift="to the young"),
    act("3 d", "price_changed", True, product="dresses", change_pct=-30, scope="new_customers"),
]
SIGNATURE = [
    act("0 min", "service_incident", incident="late", severity=1, avoidable=True),
    chat("1 d", complaint=0.8, tenure=0.8, offered_solution=0.9),
    chat("1441 min", "agent", scripted=0.9),
    chat("1442 min", offered_solution=0.9, complaint=0.6),
    chat("1443 min", "agent", policy_cited=0.9),
    act("1450 min", "exception_refused", policy="signature_on_delivery"),
    mail("4 d", disrespect_felt=0.8, demand=0.9),
    act("5 d", "compensation_issued", form="gift_card", requested=False),
]
PRIME = [
    act("0 min", "price_changed", True, product="membership", change_pct=25, scope="all"),
    {"at": "13 h", "in": "social", "public": True, "talk": "p", "customer": {"captivity": 0.8, "betrayal": 0.6}},
]
MILLS = [act("0 min", "terms_changed", True, rights_removed=True, topic="legal", consent="deemed")]
PHOTOS = [act("0 min", "service_incident", incident="lost", severity=3, avoidable=True)]
CHEETOS = [act("0 min", "recognition_given", form="credit", public=True)]
ZIPCAR = [chat("0 min", question=0.9), *(act(f"{d} d", "campaign_sent", purpose="community") for d in (1, 8))]
VIRGIN = [chat("0 min", complaint=0.6), chat("1 min", "agent", humour=0.95)]
PINTEREST = [chat("0 min", question=0.8), act("1 h", "product_launched", True, product="wall", novelty=0.9)]
FISHER = [
    {**chat("0 min", question=0.9), "register": 0.9},
    {**chat("1 min", "agent", familiarity=0.9, personal_question=0.9), "register": 0.1},
]
SWATCH = [
    act("0 min", "order_placed", by="customer", category="watch"),
    act("90 d", "product_launched", True, product="spring", novelty=0.9),
    act("90 d", "order_placed", by="customer", category="watch"),
    act("180 d", "order_placed", by="customer", category="watch"),
]
HARLEY = [
    mail("0 min", self_disclosure=0.9),
    {"at": "2 h", "in": "email", "talk": "m", "agent": {"concrete": 0.8, "history_used": 0.8}},
    act("9 d", "range_repositioned", True, product="bikes", audience_shift="to the city"),
]
OBSESSED = [
    {"at": "0 min", "in": "social", "public": True, "talk": "p", "customer": {"novelty_seeking": 0.9, "joy": 0.9}}
]

CASES = [
    pytest.param("business_partners", GROCERY, {"F01", "F03", "M01"}, {"campaign", "voucher"}, id="grocery"),
    pytest.param("marriage_partners", CLOTHING, {"F15", "F22", "M08"}, {"campaign"}, id="plus-size clothing"),
    pytest.param(
        "master_slave", SIGNATURE, {"F04", "F19", "F21", "F17", "F05", "M05"}, {"voucher"}, id="signature rule"
    ),
    pytest.param("marriage_partners", PRIME, {"F06", "F27", "M12"}, {"winback"}, id="prime"),
    pytest.param("marriage_partners", MILLS, {"F07"}, {"voucher"}, id="general mills"),
    pytest.param("best_friends", PHOTOS, {"F12"}, {"scripted_reply"}, id="photo service, friend"),
    pytest.param("fling", PHOTOS, set(), set(), id="photo service, fling"),
    pytest.param("secret_affair", CHEETOS, {"F25"}, {"public_reply"}, id="cheetos"),
    pytest.param("basic_exchange", ZIPCAR, {"F10", "M02"}, {"community_invite"}, id="zipcar"),
    pytest.param("adversaries", VIRGIN, set(), set(), id="virgin"),
    pytest.param("complete_strangers", PINTEREST, set(), set(), id="pinterest"),
    pytest.param("basic_exchange", FISHER, {"F09", "F10", "M06"}, {"campaign"}, id="eileen fisher"),
    pytest.param("fling", SWATCH, set(), set(), id="swatch"),
    pytest.param("best_friends", HARLEY, {"F24"}, {"scripted_reply"}, id="harley"),
    pytest.param("fling", OBSESSED, set(), set(), id="obsessed"),
]


@pytest.mark.parametrize(("wanted", "lines", "expected", "avoid"), CASES)
def test_a_case_of_the_articles(wanted: str, lines: list[Line], expected: set[str], avoid: set[str]) -> None:
    customer = Customer(wanted, OLD).hear(*(signal_of(line, n) for n, line in enumerate(lines)))
    customer.wait(customer.alerts[-1].updated_at if customer.alerts else BEGIN)
    loud = {alert.act.code for alert in customer.alerts if alert.severity in ("medium", "high", "critical")}
    assert expected <= loud
    if not expected:
        assert not loud
    for alert in customer.alerts:
        assert not avoid or alert.act.code not in expected or avoid <= set(alert.repair.avoid)


def test_the_not_acceptable_is_among_what_to_avoid() -> None:
    """Another promotion, a second voucher, mass win-back, more community (DOMAIN 3.8's last column)."""
    alert = Customer("master_slave", OLD).hear(*(signal_of(line, n) for n, line in enumerate(SIGNATURE))).last("F05")
    assert {"voucher", "gift_card"} <= set(alert.repair.avoid)
    assert alert.repair.role == "concierge"


def test_silence_between_launches_is_a_flings_rhythm() -> None:
    assert Customer("fling").hear(signal_of(SWATCH[0], 0)).wait(200 * DAY).alerts == []
