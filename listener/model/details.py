"""What may be told of each kind of act, by name (CONTRACT 2). An act may bring more; rules know nothing of that."""

from collections.abc import Mapping
from typing import Final

_ABOUT = frozenset({"about_event_id"})
_ORDER = frozenset({"order_id", "value", "category", "by"})
_CASE = frozenset({"case_id", "topic", "resolved"})
_EXCEPTION = frozenset({"policy", "case_id"})
_RANGE = frozenset({"product", "novelty", "audience_shift"})

DETAILS: Final[Mapping[str, frozenset[str]]] = {
    "campaign_sent": frozenset({"channel", "campaign_id", "purpose", "creative_id", "category", "personal"}),
    "price_changed": frozenset({"product", "change_pct", "announced_at", "effective_at", "reason_given", "scope"}),
    "terms_changed": frozenset({"rights_removed", "topic", "announced_at", "effective_at", "consent", "rescinded"}),
    "notice_given": frozenset({"about", "advance_days"}) | _ABOUT,
    "order_placed": _ORDER,
    "order_cancelled": _ORDER,
    "service_incident": frozenset({"incident", "severity", "avoidable", "safety"}),
    "compensation_issued": frozenset({"form", "value", "requested"}),
    "case_opened": _CASE,
    "case_transferred": _CASE,
    "case_closed": _CASE,
    "fix_made": frozenset({"case_id", "what"}) | _ABOUT,
    "exception_refused": _EXCEPTION,
    "exception_granted": _EXCEPTION,
    "idea_answered": frozenset({"idea_event_id", "substantive", "credited"}),
    "idea_used": frozenset({"idea_event_id", "credited"}),
    "fee_charged": frozenset({"what", "value", "disclosed"}),
    "tier_changed": frozenset({"direction", "from", "to"}),
    "privacy_incident": frozenset({"what"}),
    "consent_changed": frozenset({"direction", "channel"}),
    "outreach_made": frozenset({"channel", "purpose", "solicited"}),
    "data_requested": frozenset({"fields", "required"}),
    "product_launched": _RANGE,
    "product_retired": _RANGE,
    "range_repositioned": _RANGE,
    "partnership_announced": frozenset({"with", "rival"}),
    "recognition_given": frozenset({"form", "public"}),
}
