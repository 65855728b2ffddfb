"""Recordings of one act of the firm that reaches a crowd."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

BRAND = "acme"
ACT_AT = datetime(2026, 3, 4, 6, tzinfo=UTC)
UNTIL = datetime(2026, 5, 20, tzinfo=UTC)
TIES = ("captive", "basic_exchange", "old_friends", "marriage_partners")


def line(topic: str, key: str | None, **value: Any) -> bytes:
    return json.dumps({"topic": topic, "key": key, "value": value, "headers": {}}).encode()


def customers(count: int) -> list[bytes]:
    """Who they are, and what each answered when asked what the brand is to them."""
    told = [
        line(
            "crm.customers.v1",
            f"C-{n}",
            customer_id=f"C-{n}",
            brand=BRAND,
            name=f"Customer {n}",
            customer_since="2018-01-01",
            annual_value={"amount": f"{1000 + n}.00", "currency": "USD"},
        )
        for n in range(count)
    ]
    for n in range(count):
        tie, at = TIES[n % len(TIES)], ACT_AT - timedelta(days=3) + timedelta(minutes=n)
        asked = {"instrument": "relationship", "held": tie, "wanted": tie}
        told.append(
            line("contact.survey.v1", None, **happened(f"s-{n}", at), customer={"customer_id": f"C-{n}"}, **asked)
        )
    return told


def rise(event_id: str = "rise", at: datetime = ACT_AT, product: str = "membership") -> bytes:
    """A price that rises by a quarter for everyone, with six days' notice."""
    details = {"product": product, "change_pct": 25, "announced_at": at.isoformat()}
    details["effective_at"] = (at + timedelta(days=6)).isoformat()
    act = {"audience": {"everyone": True}, "kind": "price_changed", "details": details}
    return line("brand.acts.v1", None, **happened(event_id, at), **act)


def thanks(count: int, at: datetime) -> list[bytes]:
    """A word from some of them, so that time goes on for each alone."""
    return [
        line(
            "contact.chat.v1",
            None,
            **happened(f"t-{n}", at + timedelta(minutes=n)),
            customer={"customer_id": f"C-{n}"},
            conversation_id=f"c-{n}",
            author="customer",
            text="Where do I find my invoice, please?",
        )
        for n in range(count)
    ]


def happened(event_id: str, at: datetime) -> dict[str, str]:
    return {"event_id": event_id, "occurred_at": at.isoformat(), "brand": BRAND}
