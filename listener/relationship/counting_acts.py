"""What an act of the firm adds to the counts: every act of a kind alike, or by what its details say."""

import re
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Any

from listener.model.signals import Act, Broadcast
from listener.relationship.counting import Amount, is_night

TO_ALL = 0.25
"""What an act to everyone weighs against one to this customer: it says little of how this customer is treated."""
ALIKE = {
    "case_opened": "cases",
    "case_transferred": "transfers",
    "fee_charged": "fees",
    "exception_refused": "refused",
    "exception_granted": "granted",
    "idea_used": "ideas_answered",
    "fix_made": "fixed",
    "notice_given": "noticed_early",
    "privacy_incident": "privacy",
    "data_requested": "data_asked",
    "product_launched": "launches",
    "product_retired": "retired",
    "range_repositioned": "repositioned",
}
"""Acts whose every occurrence counts as one of a kind."""
_INVITED = re.compile(r"invit|beta|council|event|panel|community")
Details = Mapping[str, Any]


def act_amounts(signal: Act | Broadcast) -> Iterator[Amount]:
    """What an act adds; an unknown kind adds nothing."""
    share = TO_ALL if isinstance(signal, Broadcast) else 1.0
    act = signal.data
    if act.kind in ALIKE:
        yield ALIKE[act.kind], share
    elif act.kind in PARTICULAR:
        yield from ((name, share * amount) for name, amount in PARTICULAR[act.kind](act.details))
    if act.kind == "order_placed" and is_night(act.occurred_at):
        yield "night_moves", 0.5


BOUGHT = {
    "bought_standing": re.compile(
        r"subscri|renew|annual|yearly|monthly|membership|policy|plan\b|pass\b|premium|fee\b|abo\b"
    ),
    "bought_trial": re.compile(r"trial|test|sample|demo|taster|probe"),
    "bought_gift": re.compile(r"gift|present|geschenk|regalo"),
    "bought_occasion": re.compile(r"occasion|event|party|wedding|ticket|rental|costume|festival|one.?off"),
    "bought_classic": re.compile(r"classic|retro|original|heritage|reissue|vintage|edition 19|anniversary"),
}
"""What a category's name says of the purchase, by words shops use (P)."""


_BY_ITSELF = re.compile(r"automat|auto.?renew|auto.?ship|direct debit|standing order|dauerauftrag|lastschrift")


def is_own(details: Details) -> bool:
    """Whether the customer placed an order: one that the firm places, or that renews itself, is no move of theirs."""
    return details.get("by") != "firm" and not _BY_ITSELF.search(str(details.get("category", "")).casefold())


def _bought(details: Details) -> Iterator[Amount]:
    if not is_own(details):
        yield "charged", 1.0
        return
    yield "orders", 1.0
    category = str(details.get("category", "")).casefold().replace("_", " ")
    yield from ((name, 1.0) for name, words in BOUGHT.items() if words.search(category))
    if worth_of(details) == 0.0:
        yield "free_orders", 1.0


def worth_of(details: Details) -> float | None:
    """The value of an order, where it tells one that is a number."""
    value = details.get("value")
    amount = value.get("amount") if isinstance(value, Mapping) else value
    try:
        worth = float(amount) if amount is not None else None
    except (TypeError, ValueError):
        return None
    return worth if worth is not None and isfinite(worth) else None


def _cancelled(details: Details) -> Iterator[Amount]:
    if details.get("by") != "firm":
        yield "cancelled", 1.0


def _sent(details: Details) -> Iterator[Amount]:
    yield "campaigns", 0.5 if details.get("purpose") == "news" else 1.0


def _reached_out(details: Details) -> Iterator[Amount]:
    if details.get("solicited") is not True:
        yield "outreach", 1.0


def _failed(details: Details) -> Iterator[Amount]:
    yield "incidents", 0.5 * min(3.0, max(0.0, _number(details.get("severity"), 2.0)))


def _priced(details: Details) -> Iterator[Amount]:
    change = _number(details.get("change_pct"), 0.0)
    if change and details.get("scope") != "new_customers":
        yield "price_up" if change > 0 else "price_down", 1.0


def _rewrote(details: Details) -> Iterator[Amount]:
    if details.get("rights_removed") is True:
        yield "terms", 1.0


def _compensated(details: Details) -> Iterator[Amount]:
    yield "asked_compensation" if details.get("requested") is True else "compensated", 1.0


def _answered(details: Details) -> Iterator[Amount]:
    yield "ideas_answered", 1.0 if details.get("substantive", True) else 0.3


def _tiered(details: Details) -> Iterator[Amount]:
    yield "tier_down" if details.get("direction") == "down" else "tier_up", 1.0


def _recognised(details: Details) -> Iterator[Amount]:
    yield "recognised", 1.0
    if _INVITED.search(str(details.get("form", ""))):
        yield "invited", 1.0


def _consented(details: Details) -> Iterator[Amount]:
    yield "opted_out" if details.get("direction") == "opt_out" else "opted_in", 1.0


def _allied(details: Details) -> Iterator[Amount]:
    if details.get("rival") is True:
        yield "rival_partner", 1.0


PARTICULAR: dict[str, Callable[[Details], Iterator[Amount]]] = {
    "order_placed": _bought,
    "order_cancelled": _cancelled,
    "campaign_sent": _sent,
    "outreach_made": _reached_out,
    "service_incident": _failed,
    "price_changed": _priced,
    "terms_changed": _rewrote,
    "compensation_issued": _compensated,
    "idea_answered": _answered,
    "tier_changed": _tiered,
    "recognition_given": _recognised,
    "consent_changed": _consented,
    "partnership_announced": _allied,
}
"""Acts whose details say what they count as."""


def _number(told: object, default: float) -> float:
    return float(told) if isinstance(told, int | float) and isfinite(told) else default
