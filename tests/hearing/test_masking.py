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
