"""What may be told of each kind of act, by name (CONTRACT 2). An act may bring more; rules know nothing of that."""

from collections.abc import Mapping
from typing import Final, Literal

Sort = Literal["yes or no", "a number", "a text", "an amount of money", "a moment", "a list of texts"]
Values = Sort | frozenset[str]
"""What a detail holds: one of some words, or anything of a sort."""

_YES_NO: Final[Values] = "yes or no"
_NUMBER: Final[Values] = "a number"
_TEXT: Final[Values] = "a text"
_MONEY: Final[Values] = "an amount of money"
_MOMENT: Final[Values] = "a moment"


def _one_of(*words: str) -> frozenset[str]:
    return frozenset(words)


_ABOUT: Final[Mapping[str, Values]] = {"about_event_id": _TEXT}
_ORDER: Final[Mapping[str, Values]] = {
    "order_id": _TEXT, "value": _MONEY, "category": _TEXT, "by": _one_of("customer", "firm"),
}  # fmt: skip
_CASE: Final[Mapping[str, Values]] = {"case_id": _TEXT, "topic": _TEXT, "resolved": _YES_NO}
_EXCEPTION: Final[Mapping[str, Values]] = {"policy": _TEXT, "case_id": _TEXT}
_RANGE: Final[Mapping[str, Values]] = {"product": _TEXT, "novelty": _NUMBER, "audience_shift": _TEXT}
_CHANNEL: Final[Values] = _one_of("all", "email", "sms", "phone", "push", "post", "in_person")

VOCABULARY: Final[Mapping[str, Mapping[str, Values]]] = {
    "campaign_sent": {
        "channel": _TEXT, "campaign_id": _TEXT, "creative_id": _TEXT, "category": _TEXT, "personal": _YES_NO,
        "purpose": _one_of("promotion", "loyalty", "community", "winback", "survey", "news"),
    },
    "price_changed": {
        "product": _TEXT, "change_pct": _NUMBER, "announced_at": _MOMENT, "effective_at": _MOMENT,
        "reason_given": _YES_NO, "scope": _one_of("all", "new_customers", "existing_customers"),
    },
    "terms_changed": {
        "rights_removed": _YES_NO, "topic": _one_of("legal", "privacy", "service", "loyalty"),
        "announced_at": _MOMENT, "effective_at": _MOMENT, "consent": _one_of("opt_in", "deemed", "none"),
        "rescinded": _YES_NO,
    },
    "notice_given": {"about": _TEXT, "advance_days": _NUMBER, **_ABOUT},
    "order_placed": _ORDER,
    "order_cancelled": _ORDER,
    "service_incident": {
        "incident": _one_of("late", "lost", "damaged", "outage", "defect", "wrong_item", "billing_error", "overbooked"),
        "severity": _NUMBER, "avoidable": _YES_NO, "safety": _YES_NO,
    },
    "compensation_issued": {
        "form": _one_of("refund", "credit", "gift_card", "voucher", "replacement", "gift"),
        "value": _MONEY, "requested": _YES_NO,
    },
    "case_opened": _CASE,
    "case_transferred": _CASE,
    "case_closed": _CASE,
    "fix_made": {"case_id": _TEXT, "what": _one_of("process", "exception", "repair", "policy"), **_ABOUT},
    "exception_refused": _EXCEPTION,
    "exception_granted": _EXCEPTION,
    "idea_answered": {"idea_event_id": _TEXT, "substantive": _YES_NO, "credited": _YES_NO},
    "idea_used": {"idea_event_id": _TEXT, "credited": _YES_NO},
    "fee_charged": {"what": _TEXT, "value": _MONEY, "disclosed": _YES_NO},
    "tier_changed": {"direction": _one_of("up", "down"), "from": _TEXT, "to": _TEXT},
    "privacy_incident": {"what": _one_of("breach", "misdirected", "public_disclosure", "shared_with_third_party")},
    "consent_changed": {"direction": _one_of("opt_in", "opt_out"), "channel": _CHANNEL},
    "outreach_made": {"channel": _TEXT, "purpose": _TEXT, "solicited": _YES_NO},
    "data_requested": {"fields": "a list of texts", "required": _YES_NO},
    "product_launched": _RANGE,
    "product_retired": _RANGE,
    "range_repositioned": _RANGE,
    "partnership_announced": {"with": _TEXT, "rival": _YES_NO},
    "recognition_given": {"form": _one_of("named_contact", "milestone", "credit", "invitation"), "public": _YES_NO},
}  # fmt: skip
"""The details of each kind of act, and what each may hold."""


def is_taken(values: Values, told: object) -> bool:
    """Whether a detail may hold this; what is not told (None) may be wanted of any.

    >>> is_taken(frozenset({"up", "down"}), "donw"), is_taken("yes or no", True), is_taken("a number", "3")
    (False, True, False)
    """
    if told is None:
        return True
    if isinstance(values, frozenset):
        return told in values
    if values == "yes or no":
        return isinstance(told, bool)
    if values == "a number":
        return isinstance(told, int | float) and not isinstance(told, bool)
    return values not in ("an amount of money", "a list of texts") and isinstance(told, str)
