"""From one signal to amounts: what it adds to the counts, before any weight is given to it."""

import re
from collections.abc import Iterator
from datetime import datetime

from listener.model.inputs import BrandAct
from listener.model.signals import Act, Broadcast, Heard
from listener.model.tie import CUSTOMER_CUES, EMOTIONS, FIRM_CUES, TRAITS

Amount = tuple[str, float]
HEARD_AT = 0.3
"""A cue less probable than this is not counted (an absent one was not heard; a faint one is mostly noise)."""
AIMED = frozenset(
    {
        "joy",
        "love",
        "praise",
        "gratitude",
        "negative_emotion",
        "distress",
        "complaint",
        "betrayal",
        "craving",
        "longing",
    }
)
"""Cues of feeling: counted only where the brand is whom the feeling is about (DESIGN 2)."""
KIND = {"love": 1.0, "joy": 0.8, "praise": 0.8, "gratitude": 0.4, "loyalty": 0.8, "forgiveness": 0.5}
UNKIND = {"negative_emotion": 0.8, "distress": 0.8, "complaint": 0.5, "betrayal": 1.0, "disrespect_felt": 0.8}
KIND_EMOTIONS = {"admiration": 0.5, "approval": 0.3, "excitement": 0.5, "caring": 0.5, "amusement": 0.3, "relief": 0.3}
UNKIND_EMOTIONS = {"anger": 0.8, "annoyance": 0.5, "disappointment": 0.7, "disgust": 0.9, "disapproval": 0.4}
_NIGHT = frozenset({23, 0, 1, 2, 3, 4})
_CHANNEL = {"email": "emails", "chat": "chats", "social": "posts", "voice": "calls", "survey": "surveys"}


def heard_amounts(heard: Heard) -> Iterator[Amount]:
    """What a turn adds: the customer's words, feelings and form, or what the firm's turn does."""
    if heard.role == "customer":
        yield from _customer_turn(heard)
    elif heard.role == "agent":
        yield "firm_turns", 1.0
        yield from ((f"firm_{name}", p) for name, p in _clear(heard.signals) if name in FIRM_CUES)
    elif heard.role == "campaign":
        yield "campaigns", 1.0
    elif heard.role == "bot":
        yield "bot_turns", 1.0


def _clear(scores: dict[str, float]) -> Iterator[Amount]:
    return ((name, p) for name, p in scores.items() if p >= HEARD_AT)


def _customer_turn(heard: Heard) -> Iterator[Amount]:
    yield "turns", 1.0
    yield _CHANNEL.get(heard.channel, "chats"), 1.0
    yield "formal", heard.register_
    yield "words", heard.traits.get("words", 0.0)
    if heard.public:
        yield "public_turns", 1.0
    if is_night(heard.occurred_at):
        yield "night_moves", 1.0
    if heard.offered:
        yield "offered", float(heard.offered)
    yield from ((f"trait_{name}", min(amount, 20.0)) for name, amount in heard.traits.items() if name in TRAITS)
    yield from _said(heard)


def _said(heard: Heard) -> Iterator[Amount]:
    ours = heard.target == "brand"
    if not ours:
        yield "about_rival", 1.0 if heard.target == "rival" else 0.0
    for name, p in _clear(heard.signals):
        if name in CUSTOMER_CUES and (ours or name not in AIMED):
            yield name, p
    if not ours:
        return
    yield from ((f"feels_{name}", p) for name, p in _clear(heard.emotions) if name in EMOTIONS)
    yield "feeling", strongest(heard, KIND, KIND_EMOTIONS)
    yield "ill_feeling", strongest(heard, UNKIND, UNKIND_EMOTIONS)


def strongest(heard: Heard, cues: dict[str, float], emotions: dict[str, float]) -> float:
    """The strongest of a kind of feeling in one turn: one affect cue counts, not the sum of all its names."""
    felt = [weight * heard.signals.get(name, 0.0) for name, weight in cues.items()]
    felt += [weight * heard.emotions.get(name, 0.0) for name, weight in emotions.items()]
    return max(felt)


def is_night(at: datetime) -> bool:
    """Whether it is late at the customer's place, by the offset the event came with."""
    return at.hour in _NIGHT


_PLAIN = {
    "outreach_made": "outreach",
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


def act_amounts(signal: Act | Broadcast) -> Iterator[Amount]:
    """What an act adds. An act to everyone says little of how this customer is treated: it counts a quarter."""
    share = 0.25 if isinstance(signal, Broadcast) else 1.0
    act = signal.data
    if act.kind in _PLAIN:
        solicited = act.kind == "outreach_made" and act.details.get("solicited") is True
        yield _PLAIN[act.kind], 0.0 if solicited else share
    yield from ((name, share * amount) for name, amount in _particular(act))


def _particular(act: BrandAct) -> Iterator[Amount]:
    details = act.details
    match act.kind:
        case "campaign_sent":
            yield "campaigns", 1.0
        case "order_placed" if details.get("by") != "firm":
            yield "orders", 1.0
            if is_night(act.occurred_at):
                yield "night_moves", 0.5
        case "order_cancelled" if details.get("by") != "firm":
            yield "cancelled", 1.0
        case "service_incident":
            yield "incidents", 0.5 * float(_number(details.get("severity"), 2))
        case "price_changed":
            yield from _priced(act)
        case "terms_changed" if details.get("rights_removed") is True:
            yield "terms", 1.0
        case "compensation_issued":
            yield "asked_compensation" if details.get("requested") is True else "compensated", 1.0
        case "idea_answered":
            yield "ideas_answered", 1.0 if details.get("substantive", True) else 0.3
        case "tier_changed":
            yield "tier_down" if details.get("direction") == "down" else "tier_up", 1.0
        case "recognition_given":
            yield "recognised", 1.0
            if _INVITED.search(str(details.get("form", ""))):
                yield "invited", 1.0
        case "consent_changed":
            yield "opted_out" if details.get("direction") == "opt_out" else "opted_in", 1.0
        case "partnership_announced" if details.get("rival") is True:
            yield "rival_partner", 1.0


def _priced(act: BrandAct) -> Iterator[Amount]:
    change = _number(act.details.get("change_pct"), 0.0)
    if act.details.get("scope") == "new_customers":
        return
    if change > 0:
        yield "price_up", 1.0
    elif change < 0:
        yield "price_down", 1.0


def _number(told: object, default: float) -> float:
    return float(told) if isinstance(told, int | float) else default
