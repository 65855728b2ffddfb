"""Details of an act go on without secrets, and still say what the act was about."""

import pytest

from listener.hearing.masking import act_without_secrets
from listener.model.inputs import BrandAct
from listener.model.ledger import Ledger
from listener.rules import judge
from tests.rules.builders import CATALOGUE, belief, done

TITLES = ("Sofa - Malmo", "Card (virtual) Visa", "Morning Blend", "Hello Kitty", "Oslo - Bergen", "St. Ives Lager")


def masked(**details: str) -> dict[str, object]:
    act = {"event_id": "a", "occurred_at": "2026-03-04T06:00:00Z", "audience": {"everyone": True}, "kind": "x"}
    return dict(act_without_secrets(BrandAct.model_validate(act | {"details": details}), brand="acme").details)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_greets_nobody_and_nobody_signs_it(title: str) -> None:
    assert masked(product=title) == {"product": title}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("We put it right. Magda", "We put it right. [name]"),
        ("Hi Seun,\nit is done", "Hi [name],\nit is done"),
        ("thank you Marianne", "thank you [name]"),
    ],
)
def test_a_letter_in_a_detail_makes_its_names_known(said: str, shown: str) -> None:
    assert masked(note=said) == {"note": shown}


@pytest.mark.parametrize(
    ("about", "product"), [("Sofa - Malmo", "Phone - Oslo"), ("sofa of [name]", "phone of [name]")]
)
def test_a_notice_about_one_product_is_none_of_the_price_of_another(about: str, product: str) -> None:
    told, ledger = masked(about=about, product=product), Ledger()
    for act in (
        done("notice_given", at="0 s", about=told["about"], advance_days=30),
        done("price_changed", at="40 d", product=told["product"], change_pct=25, scope="existing_customers"),
    ):
        ledger, findings = judge(ledger, act, belief("captive"), None, CATALOGUE)
    assert "F06" in {one.code for one in findings}


@pytest.mark.parametrize(
    ("details", "shown"),
    [
        ({"card": 4111111111111111}, {"card": "[card]"}),
        ({"card": 4111111111111111.0}, {"card": "[card]"}),
        ({"account": 550012345678, "phone": 13812345678}, {"account": "[number]", "phone": "[number]"}),
        ({"a": {"b": {"c": {"d": {"e": [4111111111111111]}}}}}, {"a": {"b": {"c": {"d": {"e": ["[card]"]}}}}}),
        ({"refund": {"amount": "card 4111111111111111"}}, {"refund": {"amount": "card [card]"}}),
        ({"paid": {"amount": 4111111111111111}}, {"paid": {"amount": "[card]"}}),
        ({"paid": {"amount": "4111111111111111"}}, {"paid": {"amount": "[card]"}}),
        ({"paid": {"currency": "a@x.org"}}, {"paid": {"currency": "[email]"}}),
        ({"called_at": "ring me on +49 170 1234567"}, {"called_at": "ring me on [phone]"}),
        ({"huge": 10**400, "vast": 1e300}, {"huge": "[number]", "vast": "[number]"}),
    ],
)  # fmt: skip
def test_a_secret_is_none_the_less_one_for_its_key_or_for_being_a_number(
    details: dict[str, object], shown: dict[str, object]
) -> None:
    assert masked(**details) == shown


@pytest.mark.parametrize(
    "details",
    [
        {"case_id": "K-4471123", "order_id": "2026-4471123", "id": 4471123, "account_id": 550012345678},
        {"idea_event_id": "4111111111111111", "about_event_id": "evt-4111111111111111"},
        {"effective_at": "2026-03-20T00:00:00Z", "announced_at": "2026-03-04", "seen_at": 1772582400000},
        {"value": {"amount": "1234567.00", "currency": "USD"}, "paid": {"amount": 7000, "currency": "USD"}},
        {"views": 5_100_000, "share": 0.123456789012345, "safety": True, "reason": None},
    ],
)
def test_ids_times_amounts_and_counts_are_told_as_they_are(details: dict[str, object]) -> None:
    assert masked(**details) == details


@pytest.mark.parametrize(
    "told", ["ann.smith@example.org", "Ann Smith, +49 170 1234567", 4111111111111111, "我叫王小明"]
)
def test_an_id_made_of_a_persons_secret_is_another_id_the_same_each_time(told: object) -> None:
    first, again, other = (masked(user_id=one)["user_id"] for one in (told, told, "C-1042"))
    assert first == again != other
    assert not any(part in str(first) for part in ("ann", "Ann", "170", "4111", "王小明"))


def test_a_change_of_price_is_no_card() -> None:
    """Masked, it would be no number any more, and relate could not read the signal."""
    act = {"event_id": "a", "occurred_at": "2026-03-04T06:00:00Z", "audience": {"everyone": True}}
    with pytest.raises(ValueError, match="less than a million"):
        BrandAct.model_validate(act | {"kind": "price_changed", "details": {"change_pct": 4111111111111111}})
